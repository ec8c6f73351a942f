"""The formal list of candidates (正式候选人名单): settled by the presidium once the method is adopted, in the ballot's order."""

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from domain.election.contest import Contest, contest, going_on
from domain.election.election import Election, election_of, with_election
from domain.election.left_over import by_votes
from domain.election.method import MarginNotDecided
from domain.election.parts import PersonId
from domain.election.posts import PostKind
from domain.election.printing import put_to_deputies
from domain.event import Event, Finding
from domain.findings import warn
from domain.law import Consequence
from domain.refusals import Refused
from domain.session.parts import Code
from domain.session.presidium_vote import carried, presidium_vote
from domain.session.state import Moment, Session, decides, evolves
from domain.submission import Command, Office
from domain.text import Text

Order = Literal["strokes", "votes", "method"]


class SettledOtherwise(Refused):
    says = Text(
        "{election}的正式候选人已经确定为 {known};有误的,更正(correct)后再定",
        "the candidates for {election} are settled: {known}. If that is wrong, correct the entry first",
    )


class CandidateNotNominated(Refused):
    says = Text(
        "{person} 没有被提名为{election}人选(或者已不接受提名),不能列为正式候选人",
        "{person} is not nominated for {election}, or declined: no candidate",
    )


class CandidateNotChosen(Refused):
    says = Text(
        "{person} 在{election}的预选中没有进入前 {places} 名,不能列为正式候选人",
        "{person} is not among the first {places} of the primary for {election}: no candidate",
    )


class CandidateTwice(Refused):
    says = Text("{person} 在候选人名单中重复", "{person} stands twice on the list of candidates")


class NomineeLeftOut(Refused):
    says = Text(
        "{election}的名单缺少 {person}:依法提出的人选,除不接受提名的以外,都列入名单,超过差额数的先预选",
        "the list for {election} lacks {person}: whoever is nominated and has not declined stands, or a primary decides",
    )


class TooFewCandidates(Refused):
    says = Text(
        "{election}应选 {seats} 人,候选人 {found} 人,应有 {needed} 人;主席团提名以应选名额为限,还差的 {missing} 人由代表联名提名(nominate)",
        "{election}: {seats} seats and {found} candidates, {needed} are needed. The presidium nominates no more than the seats; the {missing} "
        "missing are for deputies to nominate (nominate)",
    )


class FewerThanTheMethodHas(Refused):
    says = Text(
        "{election}应选 {seats} 人,候选人 {found} 人,按选举办法的差额数应有 {needed} 人",
        "{election}: {seats} seats and {found} candidates; by the method's margin {needed} stand",
    )


class TooManyCandidates(Refused):
    says = Text(
        "{election}尚缺 {seats} 人,候选人 {found} 人,最多 {most} 人",
        "{election}: {seats} seats left, {found} candidates; at most {most} may stand",
    )


class PrimaryFirst(Refused):
    says = Text(
        "{election}的被提名人 {found} 人,超过 {most} 人,先预选(hold-primary)",
        "{election}: {found} nominees, and at most {most} may stand: hold a primary first (hold-primary)",
    )


class PrimaryStillTied(Refused):
    says = Text(
        "{election}预选中 {tied} 得票相同,尚有 {places} 个名额未定,就他们再次预选(hold-primary)",
        "{election}: {tied} are tied in the primary for {places} places: hold it again among them (hold-primary)",
    )


class SettleCandidates(Command):
    """Settle who stands, in the order of the ballot.

    `order` says by what they are put in order: the strokes of their surnames (姓名笔画), their votes, or as the method has it. `in_favour`: how
    many of the presidium agreed; left out: all who are present.
    """

    act: ClassVar[str] = "settle-candidates"
    stream_kind: ClassVar[str] = "session"
    offices: ClassVar[tuple[Office, ...]] = ("presidium",)
    title: ClassVar[Text] = Text("确定正式候选人", "Settle the candidates")
    election: Code
    candidates: tuple[PersonId, ...] = Field(min_length=1)
    order: Order | None = None
    from_ballot: bool = (
        False  # in a separate election: the next by the votes of the first ballot, not persons nominated anew
    )
    decided: bool = False  # in one of members: the congress decided how many stand, where the law has no whole number
    in_favour: int | None = Field(default=None, ge=0)


