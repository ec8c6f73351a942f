"""Whether a plan agrees with itself: dates in order, every code once, nothing that nobody declared."""

from collections.abc import Iterable, Iterator

from domain.calendar import legal_date
from domain.election.posts import POSTS
from domain.procedure import Procedure, Stage
from domain.session.dates import DecideDate
from domain.session.parts import ItemKind, level_named
from domain.text import Text
from domain.vote.subjects import RESERVED, SUBJECTS
from yishi.planning.document import Document, Place
from yishi.planning.faults import Fault
from yishi.planning.plan import PlanFile
from yishi.planning.vocabulary import commands, procedures
from yishi.planning.wording import near

PROJECT_KINDS: tuple[ItemKind, ...] = ("projects",)


def own_faults(plan: PlanFile, document: Document) -> Iterator[Fault]:
    """Faults that need no law book and no roll."""
    yield from _codes_once(plan, document)
    yield from _procedure(plan, document)
    yield from _days(plan, document)
    yield from _kinds(plan, document)
    yield from _planned_acts(plan, document)
    yield from _projects(plan, document)
    yield from _elections(plan, document)


def _codes_once(plan: PlanFile, document: Document) -> Iterator[Fault]:
    lists: dict[Place, Iterable[str]] = {
        ("groups",): [g.code for g in plan.groups],
        ("sittings",): [s.code for s in plan.sittings],
        ("agenda",): [i.code for i in plan.agenda],
        ("own_rules",): [r.id for r in plan.own_rules],
        ("elections",): [e.code for e in plan.elections],
        ("people",): [p.id for p in plan.people],
    }
    if plan.projects is not None:
        lists["projects", "candidates"] = [p.code for p in plan.projects.candidates]
        lists["projects", "last_year"] = [p.code for p in plan.projects.last_year]
    if plan.presidium is not None:
        lists["presidium", "members"] = plan.presidium.members or ()
        previous = plan.presidium.previous
        lists["presidium", "previous", "members"] = previous.members or () if previous else ()
    for place, codes in lists.items():
        seen: dict[str, int] = {}
        for index, code in enumerate(codes):
            if code in seen:
                line = document.line((*place, seen[code]))
                says = Text(f"{code} 重复(先在第 {line} 行)", f"{code} stands twice (first on line {line})")
                yield document.fault((*place, index), says)
            seen.setdefault(code, index)
    for index, item in enumerate(plan.agenda):
        if item.code in RESERVED:
            name = SUBJECTS[item.code]
            says = Text(f"代号 {item.code} 专用于{name.zh}", f"the code {item.code} is kept for {name.en}")
            todo = Text(
                "换一个代号;议程、主席团和秘书长等由预备会议或首次会议表决,不必列为议题",
                "give it another; the agenda, the presidium and the like are voted on without being agenda items",
            )
            yield document.fault(("agenda", index, "code"), says, todo)


def _procedure(plan: PlanFile, document: Document) -> Iterator[Fault]:
    known = procedures()
    found = known.get(plan.procedure_id)
    if found is None:
        says = Text(f"没有程序 {plan.procedure_id}", f"there is no procedure {plan.procedure_id}")
        yield document.fault(("procedure",), says, near(plan.procedure_id, known))
        return
    if found.level != plan.congress.level:
        says = Text(
            f"{found.title.zh}程序用于 {found.level},不用于 {plan.congress.level}",
            f"the procedure {found.id} is for {found.level}, not {plan.congress.level}",
        )
        yield document.fault(("procedure",), says)
    if plan.session.kind not in found.kinds:
        kinds = "、".join(found.kinds)
        says = Text(
            f"{found.title.zh}没有 {plan.session.kind} 一类", f"{found.id} has no session of kind {plan.session.kind}"
        )
        yield document.fault(("session", "kind"), says, Text(f"可为:{kinds}", f"there are: {kinds}"))


def _kinds(plan: PlanFile, document: Document) -> Iterator[Fault]:
    """Every agenda item is of a kind that this meeting deals with."""
    found = procedures().get(plan.procedure_id)
    if found is None or not found.decides:
        return
    known = {kind for step in found.steps for kind in step.of_kinds}
    left_to_the_law = ("final_accounts", "budget_adjustment")  # told with the article
    for index, item in enumerate(plan.agenda):
        if item.kind in known or item.kind in left_to_the_law:
            continue
        says = Text(f"{found.title.zh}没有 {item.kind} 一类议题", f"{found.id} has no agenda items of kind {item.kind}")
        yield document.fault(("agenda", index, "kind"), says, near(item.kind, sorted(known)))


