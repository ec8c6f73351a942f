"""Whether the holder of a token may do an act: by role, by what the token names, and in their own name where the role is a person's."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from domain.access.roles import NOT_OWN, OWN_FIELDS, ROLES, Grant
from domain.offices import OFFICE_NAMES
from domain.submission import COMMANDS, Actor, Role
from domain.text import Text, joined


class Denied(NamedTuple):
    """Why not, and which roles may. `why` is a word for programs; nothing in here repeats what was sent."""

    why: str
    says: Text
    needs: tuple[str, ...] = ()


NOT_THIS_ROLE = Text("“{role}”不能{what};可由:{needs}", "the role {role} may not {what}; those that may: {needs}")
NOT_IN_SCOPE = Text("这个令牌不包括“{act}”", "this token does not include {act}")
NOT_AS = Text("这个令牌不能以“{office}”名义行事", "this token may not act as {office}")
NOT_OTHERS = Text(
    "只能以本人名义办理:{act} 中写的应是令牌所属的人",
    "only in one's own name: {act} has to name the holder of the token",
)
NOT_THIS_BODY = Text("这个令牌不用于 {session}", "this token is not for {session}")
NOT_READ = Text("“{role}”不能查看“{what}”;可由:{needs}", "the role {role} may not read {what}; those that may: {needs}")


def grant_of(role: Role, act: str, office: str) -> Grant | None:
    """By which line of the table a role may do an act as an office; None: by none."""
    command = COMMANDS.get(act)
    if command is None or office not in command.offices or command.stream_kind == "register":
        return None
    return next((grant for grant in ROLES[role].grants if grant.holds(act, office)), None)


def roles_for(act: str, office: str | None = None) -> tuple[Role, ...]:
    """The roles that may do an act, as this office or as any."""
    offices = COMMANDS[act].offices if act in COMMANDS and office is None else (office,) if office else ()
    return tuple(role for role in ROLES if any(grant_of(role, act, each) for each in offices))


def roles_reading(kind: str) -> tuple[Role, ...]:
    return tuple(role for role, told in ROLES.items() if kind in told.reads)


def titles_of(roles: tuple[Role, ...]) -> Text:
    """Roles as a sentence lists them."""
    return joined(ROLES[role].title for role in roles) if roles else Text("无", "none")


def entered_by(actor: Actor, *, signed: bool = False) -> Text | None:
    """Who entered something, in which role, and for whom, as a history tells it; None where it was not said."""
    if actor.role is None:
        return None
    by, of = ROLES[actor.role].title, OFFICE_NAMES[actor.office]
    whose = Text(f"{of.zh} {actor.person}", f"{of.en} {actor.person}") if actor.person else of
    proof = Text("(本人签名)", ", signed by themselves") if signed else Text("", "")
    if actor.one_person:
        return Text(
            f"{whose.zh}{proof.zh} · 一人办公,由{by.zh}记入",
            f"{whose.en}{proof.en} · entered by the {by.en}, an office of one person",
        )
    if actor.on_behalf_of:
        return Text(
            f"{whose.zh}{proof.zh} · 由{by.zh}代录(令牌 {actor.token})",
            f"{whose.en}{proof.en} · entered for them by the {by.en} (token {actor.token})",
        )
    return Text(
        f"{whose.zh}{proof.zh} · {by.zh}(令牌 {actor.token})", f"{whose.en}{proof.en} · {by.en} (token {actor.token})"
    )


def may(role: Role, act: str, office: str, acts: Iterable[str] | None, offices: Iterable[str] | None) -> Grant | Denied:
    """Whether a role, narrowed to the acts and offices that its token names (None: all of the role's), may do an act.

    Returns:
        The line of the table that allows it, or why not.
    """
    grant = grant_of(role, act, office)
    if grant is None:
        needs = roles_for(act, office)
        named = titles_of(needs)
        what = Text(f"以 {office} 名义办理 {act}", f"do {act} as {office}")
        return Denied("role", NOT_THIS_ROLE.filled(role=ROLES[role].title, what=what, needs=named), needs)
    if (acts is None and ROLES[role].scoped) or (acts is not None and act not in acts):
        return Denied("act", NOT_IN_SCOPE.filled(act=act))
    if offices is not None and office not in offices:
        return Denied("office", NOT_AS.filled(office=office))
    return grant


def in_own_name(act: str, fields: Mapping[str, Any], person: str) -> bool:
    """Whether an act of a deputy's speaks for this deputy: alone, or among those who sign with them."""
    if any(fields.get(name) for name in NOT_OWN.get(act, ())):
        return False
    if act not in OWN_FIELDS:
        return True
    field, how = OWN_FIELDS[act]
    named = fields.get(field)
    listed = [named] if isinstance(named, str) else list(named or ())
    return person in listed and (how == "among" or listed == [person])
