"""Whatever is sent, the door answers as its own document says: no status and no shape that is not declared there, and no fault of ours."""

import asyncio
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from tests.api.served import Visitor

CHECKED = ("status_code_conformance", "content_type_conformance", "response_headers_conformance",
           "response_schema_conformance")  # fmt: skip


ENDLESS = "/v1/events/stream"


def fuzz(url: str, token: str, requests: int, part: int = 0, parts: int = 1) -> tuple[int, list[str]]:
    """So many requests spread over all calls, or over one part of them; how many were sent, and what was answered otherwise than declared."""
    headers = {"Authorization": f"Bearer {token}"}
    document = schemathesis.openapi.from_url(f"{url}/v1/openapi.json", headers=headers)
    calls = []
    for found in document.get_all_operations():
        assert isinstance(found, Ok), found
        calls.append(found.ok())
    calls = [call for call in calls if call.path != ENDLESS][part::parts]
    checks = CHECKS.get_by_names(CHECKED)
    sent, wrong = 0, []
    for call in calls:

        @seed(20260301)
        @settings(max_examples=-(-requests // len(calls)), database=None, deadline=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=call.as_strategy())
        def one(case: Any) -> None:
            nonlocal sent
            if "wait" in (case.query or {}):
                case.query["wait"] = 0  # a long poll would only take its time
            answer = case.call(headers=headers, timeout=60)
            sent += 1
            if answer.status_code >= 500 and answer.status_code != 503:
                raise AssertionError(f"{answer.status_code}: {answer.text}")
            case.validate_response(answer, checks=checks)

        try:
            one()
        except Exception as fault:  # of any kind: each call is tried
            wrong.append(f"{call.label}: {fault}")
    return sent, wrong


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("requests", "part", "parts"),
    [(1000, 0, 2), (1000, 1, 2), pytest.param(20_000, 0, 1, marks=pytest.mark.soak)],  # halves, for two workers
)
async def test_no_request_gets_an_answer_that_the_document_does_not_declare(
    visitor: Visitor, requests: int, part: int, parts: int
) -> None:
    sent, wrong = await asyncio.to_thread(fuzz, visitor.url, visitor.token, requests, part, parts)
    assert wrong == [], "\n\n".join(wrong)
    assert sent >= requests * 0.9
