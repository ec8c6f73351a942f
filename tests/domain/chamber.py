"""A chamber to test in: facts in, facts out. Given what was done, when somebody acts, then events, or a refusal and its article.

Every act goes through the real deciders and the real statutes; only the ledger is a plain dictionary of streams here. Each act is
a minute after the one before unless the test says when; whoever may do an act does it unless the test says who.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Self

import domain.procedures  # noqa: F401  registers the kinds of meeting
from domain.access.decider import RegisterDecider
from domain.calendar import at_clock
from domain.event import Event, Finding
from domain.findings import says
from domain.law import Citation, LawBook, Provision
from domain.matter.decider import MatterDecider
from domain.ports import Decider, NoSuchEdition
from domain.procedure import PROCEDURES
from domain.refusals import Refusal, Refused, refusal_of
from domain.session.business import CommitteeReports, Deliberate, HearReport
from domain.session.closing import Announce, CloseSession
from domain.session.dates import DecideDate, PublishDate
from domain.session.decider import HallNow, SessionDecider
from domain.session.hall import InTheHall, OfTheHall, SignedOut
from domain.session.held_cards import HeldCards
from domain.session.notice import GiveNotice, HearVoters, InviteObservers, Prepare, SendPapers
from domain.session.offices import who_acts
from domain.session.parts import AgendaItem, Congress, DeputyEntry, Group, PlannedSitting, Project, ProjectList
from domain.session.presidium import PresidiumDecides, PresidiumMeets
from domain.session.registration import RegisterSession
from domain.session.roll import ConfirmCredentials
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting
from domain.session.state import Session
from domain.submission import Actor, Command, Submission
from domain.text import Text
from domain.vote.projects import DeclareProjects
from domain.vote.rating import DeclareRating
from domain.vote.sheets import EnterSheet, Line
from domain.vote.votes import PutToVote
from yishi.law import LawLibrary
from yishi.planning.plan import PROCEDURE_OF

HOUSE = "testtown/17-9"
SESSION = f"{HOUSE}/session/1"
WEDNESDAY = date(2024, 1, 17)
"""When a session of these tests opens unless a test says otherwise: under the law of 2022, the Deputies Law still that of 2015."""

GOVERNMENT = AgendaItem(code="gov", kind="government_report", title="政府工作报告")
PRESIDIUM_REPORT = AgendaItem(code="pres", kind="presidium_report", title="人大主席团工作报告")
BUDGET = AgendaItem(code="budget", kind="budget", title="财政预算执行情况和预算草案的报告")
PROJECTS = AgendaItem(code="projects", kind="projects", title="民生实事项目票决")
RATING = AgendaItem(code="rating", kind="rating", title="上年度民生实事项目满意度测评")
REPORTS = (GOVERNMENT, PRESIDIUM_REPORT, BUDGET)


class FixedLaws:
    """Law books by edition, the last one given being the newest."""

    def __init__(self, *books: LawBook) -> None:
        self._books = {book.edition: book for book in books}
        self._newest = books[-1]

    def newest(self) -> LawBook:
        return self._newest

    def edition(self, digest: str) -> LawBook:
        if digest not in self._books:
            raise NoSuchEdition(digest)
        return self._books[digest]


@cache
def statutes() -> LawBook:
    return LawLibrary(None).newest()


class Record:
    """The ledger as a dictionary: the events of each stream in order, its folded state, and who is in the hall."""

    def __init__(self) -> None:
        self.streams: dict[str, list[Event]] = {}
        self.deciders: dict[str, Decider] = {
            "session": SessionDecider(), "matter": MatterDecider(), "card": HeldCards(), "register": RegisterDecider()
        }  # fmt: skip
        self.hands: dict[str, list[Actor]] = {}
        self._states: dict[str, Any] = {}
        self._index: dict[tuple[str, str], int] = {}

    def decider_of(self, stream: str) -> Decider:
        return self.deciders[stream.split("/")[2]]

    def state(self, stream: str) -> Any:
        if stream not in self._states:
            self._states[stream] = self.decider_of(stream).start(stream)
        return self._states[stream]

    def entered(self, stream: str, names: Container[str]) -> list[tuple[Event, Actor]]:
        both = zip(self.streams.get(stream, ()), self.hands.get(stream, ()), strict=True)
        return [(event, actor) for event, actor in both if event.name in names]

    def append(self, stream: str, event: Event, by: Actor | None = None) -> None:
        if stream.split("/")[2] in self.deciders:
            self._states[stream] = self.decider_of(stream).evolve(self.state(stream), event)
        self.streams.setdefault(stream, []).append(event)
        self.hands.setdefault(stream, []).append(by or Actor(office="clock"))
        if isinstance(event, OfTheHall):
            self._index |= {(listed, who): number for _, listed, who, number in event.attendance()}

    def present(self, session: str, sitting: str) -> int:
        return sum(number == 1 for (listed, _), number in self._index.items() if listed == sitting)

    def signed_in(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        return frozenset(d for d in deputies if self._index.get((sitting, d)))

    def came(self, session: str, sitting: str, deputies: Iterable[str]) -> frozenset[str]:
        return frozenset(d for d in deputies if (sitting, d) in self._index)

    def number(self, session: str, sitting: str, what: str) -> int:
        return self._index.get((sitting, what), 0)

    @property
    def events(self) -> list[Event]:
        return [event for stream in self.streams.values() for event in stream]


def ids(count: int, start: int = 1) -> tuple[str, ...]:
    return tuple(f"d{n:03}" for n in range(start, start + count))


class Chamber:
    """One session of one body, registered with so many deputies under one profile."""

    def __init__(
        self,
        deputies: int = 61,
        profile: str = "zhejiang-township",
        kind: str | None = None,
        *,
        opens: date = WEDNESDAY,
        closes: date | None = None,
        registered: date | None = None,
        agenda: Sequence[AgendaItem] = REPORTS,
        sittings: Sequence[tuple[str, str]] = (("s1", "plenary"), ("s2", "plenary")),
        adopts: Sequence[str] = (),
        own_rules: Sequence[Provision] = (),
        suspended: Iterable[str] = (),
        absences: dict[str, int] | None = None,
        candidates: int = 0,
        choose: int = 0,
        last_year: int = 0,
        previous_presidium: int = 0,
        laws: FixedLaws | None = None,
        **more: Any,
    ) -> None:
        self.laws = laws or FixedLaws(statutes())
        self.record = Record()
        self.roll = ids(deputies)
        self.opens, self.closes = opens, closes or opens + timedelta(days=1)
        self.now = at_clock(registered or opens - timedelta(days=30), 9)
        self.events: list[Event] = []
        self.refusal: Refusal | None = None
        self._last: tuple[Command, Submission, datetime] | None = None
        self._acts = 0
        self.shown: dict[str, Any] = {}  # what the token of whoever enters the acts says: role, token, one_person
        self.by_name = False  # whether those present sign in by name, or only heads are counted
        level = profile.rsplit("-", 1)[-1]
        gone, missed = frozenset(suspended), absences or {}
        named = dict.fromkeys(self.roll[:previous_presidium])
        fields: dict[str, Any] = {
            "congress": Congress.model_validate({"code": "testtown", "name": "测试镇", "level": level}),
            "procedure": PROCEDURE_OF[level],
            "profile": profile,
            "adopts": tuple(adopts),
            "own_rules": tuple(own_rules),
            "term": 17,
            "number": 9,
            "kind": kind or ("yearly" if level == "residents" else "year_start"),
            "opens": self.opens,
            "closes": self.closes,
            "roll": tuple(
                DeputyEntry(id=d, suspended=d in gone, unapproved_absences=missed.get(d, 0)) for d in self.roll
            ),
            "groups": (Group(code="east", title="东片代表团"), Group(code="west", title="西片代表团")),
            "previous_presidium": tuple(named),
            "agenda": tuple(agenda),
            "sittings": tuple(
                PlannedSitting(code=code, kind=k, title=code, planned=at_clock(opens, 9)) for code, k in sittings
            ),
            "projects": ProjectList(
                candidates=tuple(Project(code=f"p{n}", title=f"项目{n}") for n in range(1, candidates + 1)),
                choose=choose,
                last_year=tuple(Project(code=f"y{n}", title=f"去年项目{n}") for n in range(1, last_year + 1)),
            ),
            "edition": self.laws.newest().edition,
            **more,
        }
        self.registering = RegisterSession(**fields)

    # what is so ------------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        found: Session = self.record.state(SESSION)
        return found

    @property
    def refused(self) -> Refusal:
        """How the last act was refused, as it was."""
        assert self.refusal is not None, "it was not refused"
        return self.refusal

    @property
    def voted_on(self) -> tuple[str, ...]:
        """Codes of the items that are heard, deliberated and voted on."""
        return tuple(i.code for i in self.registering.agenda if i.kind not in ("projects", "rating", "other"))

    @property
    def prepares(self) -> bool:
        return any(s.kind == "preparatory" for s in self.registering.sittings)

    def hall(self, sitting: str) -> InTheHall:
        """The hall of a sitting as the next act finds it."""
        return InTheHall(self.session, HallNow(self.record, SESSION), sitting)

    def matter(self, number: str) -> Any:
        return self.record.state(f"{HOUSE}/matter/{number}")

    def version_of(self, event: type[Event]) -> int:
        """The number in the session's stream of the newest event of that class."""
        return max(n for n, e in enumerate(self.record.streams[SESSION], 1) if isinstance(e, event))

    # given, when -----------------------------------------------------------------------------------------------------

    def on(self, day: date, hour: int = 9, minute: int = 0) -> Self:
        """From here on it is that hour of that day."""
        self.now = at_clock(day, hour, minute)
        return self

    def registers(self) -> Self:
        return self.given(self.registering)

    def given(self, *acts: Command, by: str | None = None) -> Self:
        """Acts that are done without anybody's objection."""
        for act in acts:
            self.when(act, by=by)
            assert self.refusal is None, f"{act.act} was refused: {self.refusal.says().zh}"
        return self

    def entered_with(self, **shown: Any) -> Self:
        """From here on whoever enters the acts shows this token at the door."""
        self.shown = shown
        return self

    def when(
        self,
        command: Command,
        *,
        at: datetime | None = None,
        by: str | None = None,
        recorded: datetime | None = None,
        stream: str | None = None,
    ) -> Self:
        """One act, judged; what it leads to is on record, a refusal changes nothing."""
        self._acts += 1
        at = at or self.now
        self.now = max(self.now, at) + timedelta(minutes=1)
        submission = Submission(
            command_id=f"act-{self._acts}",
            stream=stream or self._stream_of(command),
            actor=Actor(office=by or self._office(command), **self.shown),
            at=at,
            act=command.act,
            fields=command.model_dump(mode="json"),
        )
        return self._judge(command, submission, recorded or at)

    def _judge(self, command: Command, submission: Submission, now: datetime) -> Self:
        self._last = (command, submission, now)
        before = self.record.state(submission.stream)
        self.events, self.refusal = [], None
        decider = self.record.decider_of(submission.stream)
        try:
            decided = decider.judge(submission, self.record, self.laws, now)
        except Refused as refused:
            self.refusal = refusal_of(refused, submission.command_id, submission.act)
            assert self.record.state(submission.stream) == before
            return self
        for stream, event in decided:
            assert event.basis, f"{event.name} has no basis"
            self.record.append(stream, event, submission.actor)
        self.events = [event for _, event in decided]
        return self

    def _stream_of(self, command: Command) -> str:
        if command.stream_kind == "session":
            return SESSION
        raise AssertionError("say which matter: stream=matter('1')")

    def _office(self, command: Command) -> str:
        session = self.session
        if not session.registered:
            return PROCEDURES[self.registering.procedure].may_do(command.act, command.offices)[0]
        return next(iter(who_acts(session, command).offices), command.offices[0])

    # then ------------------------------------------------------------------------------------------------------------

    def then(self, event: type[Event], **fields: Any) -> Self:
        """The last act led to an event of this class with these fields."""
        assert self.refusal is None, f"refused: {self.refusal.says().zh}"
        of_class = [e for e in self.events if isinstance(e, event)]
        assert of_class, f"no {event.__name__} among {[type(e).__name__ for e in self.events]}"
        found = {name: getattr(of_class[0], name) for name in fields}
        assert found == fields
        return self

    def citing(self, *rules: str) -> Self:
        """The first event of the last act rests on these rules, among others."""
        _cites(self.events[0].basis, rules)
        return self

    def then_refused(self, reason: str, citing: str | Sequence[str] = (), **figures: int | str) -> Self:
        """The last act was refused, for this reason, citing these rules, with these figures; it can be said in both languages."""
        assert self.refusal is not None, f"not refused: {[type(e).__name__ for e in self.events]}"
        assert self.refusal.reason == reason, f"{self.refusal.reason}: {self.refusal.says().zh}"
        _cites(self.refusal.basis, (citing,) if isinstance(citing, str) else citing)
        assert {name: _plain(self.refusal.figures.get(name)) for name in figures} == figures
        assert "{" not in self.refusal.says().zh + self.refusal.says().en
        return self

    def then_nothing(self) -> Self:
        """Everything asked for was already so."""
        assert self.refusal is None, f"refused: {self.refusal.says().zh}"
        assert self.events == []
        return self

    def and_again_nothing(self) -> Self:
        """The same act once more, at the same hour and an hour later, finds its fact already there."""
        return self._repeated(self.then_nothing)

    def and_again_refused(self, reason: str) -> Self:
        """The same act once more is refused: it cannot be done twice."""
        return self._repeated(lambda: self.then_refused(reason))

    def again(self, later: timedelta = timedelta(0)) -> Self:
        """The very same act once more, dated and recorded so much later."""
        assert self._last is not None
        command, submission, now = self._last
        kept = self._last
        self._judge(command, submission.model_copy(update={"at": submission.at + later}), now + later)
        self._last = kept
        return self

    def _repeated(self, check: Callable[[], Self]) -> Self:
        for later in (timedelta(0), timedelta(hours=1)):
            self.again(later)
            check()
        return self

    def with_finding(self, code: str, citing: str | Sequence[str] = (), **figures: int | str) -> Self:
        rules = {citing} if isinstance(citing, str) else set(citing)
        found = [
            f for f in self.findings if f.code == code and _holds(f, figures) and rules <= {c.rule for c in f.basis}
        ]
        assert found, f"no finding {code} {figures} citing {rules} among {self.findings}"
        assert "{" not in says(found[0]).zh + says(found[0]).en
        return self

    def without_finding(self, *codes: str) -> Self:
        """None of these was noticed; without codes, nothing at all was."""
        found = [f.code for f in self.findings if not codes or f.code in codes]
        assert not found, found
        return self

    @property
    def findings(self) -> list[Finding]:
        return [finding for event in self.events for finding in event.findings]


