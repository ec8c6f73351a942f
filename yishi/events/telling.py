"""An event as programs get it: over the calls for events, as server-sent events, and in what is sent to webhooks."""

import json
from functools import lru_cache
from typing import Any

from domain.attempts import AttemptRefused
from domain.event import Event, Finding
from domain.findings import says
from domain.matter.titles import title_of_event
from domain.refusals import REFUSALS, Refusal
from domain.submission import COMMANDS
from domain.text import Text
from yishi.ledger.reader import Entry, LedgerReader


def written(ledger: LedgerReader, entry: Entry) -> bytes:
    return json.dumps(told(ledger, entry), ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(512)
def brief(whole: bytes) -> bytes:
    """A written event for those who do not read the record: without free words, in which people may be named, and `unsaid`."""
    event = unsaid(without_words(json.loads(whole)))
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def unsaid(event: dict[str, Any]) -> dict[str, Any]:
    """Without who entered it, and without the files behind it: their digests are for who may take them out."""
    return event | {"actor": {name: event["actor"].get(name) for name in ("office", "person")}, "evidence": []}


def without_words(event: dict[str, Any]) -> dict[str, Any]:
    """Without the words that somebody wrote freely: the reason given, the titles and numbers of files."""
    files = [{name: each[name] for name in ("sha256", "size")} | {"title": ""} for each in event["evidence"]]
    return event | {"reason": "", "evidence": files}


def told(ledger: LedgerReader, entry: Entry) -> dict[str, Any]:
    """One event as programs get it, with its sentence for people."""
    envelope, event = entry.envelope, entry.event
    act = event.act if isinstance(event, AttemptRefused) else ledger.act_of(envelope.command_id) or ""
    data = event.model_dump(mode="json", include={"at", "basis"})
    return {
        "position": entry.position,
        "recorded_at": envelope.recorded_at.isoformat(),
        "stream": envelope.stream,
        "version": envelope.version,
        "name": envelope.name,
        "at": event.at.isoformat(),
        "act": act,
        "command_id": envelope.command_id,
        "actor": envelope.actor.model_dump(mode="json"),
        "facts": list(event.gains()),
        "lost": list(event.loses()),
        "clocks": [clock.model_dump(mode="json") for clock in event.begins()],
        "basis": data["basis"],
        "findings": [finding_told(finding) for finding in event.findings],
        "evidence": [e.model_dump(mode="json") for e in envelope.evidence],
        "reason": envelope.reason,
        "says": sentence(event, act)._asdict(),
    }


def finding_told(finding: Finding) -> dict[str, Any]:
    return finding.model_dump(mode="json") | {"says": says(finding)._asdict()}


def sentence(event: Event, act: str) -> Text:
    """What happened, in a few words: the act's title, why it was refused, which deadline passed."""
    title = title_of_event(event) or (COMMANDS[act].title if act in COMMANDS else Text(event.name, event.name))
    if isinstance(event, AttemptRefused):
        why = why_refused(event)
        return Text(f"{title.zh}:不予办理。{why.zh}", f"{title.en}: refused. {why.en}")
    alerts = [says(finding) for finding in event.findings if finding.weight == "alert"]
    return alerts[0] if alerts else title


def why_refused(attempt: AttemptRefused) -> Text:
    if attempt.reason not in REFUSALS:  # it was given by another version
        return Text(attempt.reason, attempt.reason)
    return Refusal(
        command_id="-",
        act=attempt.act,
        reason=attempt.reason,
        basis=attempt.basis,
        kind=attempt.basis[0].kind if attempt.basis else None,
        figures=attempt.figures,
    ).says()
