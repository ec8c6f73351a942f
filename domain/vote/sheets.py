"""Paper counts: two tellers enter their sheets apart, and only sheets that agree give a result (计票)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.event import Event, Finding
from domain.findings import warn
from domain.refusals import Refused
from domain.session.parts import Code, Project
from domain.session.quorum import deputies_present
from domain.session.sittings import of_a_plenary
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote import two
from domain.vote.paper import VOID, more_than_there_were, void_because
from domain.vote.two import Which

Poll = Literal["projects", "rating"]
POLLS = {
    "projects": Text("民生实事项目票决", "choice of projects"),
    "rating": Text("上年度项目满意度测评", "rating of last year's projects"),
}


class NothingToCount(Refused):
    says = Text(
        "本次会议的方案没有{poll}的项目(projects),不能填报计票单",
        "the plan of this session has no projects for the {poll}: there is no sheet to enter",
    )


class UnknownProject(Refused):
    says = Text("没有代号为 {project} 的项目;应为:{known}", "there is no project {project}; there are: {known}")


class ProjectMissing(Refused):
    says = Text("计票单缺少项目 {project}", "the sheet lacks project {project}")


class BallotsDoNotAddUp(Refused):
    says = Text(
        "收回 {returned},有效 {valid},无效 {void}:有效加无效应等于收回",
        "returned {returned}, valid {valid}, void {void}: valid and void must make up the returned",
    )


class OptionsDoNotAddUp(Refused):
    says = Text(
        "项目 {project}:各项合计 {found},应等于有效票 {valid}",
        "project {project}: {found} in all, but {valid} ballots are valid",
    )


class DeclaredAlready(Refused):
    says = Text(
        "结果已经宣布确定,计票单不能再换;有误的请更正(correct)",
        "the result is declared: a sheet can no longer be replaced, only corrected (correct)",
    )


class OptionNotAllowed(Refused):
    says = Text(
        "项目 {project}:票决只能赞成、反对或者弃权",
        "project {project}: one may only vote in favour, against or abstain",
    )


class Line(BaseModel):
    """One project on a sheet. Votes on a choice; for a rating `in_favour` is satisfied, `basically` and `against` the others."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    project: Code
    in_favour: int = Field(ge=0)  # 赞成 · 满意
    basically: int = Field(default=0, ge=0)  # 基本满意 (rating only)
    against: int = Field(default=0, ge=0)  # 反对 · 不满意
    abstained: int = Field(default=0, ge=0)  # 弃权 · 未评

    @property
    def total(self) -> int:
        return self.in_favour + self.basically + self.against + self.abstained


class EnterSheet(Command):
    """A teller's sheet. Units: ballots. `sheet` is 1 or 2; the two are entered by different tellers without looking."""

    act: ClassVar[str] = "enter-sheet"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("scrutineer", "street_committee")
    title: ClassVar[Text] = Text("录入计票单", "Enter a teller's sheet")
    poll: Poll
    sheet: Which
    issued: int = Field(ge=0)
    returned: int = Field(ge=0)
    valid: int = Field(ge=0)
    void: int = Field(default=0, ge=0)
    lines: tuple[Line, ...] = Field(min_length=1)


class SheetEntered(Event):
    name: ClassVar[str] = "vote.sheet-entered.v1"
    poll: Poll
    sheet: int
    issued: int
    returned: int
    valid: int
    void: int
    lines: tuple[Line, ...]
    deputies_present: int = 0  # when it was entered; 0 on sheets of before this was kept

    def facts(self) -> tuple[str, ...]:
        return (f"sheet:{self.poll}:{self.sheet}",)

    def figures(self) -> Mapping[str, object]:
        ballots = {"issued": self.issued, "returned": self.returned, "valid": self.valid, "void": self.void}
        return {**ballots, **{line.project: line for line in self.lines}}


