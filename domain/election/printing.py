"""The list of nominees given to the deputies (印发、提交酝酿讨论), and the two days that nominating and deliberating take."""

from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from domain.calendar import clock_words, legal_date
from domain.election.election import Election, election_of, with_election
from domain.election.nomination import still_nominating
from domain.election.parts import PersonId
from domain.event import Event, Finding
from domain.findings import inert, warn
from domain.law import Ruling
from domain.refusals import Refused
from domain.session.parts import Code, Part
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text


class NobodyNominated(Refused):
    says = Text("{election}还没有被提名人", "nobody is nominated for {election} yet")


class BasicDataMissing(Refused):
    says = Text(
        "{election}:代表候选人的名单要连同基本情况印发全体代表(basic_data)",
        "{election}: the list goes to all deputies together with basic data on each nominee (basic_data)",
    )


class NomineesNotPrinted(Refused):
    says = Text(
        "{election}的被提名人 {found} 尚未提交代表酝酿、讨论,先印发名单(print-nominees)",
        "the nominees {found} for {election} have not been put to the deputies: give them the list first (print-nominees)",
    )


class TwoDaysNotOver(Refused):
    says = Text(
        "{election}:提名名单于 {printed} 印发,提名、酝酿不得少于 {needed},{at} 不能投票",
        "{election}: the list was given out on {printed}; nominating and deliberating take at least {needed}, so no ballot at {at}",
    )


class NomineesOf(Part):
    """Who stands on the list for one election."""

    election: Code
    persons: tuple[PersonId, ...]


class PrintNominees(Command):
    """Give the deputies the list of nominees, of one election or several. `basic_data`: with who they are (基本情况)."""

    act: ClassVar[str] = "print-nominees"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "secretariat")
    title: ClassVar[Text] = Text("印发被提名人名单", "Give out the list of nominees")
    elections: tuple[Code, ...] = Field(min_length=1)
    basic_data: bool = False


class NomineesPrinted(Event):
    name: ClassVar[str] = "election.nominees-printed.v1"
    lists: tuple[NomineesOf, ...]
    basic_data: bool

    def facts(self) -> tuple[str, ...]:
        return ("nominees-printed", *(f"nominees-printed:{each.election}" for each in self.lists))


