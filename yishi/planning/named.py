"""Whether what a plan names is there: people on the roll, groups among its own, rules and readings in the law book."""

from collections.abc import Iterator

from domain.law import LawBook
from domain.text import Text
from yishi.planning.document import Document, Place
from yishi.planning.faults import Fault
from yishi.planning.plan import PlanFile
from yishi.planning.roll import RollEntry
from yishi.planning.wording import near


def roll_faults(plan: PlanFile, document: Document, roll: tuple[RollEntry, ...]) -> Iterator[Fault]:
    """Whether roll, groups and presidium fit each other."""
    declared = {g.code for g in plan.groups} | {g.title for g in plan.groups}
    for entry in roll:
        if entry.group and entry.group not in declared:
            says = Text(
                f"代表团“{entry.group}”没有在方案 groups 中写明",
                f"the group {entry.group} is not among the plan's groups",
            )
            known = near(entry.group, [g.title for g in plan.groups])
            file = plan.roll.file or document.file
            yield Fault(file=file, line=entry.row, column=0, where="", says=says, todo=known)
    ids = {entry.id for entry in roll}
    named: dict[Place, tuple[str, ...]] = {}
    if plan.presidium is not None:
        named["presidium", "members"] = plan.presidium.members or ()
        previous = plan.presidium.previous
        if previous is not None:
            named["presidium", "previous", "members"] = previous.members or ()
        sizes: dict[Place, int | None] = {("presidium", "count"): plan.presidium.count}
        sizes["presidium", "previous", "count"] = previous.count if previous else None
        for place, many in sizes.items():
            if many and roll and many > len(roll):
                says = Text(
                    f"主席团 {many} 人,名册只有 {len(roll)} 人",
                    f"a presidium of {many}, but {len(roll)} are on the roll",
                )
                yield document.fault(place, says)
    for place, members in named.items():
        for index, deputy in enumerate(members):
            if roll and deputy not in ids:
                yield document.fault(
                    (*place, index),
                    Text(f"{deputy} 不在名册中", f"{deputy} is not on the roll"),
                    near(deputy, ids, bare=True),
                )


def book_faults(plan: PlanFile, document: Document, book: LawBook) -> Iterator[Fault]:
    """Whether the profile, the readings and the topics that the plan names are on file."""
    if plan.profile not in book.profiles:
        says = Text(f"没有地方规则 {plan.profile}", f"there is no profile {plan.profile}")
        yield document.fault(("profile",), says, near(plan.profile, book.profiles))
    elif not plan.profile.endswith(plan.congress.level):
        says = Text(
            f"{plan.profile} 不是 {plan.congress.level} 的规则",
            f"the profile {plan.profile} is not for {plan.congress.level}",
        )
        yield document.fault(("profile",), says)
    readings = [p.id for p in book.provisions if p.kind == "reading"]
    for index, rule in enumerate(plan.adopts):
        if rule not in readings:
            says = Text(f"没有可采纳的理解 {rule}", f"there is no reading {rule}")
            yield document.fault(("adopts", index), says, near(rule, readings))
    topics = {p.topic for p in book.provisions}
    ids = {p.id for p in book.provisions}
    for index, own in enumerate(plan.own_rules):
        if own.topic not in topics:
            says = Text(f"法规库没有 {own.topic} 这一题目", f"the law book has no topic {own.topic}")
            yield document.fault(("own_rules", index, "topic"), says, near(own.topic, sorted(topics), bare=True))
        if own.id in ids:
            says = Text(f"编号 {own.id} 已是法规库中的规则", f"{own.id} is a rule of the law book already")
            yield document.fault(("own_rules", index, "id"), says)
