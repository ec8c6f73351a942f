"""Whatever is done with a matter of whatever kind, in whatever order, some things are always so (follow_up.md §5).

Matters of every kind in a county, a township and a street are taken on by any way their loop has or has not, by any office, with figures
that fit or do not, and days pass. What must hold is said from the events alone, in plain arithmetic. Beside it: in `test_any_order` what
holds of sessions (present = votes, valid ≤ issued, whose majority), in `projections/test_figures` that classes and ratings add up.
"""

import copy
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.matter.clues import AddClue, SiftClues
from domain.matter.contact import ConfirmContact, ContactConfirmed, ContactDeputy
from domain.matter.decider import MatterDecider
from domain.matter.evaluating import EvaluateHandling, FixEvaluation, HandlingEvaluated
from domain.matter.inquiring import HoldSpecialInquiry
from domain.matter.inspecting import FormGroup, ReportInspection, StartInspection
from domain.matter.items import EvaluateItem, ListItems, RectifyItem, RevisitItem
from domain.matter.loop import LOOPS, Loop, Move
from domain.matter.matter import Matter, MatterEvent
from domain.matter.meetings import EndSeries, HandOn, HoldMeeting
from domain.matter.objecting import DecideObjection, ObjectToAssignment
from domain.matter.opening import OpenMatter
from domain.matter.projects import DecideProjectChange, ShowLight, TakeUpProject
from domain.matter.promises import CarryOver
from domain.matter.rating import CloseWithoutFeedback, RateReply, ReplyRated
from domain.matter.replying import ExtendMatter, MatterReplied, ReplyToSuggestion
from domain.matter.reporting import ReportResult
from domain.matter.steps import StepTaken, TakeStep
from domain.matter.terms import MissReply, MissTerm, ReplyMissed, TermMissed
from domain.procedure import PROCEDURES, Procedure
from domain.session.matters import BeginMatter
from domain.session.parts import AgendaItem
from domain.session.suggestions import AssignSuggestions, FileSuggestion
from domain.submission import COMMANDS, Command
from domain.vote.votes import PutToVote, VoteCounted
from tests.domain.chamber import Chamber, council, sheet, township
from tests.domain.county import county
from tests.domain.following import Following, following

DECIDED_ELSEWHERE = {"decide-project-change"}
"""What a body that only recommends never decides: no way on."""
MORE_THAN_HALF = {"numerator": 1, "denominator": 2, "inclusive": False, "of": "all_members"}
METHOD = {
    "source": "测评办法第八条",
    "options": ["satisfied", "basically", "dissatisfied"],
    "cascade": [{"verdict": "满意", "options": ["satisfied"], "share": MORE_THAN_HALF}],
    "otherwise": "不满意",
}


# no matter without a terminal state in reach -----------------------------------------------------------------------------------


def takeable(move: Move, procedure: Procedure) -> bool:
    """Whether some office of the procedure may go this way there."""
    offices = move.by if move.plain else COMMANDS[move.act].offices
    hindered = not procedure.decides and move.act in DECIDED_ELSEWHERE
    return move.open_to(procedure.id) and not hindered and bool(set(offices) & set(procedure.offices))


def bodies(loop: Loop) -> list[Procedure]:
    return [p for p in PROCEDURES.values() if not loop.procedures or p.id in loop.procedures]


@pytest.mark.parametrize("kind", sorted(LOOPS))
def test_from_wherever_a_matter_stands_its_own_body_can_bring_it_to_an_end(kind: str) -> None:
    loop = LOOPS[kind]
    assert any(standing.over for standing in loop.standings)
    for procedure in bodies(loop):
        ends = {standing.code for standing in loop.standings if standing.over}
        moves = [move for move in loop.moves if takeable(move, procedure)]
        while more := {s for m in moves if m.to in ends for s in m.sources} - ends:
            ends |= more
        stuck = [standing.code for standing in loop.standings if standing.code not in ends]
        assert stuck == [], f"{kind} in {procedure.id}"


# matters of all kinds, in any order --------------------------------------------------------------------------------------------


