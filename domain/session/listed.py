"""Those who stand on a list that is voted on or decided (名单): somebody, deputies in office, none of them suspended."""

from collections.abc import Iterable

from domain.law import Citation
from domain.refusals import Refused
from domain.session.roll import NotADeputy
from domain.session.state import Moment, Session
from domain.text import Text


class NobodyListed(Refused):
    says = Text("“{what}”没有写明人选(persons)", "{what}: nobody is named, say who (persons)")


class SuspendedOnList(Refused):
    says = Text(
        "代表 {deputy} 暂停执行代表职务,不能列入“{what}”",
        "the duties of deputy {deputy} are suspended: they may not stand on the list ({what})",
    )


def deputies_listed(
    session: Session, persons: Iterable[str], what: Text, basis: tuple[Citation, ...], moment: Moment
) -> None:
    """Whether those on a list are deputies in office whose duties are not suspended.

    Raises:
        NotADeputy, SuspendedOnList: naming the first of those who are not.
    """
    listed = set(persons)
    if strangers := sorted(listed - session.in_office):
        raise NotADeputy(basis, deputy=strangers[0])
    if suspended := sorted(listed & session.suspended):
        raise SuspendedOnList(moment.cites("deputy.suspension"), deputy=suspended[0], what=what)
