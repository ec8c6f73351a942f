"""The register as a kind of stream: how it folds, and what may be written into it."""

from collections.abc import Sequence
from datetime import datetime

from domain.access.register import (
    REFUSED,
    REGISTER,
    AccessDenied,
    ArrangeOffice,
    IssueToken,
    KeyRegistered,
    KeyRevoked,
    NoteDenied,
    OfficeArranged,
    Register,
    RegisterKey,
    RevokeKey,
    RevokeToken,
    TokenIssued,
    TokenRevoked,
    evolve,
    fields_of,
)
from domain.access.roles import ROLES
from domain.access.webhooks import (
    AddWebhook,
    ChangeWebhook,
    RemoveWebhook,
    RenewWebhookSecret,
    WebhookAdded,
    WebhookChanged,
    WebhookRemoved,
    WebhookSecretRenewed,
)
from domain.attempts import AttemptRefused
from domain.calendar import clock_words, legal_date
from domain.event import Event
from domain.findings import warn
from domain.law import Citation, Law
from domain.ports import Decider, LawBooks, Transaction
from domain.refusals import Refused
from domain.submission import Submission
from domain.text import Figure, Text


class TokenKnown(Refused):
    says = Text(
        "令牌 {token} 已经发放过,编号不能再用", "the token {token} was issued already: its id is not used again"
    )


class NoSuchToken(Refused):
    says = Text("没有令牌 {token}", "there is no token {token}")


class TokenExpired(Refused):
    says = Text("到期时间 {expires} 已过,令牌不能发放", "a token that expired at {expires} is not issued")


class TokenOfNobody(Refused):
    says = Text("“{role}”的令牌要写明{what}", "a token of the role {role} has to say {what}")


class RolesApart(Refused):
    says = Text(
        "{person} 已是“{held}”,不能同时是“{role}”:计票、监票、宣布和核查应由不同的人担任(一人办公的单位先用 arrange-office 写明)",
        "{person} is {held} already and cannot be {role} too: counting, scrutinising, declaring and examining are for different people "
        "(an office of one person says so first, by arrange-office)",
    )


class KeyKnown(Refused):
    says = Text("公钥编号 {key} 已经用过", "the id {key} of a public key was used already")


class NoSuchKey(Refused):
    says = Text("没有登记公钥 {key}", "no public key {key} is registered")


class WebhookKnown(Refused):
    says = Text(
        "事件推送 {webhook} 已经设立,编号不能再用", "the webhook {webhook} is there already: its id is not used again"
    )


class NoSuchWebhook(Refused):
    says = Text("没有事件推送 {webhook}", "there is no webhook {webhook}")


OWN = Text("是谁(person)", "whose it is (person)")
UNIT = Text("是哪个单位(unit)", "of which unit it is (unit)")
ACTS = Text("可办哪些行为(acts)", "which acts it is for (acts)")


class RegisterDecider(Decider):
    """Implements `domain.ports.Decider` for the stream of the register."""

    def start(self, stream: str) -> Register:
        return Register()

    def evolve(self, state: Register, event: Event) -> Register:
        return evolve(state, event)

    def edition(self, submission: Submission, tx: Transaction, laws: LawBooks) -> str:
        return ""  # no law is about tokens; that a record is kept is the practice it rests on

    def judge(
        self, submission: Submission, tx: Transaction, laws: LawBooks, now: datetime
    ) -> Sequence[tuple[str, Event]]:
        register: Register = tx.state(REGISTER)
        command, at = submission.command, submission.at
        basis = _practice(laws, now)
        match command:
            case IssueToken():
                return [(REGISTER, _issued(register, command, at, basis, now))]
            case RevokeToken() if command.token not in register.tokens:
                raise NoSuchToken(token=command.token)
            case RevokeToken() if command.token not in register.revoked:
                return [(REGISTER, TokenRevoked(at=at, basis=basis, token=command.token))]
            case RegisterKey() if register.keys.get(command.key, command.key) != command.key:
                return _again(register.keys[command.key], KeyRegistered(at=at, basis=basis, **fields_of(command)))
            case RegisterKey():
                return [(REGISTER, KeyRegistered(at=at, basis=basis, **fields_of(command)))]
            case RevokeKey() if command.key not in register.keys:
                raise NoSuchKey(key=command.key)
            case RevokeKey() if command.key not in register.keys_revoked:
                return [(REGISTER, KeyRevoked(at=at, basis=basis, key=command.key))]
            case ArrangeOffice() if register.arranged != command.one_person:
                return [(REGISTER, OfficeArranged(at=at, basis=basis, one_person=command.one_person))]
            case AddWebhook() | ChangeWebhook() | RenewWebhookSecret() | RemoveWebhook():
                return [(REGISTER, event) for event in _of_webhooks(register, command, at, basis)]
            case NoteDenied():
                return [(_where(command, tx), AccessDenied(at=at, basis=basis, **_noted(command)))]
        return []

    def remember(self, submission: Submission, refused: Refused, now: datetime) -> tuple[str, Event]:
        kept = AttemptRefused(
            at=submission.at, basis=refused.basis, act=submission.act, reason=type(refused).__name__, figures=refused.figures
        )  # fmt: skip
        return REFUSED, kept