@cache
def prepared(level: str) -> Following:
    """A body of that level after its session, with a suggestion filed; to be copied, never played on."""
    if level == "county":
        house: Chamber = county("closed", opens=date(2026, 1, 14))
    elif level == "township":
        house = township("closed", opens=date(2026, 1, 14))
    else:
        item = AgendaItem(code="projects", kind="projects", title="项目票选推荐")
        house = council("opened", opens=date(2026, 1, 14), agenda=(item,), candidates=3, choose=2)
        votes = {"p1": 50, "p2": 40, "p3": 10}
        house.given(sheet(1, votes, 60), sheet(2, votes, 60), COMMANDS["declare-projects"]())
    return following(house).on(date(2026, 3, 2))


def fresh(level: str) -> Following:
    """The body as it was prepared, with a record of its own."""
    house = copy.copy(prepared(level))
    record = copy.copy(house.record)
    record.streams = {stream: list(events) for stream, events in record.streams.items()}
    record._states, record._index = dict(record._states), dict(record._index)
    house.record = record
    return house


def begin(house: Following, kind: str, due: date | None) -> None:
    """A matter of that kind, opened."""
    if kind == "suggestion":
        number = "s9"
        assigned = {"number": number, "unit": "某局", "co_units": ("财政局",)}
        house.given(FileSuggestion(number=number, deputies=("d001", "d002"), subject="修路"))
        house.given(AssignSuggestions.model_validate({"assignments": (assigned,)}))
    else:
        number = "m9"
        house.given(BeginMatter(number=number, kind=kind, subject="某事", unit="某局", deputies=("d001",), due=due))
    house.follows(number).given(OpenMatter(session=house.session.stream, number=number))


words = st.sampled_from(("甲", "已经办了"))
ITEM = st.sampled_from(("i1", "i2"))
GRADES = st.sampled_from(("satisfied", "basically", "dissatisfied"))


def soon(house: Following) -> st.SearchStrategy[date]:
    today = house.now.date()
    return st.integers(-5, 60).map(lambda days: today + timedelta(days))


