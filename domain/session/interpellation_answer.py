"""An interpellation answered by the head of the organ, and answered again when half of those who signed are not satisfied."""

from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from domain.calendar import last_day, legal_date
from domain.event import Clock, Event, Finding
from domain.findings import alert, warn
from domain.law import Citation
from domain.offices import OFFICE_NAMES
from domain.procedure import Stage
from domain.refusals import Refused
from domain.session.delegations_vote import DelegationVote, in_their_name
from domain.session.interpellation import PLACES, Answering, Interpellation, Place, interpellation_of
from domain.session.parts import DeputyId, Number
from domain.session.presidium_vote import PresidiumNotMeeting, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text


class FormNotDecided(Refused):
    says = Text(
        "主席团尚未决定答复方式(decide-on-interpellation)",
        "the presidium has not decided how it is answered (decide-on-interpellation)",
    )


class AnsweredInOtherForm(Refused):
    says = Text("主席团决定{needed},不能改为{found}", "the presidium decided on an answer {needed}, not {found}")


class HeadMustAnswer(Refused):
    says = Text(
        "口头答复由受质询机关负责人到会,书面答复由负责人签署",
        "an oral answer is given by the head of the organ in person, a written one is signed by the head",
    )


class NoPlenaryOpen(Refused):
    says = Text(
        "第 {number} 号质询案在全体会议上口头答复,现在没有进行中的全体会议",
        "interpellation {number} is answered orally in plenary, and no plenary sitting is open",
    )


class OnlyInWriting(Refused):
    says = Text(
        "会议已经闭幕,第 {number} 号质询案不能再口头答复",
        "the session is closed: interpellation {number} is not answered orally any more",
    )


class AnsweredAlready(Refused):
    says = Text("第 {number} 号质询案已经答复", "interpellation {number} was answered already")


class NotAnsweredYet(Refused):
    says = Text("第 {number} 号质询案尚未答复", "interpellation {number} was not answered yet")


class AskedByOther(Refused):
    says = Text(
        "第 {number} 号质询案不满意的,由提出它的代表(dissatisfied)或者代表团(delegation)提出",
        "another answer to interpellation {number} is for those who asked to demand: its deputies (dissatisfied) or its delegation",
    )


class DidNotSign(Refused):
    says = Text("{deputy} 不是提出该质询案的代表", "{deputy} did not sign this interpellation")


class TooFewDissatisfied(Refused):
    says = Text(
        "提出质询案并可计的代表 {total} 人,不满意 {found} 人,{share}({needed} 人)",
        "{found} of the {total} signatories who count are dissatisfied, {needed} are needed ({share})",
    )


class AnswerInterpellation(Command):
    """The organ answers, in the form the presidium decided on: orally by its head in person, or in writing signed by its head."""

    act: ClassVar[str] = "answer-interpellation"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("government", "court", "procuratorate", "supervisory_commission")
    title: ClassVar[Text] = Text("答复质询案", "Answer an interpellation")
    number: Number
    place: Place
    answerer: Literal["head", "deputy_head", "other"] = "head"
    text: str = Field(default="", max_length=4000)


class InterpellationAnswered(Event):
    name: ClassVar[str] = "interpellation.answered.v1"
    number: Number
    place: Place
    answerer: Literal["head", "deputy_head", "other"]
    text: str
    again: bool  # another answer, demanded by those who signed

    def facts(self) -> tuple[str, ...]:
        once_more = ("interpellation-reanswered", f"interpellation-reanswered:{self.number}") if self.again else ()
        return ("interpellation-answered", f"interpellation-answered:{self.number}", *once_more)


