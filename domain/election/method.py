"""The election method (选举办法): what the congress itself lays down before the candidates are settled.

地方组织法 (2022) art. 27(1): by how many the candidates exceed the seats is fixed in it, within the law's own bounds. What the law
leaves open (ties, ballots beyond those issued, marks beyond the seats) it should say, or the congress has to decide when it happens.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.election.by_text import rule_by_text
from domain.election.election import Election, election_of
from domain.event import Event, Finding
from domain.findings import info, warn
from domain.law import Citation, Ruling
from domain.refusals import Refused
from domain.session.parts import Code, Part
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Figure, Text, joined
from domain.vote.subjects import ELECTION_METHOD

OPEN_POINTS = {
    "overmarked": Text("所选人数多于应选名额的选票", "ballots that choose more than the seats"),
    "write_in_when_abstaining": Text("弃权又另选他人的选票", "a write-in beside an abstention"),
    "primary_tie": Text("预选中末位得票相同", "a tie at the cut of a primary"),
    "revote_tie": Text("再次投票仍然票数相等", "a tie once more in a revote"),
    "relatives": Text("候选人的近亲属担任监票人、计票人", "near relatives of candidates as scrutineers or tellers"),
    "shortfall": Text("当选人数不足的处理", "what follows when too few are elected"),
}
"""What the statute leaves to the method; a method that is silent on one is warned of (rulebook I-method-must)."""


COUNT_RULES: dict[str, Text] = {
    "returned_over_issued": Text("收回多于发出的,选举无效", "a poll with more returned than issued is void"),
    "returned_over_voters": Text("收回多于投票人数的,选举无效", "a poll with more returned than voted is void"),
}
"""When the whole poll is void."""


class NoElections(Refused):
    says = Text(
        "本次会议的方案没有选举事项(elections),不需要选举办法",
        "the plan of this session has no elections: no method is needed",
    )


class BallotCountRuleMissing(Refused):
    says = Text(
        "选举办法没有规定收回的选票多于发出的选票时选举是否有效(ballot_count);写明后再提出",
        "the method does not say whether the election is valid when more ballots are returned than issued (ballot_count)",
    )


class MethodBesideTheLaw(Refused):
    says = Text(
        "选举办法写的是{found},{election}依法为{needed}:选举办法不能另作规定",
        "the method says {found}; for {election} the law says {needed}, and no method says otherwise",
    )


class MarginMissing(Refused):
    says = Text(
        "选举办法没有规定{election}的差额数(margins)",
        "the method does not fix by how many the candidates for {election} exceed the seats (margins)",
    )


class MarginOutOfBounds(Refused):
    says = Text(
        "{election}应选 {seats} 人,差额数 {found},应为 {least} 至 {most}",
        "{election}: {seats} seats, a margin of {found}; it must be {least} to {most}",
    )


class MarginNotDecided(Refused):
    says = Text(
        "{election}应选 {seats} 人,法定差额比例({least} 至 {most})之间没有整数,法律没有规定:由大会在选举办法中明确决定(decided: true)",
        "{election}: {seats} seats, and no whole number lies in the lawful margin ({least} to {most}). The law gives no answer: "
        "the congress decides it expressly in the method (decided: true)",
    )


class MethodAdopted(Refused):
    says = Text("选举办法已经通过,不能再换草案", "the election method is adopted: its draft can no longer be replaced")


class Margin(Part):
    """By how many the candidates of one election exceed its seats (差额数). `decided`: an express decision where the law is silent."""

    election: Code
    extra: int = Field(ge=0)
    decided: bool = False


class Rules(Part):
    """What the method says beside the margins. None: it is silent on the point.

    Attributes:
        ballot_count: when the whole poll is void: `returned_over_issued` (收回多于发出), `returned_over_voters` (多于投票人数).
        overmarked: a ballot that chooses more than the seats: `void` (作废).
        write_in_when_abstaining: a write-in beside an abstention: `counts` or `void`.
        primary_tie: those tied at the cut of a primary: `vote_again`, or `all_stand` where the margin allows it.
        revote_tie: a tie once more: `vote_again`, `shortfall` (the seat stays open) or `presidium_proposes`.
        relatives: near relatives of candidates among scrutineers and tellers: `barred` or `allowed`.
        shortfall: seats left over are filled at `this_session`, at the `next_session`, or the `congress_decides`.
    """

    ballot_count: Literal["returned_over_issued", "returned_over_voters"] | None = None
    overmarked: Literal["void"] | None = None
    write_in_when_abstaining: Literal["counts", "void"] | None = None
    primary_tie: Literal["vote_again", "all_stand"] | None = None
    revote_tie: Literal["vote_again", "shortfall", "presidium_proposes"] | None = None
    relatives: Literal["barred", "allowed"] | None = None
    shortfall: Literal["this_session", "next_session", "congress_decides"] | None = None


class DraftElectionMethod(Command):
    """Put the draft of the election method before the congress. It is then voted on (put-to-vote, subject election-method)."""

    act: ClassVar[str] = "draft-election-method"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium", "standing_committee")
    title: ClassVar[Text] = Text("提出选举办法草案", "Draft the election method")
    margins: tuple[Margin, ...]
    rules: Rules


class ElectionMethodDrafted(Event):
    name: ClassVar[str] = "election.method-drafted.v1"
    margins: tuple[Margin, ...]
    rules: Rules

    def facts(self) -> tuple[str, ...]:
        return ("election-method-drafted",)

    def margin(self, election: str) -> int:
        """By how many the candidates of an election exceed its seats."""
        return next((m.extra for m in self.margins if m.election == election), 0)


@decides(DraftElectionMethod)
def draft_election_method(session: Session, command: DraftElectionMethod, moment: Moment) -> list[Event]:
    """地方组织法 (2022) arts 27(1), 30: margins within the law's bounds, for by-elections also none; the rest as the congress decides."""
    if not session.elections:
        raise NoElections(moment.cites("election.method"))
    before = session.election_method
    if before is not None and (before.margins, before.rules) == (command.margins, command.rules):
        return []
    if session.has(f"adopted:{ELECTION_METHOD}"):
        raise MethodAdopted(moment.cites("election.method"))
    if command.rules.ballot_count is None:
        raise BallotCountRuleMissing(moment.cites("election.method.ballot_count", "election.method"))
    for margin in command.margins:
        election_of(session, margin.election)
    given = {m.election: m for m in command.margins}
    findings: tuple[Finding, ...] = ()
    for election in session.elections.values():
        if election.code not in given:
            raise MarginMissing(moment.cites("election.method", election.post.margin), election=election.title)
        findings += _margin(election, given[election.code], moment)
    findings += _beside_the_law(session, command.rules.ballot_count, moment)
    return [
        ElectionMethodDrafted(
            at=moment.at,
            basis=moment.basis("election.method", "election.method.ballot_count"),
            margins=command.margins,
            rules=command.rules,
            findings=(*findings, *_open_points(command.rules, moment)),
        )
    ]


