"""What a token stands for while a request is answered."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from domain.access.register import TokenIssued
from domain.access.rights import (
    NOT_OTHERS,
    NOT_READ,
    NOT_THIS_BODY,
    NOT_THIS_ROLE,
    Denied,
    in_own_name,
    may,
    roles_reading,
    titles_of,
)
from domain.access.roles import ONE_PERSON, ROLES
from domain.submission import Actor, Role
from domain.text import Text

OFFICE = "office"
"""The id of a folder's own first token. A new secret under it is the same token."""
OTHERS_UNITS = Text("这一事项不由本单位承办", "this matter is not handled by the unit of this token")


class Principal(BaseModel):
    """Who comes in. `bodies`: congresses or sessions, none for all; `acts`, `offices`: None for all that the role has."""

    model_config = ConfigDict(frozen=True)

    id: str
    role: Role
    person: str | None = None
    unit: str | None = None
    bodies: tuple[str, ...] = ()
    acts: tuple[str, ...] | None = None
    offices: tuple[str, ...] | None = None
    expires: datetime | None = None
    one_person: bool = False

    @classmethod
    def of(cls, issued: TokenIssued) -> "Principal":
        fields = issued.model_dump(include={"role", "person", "unit", "bodies", "acts", "expires"})
        return cls(id=issued.token, offices=_offices(issued), **fields)

    @classmethod
    def office(cls, *, one_person: bool) -> "Principal":
        """Whoever shows the folder's first token: while the office is one person, all there is to do is theirs."""
        return cls(id=OFFICE, role="secretariat", one_person=one_person)

    def may(self, act: str, office: str, session: str | None) -> Denied | None:
        """Why an act may not be done as an office for a session (`{congress}/{term}-{session}`; None: not known yet); None: it may."""
        if self.one_person:
            return None
        found = may(self.role, act, office, self.acts, self.offices)
        if isinstance(found, Denied):
            return found
        return self._elsewhere(session) if session is not None else None

    def may_read(self, session: str | None, kind: str) -> Denied | None:
        """Why a kind of reading (`domain.access.roles.Read`) is not for them; `session` None: over all sessions."""
        if kind in (ONE_PERSON if self.one_person else ROLES[self.role].reads):
            return self._elsewhere(session) if session is not None else None
        needs = roles_reading(kind)
        return Denied("read", NOT_READ.filled(role=self.title, what=kind, needs=titles_of(needs)), needs)

    def may_speak(self, act: str, actor: Actor, fields: Mapping[str, Any]) -> Denied | None:
        """Why an act may not be done in the name of those it names: a person with a token of their own speaks for nobody else."""
        if self.own and actor.on_behalf_of is not None:  # who acts for themselves enters nothing for anybody
            return Denied("others", NOT_OTHERS.filled(act=act))
        if self.one_person or self.person is None:
            return None
        claimed = actor.person not in (None, self.person)
        if self.own == "person" and (claimed or not in_own_name(act, fields, self.person)):
            return Denied("others", NOT_OTHERS.filled(act=act))
        if claimed and self.role in ("presidium", "chief_scrutineer", "scrutineer", "teller"):
            return Denied("others", NOT_OTHERS.filled(act=act))
        return None

    def may_handle(self, units: Iterable[str | None]) -> Denied | None:
        """Why a matter of these units is not for them."""
        if self.own != "unit" or self.unit in tuple(units):
            return None
        return Denied("unit", OTHERS_UNITS)

    def follows(self, stream: str, units_of: Callable[[str], Iterable[str]]) -> bool:
        """Whether a stream is for them: any, but for a handling unit a matter of its own. `units_of`: who handles a matter."""
        return self.own != "unit" or ("/matter/" in stream and self.may_handle(units_of(stream)) is None)

    def may_write(self) -> Denied | None:
        """Why nothing at all may be sent: such as a file behind an act."""
        if self.one_person or ROLES[self.role].grants:
            return None
        what, none = Text("办理任何事项", "do any act"), Text("其他各角色", "every other")
        return Denied("role", NOT_THIS_ROLE.filled(role=self.title, what=what, needs=none))

    def entering(self, act: str, actor: Actor) -> Actor:
        """Who acts, with who entered it: that is what goes on record."""
        said: dict[str, Any] = {"role": self.role, "token": self.id}
        if self.one_person:
            return actor.model_copy(update=said | {"one_person": True})
        grant = may(self.role, act, actor.office, self.acts, self.offices)
        if not isinstance(grant, Denied) and grant.on_behalf and actor.on_behalf_of is None:
            said["on_behalf_of"] = actor.person or actor.office
        elif actor.person is None and self.person is not None:
            said["person"] = self.person
        return actor.model_copy(update=said)

    def sees(self, session: str) -> bool:
        """Whether a session is among the bodies of this token."""
        return self._elsewhere(session) is None

    @property
    def everywhere(self) -> bool:
        return not self.bodies

    @property
    def own(self) -> str:
        """Whether it acts for a person or a unit of its own alone: `person`, `unit` or nothing."""
        return "" if self.one_person else ROLES[self.role].own

    @property
    def title(self) -> Text:
        return ROLES[self.role].title

    def _elsewhere(self, session: str) -> Denied | None:
        if not self.bodies or {session, session.split("/", maxsplit=1)[0]} & set(self.bodies):
            return None
        return Denied("body", NOT_THIS_BODY.filled(session=session))


def _offices(issued: TokenIssued) -> tuple[str, ...] | None:
    """A handling unit is an organ of government only where its token says so."""
    if issued.as_offices is None and ROLES[issued.role].own == "unit":
        return ("handling_unit",)
    return issued.as_offices


CURRENT: ContextVar[Principal | None] = ContextVar("principal", default=None)
"""Whose request is being answered. The gate sets it; outside of a request there is nobody."""
