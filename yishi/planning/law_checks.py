"""Whether what is planned is in time by the law of its own day, and whether the agenda has what the law names."""

from collections.abc import Iterator
from datetime import date

from domain.arithmetic import Choice, Number
from domain.calendar import last_day, latest_day_before, legal_date
from domain.law import Law, LawBook, NoLawOnFile, Ruling
from domain.session.notice import GiveNotice, SendPapers
from domain.text import Text
from yishi.planning.document import Document, Place
from yishi.planning.faults import Fault
from yishi.planning.plan import PlanFile
from yishi.planning.vocabulary import procedures

IN_ADVANCE = {GiveNotice.act: "notice.days", SendPapers.act: "papers.days"}
"""The acts that the law wants so many days before the opening, and the topic that says how many."""

REPORTS: dict[str, tuple[str, ...]] = {
    "report.government": ("government_report",),
    "report.presidium": ("presidium_report",),
    "report.budget": ("budget",),
}
"""The reports of a yearly session, each by its topic, and the kinds of agenda items that are it."""

MEANT: dict[str, tuple[str, ...]] = {
    "government_report": ("government_report",),
    "presidium_report": ("presidium_report",),
    "budget": ("budget",),
    "half_year_government_report": ("government_report", "report"),
    "budget_execution": ("budget", "report"),
    "budget_adjustment": ("budget_adjustment",),
    "final_accounts": ("final_accounts",),
    "committee_plan": ("presidium_report", "plan", "report"),
    "office_plan": ("government_report", "plan", "report"),
    "project_recommendation": ("projects",),
}
"""What the law names for a session's agenda, and the kinds of agenda items that are it. What has no kind is not looked for."""

TITLES = {
    "government_report": Text("政府工作报告", "the government's report"),
    "presidium_report": Text("主席团工作报告", "the presidium's report"),
    "budget": Text("预算草案和预算执行情况", "the budget and its execution"),
    "half_year_government_report": Text("上半年政府工作报告", "the government's half-year report"),
    "budget_execution": Text("预算执行情况", "the execution of the budget"),
    "budget_adjustment": Text("预算调整", "the adjustment of the budget"),
    "final_accounts": Text("决算", "the final accounts"),
    "committee_plan": Text("街道工委工作计划", "the street committee's plan"),
    "office_plan": Text("街道办事处工作计划", "the street office's plan"),
    "project_recommendation": Text("民生实事项目票选推荐", "the recommendation of projects"),
}


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
        yield document.fault(
            ("session", "opens"), says, Text("系统不作推测,请补充该文本", "nothing is guessed: add that text")
        )
        return
    yield from _first_within(plan, document, opening)
    yield from _agenda(plan, document, opening)


def latest_day(plan: PlanFile, book: LawBook, act: str) -> tuple[date, Ruling] | None:
    """The last lawful day for an act that is due before the opening, by the law of that day; None where the law is silent."""
    day = plan.session.opens
    found: tuple[date, Ruling] | None = None
    for _ in range(2):  # the law of the day found may be another than that of the opening
        rule = law_of(plan, book, day).ruling(IN_ADVANCE[act])
        if rule is None or not isinstance(rule.value, Number):
            return None
        day = latest_day_before(plan.session.opens, rule.number)
        found = day, rule
    return found


def _late_acts(plan: PlanFile, document: Document, book: LawBook) -> Iterator[Fault]:
    for act, topic in IN_ADVANCE.items():
        at = plan.dates.get(act)
        if at is None:
            continue
        day = legal_date(at)
        rule = law_of(plan, book, day).ruling(topic)
        if rule is None or not isinstance(rule.value, Number):
            continue
        latest = latest_day_before(plan.session.opens, rule.number)
        if day > latest:
            says = Text(
                f"会议 {plan.session.opens} 开幕,应提前 {rule.number} 日即最迟 {latest},计划为 {day}",
                f"the session opens on {plan.session.opens}: {rule.number} day(s) before is {latest} at the latest; planned is {day}",
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


def named_by_law(plan: PlanFile, law: Law) -> Iterator[tuple[str, tuple[str, ...], Ruling]]:
    """What the law names for this kind of session: a name of `TITLES`, the kinds of items that are it, and the ruling."""
    named: dict[str, tuple[tuple[str, ...], Ruling]] = {}
    yearly = plan.session.kind in ("year_start", "first", "yearly")
    for topic, kinds in REPORTS.items() if yearly else ():
        if (rule := law.ruling(topic)) is not None and rule.on:
            named[kinds[0]] = kinds, rule
    rule = law.ruling("agenda.year_start" if yearly else f"agenda.{plan.session.kind}")
    if rule is not None and isinstance(rule.value, Choice):
        for name in rule.options:
            if name in MEANT:
                named.setdefault(name, (MEANT[name], rule))
    for name, (kinds, ruling) in named.items():
        yield name, kinds, ruling


def _agenda(plan: PlanFile, document: Document, law: Law) -> Iterator[Fault]:
    have = {item.kind for item in plan.agenda}
    place: Place = ("agenda",)
    for name, kinds, rule in named_by_law(plan, law):
        if have.isdisjoint(kinds):
            title = TITLES[name]
            says = Text(f"议程没有{title.zh}", f"the agenda lacks {title.en}")
            todo = Text(
                f"补上 kind: {kinds[0]} 的议题,或有理由不列",
                f"add an item of kind {kinds[0]}, unless there is a reason",
            )
            yield document.fault(place, says, todo, at_key=True, weight="warning", basis=rule.basis)