@decides(PrintNominees)
def print_nominees(session: Session, command: PrintNominees, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 27(1): the presidium puts the nominees to the deputies (提交代表酝酿、讨论).

    选举法 (2020) art. 32(2): of deputies' elections the list is given to all with basic data (印发全体代表).
    """
    lists: tuple[NomineesOf, ...] = ()
    findings: tuple[Finding, ...] = ()
    for code in dict.fromkeys(command.elections):
        election = election_of(session, code)
        if not election.nominees:
            raise NobodyNominated(moment.cites(election.post.margin), election=election.title)
        if set(election.nominees) <= election.printed:
            continue
        still_nominating(election, moment)
        findings += _with_data(election, command, moment)
        lists += (NomineesOf(election=code, persons=election.nominees),)
    if not lists:
        return []
    of_deputies = [election_of(session, each.election).post.is_deputy for each in lists]
    discussed = moment.basis("nominees.discussed") if not all(of_deputies) else ()
    basis = (*discussed, *(moment.basis("nominees.printed.deputies") if any(of_deputies) else ()))
    return [
        NomineesPrinted(at=moment.at, basis=basis, lists=lists, basic_data=command.basic_data, findings=findings),
    ]


def _with_data(election: Election, command: PrintNominees, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("nominees.printed.deputies") if election.post.is_deputy else None
    if rule is None or not rule.on or command.basic_data:
        return ()
    if rule.may_refuse:
        raise BasicDataMissing(rule.basis, election=election.title)
    return (warn("BasicDataMissing", rule.basis),)


@evolves(NomineesPrinted)
def nominees_printed(session: Session, event: NomineesPrinted) -> Session:
    """The first list starts the two days; a later one adds who was nominated since."""
    for each in event.lists:
        election = session.elections[each.election]
        changed = replace(
            election, printed_at=election.printed_at or event.at, printed=election.printed | set(each.persons)
        )
        session = with_election(session, changed)
    return session


def put_to_deputies(election: Election, moment: Moment) -> tuple[Finding, ...]:
    """Whether the deputies were given every nominee; a by-election's procedure is its method's, so there it is only noticed.

    Raises:
        NomineesNotPrinted: naming those they were not given.
    """
    missing = [p for p in election.nominees if p not in election.printed]
    rule = _discussed(election, moment)
    if not missing or rule is None or not rule.on:
        return ()
    if rule.may_refuse and election.regular:
        raise NomineesNotPrinted(rule.basis, election=election.title, found="、".join(missing))
    return (warn("NomineesNotPrinted", rule.basis, election=election.title, found="、".join(missing)),)


def _discussed(election: Election, moment: Moment) -> Ruling | None:
    if election.post.is_deputy:
        return moment.law.ruling("nominees.printed.deputies")
    return moment.law.ruling("nominees.discussed")


def two_days(election: Election, moment: Moment) -> tuple[Finding, ...]:
    """Asked when the ballot opens: nominating and deliberating take no less than two days (不得少于两天).

    地方组织法 (2022) art. 27(2): of leaders at a change of term, from county level up; 选举法 (2020) art. 32(2): whenever deputies are
    elected. A by-election of leaders has no such rule, nor has a township; one of deputies is left to the province (art. 57(4)), so there
    the two days are a reading. The text does not say how days are counted: calendar days bind, full 48 hours are a reading, which only
    warns unless it was adopted (currency.md §3 no. 1).

    Raises:
        NomineesNotPrinted, TwoDaysNotOver.
    """
    if election.planned.kind != "change_of_term":
        return _of_a_by_election(election, moment) if election.post.is_deputy else ()
    rule = moment.law.ruling(f"election.two_days{election.post.under}")
    if rule is None or rule.value is None:
        return ()
    if election.printed_at is None:
        raise NomineesNotPrinted(rule.basis, election=election.title, found="、".join(election.nominees))
    days = (legal_date(moment.at) - legal_date(election.printed_at)).days
    if days < rule.number:
        needed = Text(f"{rule.number} 天", f"{rule.number} days")
        if rule.may_refuse:
            raise TwoDaysNotOver(rule.basis, **_figures(election, moment, needed))
        return (warn("TwoDaysNotOver", rule.basis, **_figures(election, moment, needed)),)
    return (*_hours(election, moment, rule), *inert(rule))


def _of_a_by_election(election: Election, moment: Moment) -> tuple[Finding, ...]:
    """选举法 (2020) arts 32(2), 57(4): the two days name no exception, and a by-election's method is the province's to lay down."""
    rule = moment.law.ruling("election.two_days.by_election.deputies")
    if rule is None or election.printed_at is None:  # that nothing was printed is noticed when candidates are settled
        return ()
    if (legal_date(moment.at) - legal_date(election.printed_at)).days >= rule.number:
        return ()
    basis = (*moment.basis("election.two_days.deputies", "election.method.by_election.deputies"), *rule.basis)
    printed = clock_words(election.printed_at)
    return (warn("TwoDaysOfAByElection", basis, election=election.title, printed=printed, found=rule.number),)


def _hours(election: Election, moment: Moment, days: Ruling) -> tuple[Finding, ...]:
    """The same in full hours, from the list on."""
    rule = moment.law.ruling("election.two_days.hours")
    assert election.printed_at is not None
    if rule is None or moment.at - election.printed_at >= timedelta(hours=rule.number):
        return ()
    needed = Text(f"{rule.number} 小时", f"{rule.number} hours")
    basis = (*rule.basis, *days.basis)
    if rule.may_refuse:
        raise TwoDaysNotOver(basis, **_figures(election, moment, needed))
    return (warn("TwoDaysNotOver", basis, **_figures(election, moment, needed)),)


def _figures(election: Election, moment: Moment, needed: Text) -> dict[str, Figure]:
    printed = clock_words(election.printed_at) if election.printed_at else "—"
    return {"election": election.title, "printed": printed, "needed": needed, "at": clock_words(moment.at)}
