"""The parts of an election as they are planned and stored: persons by id, elections by short code."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from domain.election.posts import POSTS
from domain.session.parts import Code, DeputyId, Part

PersonId = DeputyId
"""Anybody who may be elected: a deputy's id, or that of a voter who is registered in `people`."""

ElectionKind = Literal["change_of_term", "by_election"]
"""换届选举, or 补选 of one who left during the term."""

RoundKind = Literal["first", "revote", "separate"]
"""The first ballot; 再次投票 among those tied; 另行选举 for the seats left over."""


def _known_post(code: str) -> str:
    if code not in POSTS:
        raise ValueError(f"没有这个职务,应为其一 / no such post, one of: {', '.join(POSTS)}")
    return code


PostCode = Annotated[str, AfterValidator(_known_post), Field(json_schema_extra={"enum": list(POSTS)})]


class PlannedElection(Part):
    """One election of the session: so many seats of one post. `title` is what it is called here: 区长, 镇人大主席.

    `separate` is true when the seats were left over at an earlier session and are filled now (另行选举在下一次会议进行).
    """

    code: Code
    post: PostCode
    title: str = Field(min_length=1, max_length=80)
    seats: int = Field(ge=1)
    kind: ElectionKind
    separate: bool = False


class PersonEntry(Part):
    """Somebody who may be elected and is no deputy here. The name is sealed under the person's own key before it comes here.

    `voter` is what the secretariat says of the right to vote; None: not stated. `holds` are offices held elsewhere that a rule
    asks about (行政机关、监察机关、审判机关、检察机关).
    """

    id: PersonId
    sealed_name: str = Field(default="", pattern=r"^[A-Za-z0-9+/=_-]*$", max_length=800)
    voter: bool | None = None
