"""What has become of office-holders so far: removals, resignations, dismissals and approvals, as their events left them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from domain.election.posts import Post

if TYPE_CHECKING:
    from domain.session.state import Session


@dataclass(frozen=True)
class Removal:
    """A removal (罢免案) as it stands.

    Attributes:
        carried: the investigation committee's report of the session before, when it is decided on now.
        defence: the ways in which the person answered; None: the right was not offered yet.
        deferred: left to the next session with an investigation committee.
        voted: whether it was adopted; None: not voted on yet.
    """

    number: str
    person: str
    post: Post
    at: datetime
    carried: str = ""
    brought: bool = False
    defence: tuple[str, ...] | None = None
    printed: bool = False
    deferred: bool = False
    voted: bool | None = None

    @property
    def open(self) -> bool:
        return self.voted is None and not self.deferred


@dataclass(frozen=True)
class Resignation:
    """A resignation (辞职) as it stands. `accepted` is None until it was decided on.

    `to` is whom it was handed to: congress, standing_committee or presidium. `unconfirmed`: accepted by the presidium in recess, and
    the congress has not confirmed it yet.
    """

    number: str
    person: str
    post: Post
    to: str
    at: datetime
    accepted: bool | None = None
    in_recess: bool = False
    unconfirmed: bool = False


@dataclass(frozen=True)
class Dismissal:
    """A dismissal (撤职案) before the standing committee. `joint`: moved by its members, so the chairpersons list it first."""

    number: str
    person: str
    post: Post
    joint: bool
    listed: str = ""
    voted: bool | None = None


@dataclass(frozen=True)
class RecessRemoval:
    """The removal of a deputy of the congress above before the standing committee."""

    number: str
    person: str
    voted: bool | None = None


@dataclass(frozen=True)
class Tenure:
    """Everything of this session about office-holders.

    Attributes:
        pending: what awaits the approval of the standing committee above: `(matter, person)`, the matter being an election's code,
            `removal-1` or `resignation-2`.
        approved, refused: what it decided.
    """

    removals: Mapping[str, Removal] = field(default_factory=dict)
    resignations: Mapping[str, Resignation] = field(default_factory=dict)
    dismissals: Mapping[str, Dismissal] = field(default_factory=dict)
    recess_removals: Mapping[str, RecessRemoval] = field(default_factory=dict)
    acting: Mapping[str, Any] = field(default_factory=dict)  # post → the event that named who acts
    sworn: frozenset[str] = frozenset()
    pending: frozenset[tuple[str, str]] = frozenset()
    approved: frozenset[tuple[str, str]] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()


def with_tenure(session: Session, **changes: Any) -> Session:
    """The session with some of its tenure changed."""
    return replace(session, tenure=replace(session.tenure, **changes))