@decides(AnswerInterpellation)
def answer_interpellation(session: Session, command: AnswerInterpellation, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 24(3): the head comes to the meeting (负责人到会) or signs the paper (负责人签署)."""
    asked = interpellation_of(session, command.number)
    if not asked.place:
        raise FormNotDecided(moment.cites("interpellation.answer"))
    if command.place != asked.place:
        decided, found = PLACES[asked.place], PLACES[command.place]
        raise AnsweredInOtherForm(moment.cites("interpellation.answer"), needed=decided, found=found)
    if command.answerer != "head":
        raise HeadMustAnswer(moment.cites("interpellation.answerer"))
    new = InterpellationAnswered(
        at=moment.at,
        basis=moment.basis("interpellation.answer", "interpellation.answerer"),
        number=command.number,
        place=command.place,
        answerer=command.answerer,
        text=command.text,
        again=asked.demanded,
    )
    if asked.unanswered:
        _there(session, asked, moment)
        return [new]
    said = [e for e in session.history if isinstance(e, InterpellationAnswered) and e.number == command.number]
    if said and (said[-1].place, said[-1].text) == (new.place, new.text):
        return []
    raise AnsweredAlready(number=command.number)


def _there(session: Session, asked: Interpellation, moment: Moment) -> None:
    """Whether the meeting sits at which the presidium had it answered orally.

    After the closing an answer comes in writing, or in a complex case as the presidium decided, where the law on file gives it time.

    Raises:
        NoPlenaryOpen, PresidiumNotMeeting, OnlyInWriting: it does not.
    """
    if asked.place == "written":
        return
    basis = moment.cites("interpellation.answer")
    if session.stage_at(moment.at) is Stage.AFTER:
        later = moment.law.ruling("interpellation.answer_within")
        if not asked.complex or later is None or later.value is None:
            raise OnlyInWriting(basis, number=asked.number)
        return
    if session.stage is not Stage.DURING:
        return  # entered late: which meeting sat then is not known any more
    sitting = session.sittings.get(session.sitting_open or "")
    if asked.place == "plenary" and (sitting is None or (sitting.kind, sitting.status) != ("plenary", "open")):
        raise NoPlenaryOpen(basis, number=asked.number)
    if asked.place == "presidium_meeting" and session.presidium_meeting is None:
        raise PresidiumNotMeeting(basis)


@evolves(InterpellationAnswered)
def interpellation_answered(session: Session, event: InterpellationAnswered) -> Session:
    return _now(session, event.number, "answered")


def _now(session: Session, number: str, state: Answering) -> Session:
    """How it stands after an answer or a demand; as it was when the filing was struck from the record."""
    asked: Interpellation | None = session.interpellations.get(number)
    if asked is None:
        return session
    return replace(session, interpellations={**session.interpellations, number: replace(asked, state=state)})


class DemandReanswer(Command):
    """Those who signed are not satisfied with the answer and demand another (要求再作答复). Name the dissatisfied."""

    act: ClassVar[str] = "demand-reanswer"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("deputy", "secretariat", "group")
    title: ClassVar[Text] = Text("要求再作答复", "Demand another answer")
    number: Number
    dissatisfied: tuple[DeputyId, ...] = ()
    delegation: DelegationVote | None = None  # where a delegation asked: how many of it are not satisfied
    in_favour: int | None = Field(default=None, ge=0)  # of the presidium, where the law has it decide

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if bool(self.dissatisfied) == (self.delegation is not None):
            raise ValueError(
                "写明不满意的代表(dissatisfied)或者代表团(delegation) / name the deputies, or the delegation, one of both"
            )
        return self


class ReanswerDemanded(Event):
    name: ClassVar[str] = "interpellation.reanswer-demanded.v1"
    number: Number
    dissatisfied: tuple[DeputyId, ...]
    out_of: int  # who signed, counted then, and are in office
    needed: int
    may_demand: tuple[DeputyId, ...] | None = (
        None  # those of them who may act now; None in entries of before it was kept
    )
    delegation: DelegationVote | None = None
    in_favour: int = 0  # of the presidium, where the law has it decide
    members_total: int = 0
    presidium_needed: int = 0

    def revokes(self) -> tuple[str, ...]:
        """A second demand: the answer it asks for is not the one given on the first."""
        return (f"interpellation-reanswered:{self.number}",) if self.stands else ()

    @property
    def stands(self) -> bool:
        unhappy = set(self.dissatisfied)
        if self.in_favour < self.presidium_needed:
            return False
        return len(unhappy if self.may_demand is None else unhappy & set(self.may_demand)) >= self.needed

    def facts(self) -> tuple[str, ...]:
        return ("reanswer-demanded", f"reanswer-demanded:{self.number}") if self.stands else ()


@decides(DemandReanswer)
def demand_reanswer(session: Session, command: DemandReanswer, moment: Moment) -> list[Event]:
    """代表法 (2025) art. 20(5): half of those who signed is enough (半数以上), and theirs is the demand, not the presidium's.

    Counted are those whose signatures counted and who are deputies still; who is suspended meanwhile cannot demand it.
    全国人大议事规则 (2021) art. 50(2): at the national congress also a delegation, and the presidium decides (经主席团决定).
    """
    asked = interpellation_of(session, command.number)
    if asked.delegation != (command.delegation.group if command.delegation else ""):
        raise AskedByOther(moment.cites("interpellation.reanswer"), number=command.number)
    unhappy = tuple(dict.fromkeys(command.dissatisfied))
    if strangers := sorted(set(unhappy) - set(asked.deputies)):
        raise DidNotSign(moment.cites("interpellation.reanswer"), deputy=strangers[0])
    if asked.unanswered:
        if asked.demanded and _demanded(session, command.number) == unhappy:
            return []
        raise NotAnsweredYet(moment.cites("interpellation.reanswer"), number=command.number)
    rule = moment.law.ruling("interpellation.reanswer")
    base = tuple(d for d in asked.deputies if d in session.in_office and d not in asked.not_counted)
    may_demand, total = tuple(d for d in base if d not in session.suspended), len(base)
    needed = max(rule.share.needed(total), 1) if rule and rule.value is not None else 1
    in_name: tuple[Citation, ...] = ()
    if command.delegation:
        needed, in_name = 0, in_their_name(session, (command.delegation,), moment)
    counted = len(set(unhappy) & set(may_demand))
    if counted < needed:
        share = rule.share.missed if rule and rule.value is not None else Text("无人可计", "nobody counts")
        raise TooFewDissatisfied(
            moment.cites("interpellation.reanswer"), total=total, found=counted, needed=needed, share=share
        )
    decides = moment.law.ruling("interpellation.reanswer_decided")
    agreed = presidium_vote(session, command.in_favour, moment) if decides is not None and decides.may_refuse else None
    return [
        ReanswerDemanded(
            at=moment.at,
            basis=(*moment.basis("interpellation.reanswer"), *(decides.basis if agreed and decides else ()), *in_name),
            number=command.number,
            dissatisfied=unhappy,
            out_of=total,
            needed=needed,
            may_demand=may_demand,
            delegation=command.delegation,
            in_favour=agreed.in_favour if agreed else 0,
            members_total=agreed.members_total if agreed else 0,
            presidium_needed=agreed.needed if agreed else 0,
            findings=agreed.findings if agreed else _presidiums_word(moment),
        )
    ]


def _presidiums_word(moment: Moment) -> tuple[Finding, ...]:
    """重庆市乡镇人大工作条例 art. 18(4) has the presidium decide on it; 代表法 asks for no such decision, so the demand stands."""
    rule = moment.law.ruling("interpellation.reanswer_decided")
    return (warn("LocalHurdle", rule.basis),) if rule and rule.on else ()


def _demanded(session: Session, number: str) -> tuple[str, ...]:
    made = [e for e in session.history if isinstance(e, ReanswerDemanded) and e.number == number]
    return made[-1].dissatisfied if made else ()


@evolves(ReanswerDemanded)
def reanswer_demanded(session: Session, event: ReanswerDemanded) -> Session:
    return _now(session, event.number, "demanded") if event.stands else session


def unanswered_interpellations(session: Session, moment: Moment) -> tuple[Finding, ...]:
    """At the close: what was asked and not answered, nor answered again as demanded."""
    left = [i for i in session.interpellations.values() if i.unanswered]
    basis = moment.basis("interpellation.answer", "interpellation.reanswer")
    return tuple(
        alert("InterpellationUnanswered", basis, number=i.number, organ=OFFICE_NAMES.get(i.organ, i.organ))
        for i in left
    )


def answer_clocks(session: Session, moment: Moment) -> tuple[Clock, ...]:
    """A complex one is answered within so long of the closing (闭会后两个月内), where the law on file says so."""
    rule = moment.law.ruling("interpellation.answer_within")
    if rule is None or rule.value is None:
        return ()
    last, basis = last_day(legal_date(moment.at), rule.period), (*rule.basis, *moment.basis("count.days"))
    waiting = [i for i in session.interpellations.values() if i.complex and i.unanswered]
    return tuple(
        Clock(
            id=f"interpellation-{i.number}", started=moment.at, last_day=last, basis=basis, subject=i.number,
            met_by=f"interpellation-{'re' if i.demanded else ''}answered:{i.number}",
        )
        for i in waiting
    )  # fmt: skip
