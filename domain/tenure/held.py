"""The posts that somebody may hold, resign or lose: those that a congress elects, and those that others fill.

There is no register of who holds what: an act names the person and the post, and the record knows only whom this session elected.
"""

from typing import Annotated

from pydantic import AfterValidator, Field

from domain.election.election import known_persons
from domain.election.posts import COUNTY_UP, EVERY_COMMITTEE, NATIONAL, POSTS, TOWNSHIP, Post, PostKind
from domain.event import Finding
from domain.findings import info
from domain.refusals import Refused
from domain.session.state import Session
from domain.text import Text

DEPUTY, HIGHER_DEPUTY, DEPARTMENT_HEAD = "deputy", "higher-deputy", "department-head"
PROCURATOR = "chief-procurator"

_VICE, _MEMBER = PostKind.VICE, PostKind.MEMBER
_OTHERS = (
    Post(
        DEPARTMENT_HEAD, Text("政府部门主要负责人", "head of a government department"), _MEMBER, COUNTY_UP, "government"
    ),
    Post(
        "supervisory-vice-director", Text("监察委员会副主任", "vice-director of the supervisory commission"), _VICE,
        EVERY_COMMITTEE, "supervisory_commission",
    ),
    Post(
        "supervisory-member", Text("监察委员会委员", "member of the supervisory commission"), _MEMBER, COUNTY_UP,
        "supervisory_commission",
    ),
    Post("court-vice-president", Text("人民法院副院长", "vice-president of the court"), _VICE, EVERY_COMMITTEE, "court"),
    Post("judge", Text("庭长、副庭长、审判委员会委员、审判员", "judge"), _MEMBER, COUNTY_UP, "court"),
    Post("deputy-procurator", Text("人民检察院副检察长", "deputy chief procurator"), _VICE, EVERY_COMMITTEE, "procuratorate"),
    Post("procurator", Text("检察委员会委员、检察员", "procurator"), _MEMBER, COUNTY_UP, "procuratorate"),
    Post(
        "special-committee-member", Text("专门委员会组成人员", "member of a special committee"), _MEMBER, EVERY_COMMITTEE,
        "special_committee",
    ),
    Post("presidium-member", Text("主席团成员", "member of the presidium"), _MEMBER, TOWNSHIP, "presidium"),
    Post(DEPUTY, Text("本级人大代表", "deputy of this congress"), PostKind.DEPUTY, (*TOWNSHIP, *COUNTY_UP, *NATIONAL), "deputies"),
)  # fmt: skip

HELD: dict[str, Post] = {**POSTS, **{post.code: post for post in _OTHERS}}
"""Every post that an act of this folder may name, by its code."""

APPOINTED = frozenset({
    DEPARTMENT_HEAD, "supervisory-vice-director", "supervisory-member", "court-vice-president", "judge", "deputy-procurator",
    "procurator",
})  # fmt: skip
"""Posts that the standing committee fills (由常务委员会任命)."""


class NoSuchPostHere(Refused):
    says = Text("这一级没有“{post}”这一职务", "there is no {post} at this level")


def _known(code: str) -> str:
    if code not in HELD:
        raise ValueError(f"没有这个职务,应为其一 / no such post, one of: {', '.join(HELD)}")
    return code


HeldPost = Annotated[str, AfterValidator(_known), Field(json_schema_extra={"enum": list(HELD)})]


def post_here(session: Session, code: str, person: str) -> Post:
    """The post, once it is one of this level and the person is known.

    Raises:
        NoSuchPostHere, UnknownPerson.
    """
    post = HELD[code]
    if session.procedure.level not in post.levels:
        raise NoSuchPostHere(post=post.title)
    known_persons(session, (person,))
    return post


def elected_here(session: Session) -> dict[str, Post]:
    """Whom this session elected, each with the post."""
    return {person: e.post for e in session.elections.values() for person in e.elected}


def as_stated(session: Session, code: str, person: str) -> tuple[Finding, ...]:
    """A remark that the record does not itself know the person to hold the post."""
    by_roll = code == DEPUTY and person in session.in_office
    by_roll = by_roll or (code == "presidium-member" and person in session.presidium)
    if by_roll or any(person in e.elected and e.planned.post == code for e in session.elections.values()):
        return ()
    return (info("PostAsStated", (), person=person, post=HELD[code].title),)
