"""Whether what is planned is in time by the law of its own day, and whether the agenda has what the law names."""

from collections.abc import Iterator
from datetime import date

from domain.agenda import TITLES, named_by_law
from domain.arithmetic import Number, Period, Range
from domain.calendar import last_day, latest_in_advance, legal_date
from domain.law import Law, LawBook, NoLawOnFile, Ruling
from domain.session.budget_draft import SubmitBudgetDraft
from domain.session.notice import GiveNotice, SendPapers
from domain.text import Text
from yishi.planning.document import Document, Place
from yishi.planning.election_checks import election_faults
from yishi.planning.faults import NOTHING, Fault
from yishi.planning.plan import PlanFile
from yishi.planning.vocabulary import procedures

IN_ADVANCE = {GiveNotice.act: "notice.days", SendPapers.act: "papers.days", SubmitBudgetDraft.act: "budget.draft_days"}
"""The acts that the law wants so many days before the opening, and the topic that says how many."""


def law_of(plan: PlanFile, book: LawBook, day: date) -> Law:
    """The law of a day for this plan's body.

    Raises:
        NoLawOnFile: a needed text is missing for that day.
    """
    known = procedures().get(plan.procedure_id)
    return book.on(
        day, plan.congress.level, plan.session.kind, plan.profile,
        known.families if known else (), plan.provisions(book), plan.adopts,
    )  # fmt: skip


def law_faults(plan: PlanFile, document: Document, book: LawBook) -> Iterator[Fault]:
    """Faults by law; those for which only a reading or a mild rule stands are warnings."""
    try:
        yield from _late_acts(plan, document, book)
        opening = law_of(plan, book, plan.session.opens)
    except NoLawOnFile as missing:
        first = missing.first or "-"
        says = Text(
            f"法规库中没有 {missing.on} 有效的《{missing.family}》(最早自 {first})",
            f"the law book has no text of {missing.family} in force on {missing.on} (the first is of {first})",
        )
        earlier = any(t.family == missing.family and t.in_force_from <= missing.on for t in book.texts)
        todo = Text("不作推测,请补充该文本", "nothing is guessed: add that text")
        if not earlier and not plan.profile.startswith("national-"):
            todo = Text(
                "没有录入更早的文本,不作推测;该日之前的会议请用仅国家法律的规则(national-…)",
                "no earlier text is on file and nothing is guessed; a session before that day takes a profile of national law (national-…)",
            )
        yield document.fault(("session", "opens"), says, todo)
        return
    yield from _first_within(plan, document, opening)
    yield from _preparatory(plan, document, opening)
    yield from _delegations(plan, document, opening, book)
    yield from _presidium(plan, document, opening)
    yield from _agenda(plan, document, opening)
    yield from _not_the_congress(plan, document, opening)
    yield from _only_recommends(plan, document, opening)
    yield from _inert(plan, document, opening)
    yield from election_faults(plan, document, opening)


def latest_day(plan: PlanFile, book: LawBook, act: str) -> tuple[date, Ruling] | None:
    """The last lawful day for an act that is due before the opening, by the law of that day; None where the law is silent."""
    day = plan.session.opens
    found: tuple[date, Ruling] | None = None
    for _ in range(2):  # the law of the day found may be another than that of the opening
        rule = law_of(plan, book, day).ruling(IN_ADVANCE[act])
        if rule is None or not isinstance(rule.value, Number | Period):
            return None
        day = latest_in_advance(plan.session.opens, rule.value)
        found = day, rule
    return found


def _late_acts(plan: PlanFile, document: Document, book: LawBook) -> Iterator[Fault]:
    for act, topic in IN_ADVANCE.items():
        at = plan.dates.get(act)
        if at is None:
            continue
        day = legal_date(at)
        rule = law_of(plan, book, day).ruling(topic)
        if rule is None or not isinstance(rule.value, Number | Period):
            continue
        latest = latest_in_advance(plan.session.opens, rule.value)
        if day > latest:
            needed = (plan.session.opens - latest).days
            says = Text(
                f"会议 {plan.session.opens} 开幕,应提前 {needed} 日即最迟 {latest},计划为 {day}",
                f"the session opens on {plan.session.opens}: {needed} day(s) before is {latest} at the latest; planned is {day}",
            )
            weight = "error" if rule.may_refuse else "warning"
            yield document.fault(("dates", act), says, weight=weight, basis=rule.basis)