def figures(draw: Callable[..., Any]) -> dict[str, Any]:
    """Of an evaluation: figures that fit, or do not."""
    total = draw(st.integers(1, 40))
    present = draw(st.integers(0, total + 1))
    votes = [draw(st.integers(0, max(1, present // 2))) for _ in range(3)]
    options = ("satisfied", "basically", "dissatisfied")
    said = tuple({"option": o, "votes": n} for o, n in zip(options, votes, strict=True))
    returned = draw(st.sampled_from((present, sum(votes))))
    return {"total": total, "present": present, "issued": present, "returned": returned, "votes": said}


def acts(day: date, said: str, draw: Callable[..., Any]) -> dict[str, Callable[[], Command]]:
    """The acts with a rule of their own, each with fields somebody might give."""
    return {
        "reply-suggestion": lambda: ReplyToSuggestion(
            result=(result := draw(st.sampled_from("ABCD"))), contacted=draw(st.booleans()),
            promised=day if result == "B" and draw(st.booleans()) else None, signed_by="局长",
        ),
        "rate-reply": lambda: RateReply(deputy=draw(st.sampled_from(("d001", "d003"))), result=draw(GRADES), why=said),
        "close-without-feedback": CloseWithoutFeedback,
        "extend-suggestion": lambda: ExtendMatter(why=said),
        "object-to-assignment": lambda: ObjectToAssignment(why=said),
        "decide-objection": lambda: DecideObjection(unit=draw(st.sampled_from((None, "乙局"))), why=said),
        "contact-deputy": lambda: ContactDeputy(way="face", deputies=("d001",), text=said),
        "confirm-contact": lambda: ConfirmContact(number=draw(st.integers(1, 2)), deputy="d001"),
        "carry-over": lambda: CarryOver(promised=day, why=said),
        "fix-evaluation": lambda: FixEvaluation.model_validate({"rating_method": METHOD}),
        "evaluate-handling": lambda: EvaluateHandling.model_validate(figures(draw)),
        "report-result": lambda: ReportResult(text=said),
        "list-items": lambda: ListItems.model_validate(
            {"items": [{"code": draw(ITEM), "text": said, "unit": "某局", "due": draw(st.sampled_from((None, day)))}]}
        ),
        "rectify-item": lambda: RectifyItem(item=draw(ITEM), text=said),
        "evaluate-item": lambda: EvaluateItem(
            item=draw(ITEM), result=draw(st.sampled_from(("done", "partly", "not"))), text=said, due=day
        ),
        "revisit-item": lambda: RevisitItem(item=draw(ITEM), holds=draw(st.booleans()), text=said, due=day),
        "form-group": lambda: FormGroup.model_validate(
            {"inspectors": [{"person": "d001", "organ": "某中学", "leader": True}]}
        ),
        "start-inspection": StartInspection,
        "report-inspection": lambda: ReportInspection(text=said),
        "hold-special-inquiry": lambda: HoldSpecialInquiry(meeting="plenary", text=said),
        "hold-meeting": lambda: HoldMeeting(subject=said, due=draw(st.sampled_from((None, day)))),
        "hand-on": lambda: HandOn(meeting=1, matter="m9"),
        "end-series": EndSeries,
        "take-up-project": lambda: TakeUpProject(project=draw(st.sampled_from(("p1", "p3")))),
        "show-light": lambda: ShowLight(light=draw(st.sampled_from(("green", "red"))), text=said),
        "decide-project-change": lambda: DecideProjectChange(
            outcome=draw(st.sampled_from(("changed", "kept", "ended"))), text=said
        ),
        "add-clue": lambda: AddClue(clue=draw(ITEM), text=said, came_from="public"),
        "sift-clues": lambda: SiftClues(go_on=(draw(ITEM),), text=said),
    }  # fmt: skip


def steps(moves: tuple[Move, ...]) -> list[str]:
    """The names of those moves that can be made up here: every plain step, and the acts of `acts`."""
    known = acts(date.min, "", lambda _: None)
    return [move.act for move in moves if move.plain or move.act in known]


def command_of(act: str, house: Following, draw: Callable[..., Any]) -> Command:
    """An act or a plain step of that name."""
    day, said = draw(soon(house)), draw(words)
    known = acts(day, said, draw)
    if act in known:
        return known[act]()
    return TakeStep(step=act, text=said, unit="某局", due=day, persons=("d001",), passed=draw(st.booleans()))


def time_passes(house: Following, days: int) -> None:
    """Days go by, and the engine records each term that passed, once each day of its own."""
    house.on((house.now + timedelta(days=days)).date())
    for clock in house.it.open_clocks:
        if clock.due <= house.now:
            missing = MissReply(clock=clock.id) if clock.id.startswith("reply") else MissTerm(clock=clock.id)
            house.given(missing, by="clock").and_again_nothing()


def held(house: Following, before: tuple[Any, ...]) -> None:
    """What is always so, from the events of the matter alone."""
    matter: Matter = house.it
    events = house.record.streams[matter.stream]
    decider = MatterDecider()
    folded: Any = decider.start(matter.stream)
    for event in events:
        folded = decider.evolve(folded, event)
    assert folded == matter, "the record says where it stands, and every day it waits for"
    assert tuple(events[: len(before)]) == before, "nothing that was said is overwritten"
    assert matter.stands in {standing.code for standing in matter.loop.standings}
    told = [e for e in events if isinstance(e, MatterEvent)]
    rounds = [e.round for e in told]
    assert rounds == sorted(rounds), "rounds go on and never back"
    _terms_are_met_or_missed_once(matter, events)
    _replies_and_ratings(matter, told)
    _evaluations(matter, told)
    if matter.over:
        left = [c.id for c in matter.open_clocks if not c.id.startswith("item-")]
        assert left == [], "what is over waits for nothing but an item that came back on a revisit"


def _terms_are_met_or_missed_once(matter: Matter, events: list[Any]) -> None:
    missed = [e for e in events if isinstance(e, (TermMissed, ReplyMissed))]
    assert len({e.clock for e in missed}) == len(missed), "a term is missed once"
    for clock in matter.clocks.values():
        when = [e.at for e in events if clock.met_by in e.facts()]
        passed = [e for e in missed if e.clock == clock.id]
        assert all(e.at >= clock.due for e in passed), "nothing is missed before its last day is over"
        if when and min(when) < clock.due:
            assert passed == [], f"{clock.id} was met in time"
        running = clock in matter.open_clocks
        assert running == (not passed and clock.met_by not in matter.facts), f"{clock.id} runs, or was met, or missed"


def _replies_and_ratings(matter: Matter, told: list[MatterEvent]) -> None:
    replies: dict[int, MatterReplied] = {}
    for event in told:
        if isinstance(event, MatterReplied):
            assert event.round not in replies, "one reply in a round"
            assert event.result in ("A", "B", "C", "D")
            heard = event.contacted or any(isinstance(e, ContactConfirmed) for e in told[: told.index(event)])
            unheard = any(f.code == "ReplyUnheard" for f in event.findings)
            assert heard or unheard or matter.level == "residents", "a reply to a deputy nobody heard says so"
            replies[event.round] = event
        if isinstance(event, ReplyRated):
            assert event.round in replies, "no rating before a reply"
    if replies and matter.over and replies[max(replies)].result == "B" and matter.stands == "closed":
        ways = {e.step for e in told if isinstance(e, StepTaken)}
        assert ways & {"explain-unfulfilled", "dispose"}, "a promise is kept, explained, disposed of, or stays open"


def _evaluations(matter: Matter, told: list[MatterEvent]) -> None:
    evaluated = [e for e in told if isinstance(e, HandlingEvaluated)]
    for event in evaluated:
        votes = sum(line.votes for line in event.votes)
        assert votes <= event.returned <= event.issued <= event.present <= event.total
        assert f"evaluated:{event.round}" in matter.facts


def any_matter(data: st.DataObject, moves: int) -> None:
    draw = data.draw
    level = draw(st.sampled_from(("county", "township", "residents")), label="level")
    procedure = prepared(level).session.procedure
    kinds = [k for k, loop in sorted(LOOPS.items()) if not loop.procedures or procedure.id in loop.procedures]
    kind = draw(st.sampled_from(kinds), label="kind")
    house = fresh(level)
    begin(house, kind, draw(st.sampled_from((None, house.now.date() + timedelta(days=30)))))
    for _ in range(moves):
        before = tuple(house.record.streams[house.it.stream])
        loop: Loop = house.it.loop
        names, anything = steps(loop.moves_from(house.it.stands)), steps(loop.moves)
        lawful = bool(names) and draw(st.integers(0, 5)) > 0
        act = draw(st.sampled_from(names if lawful else anything), label="act")
        known = loop.move(act, house.it.stands) or loop.known(act)
        offices = known.by if known is not None and known.plain else COMMANDS[act].offices
        office = draw(st.sampled_from(offices), label="office")
        house.when(command_of(act, house, draw), by=office)
        held(house, before)
        if days := draw(st.sampled_from((0, 0, 3, 40, 100)), label="days"):
            before = tuple(house.record.streams[house.it.stream])
            time_passes(house, days)
            held(house, before)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_is_done_with_a_matter_in_whatever_order_its_record_stays_whole(data: st.DataObject) -> None:
    any_matter(data, 8)


@pytest.mark.soak
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_it_stays_whole_for_a_long_time(data: st.DataObject) -> None:
    any_matter(data, 30)


# a body that only recommends ---------------------------------------------------------------------------------------------------

SUBJECTS = (
    "item",
    "agenda",
    "presidium",
    "secretary-general",
    "election-method",
    "credentials-committee",
    "scrutineers",
)
KINDS = ("government_report", "budget", "plan", "decision", "report", "list", "other", "projects")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(KINDS), st.booleans(), st.sampled_from(SUBJECTS), st.integers(0, 60), st.integers(0, 60))
def test_a_council_never_has_a_vote_that_resolves_whatever_stands_on_its_agenda(
    kind: Any, resolution: bool, subject: str, in_favour: int, against: int
) -> None:
    item = AgendaItem(code="item", kind=kind, title="某项", resolution=resolution)
    street = council("opened", 60, agenda=(item,))
    street.when(PutToVote(subject=subject, in_favour=in_favour, against=against, abstained=0, persons=("d001",)))
    for vote in (e for e in street.events if isinstance(e, VoteCounted)):
        assert vote.recommendation and vote.needed == 0 and vote.clocks() == ()
        assert subject in ("agenda", "scrutineers") or kind in ("list", "other")