def _holds(finding: Finding, figures: dict[str, int | str]) -> bool:
    return all(_plain(finding.figures.get(name)) == value for name, value in figures.items())


def _plain(figure: object) -> object:
    """A figure as a test names it: words by their Chinese."""
    return figure.zh if isinstance(figure, Text) else figure


def _cites(basis: tuple[Citation, ...], rules: Sequence[str]) -> None:
    missing = set(rules) - {c.rule for c in basis}
    assert not missing, f"{sorted(missing)} not cited; cited are {[c.rule for c in basis]}"


def hands(subject: str, in_favour: int, against: int = 0, abstained: int = 0, **more: Any) -> PutToVote:
    """A show of hands; whoever is left over did not vote."""
    return PutToVote(subject=subject, in_favour=in_favour, against=against, abstained=abstained, **more)


def sheet(number: int, votes: dict[str, int], ballots: int, poll: str = "projects", **more: Any) -> EnterSheet:
    """A teller's sheet on which everybody not in favour of a project is against it."""
    lines = tuple(Line(project=p, in_favour=yes, against=ballots - yes) for p, yes in votes.items())
    fields: dict[str, Any] = {"issued": ballots, "returned": ballots, "valid": ballots, "lines": lines, **more}
    return EnterSheet(poll=poll, sheet=number, **fields)