class CandidatesSettled(Event):
    """`seats` to be filled; more candidates than these make it competitive (差额), as many are put to the vote singly (等额)."""

    name: ClassVar[str] = "election.candidates-settled.v1"
    once: ClassVar[bool] = True  # a list that was lost, sent again, is the same decision
    election: Code
    candidates: tuple[PersonId, ...]
    order: Order | None
    from_ballot: bool
    seats: int
    in_favour: int
    members_total: int
    needed: int

    @property
    def stands(self) -> bool:
        """Not where too few of the presidium agreed: then nothing is settled, and it may be put to the presidium again."""
        return carried(self.in_favour, self.needed)

    def facts(self) -> tuple[str, ...]:
        return ("candidates-settled", f"candidates-settled:{self.election}") if self.stands else ()


@decides(SettleCandidates)
def settle_candidates(session: Session, command: SettleCandidates, moment: Moment) -> list[Event]:
    """地方组织法 (2022) art. 27(1), 选举法 (2020) art. 32(2): the method first, then all who are nominated, or whom the primary let through."""
    election = election_of(session, command.election)
    if election.settled_at is not None:
        if (election.candidates, session.has(f"candidates-settled:{election.code}")) == (command.candidates, True):
            return []
        raise SettledOtherwise(
            moment.cites("candidates.listed_by"), election=election.title, known="、".join(election.candidates)
        )
    numbers = contest(session, election, moment, command.title)
    if command.from_ballot:
        findings: tuple[Finding, ...] = ()
        of_ballot = by_votes(election, command.candidates, moment)
        _not_too_many(election, len(command.candidates), numbers, moment)
    else:
        findings, of_ballot = put_to_deputies(election, moment), ()
        if moment.law.ruling("candidates.by_opinion") is not None:
            findings += _by_opinion(election, command.candidates, numbers, moment)
        else:
            _list(election, command.candidates, numbers, moment)
    if numbers.silent:
        findings += _by_decision(election, command, moment)
    findings += _enough(election, len(command.candidates), numbers, moment)
    agreed = presidium_vote(session, command.in_favour, moment)
    fixed = "election.method" if election.regular else "election.method.by_election"
    topics = (fixed, election.post.margin, "candidates.listed_by", f"primary.order{election.post.under}")
    return [
        CandidatesSettled(
            at=moment.at,
            basis=(*moment.basis(*(topics if election.primaries else topics[:-1])), *of_ballot),
            election=election.code,
            candidates=command.candidates,
            order=command.order,
            from_ballot=command.from_ballot,
            seats=election.seats_left,
            in_favour=agreed.in_favour,
            members_total=agreed.members_total,
            needed=agreed.needed,
            findings=(*findings, *_order(command, moment), *agreed.findings),
        )
    ]


def _list(election: Election, candidates: tuple[str, ...], numbers: Contest, moment: Moment) -> None:
    """Exactly those who are nominated and did not decline, or the first of the primary; a list of the presidium's own choosing is none.

    Raises:
        CandidateTwice, CandidateNotNominated, CandidateNotChosen, NomineeLeftOut, PrimaryFirst, PrimaryStillTied.
    """
    _nominated(election, candidates, moment)
    nominees = election.nominees
    if len(nominees) > numbers.most and not election.primaries:
        by_method = () if election.regular else ("election.method.by_election",)
        cited = moment.cites(f"primary.required{election.post.under}", *by_method)
        raise PrimaryFirst(cited, election=election.title, found=len(nominees), most=numbers.most)
    standing = going_on(election, numbers)
    order = moment.cites(f"primary.order{election.post.under}")
    if standing.tied:
        tied = "、".join(standing.tied)
        raise PrimaryStillTied(order, election=election.title, tied=tied, places=standing.places)
    if beyond := [p for p in candidates if p not in standing.chosen]:
        raise CandidateNotChosen(order, person=beyond[0], election=election.title, places=len(standing.chosen))
    if left_out := [p for p in standing.chosen if p not in candidates]:
        cited = moment.cites("nominees.discussed", f"primary.required{election.post.under}")
        raise NomineeLeftOut(cited, person=left_out[0], election=election.title)