def _days(plan: PlanFile, document: Document) -> Iterator[Fault]:
    session = plan.session
    if session.closes < session.opens:
        says = Text(
            f"闭幕日 {session.closes} 早于开幕日 {session.opens}",
            f"it closes on {session.closes}, before it opens on {session.opens}",
        )
        yield document.fault(("session", "closes"), says)
    if session.elections_completed is not None and session.kind != "first":
        says = Text(
            "只有换届后第一次会议才填 elections_completed",
            "elections_completed is for the first session of a term only",
        )
        yield document.fault(("session", "elections_completed"), says)
    if session.elections_completed is None and session.kind == "first":
        says = Text("换届后第一次会议须填 elections_completed", "the first session of a term needs elections_completed")
        todo = Text(
            "代表选举完成之日,期限由此起算", "the day on which all deputies were elected: the period runs from it"
        )
        yield document.fault(("session", "kind"), says, todo)
    for index, sitting in enumerate(plan.sittings):
        day = legal_date(sitting.at)
        first = (
            day if sitting.kind == "preparatory" else session.opens
        )  # a preparatory meeting may come before the opening
        if not first <= day <= max(session.opens, session.closes):
            says = Text(
                f"会议 {sitting.code} 在 {day},不在会期 {session.opens} 至 {session.closes} 之内",
                f"the sitting {sitting.code} is on {day}, outside {session.opens} to {session.closes}",
            )
            yield document.fault(("sittings", index, "at"), says)
    if not any(sitting.kind == "plenary" for sitting in plan.sittings):
        says = Text("没有全体会议", "no sitting is a plenary")
        yield document.fault(
            ("sittings",), says, Text("至少一次 kind: plenary", "one at least needs kind: plenary"), at_key=True
        )


def _planned_acts(plan: PlanFile, document: Document) -> Iterator[Fault]:
    """Acts planned before the session come before it, and nothing comes before the date is decided."""
    found = procedures().get(plan.procedure_id)
    decided = plan.dates.get(DecideDate.act)
    for act, at in plan.dates.items():
        place: Place = ("dates", act)
        if act not in commands():
            says = Text(f"没有“{act}”这个环节", f"there is no act {act}")
            yield document.fault(place, says, near(act, commands()), at_key=True)
            continue
        title = commands()[act].title
        stages = found.acts.get(act, ()) if found else (Stage.BEFORE,)
        if found and not stages:
            says = Text(f"{found.title.zh}没有“{title.zh}”这一环节", f"{found.id} has no act {act}")
            yield document.fault(place, says, at_key=True)
        if stages == (Stage.BEFORE,) and legal_date(at) > plan.session.opens:
            says = Text(
                f"“{title.zh}”在 {legal_date(at)},晚于开幕日 {plan.session.opens}",
                f"{act} is on {legal_date(at)}, after the opening on {plan.session.opens}",
            )
            yield document.fault(place, says)
        if decided is not None and at < decided and act in ("publish-date", "give-notice", "send-papers"):
            says = Text(f"“{title.zh}”早于决定会议日期", f"{act} comes before the date is decided")
            yield document.fault(place, says)
        for other in _before_it(found, act) if found else ():
            if other in plan.dates and at < plan.dates[other]:
                name = commands()[other].title
                says = Text(f"“{title.zh}”早于“{name.zh}”", f"{act} comes before {other}")
                yield document.fault(place, says, Text("调整先后", "change their order"))


def _before_it(procedure: Procedure, act: str) -> Iterator[str]:
    """The acts that this one needs by the meeting's own logic, whatever the law of the day."""
    needed = {need.fact for step in procedure.steps if step.act == act for need in step.needs if need.topic is None}
    return (step.act for step in procedure.steps if step.fact in needed)


def _elections(plan: PlanFile, document: Document) -> Iterator[Fault]:
    """Only posts that a congress of this level elects; and without elections there is something on the agenda."""
    level = plan.congress.level
    if not plan.agenda and not plan.elections:
        says = Text("至少要有 1 项议题或者选举", "at least 1 item or election is needed")
        yield document.fault(
            ("agenda",), says, Text("补上议题(agenda)或者选举(elections)", "add an item, or an election")
        )
    for index, election in enumerate(plan.elections):
        if level not in POSTS[election.post].levels:
            says = Text(
                f"{level_named(level).zh}一级的人大不选举 {election.post}",
                f"a congress of the level {level_named(level).en} elects no {election.post}",
            )
            here = [code for code, post in POSTS.items() if level in post.levels]
            yield document.fault(("elections", index, "post"), says, near(election.post, here))


def _projects(plan: PlanFile, document: Document) -> Iterator[Fault]:
    listed = plan.projects
    if listed is None or not listed.last_year:
        for index in (i for i, item in enumerate(plan.agenda) if item.kind == "rating"):
            says = Text(
                "议程有满意度测评,但 projects 没有写明上年度项目(last_year)",
                "the agenda has a rating, but projects lists none of last year (last_year)",
            )
            todo = Text(
                "写明上年度项目;测评不用计票单的,议题写作 kind: other",
                "list them; where no sheets are counted, write the item as kind: other",
            )
            yield document.fault(("agenda", index, "kind"), says, todo)
    asked = [i for i, item in enumerate(plan.agenda) if item.kind in PROJECT_KINDS]
    if listed is None:
        for index in asked:
            says = Text(
                "议程有民生实事票决,但没有 projects", "the agenda has a choice of projects, but there are no projects"
            )
            yield document.fault(("agenda", index), says)
        return
    candidates = len(listed.candidates)
    if listed.candidates and not 0 < listed.choose < candidates:
        says = Text(
            f"候选 {candidates} 项,应选 {listed.choose} 项:应少于候选项目",
            f"{listed.choose} of {candidates} candidates: fewer must be chosen",
        )
        yield document.fault(
            ("projects", "choose"), says, Text("票决实行差额", "there must be more candidates than places")
        )