def _published(town: Chamber, here: int) -> None:
    town.on(town.opens - timedelta(days=20))
    if town.registering.kind == "first":
        town.given(ConfirmCredentials(valid=len(town.roll)))
    town.given(DecideDate(opens=town.opens, closes=town.closes), PublishDate())


def _papers(town: Chamber, here: int) -> None:
    town.given(Prepare(drafts=("议程草案",)))
    if town.registering.kind in ("year_start", "first"):
        town.given(HearVoters(what="各选区座谈"))
    town.given(GiveNotice(), SendPapers(papers=("报告",)), InviteObservers(who=("副镇长",), count=2))


def _signed_in(town: Chamber, here: int) -> None:
    town.on(town.opens, 8)
    if town.prepares:
        town.given(_coming(town, "prep", here), OpenSitting(sitting="prep"))
        _presidium(town, here)
        town.given(CloseSitting())
    town.given(_coming(town, "s1", here))


def _coming(town: Chamber, sitting: str, here: int) -> SignIn:
    return SignIn(sitting=sitting, deputies=town.roll[:here]) if town.by_name else SignIn(sitting=sitting, present=here)


def _opened(town: Chamber, here: int) -> None:
    town.on(town.opens, 9).given(OpenSitting(sitting="s1"))


def _presidium(town: Chamber, here: int) -> None:
    if not town.session.has("presidium-elected"):
        town.given(hands("presidium", here, persons=town.roll[:9]), hands("agenda", here))