@decides(EnterSheet)
def enter_sheet(session: Session, command: EnterSheet, moment: Moment) -> list[Event]:
    """Figures that do not add up are sent back before anything is stored; a sheet may be replaced until the result is declared."""
    topic = "projects.voting_plenary" if command.poll == "projects" else "projects.rating"
    basis, cited = moment.basis(topic, "council.recommends"), moment.cites(topic, "council.recommends")
    findings = (*_in_plenary(session, command, moment), *_ballots(session, command, moment))
    known = {p.code for p in projects_of(session, command.poll)}
    listed = [line.project for line in command.lines]
    if not known:
        raise NothingToCount(cited, poll=POLLS[command.poll])
    for code in listed:
        if code not in known or listed.count(code) > 1:
            raise UnknownProject(cited, project=code, known="、".join(sorted(known)))
    if missing := sorted(known - set(listed)):
        raise ProjectMissing(cited, project=missing[0])
    for line in command.lines:
        if command.poll == "projects" and line.basically:
            raise OptionNotAllowed(moment.cites("projects.options"), project=line.project)
        if line.total != command.valid:
            raise OptionsDoNotAddUp(cited, project=line.project, found=line.total, valid=command.valid)
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    present = _present(session, moment)
    new = SheetEntered(at=moment.at, basis=basis, findings=findings, deputies_present=present, **fields)
    old = session.polls.get(command.poll, {}).get(command.sheet)
    if old is not None and old.figures() == new.figures():
        return []
    if session.has("projects-chosen" if command.poll == "projects" else "projects-rated"):
        raise DeclaredAlready(cited)
    return [new]


def _in_plenary(session: Session, command: EnterSheet, moment: Moment) -> tuple[Finding, ...]:
    """Projects are chosen and rated by the congress in plenary; the sheets may be made out when that sitting is over."""
    sitting = session.sittings.get(session.sitting_open or session.last_sitting or "")
    return of_a_plenary(session, sitting, moment, POLLS[command.poll]) if sitting else ()


def _ballots(session: Session, command: EnterSheet, moment: Moment) -> tuple[Finding, ...]:
    """Sums that do not agree are slips of the pen; more ballots than went out, or than deputies, are what happened."""
    if command.valid + command.void != command.returned:
        figures = {"returned": command.returned, "valid": command.valid, "void": command.void}
        raise BallotsDoNotAddUp(moment.cites("projects.method", "council.recommends"), **figures)
    basis = moment.basis("vote.ballots", "projects.method")
    return more_than_there_were(command.issued, command.returned, _present(session, moment), basis)


def _present(session: Session, moment: Moment) -> int:
    here = session.sitting_open or session.last_sitting  # sheets may be made out while the sitting is over
    return deputies_present(session, moment, here) if here else session.deputies_total


def projects_of(session: Session, poll: str) -> tuple[Project, ...]:
    """The projects a poll is about: this year's candidates, or last year's projects."""
    listed = session.plan.projects
    if listed is None:
        return ()
    if poll == "rating":
        return listed.last_year
    return tuple(p for p in listed.candidates if p.code in session.runoff) if session.runoff else listed.candidates


@evolves(SheetEntered)
def sheet_entered(session: Session, event: SheetEntered) -> Session:
    sheets = {**session.polls.get(event.poll, {}), event.sheet: event}
    return replace(session, polls={**session.polls, event.poll: sheets})


def agreed(session: Session, poll: str, moment: Moment) -> SheetEntered:
    """The sheet on which both tellers agree.

    Raises:
        SheetMissing: one of the two is not there. SheetsDiffer: they differ; it names where.
    """
    sheets: Mapping[int, SheetEntered] = session.polls.get(poll, {})
    return two.agreed(sheets, moment.cites("projects.method", "council.recommends"))


class PollVoided(Event):
    """A poll with more ballots returned than issued, or than deputies were there: its sheets count no more, and it is held again."""

    name: ClassVar[str] = "vote.poll-voided.v1"
    poll: Poll
    issued: int
    returned: int
    voided: str  # why: `domain.vote.paper.VOID`

    def facts(self) -> tuple[str, ...]:
        return (f"poll-void:{self.poll}",)

    def revokes(self) -> tuple[str, ...]:
        return tuple(f"sheet:{self.poll}:{which}" for which in two.BOTH)


def voided(sheet: SheetEntered, moment: Moment) -> list[Event]:
    """What is declared of a poll that is void, [] of one that is not."""
    why = void_because(sheet.issued, sheet.returned, sheet.deputies_present or sheet.returned)
    if not why:
        return []
    basis = moment.basis("vote.ballots", "projects.method")
    ballots = {"issued": sheet.issued, "returned": sheet.returned}
    found = (warn("VoteVoid", basis, why=VOID[why], **ballots),)
    return [PollVoided(at=moment.at, basis=basis, poll=sheet.poll, voided=why, findings=found, **ballots)]


@evolves(PollVoided)
def poll_voided(session: Session, event: PollVoided) -> Session:
    return replace(session, polls={poll: sheets for poll, sheets in session.polls.items() if poll != event.poll})