def _first_within(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    done, rule = plan.session.elections_completed, law.ruling("session.first_within")
    if done is None or rule is None or rule.value is None or plan.session.kind != "first":
        return
    last = last_day(done, rule.period)
    if plan.session.opens > last:
        says = Text(
            f"代表选举于 {done} 完成,第一次会议最迟 {last},计划为 {plan.session.opens}",
            f"all were elected on {done}: the first session is due by {last}; planned is {plan.session.opens}",
        )
        yield document.fault(("session", "opens"), says, weight="warning", basis=rule.basis)


def _agenda(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    have = {item.kind for item in plan.agenda}
    place: Place = ("agenda",)
    for name, kinds, rule in named_by_law(plan.session.kind, law):
        if have.isdisjoint(kinds):
            title = TITLES[name]
            says = Text(f"议程没有{title.zh}", f"the agenda lacks {title.en}")
            todo = Text(
                f"补上 kind: {kinds[0]} 的议题,或有理由不列",
                f"add an item of kind {kinds[0]}, unless there is a reason",
            )
            yield document.fault(place, says, todo, at_key=True, weight="warning", basis=rule.basis)


def _preparatory(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """A preparatory meeting (预备会议) where the law asks for one: the session may not open without it."""
    rule = law.ruling("prep.required")
    if rule is None or not rule.on:
        return
    weight = "error" if rule.may_refuse else "warning"
    held = [sitting.at for sitting in plan.sittings if sitting.kind == "preparatory"]
    if held:
        for index, sitting in enumerate(plan.sittings):
            if sitting.kind == "plenary" and sitting.at <= min(held):
                says = Text(
                    f"全体会议 {sitting.code} 不晚于预备会议",
                    f"the plenary {sitting.code} is not after the preparatory meeting",
                )
                todo = Text("先开预备会议", "the preparatory meeting comes first")
                yield document.fault(("sittings", index, "at"), says, todo, weight=weight, basis=rule.basis)
        return
    says = Text("没有预备会议", "there is no preparatory meeting")
    todo = Text("补上 kind: preparatory 的会议", "add a sitting of kind preparatory")
    yield document.fault(("sittings",), says, todo, at_key=True, weight=weight, basis=rule.basis)


def _delegations(plan: PlanFile, document: Document, law: Law, book: LawBook) -> Iterator[Fault]:
    """Delegations (代表团) where the law has deputies form them: without them nothing can be deliberated.

    A session that opens before that became law and goes on after is warned: it needs them from that day on.
    """
    if plan.groups:
        return
    todo = Text("在 groups 中写明各代表团", "name the delegations under groups")
    rule = law.ruling("delegations")
    if rule is not None and rule.on:
        says = Text("没有代表团", "there are no delegations")
        weight = "error" if rule.may_refuse else "warning"
        yield document.fault(("groups",), says, todo, weight=weight, basis=rule.basis)
        return
    closes = plan.session.closes
    later = law_of(plan, book, closes).ruling("delegations") if closes > plan.session.opens else None
    if later is not None and later.on:
        says = Text(
            f"没有代表团:会期跨到 {closes},到那一天代表应当组成代表团",
            f"there are no delegations: the session goes on to {closes}, and by that day deputies have to form them",
        )
        yield document.fault(("groups",), says, todo, weight="warning", basis=later.basis)


def _not_the_congress(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """What the standing committee hears or approves, and not the congress in session."""
    for index, item in enumerate(plan.agenda):
        rule = law.ruling("budget.by_standing_committee")
        if item.kind in ("final_accounts", "budget_adjustment") and rule is not None:
            says = Text(
                f"“{item.title}”由人大常委会审查批准,不列入人大会议议程",
                f"{item.code} is approved by the standing committee, not by the congress in session",
            )
            weight = "error" if rule.may_refuse else "warning"
            yield document.fault(("agenda", index), says, weight=weight, basis=rule.basis)
        rule = law.ruling("report.supervisory_commission")
        if (
            rule is not None
            and any(name in item.title for name in ("监察委员会", "监委"))
            and "报告" in item.title
            and not item.kind.startswith("list")
        ):
            says = Text(
                f"“{item.title}”:监察委员会不向人民代表大会作工作报告",
                f"{item.code}: the supervisory commission gives no work report to the congress",
            )
            todo = Text(
                "请核对;专项工作报告由常委会听取", "check it; special reports are heard by the standing committee"
            )
            yield document.fault(("agenda", index), says, todo, weight="warning", basis=rule.basis)


def _presidium(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """The size of the presidium (主席团) proposed: what a text fixes is an error, what is usual a warning."""
    if plan.presidium is None:
        return
    members = plan.presidium.members
    found = len(members) if members is not None else plan.presidium.count or 0
    place: Place = ("presidium", "count" if members is None else "members")
    for topic in ("presidium.size", "presidium.size_usual"):
        rule = law.ruling(topic)
        if rule is None or not isinstance(rule.value, Range) or rule.value.holds(found):
            continue
        least, most = rule.value.least, rule.value.most
        says = Text(
            f"主席团 {found} 人,规定为 {least} 至 {most} 人",
            f"a presidium of {found}; the rule says {least} to {most}",
        )
        yield document.fault(place, says, weight="error" if rule.may_refuse else "warning", basis=rule.basis)
        return


def _only_recommends(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """A street has no congress: its council recommends and resolves nothing (只作推荐,不作决议)."""
    known = procedures().get(plan.procedure_id)
    if known is None or known.decides:
        return
    rule = law.ruling("council.recommends") or law.ruling("street.no_congress")
    for index, item in enumerate(plan.agenda):
        asked = "resolution" in item.model_fields_set and item.resolution
        if asked or item.kind == "decision":
            says = Text(
                f"“{item.title}”不能作出决议:居民议事组织只作推荐和提出意见",
                f"{item.code} cannot end in a resolution: a residents' council only recommends and gives opinions",
            )
            todo = Text("写 resolution: false", "write resolution: false") if asked else NOTHING
            at: Place = ("agenda", index, "resolution" if asked else "kind")
            yield document.fault(at, says, todo, weight="warning", basis=rule.basis if rule else ())


def _inert(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    """An own rule that conflicts with a higher text is not applied: better known now than at the vote."""
    for index, own in enumerate(plan.own_rules):
        rule = law.ruling(own.topic)
        cited = next((c for c in rule.inert if c.rule == own.id), None) if rule else None
        if rule is None or cited is None:
            continue
        says = Text(
            f"{cited.zh}与上位法不一致,待核,不予适用",
            f"{own.id} conflicts with higher law and is not applied",
        )
        yield document.fault(("own_rules", index), says, weight="warning", basis=rule.basis)
