"""Livelihood projects (民生实事项目): chosen from a longer list under the method just adopted."""

from dataclasses import replace
from typing import ClassVar

from domain.event import Event, Finding
from domain.findings import info, warn
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text
from domain.vote.sheets import Line, agreed, voided


class NoProjects(Refused):
    says = Text("本次会议没有民生实事项目票决", "this session has no projects to choose from")


class MethodNotAdopted(Refused):
    says = Text("票决办法尚未通过,不能票决", "the method of choosing is not adopted yet: no vote can be taken")


class TieNotSettled(Refused):
    says = Text(
        "得票相同的项目({tied})尚缺 {left} 项:票决办法规定由主席团决定的,先记录 presidium-decides(matter: tie);否则再次投票",
        "{left} of the tied projects ({tied}) are still to be chosen: record presidium-decides (matter: tie) where the method "
        "leaves it to the presidium, else vote again",
    )


class DeclareProjects(Command):
    """Declare which projects are chosen, from the two sheets that agree."""

    act: ClassVar[str] = "declare-projects"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("executive_chair", "presidium", "street_committee")
    title: ClassVar[Text] = Text("宣布票决结果", "Declare the projects chosen")
    tie: tuple[
        Code, ...
    ] = ()  # the tied projects that the presidium chose, where the method leaves it to the presidium


class ProjectsChosen(Event):
    name: ClassVar[str] = "vote.projects-chosen.v1"
    seats: int
    needed: int  # votes in favour that a project needs; 0 where no majority is asked for
    lines: tuple[Line, ...]
    chosen: tuple[Code, ...]  # of all rounds, by votes, most first
    tied: tuple[Code, ...] = ()  # at the cut, so not decided: voted on again
    deputies_total: int
    recommendation: bool

    def facts(self) -> tuple[str, ...]:
        return ("projects-tied",) if self.tied else ("projects-chosen",)


@decides(DeclareProjects)
def declare_projects(session: Session, command: DeclareProjects, moment: Moment) -> list[Event]:
    """浙江省民生实事项目人大代表票决制规定 art. 16-17, 19: a surplus vote under the congress's own method; more than half of all deputies.

    The text gives no rule for a tie at the cut: what is tied is not chosen, and the method must say how to go on.
    """
    projects = session.plan.projects
    if projects is None or not projects.candidates:
        raise NoProjects(moment.cites("projects.decided_by_congress"))
    if session.has("projects-chosen"):
        return []
    method = moment.law.ruling("projects.method")
    if session.method is None and session.procedure.decides and method is not None:
        raise MethodNotAdopted(moment.cites("projects.method", "projects.decided_by_congress"))
    seats = (session.method.choose if session.method else None) or projects.choose
    needed = _majority_needed(session, moment)
    lines: tuple[Line, ...] = ()
    tied: tuple[str, ...] = ()
    if command.tie:
        chosen = _by_the_presidium(session, command.tie, seats, moment)
    else:
        sheet = agreed(session, "projects", moment)
        if void := voided(sheet, moment):
            return void
        lines = sheet.lines
        more, tied = cut(lines, seats - len(session.chosen), needed)
        chosen = (*session.chosen, *more)
    basis = moment.basis(
        "projects.voting_plenary", "projects.majority", "projects.decided_by_congress", "council.recommends",
        "projects.method",
    )  # fmt: skip
    return [
        ProjectsChosen(
            at=moment.at,
            basis=basis,
            seats=seats,
            needed=needed,
            lines=lines,
            chosen=chosen,
            tied=tied,
            deputies_total=session.deputies_total,
            recommendation=not session.procedure.decides,
            findings=_remarks(session, seats, chosen, tied, moment),
        )
    ]


def _majority_needed(session: Session, moment: Moment) -> int:
    """Votes in favour that a project needs; a council that only recommends asks for none."""
    if not session.procedure.decides:
        return 0
    majority = moment.law.ruling("projects.majority") or moment.law.ruling(session.procedure.majority or "")
    return majority.share.needed(session.deputies_total) if majority and majority.value is not None else 0


def _by_the_presidium(session: Session, tie: tuple[str, ...], seats: int, moment: Moment) -> tuple[str, ...]:
    """What the presidium chose of the tied projects, if the method says so and its decision is on record."""
    left = seats - len(session.chosen)
    allowed = session.method is not None and session.method.on_tie == "presidium_decides"
    if not allowed or not session.has("decided:tie") or len(set(tie)) != left or not set(tie) <= set(session.runoff):
        raise TieNotSettled(moment.cites("projects.method"), left=left, tied="、".join(session.runoff) or "—")
    return (*session.chosen, *dict.fromkeys(tie))


def cut(lines: tuple[Line, ...], seats: int, needed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The `seats` projects with most votes in favour, of those with at least `needed`; and those tied at the cut."""
    reached = sorted((r for r in lines if r.in_favour >= needed), key=lambda r: (-r.in_favour, r.project))
    if len(reached) <= seats:
        return tuple(r.project for r in reached), ()
    last = reached[seats - 1].in_favour
    if reached[seats].in_favour < last:
        return tuple(r.project for r in reached[:seats]), ()
    above = tuple(r.project for r in reached if r.in_favour > last)
    return above, tuple(r.project for r in reached if r.in_favour == last)


def _remarks(
    session: Session, seats: int, chosen: tuple[str, ...], tied: tuple[str, ...], moment: Moment
) -> tuple[Finding, ...]:
    remarks: list[Finding] = []
    if tied:
        remarks.append(warn("TieAtTheCut", moment.basis("projects.method"), what="、".join(tied)))
    elif len(chosen) < seats:
        remarks.append(warn("TooFewChosen", moment.basis("projects.majority"), seats=seats, found=len(chosen)))
    if session.method is None and session.procedure.decides:
        remarks.append(info("LawSilent", (), what=Text("票决办法", "a method of choosing")))
    if not session.procedure.decides:
        remarks.append(info("RecommendationOnly", moment.basis("council.recommends", "street.no_congress")))
    return tuple(remarks)


@evolves(ProjectsChosen)
def projects_chosen(session: Session, event: ProjectsChosen) -> Session:
    polls = (
        {poll: sheets for poll, sheets in session.polls.items() if poll != "projects"} if event.tied else session.polls
    )
    return replace(session, chosen=event.chosen, runoff=event.tied, polls=polls)