def _beside_the_law(session: Session, said: str, moment: Moment) -> tuple[Finding, ...]:
    """选举法 (2020) art. 44(1), a township's own rules: where a text says when a poll is void, the method does not say it otherwise.

    One method may serve elections under different texts: then each result goes by its own, and that is told.

    Raises:
        MethodBesideTheLaw: it fits none of the session's elections.
    """
    rules = [(e, rule_by_text(e, moment)) for e in session.elections.values()]
    beside = [(e, rule) for e, rule in rules if rule is not None and said not in rule.options]
    told: list[tuple[tuple[Citation, ...], dict[str, Figure]]] = [
        (rule.basis, {"election": e.title, "found": COUNT_RULES[said], "needed": COUNT_RULES[rule.options[0]]})
        for e, rule in beside
    ]
    if told and len(beside) == len(rules):
        basis, figures = told[0]
        raise MethodBesideTheLaw(basis, **figures)
    return tuple(warn("MethodBesideTheLaw", basis, **figures) for basis, figures in told)


def _margin(election: Election, margin: Margin, moment: Moment) -> tuple[Finding, ...]:
    """A by-election may be equal (等额); else the margin of the post's kind binds.

    Raises:
        MarginOutOfBounds, MarginNotDecided.
    """
    seats, topic = election.planned.seats, election.post.margin
    free = moment.law.ruling("margin.by_election.deputies" if election.post.is_deputy else "margin.by_election")
    if election.planned.kind == "by_election" and free is not None and not election.planned.separate:
        return ()
    rule = moment.law.ruling(topic)
    if rule is None or rule.value is None:
        what = Text(f"{election.title.zh}的差额", f"the margin for {election.title.en}")
        return (info("LawSilent", (), what=what),)
    bounds = bounds_of(rule, seats)
    if bounds is None:
        (low, of_low), (high, of_high) = rule.portion.least, rule.portion.most
        exact = {"least": f"{seats * low}/{of_low}", "most": f"{seats * high}/{of_high}"}
        if not margin.decided or margin.extra == 0:
            raise MarginNotDecided(rule.basis, election=election.title, seats=seats, **exact)
        return (warn("MarginByDecision", rule.basis, election=election.title, seats=seats, found=margin.extra),)
    least, most = bounds
    if not least <= margin.extra <= most:
        figures = {"seats": seats, "found": margin.extra, "least": least, "most": most}
        if rule.may_refuse:
            raise MarginOutOfBounds(rule.basis, election=election.title, **figures)
        return (warn("MarginUnusual", rule.basis, election=election.title, **figures),)
    return ()


def bounds_of(rule: Ruling, seats: int) -> tuple[int, int] | None:
    """The smallest and the largest margin that a rule allows for so many seats; None where no whole number fits."""
    if rule.value is not None and rule.value.kind == "portion":
        return rule.portion.bounds(seats)
    return rule.range.least, rule.range.most


def _open_points(rules: Rules, moment: Moment) -> tuple[Finding, ...]:
    silent = [words for name, words in OPEN_POINTS.items() if getattr(rules, name) is None]
    if not silent:
        return ()
    return (warn("MethodSilent", moment.basis("election.method.contents"), what=joined(silent)),)


@evolves(ElectionMethodDrafted)
def election_method_drafted(session: Session, event: ElectionMethodDrafted) -> Session:
    return replace(session, election_method=event)


def method_of(session: Session) -> ElectionMethodDrafted | None:
    """The election method in force: the draft that the congress adopted."""
    method: ElectionMethodDrafted | None = session.election_method
    return method if method is not None and session.has(f"adopted:{ELECTION_METHOD}") else None