def _issued(
    register: Register, command: IssueToken, at: datetime, basis: tuple[Citation, ...], now: datetime
) -> TokenIssued:
    role = ROLES[command.role]
    if command.token in register.tokens:
        raise TokenKnown(token=command.token)
    if command.expires <= now:
        raise TokenExpired(expires=clock_words(command.expires))
    for missing, what in (
        (role.own == "person" and command.person is None, OWN),
        (role.own == "unit" and command.unit is None, UNIT),
        (role.scoped and not command.acts, ACTS),
    ):
        if missing:
            raise TokenOfNobody(role=role.title, what=what)
    held = register.together(command.role, command.person, now)
    figures: dict[str, Figure] = {}
    if held is not None:
        figures = {"person": command.person or "", "held": ROLES[held].title, "role": role.title}
        if not register.one_person:
            raise RolesApart(basis=(), **figures)
    findings = (warn("RolesTogether", basis, **figures),) if held else ()
    return TokenIssued(at=at, basis=basis, findings=findings, **fields_of(command))


def _of_webhooks(
    register: Register,
    command: AddWebhook | ChangeWebhook | RenewWebhookSecret | RemoveWebhook,
    at: datetime,
    basis: tuple[Citation, ...],
) -> list[Event]:
    known = register.webhooks.get(command.webhook)
    if isinstance(command, AddWebhook):
        if known is not None:
            raise WebhookKnown(webhook=command.webhook)
        return [WebhookAdded(at=at, basis=basis, **fields_of(command))]
    if known is None:
        raise NoSuchWebhook(webhook=command.webhook)
    match command:
        case ChangeWebhook():
            changed = WebhookChanged(at=at, basis=basis, **fields_of(command))
            return [changed] if changed.changes(known) else []
        case RenewWebhookSecret():
            return [WebhookSecretRenewed(at=at, basis=basis, webhook=command.webhook)]
        case RemoveWebhook():
            return [WebhookRemoved(at=at, basis=basis, webhook=command.webhook)]


def _again(known: KeyRegistered, asked: KeyRegistered) -> list[tuple[str, Event]]:
    if (known.person, known.public, known.required) != (asked.person, asked.public, asked.required):
        raise KeyKnown(key=known.key)
    return []


def _where(command: NoteDenied, tx: Transaction) -> str:
    """Beside the session's own refused attempts, if there is such a session."""
    if command.session is not None and tx.state(f"{command.session}/session/1").registered:
        return f"{command.session}/refused/1"
    return REFUSED


def _noted(command: NoteDenied) -> dict[str, str]:
    return {name: value for name, value in fields_of(command).items() if name != "session"}


def _practice(laws: LawBooks, now: datetime) -> tuple[Citation, ...]:
    book = laws.newest()
    kept = next(p for p in book.provisions if p.topic == "practice.record" and "township" in p.levels)
    return Law(legal_date(now), book.edition, [kept], ()).basis("practice.record")