def _heard(town: Chamber, here: int) -> None:
    town.given(*(HearReport(item=code) for code in town.voted_on))


def _deliberated(town: Chamber, here: int) -> None:
    town.given(*(Deliberate(items=town.voted_on, group=group) for group in ("east", "west")))


def _put_forward(town: Chamber, here: int) -> None:
    budgets = tuple(i.code for i in town.registering.agenda if i.kind == "budget")
    town.given(PresidiumMeets(meeting=2, present=9))
    if budgets:
        town.given(CommitteeReports(items=budgets))
    town.given(PresidiumDecides(matter="put-to-vote", items=town.voted_on))


POINTS: dict[str, Callable[[Chamber, int], object]] = {
    "registered": lambda town, here: town.registers(),
    "date published": _published,
    "papers sent": _papers,
    "signed in": _signed_in,
    "opened": _opened,
    "presidium elected": _presidium,
    "reports heard": _heard,
    "deliberated": _deliberated,
    "put forward": _put_forward,
    "voted": lambda town, here: town.given(*(hands(code, here) for code in town.voted_on)),
    "announced": lambda town, here: town.given(Announce(items=town.voted_on)),
    "closed": lambda town, here: town.on(town.closes, 11).given(CloseSession()),
}
"""The stations of a township session in their order, each with the acts that lead to it from the one before."""