def _nominated(election: Election, candidates: tuple[str, ...], moment: Moment) -> None:
    for person in candidates:
        if person not in election.nominees:
            cited = moment.cites(election.post.nominated_by)
            raise CandidateNotNominated(cited, person=person, election=election.title)
        if candidates.count(person) > 1:
            raise CandidateTwice(person=person)


def _by_opinion(
    election: Election, candidates: tuple[str, ...], numbers: Contest, moment: Moment
) -> tuple[Finding, ...]:
    """全国人大议事规则 (2021) art. 38(1): the presidium settles the list by the opinion of most deputies (多数代表的意见), without a primary.

    Raises:
        CandidateTwice, CandidateNotNominated, TooManyCandidates.
    """
    _nominated(election, candidates, moment)
    _not_too_many(election, len(candidates), numbers, moment)
    basis, left_out = moment.basis("candidates.by_opinion"), (p for p in election.nominees if p not in candidates)
    return tuple(warn("LeftOutByOpinion", basis, person=p, election=election.title) for p in left_out)


def _not_too_many(election: Election, found: int, numbers: Contest, moment: Moment) -> None:
    if found > numbers.most and not numbers.silent:
        cited = moment.cites(election.post.margin, "margin.separate")
        raise TooManyCandidates(
            cited, election=election.title, seats=election.seats_left, found=found, most=numbers.most
        )


def _by_decision(election: Election, command: SettleCandidates, moment: Moment) -> tuple[Finding, ...]:
    """Of the seats left over no whole number lies in the law's margin: the congress decides expressly how many stand.

    Raises:
        MarginNotDecided: nobody says that it did.
    """
    rule = moment.law.ruling(election.post.margin)
    assert rule is not None, "the law named a margin that no whole number fits"
    seats, found = election.seats_left, len(command.candidates) - election.seats_left
    if not command.decided:
        (low, of_low), (high, of_high) = rule.portion.least, rule.portion.most
        exact = {"least": f"{seats * low}/{of_low}", "most": f"{seats * high}/{of_high}"}
        raise MarginNotDecided(rule.basis, election=election.title, seats=seats, **exact)
    return (warn("MarginByDecision", rule.basis, election=election.title, seats=seats, found=found),)


def _enough(election: Election, found: int, numbers: Contest, moment: Moment) -> tuple[Finding, ...]:
    """As many as the law and the method ask for; where fewer than the method's number lawfully stand, that is noticed.

    Raises:
        TooFewCandidates: with how many are missing. That only deputies can add to the presidium's is a reading beside the text.
    """
    again = "elected.deputies.shortfall_one" if election.post.is_deputy else "margin.separate"
    topics = (*((again,) if election.separate_now else ()), election.post.margin, "election.method")
    seats, basis = election.seats_left, moment.cites(*topics)
    if found < numbers.least and moment.law.ruling("nomination.joint") is None:
        raise FewerThanTheMethodHas(basis, election=election.title, seats=seats, found=found, needed=numbers.least)
    if found < numbers.least:
        cap = moment.cites(f"nomination.cap{election.post.under}", "nomination.extra_from_deputies")
        figures = {"seats": seats, "found": found, "needed": numbers.least, "missing": numbers.least - found}
        raise TooFewCandidates((*basis, *cap), election=election.title, **figures)
    usual = moment.law.ruling("margin.head_usual") if election.post.kind is PostKind.HEAD and election.regular else None
    if usual is not None and usual.value is not None and found - seats < usual.range.least:
        return (warn("StandsAlone", usual.basis, election=election.title, needed=seats + usual.range.least),)
    if found < numbers.cut and not numbers.by_law and not election.post.is_deputy:
        return (warn("FewerThanTheMethod", basis, election=election.title, found=found, needed=numbers.cut),)
    return ()


def _order(command: SettleCandidates, moment: Moment) -> tuple[Finding, ...]:
    rule = moment.law.ruling("candidates.order")
    asked = rule is not None and rule.value is not None and rule.consequence is not Consequence.NONE
    if rule is None or not asked or command.order in rule.options:
        return ()
    return (warn("OrderOfCandidates", rule.basis),)


@evolves(CandidatesSettled)
def candidates_settled(session: Session, event: CandidatesSettled) -> Session:
    if not event.stands:
        return session
    election = session.elections[event.election]
    return with_election(session, replace(election, candidates=event.candidates, settled_at=event.at))
