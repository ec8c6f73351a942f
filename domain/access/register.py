"""The register: who was given which token, key or webhook, when that ended, how the office is arranged. Ids only: no secret, no name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, Field

from domain.access.of_register import OF_SECRETARIAT, REGISTER, Body, OfRegister, TokenId
from domain.access.roles import APART
from domain.access.webhooks import Webhooks, followed
from domain.event import Event
from domain.submission import Actor, Command, Office, Role
from domain.text import Text

REFUSED = "office/access/refused/1"
"""Where denials go that concern no session on record."""

Person = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$")]
KeyId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")]
ActName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Unit = Annotated[
    str, Field(pattern=r"^[^\x00-\x1f\x7f\u0085\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+$", max_length=80)
]
PublicKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]  # 32 bytes in Base64


class IssueToken(OfRegister):
    """Give somebody a token. `bodies`: congresses or sessions, none for all. `acts`, `as_offices`: None for all that the role has."""

    act: ClassVar[str] = "issue-token"
    title: ClassVar[Text] = Text("发放令牌", "Issue a token")
    token: TokenId
    role: Role
    person: Person | None = None
    unit: Unit | None = None
    bodies: tuple[Body, ...] = ()
    acts: tuple[ActName, ...] | None = None
    as_offices: tuple[Office, ...] | None = None
    expires: AwareDatetime


class RevokeToken(OfRegister):
    act: ClassVar[str] = "revoke-token"
    title: ClassVar[Text] = Text("停用令牌", "Revoke a token")
    token: TokenId


class RegisterKey(OfRegister):
    """Put somebody's public key on record. `required`: from now on their own acts have to be signed."""

    act: ClassVar[str] = "register-key"
    title: ClassVar[Text] = Text("登记签名公钥", "Register a public key")
    key: KeyId
    person: Person
    public: PublicKey
    required: bool = False


class RevokeKey(OfRegister):
    act: ClassVar[str] = "revoke-key"
    title: ClassVar[Text] = Text("停用签名公钥", "Revoke a public key")
    key: KeyId


class ArrangeOffice(OfRegister):
    """Say whether one person does everything in this office (一人办公), or several share the work."""

    act: ClassVar[str] = "arrange-office"
    title: ClassVar[Text] = Text("设定办公分工", "Arrange the office")
    one_person: bool


class NoteDenied(OfRegister):
    """Keep that somebody tried what their token does not allow: which act or reading, nothing of what was sent."""

    act: ClassVar[str] = "note-denied"
    title: ClassVar[Text] = Text("记录越权尝试", "Note an attempt beyond one's rights")
    token: TokenId
    role: Role
    tried: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9: -]{0,99}$")]
    why: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    session: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}$")] | None = None


class TokenIssued(Event):
    name: ClassVar[str] = "access.token-issued.v1"
    token: str
    role: Role
    person: str | None = None
    unit: str | None = None
    bodies: tuple[str, ...] = ()
    acts: tuple[str, ...] | None = None
    as_offices: tuple[str, ...] | None = None
    expires: AwareDatetime


class TokenRevoked(Event):
    name: ClassVar[str] = "access.token-revoked.v1"
    token: str


class KeyRegistered(Event):
    name: ClassVar[str] = "access.key-registered.v1"
    key: str
    person: str
    public: str
    required: bool = False


class KeyRevoked(Event):
    name: ClassVar[str] = "access.key-revoked.v1"
    key: str


class OfficeArranged(Event):
    name: ClassVar[str] = "access.office-arranged.v1"
    one_person: bool


class AccessDenied(Event):
    """Somebody tried what their token does not allow. It is kept once an hour for each thing tried; the log counts the rest."""

    name: ClassVar[str] = "refused.access-denied.v1"
    token: str
    role: Role
    tried: str
    why: str

    def facts(self) -> tuple[str, ...]:
        return ("attempt-refused",)


@dataclass(frozen=True)
class Register:
    """What the register's events come to. Frozen; the maps are never changed in place."""

    tokens: Mapping[str, TokenIssued] = field(default_factory=dict)
    revoked: frozenset[str] = frozenset()
    keys: Mapping[str, KeyRegistered] = field(default_factory=dict)
    keys_revoked: frozenset[str] = frozenset()
    arranged: bool | None = None
    webhooks: Webhooks = field(default_factory=dict)

    @property
    def one_person(self) -> bool:
        """Whether one person does everything here; so it is until somebody says otherwise."""
        return self.arranged is not False

    def holds(self, token: str, now: datetime) -> bool:
        issued = self.tokens.get(token)
        return issued is not None and token not in self.revoked and now < issued.expires

    def standing(self, key: str) -> KeyRegistered | None:
        """A public key that is registered and was not revoked."""
        return None if key in self.keys_revoked else self.keys.get(key)

    def must_sign(self, person: str) -> bool:
        """Whether this person's own acts have to be signed."""
        return any(k.person == person and k.required and i not in self.keys_revoked for i, k in self.keys.items())

    def owes(self, actor: Actor) -> bool:
        """Whether what somebody does as this actor has to carry that person's own signature.

        What another enters for them does not. Nobody is another to themselves: with a token of their own, `on_behalf_of` excuses nothing.
        """
        holder = self.tokens.get(actor.token or "")
        for_another = actor.on_behalf_of is not None and (holder is None or holder.person != actor.person)
        return actor.person is not None and not for_another and self.must_sign(actor.person)

    def together(self, role: Role, person: str | None, now: datetime) -> Role | None:
        """A role this person holds already that another should hold."""
        for token, issued in self.tokens.items():
            if person is not None and issued.person == person and self.holds(token, now):
                for ours, theirs in APART:
                    if (role in ours and issued.role in theirs) or (role in theirs and issued.role in ours):
                        return issued.role
        return None


def evolve(register: Register, event: Event) -> Register:
    match event:
        case TokenIssued():
            return replace(register, tokens={**register.tokens, event.token: event})
        case TokenRevoked():
            return replace(register, revoked=register.revoked | {event.token})
        case KeyRegistered():
            return replace(register, keys={**register.keys, event.key: event})
        case KeyRevoked():
            return replace(register, keys_revoked=register.keys_revoked | {event.key})
        case OfficeArranged():
            return replace(register, arranged=event.one_person)
        case _:
            return replace(register, webhooks=followed(register.webhooks, event))


def fields_of(command: Command) -> dict[str, Any]:
    """A command's fields as an event of the same fields takes them."""
    return {name: getattr(command, name) for name in type(command).model_fields}


__all__ = ["OF_SECRETARIAT", "REGISTER", "Body", "OfRegister", "TokenId"]