def township(
    point: str, deputies: int = 61, *, present: int | None = None, by_name: bool = False, **about: Any
) -> Chamber:
    """A township session brought, lawfully in every step, to one of `POINTS`. Chongqing holds its preparatory meeting first."""
    assert point in POINTS
    if about.get("profile") == "chongqing-township":
        about.setdefault("sittings", (("prep", "preparatory"), ("s1", "plenary"), ("s2", "plenary")))
    chamber = Chamber(deputies, **about)
    chamber.by_name = by_name
    for name, come_to in POINTS.items():
        come_to(chamber, len(chamber.roll) if present is None else present)
        if name == point:
            break
    return chamber


def with_projects(point: str = "announced", candidates: int = 5, choose: int = 3, **about: Any) -> Chamber:
    """A township session with projects on its agenda and their candidates put forward by the presidium; the method not adopted."""
    agenda = (*REPORTS, PROJECTS, *((RATING,) if about.get("last_year") else ()))
    chamber = township(point, agenda=agenda, candidates=candidates, choose=choose, **about)
    return chamber.given(PresidiumDecides(matter="project-candidates", items=("projects",)))


def council(point: str = "opened", members: int = 60, *, present: int | None = None, **about: Any) -> Chamber:
    """A street residents' council, called by its street committee, brought to registered, signed in or opened."""
    about.setdefault("profile", "zhejiang-residents")
    about.setdefault("agenda", (AgendaItem(code="office", kind="report", title="办事处工作报告", resolution=False),))
    chamber = Chamber(members, **about).registers()
    if point == "registered":
        return chamber
    chamber.on(chamber.opens - timedelta(days=10))
    chamber.given(DecideDate(opens=chamber.opens, closes=chamber.closes), GiveNotice(), SendPapers(papers=("计划",)))
    chamber.on(chamber.opens, 8).given(SignIn(sitting="s1", present=members if present is None else present))
    return chamber if point == "signed in" else chamber.given(OpenSitting(sitting="s1"))


__all__ = [
    "BUDGET", "GOVERNMENT", "HOUSE", "PRESIDIUM_REPORT", "PROJECTS", "RATING", "REPORTS", "SESSION", "WEDNESDAY", "Chamber",
    "DeclareProjects", "DeclareRating", "FixedLaws", "Record", "SignedOut", "council", "hands", "ids", "sheet", "statutes",
    "township", "with_projects",
]  # fmt: skip
