"""Boxes to test with: a township's session with an election, its deputies signed in by name, and a box for it."""

from typing import Any

from domain.ballot.box import BoxKeys, SealBox
from domain.ballot.closing import CloseBox
from domain.ballot.form import Form
from domain.ballot.issue import IssueBallot
from domain.session.sign_in import SignIn
from tests.domain.chamber import Chamber
from tests.domain.elections import adopted, election, town

ROOT = "ab" * 32
KEYS = BoxKeys(suite="toy", ballots="AAAA", restart="AAAA", needed=2, shares=("11" * 32, "22" * 32, "33" * 32))


def form(candidates: tuple[str, ...] = ("d001", "d002"), **more: Any) -> Form:
    about = {"box": "b", "kind": "election", "about": "e", "seats": 1, "write_ins": 1, "overmarked": "void"}
    return Form.model_validate({**about, "candidates": candidates, "beside_abstention": "void", **more})


VOTE = Form(box="v", kind="vote", about="gov")


def sealing(of: Form | None = None, **more: Any) -> SealBox:
    about: dict[str, Any] = {
        "form": of or form(),
        "keys": KEYS,
        "holders": ("d011", "d012", "d013"),
        "if_fewer": "vote_again",
    }
    return SealBox.model_validate({**about, **more})


def hall(deputies: int = 30) -> Chamber:
    """A plenary in which so many are signed in by name, and an election with two who stand for one seat."""
    here = adopted(town(election()), ("e", 1))
    names = tuple(here.roll[:deputies])
    return here.given(SignIn(sitting=here.session.sitting_open or "", deputies=names))


def issued(here: Chamber, count: int, box: str = "b") -> Chamber:
    return here.given(IssueBallot(box=box, deputies=tuple(here.roll[:count])))


def closing(returned: int, **more: Any) -> CloseBox:
    return CloseBox.model_validate({"box": "b", "returned": returned, "root": ROOT, **more})
