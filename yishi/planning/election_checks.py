"""Whether the elections planned fit the law of the opening day: when they are held, how many seats, how many days there are for them."""

from collections.abc import Iterator

from domain.arithmetic import Number, Range
from domain.election.posts import POSTS, PostKind
from domain.law import Law, Ruling
from domain.text import Text
from yishi.planning.document import Document, Place
from yishi.planning.faults import NOTHING, Fault
from yishi.planning.plan import PlanFile

STANDING_COMMITTEE = "standing_committee"


def election_faults(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """Faults of the elections by law; what the law leaves to the congress itself is at most warned of."""
    yield from _heads(plan, document)
    yield from _change_of_term(plan, document, law)
    yield from _separate(plan, document, law)
    yield from _size(plan, document, law)
    yield from _days(plan, document, law)


def _heads(plan: PlanFile, document: Document) -> Iterator[Fault]:
    """A head (正职) is one person."""
    for index, election in enumerate(plan.elections):
        if POSTS[election.post].kind is PostKind.HEAD and election.seats != 1:
            says = Text(
                f"{election.title}是正职,只有 1 个名额,写的是 {election.seats}",
                f"{election.code} is a head: there is one seat, not {election.seats}",
            )
            yield document.fault(("elections", index, "seats"), says)


def _change_of_term(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """换届选举 belongs to the first session of a term; what is filled later is a by-election, or seats left over before."""
    if plan.session.kind == "first":
        return
    for index, election in enumerate(plan.elections):
        if election.kind == "change_of_term" and not election.separate:
            says = Text(
                f"{election.title}:换届选举在换届后第一次会议进行,本次会议不是",
                f"{election.code}: a change of term is elected at the first session of the term, and this is another",
            )
            todo = Text(
                "补选写 kind: by_election;上次会议不足的名额写 separate: true",
                "write kind: by_election, or separate: true for seats left over by an earlier session",
            )
            yield document.fault(
                ("elections", index, "kind"), says, todo, weight="warning", basis=law.basis("session.first_within")
            )


def _separate(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """Seats left over (另行选举) of vice posts and members are contested again, though a by-election need not be."""
    rule = law.ruling("margin.separate")
    for index, election in enumerate(plan.elections):
        if not election.separate:
            continue
        place: Place = ("elections", index, "separate")
        if plan.session.kind == "first":
            says = Text(
                f"{election.title}:换届后第一次会议没有上次会议不足的名额",
                f"{election.code}: a first session has no seats left over by an earlier one",
            )
            yield document.fault(place, says, weight="warning", basis=law.basis("elected.shortfall"))
        elif POSTS[election.post].kind is not PostKind.HEAD and rule is not None:
            says = Text(
                f"{election.title}是上次会议不足的名额,另行选举仍须差额",
                f"{election.code} fills seats left over: a separate election is contested again",
            )
            yield document.fault(place, says, weight="warning", basis=rule.basis)


def _size(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """The seats of a new standing committee (常委会组成人员名额): chair, vice-chairs, secretary-general and members together."""
    seats = [
        election.seats
        for election in plan.elections
        if POSTS[election.post].organ == STANDING_COMMITTEE
        and election.kind == "change_of_term"
        and not election.separate
    ]
    if not seats or plan.session.kind != "first":
        return
    found, place = sum(seats), ("elections",)
    for topic in ("sc.size", "sc.size_usual"):
        rule = law.ruling(topic)
        if rule is None or not isinstance(rule.value, Range) or rule.value.holds(found):
            continue
        least, most = rule.value.least, rule.value.most
        says = Text(
            f"常委会组成人员应选 {found} 人,法定名额为 {least} 至 {most} 人",
            f"{found} seats of the standing committee are elected; the law says {least} to {most}",
        )
        left_open = Text("留有空缺名额的可以不改", "leave it if seats are kept open") if found < least else NOTHING
        weight = _weight(rule) if found > most else "warning"
        yield document.fault(place, says, left_open, at_key=True, weight=weight, basis=rule.basis)
        return


def _days(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """At a change of term the deputies have two days at least to nominate and to discuss the nominees: so long the session lasts."""
    if not any(e.kind == "change_of_term" and not e.separate for e in plan.elections):
        return
    rule = law.ruling("election.two_days")
    if rule is None or not isinstance(rule.value, Number):
        return
    days = (plan.session.closes - plan.session.opens).days + 1
    if days < rule.number:
        says = Text(
            f"换届选举的提名、酝酿时间不得少于 {rule.number} 天,会期只有 {days} 天",
            f"at a change of term nominating takes {rule.number} days at least; the session lasts {days}",
        )
        yield document.fault(("session", "closes"), says, weight=_weight(rule), basis=rule.basis)


def _weight(rule: Ruling) -> str:
    return "error" if rule.may_refuse else "warning"
