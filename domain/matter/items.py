"""An opinion is split into items (问题清单), each followed on its own: rectified (整改), evaluated (测评), revisited (回访).

The four lists 问题 · 整改 · 测评 · 回访 are views of one stream. An item that is not put right, or comes back, is to be rectified once more.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from domain.calendar import legal_date
from domain.event import Clock, Event, Finding
from domain.findings import warn
from domain.law import Citation
from domain.matter.matter import Matter, MatterEvent, MatterMoment, judges, tells
from domain.matter.terms import MISS_TERM, late_for
from domain.matter.wording import asks_nothing
from domain.offices import HANDLERS_HERE, SUPERVISORS
from domain.refusals import Refused
from domain.session.parts import Code, Part, Unit
from domain.submission import Command, Office
from domain.text import Text, joined

Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
ITEMS = "items"
"""Where `Matter.more` keeps how each item stands, by its code."""


class ItemCodeTaken(Refused):
    says = Text("问题清单已有 {item} 号,内容不同", "the list has an item {item} already, and it says something else")


class NoSuchItem(Refused):
    says = Text("问题清单没有 {item} 号;有:{known}", "there is no item {item} on the list; there are: {known}")


class ItemNotThere(Refused):
    says = Text("{item} 号问题现为“{stands}”,不能{what}", "item {item} is {stands}: it cannot be {what}")


class ItemDueInThePast(Refused):
    says = Text(
        "{item} 号问题的整改期限 {due} 已经过去", "the day by which item {item} is to be rectified, {due}, is past"
    )


class NewTermNeeded(Refused):
    says = Text(
        "{item} 号问题须重新整改,请写明最迟哪一天(due)", "item {item} is to be rectified again: say by which day (due)"
    )


class Item(Part):
    """One problem: what is demanded, of whom, by when, and by what one can tell that it is done (验收标准)."""

    code: Code
    text: Words
    unit: Unit | None = None
    due: date | None = None
    check: str = Field(default="", max_length=1000)


STANDS = {
    "listed": Text("待整改", "to be rectified"),
    "rectified": Text("已整改", "rectified"),
    "done": Text("测评到位", "found done"),
    "partly": Text("测评基本到位", "found partly done"),
    "held": Text("回访无反弹", "revisited and holding"),
}


class ItemState(Part):
    """How one item stands, and in which round of its own."""

    item: Item
    stands: Literal["listed", "rectified", "done", "partly", "held"] = "listed"
    round: int = 1


class ListItems(Command):
    """Put an opinion's problems on a list: of each what is demanded, of whom, by when and how it is checked."""

    act: ClassVar[str] = "list-items"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("列出问题清单", "List the problems")
    items: tuple[Item, ...] = Field(min_length=1)


class ItemsListed(MatterEvent):
    name: ClassVar[str] = "matter.items-listed.v1"
    of: ClassVar[str] = ListItems.act
    fact: ClassVar[str] = "items-listed"
    items: tuple[Item, ...]


@judges(ListItems)
def list_items(matter: Matter, command: ListItems, moment: MatterMoment) -> list[Event]:
    """Each item has a code of its own; one that nobody could act on or check is listed, with a warning."""
    known = items_of(matter)
    new: dict[str, Item] = {}
    for item in command.items:
        before = known[item.code].item if item.code in known else new.get(item.code)
        if before is not None and before != item:
            raise ItemCodeTaken(item=item.code)
        if item.due is not None and item.due < legal_date(moment.at):
            raise ItemDueInThePast(item=item.code, due=str(item.due))
        if before is None:
            new[item.code] = item
    if not new:
        return []
    items, basis = tuple(new.values()), _basis(matter, moment)
    begun = tuple(c for item in items if (c := _term(matter, ItemState(item=item), item.due, moment)))
    findings = tuple(finding for item in items if (finding := _lacking(item, matter)))
    return [ItemsListed(at=moment.at, basis=basis, items=items, begun=begun, findings=findings)]


def _lacking(item: Item, matter: Matter) -> Finding | None:
    lacks = []
    if words := asks_nothing(item.text):
        only = joined(words)
        lacks.append(Text(f"具体要求(只有“{only.zh}”)", f"a demand one can act on (only “{only.en}”)"))
    if item.unit is None and not matter.unit:
        lacks.append(Text("责任单位(unit)", "who answers for it (unit)"))
    elif item.unit is None:
        lacks.append(Text(f"责任单位(unit),只能由{matter.unit}负责", f"a unit (it falls to {matter.unit})"))
    if not item.check.strip():
        lacks.append(Text("验收标准(check)", "how it is checked (check)"))
    return warn("ItemLacks", (), item=item.code, what=joined(lacks)) if lacks else None


class RectifyItem(Command):
    """Report that one item is rectified (整改): `text` says what was done."""

    act: ClassVar[str] = "rectify-item"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = HANDLERS_HERE
    title: ClassVar[Text] = Text("报告问题整改", "Report an item rectified")
    item: Code
    text: Words


class ItemRectified(MatterEvent):
    name: ClassVar[str] = "matter.item-rectified.v1"
    of: ClassVar[str] = RectifyItem.act
    item: Code
    text: str
    item_round: int = 1

    def own_facts(self) -> tuple[str, ...]:
        return (_rectified(self.item, self.item_round),)


@judges(RectifyItem)
def rectify(matter: Matter, command: RectifyItem, moment: MatterMoment) -> list[Event]:
    """Late is late and is said; what was found wanting before is rectified in another round."""
    state = _state(matter, command.item)
    if state.stands != "listed":
        raise _not_there(state, Text("再报整改", "reported rectified once more"))
    late = late_for(matter, _rectified(command.item, state.round), moment.at)
    basis = _basis(matter, moment)
    return [ItemRectified(at=moment.at, basis=basis, **command.model_dump(), item_round=state.round, findings=late)]


class EvaluateItem(Command):
    """Say whether an item is done (测评): done, partly, or not; if not, `due` is by when it is rectified again."""

    act: ClassVar[str] = "evaluate-item"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("测评问题整改", "Evaluate an item")
    item: Code
    result: Literal["done", "partly", "not"]
    text: Words
    due: date | None = None


class ItemEvaluated(MatterEvent):
    name: ClassVar[str] = "matter.item-evaluated.v1"
    of: ClassVar[str] = EvaluateItem.act
    item: Code
    result: str
    text: str
    due: date | None = None
    item_round: int = 1

    def own_facts(self) -> tuple[str, ...]:
        return (f"item-evaluated:{self.item}:{self.item_round}",)


@judges(EvaluateItem)
def evaluate(matter: Matter, command: EvaluateItem, moment: MatterMoment) -> list[Event]:
    """What was reported rectified is checked by whoever supervises; what is not done has a new term."""
    state = _state(matter, command.item)
    if state.stands != "rectified":
        raise _not_there(state, Text("测评", "evaluated"))
    begun = _again(matter, state, command.due, moment) if command.result == "not" else ()
    event = ItemEvaluated(
        at=moment.at, basis=_basis(matter, moment), **command.model_dump(), item_round=state.round, begun=begun
    )
    return [event]


class RevisitItem(Command):
    """Revisit an item found done (回访): whether it holds, or the problem came back (反弹); then `due` is by when it is rectified again."""

    act: ClassVar[str] = "revisit-item"
    stream_kind: ClassVar[str] = "matter"
    offices: ClassVar[tuple[Office, ...]] = SUPERVISORS
    title: ClassVar[Text] = Text("回访问题整改", "Revisit an item")
    item: Code
    holds: bool
    text: Words
    due: date | None = None


class ItemRevisited(MatterEvent):
    name: ClassVar[str] = "matter.item-revisited.v1"
    of: ClassVar[str] = RevisitItem.act
    item: Code
    holds: bool
    text: str
    due: date | None = None
    item_round: int = 1

    def own_facts(self) -> tuple[str, ...]:
        return (f"item-revisited:{self.item}:{self.item_round}",)


@judges(RevisitItem)
def revisit(matter: Matter, command: RevisitItem, moment: MatterMoment) -> list[Event]:
    """Only what was found done, wholly or partly, can hold or come back."""
    state = _state(matter, command.item)
    if state.stands not in ("done", "partly", "held"):
        raise _not_there(state, Text("回访", "revisited"))
    begun = () if command.holds else _again(matter, state, command.due, moment)
    return [
        ItemRevisited(
            at=moment.at, basis=_basis(matter, moment), **command.model_dump(), item_round=state.round, begun=begun
        )
    ]


def items_of(matter: Matter) -> Mapping[str, ItemState]:
    """The items by code, in the order in which they were listed."""
    found: Mapping[str, ItemState] = matter.more.get(ITEMS, {})
    return found


def outstanding(matter: Matter) -> tuple[str, ...]:
    """Codes of the items that nobody reported rectified, or that are to be rectified again."""
    return tuple(code for code, state in items_of(matter).items() if state.stands == "listed")


def _state(matter: Matter, code: str) -> ItemState:
    known = items_of(matter)
    if code not in known:
        raise NoSuchItem(item=code, known="、".join(known) or "-")
    return known[code]


def _not_there(state: ItemState, what: Text) -> ItemNotThere:
    return ItemNotThere(item=state.item.code, stands=STANDS[state.stands], what=what)


def _basis(matter: Matter, moment: MatterMoment) -> tuple[Citation, ...]:
    """What the loop's table says of the move, and of the whole loop."""
    return moment.basis(*(moment.move.topics if moment.move else ()), *matter.loop.topics)


def _rectified(code: str, number: int) -> str:
    return f"item-rectified:{code}:{number}"


def _again(matter: Matter, state: ItemState, due: date | None, moment: MatterMoment) -> tuple[Clock, ...]:
    if due is None:
        raise NewTermNeeded(item=state.item.code)
    if due < legal_date(moment.at):
        raise ItemDueInThePast(item=state.item.code, due=str(due))
    clock = _term(matter, ItemState(item=state.item, round=state.round + 1), due, moment)
    return (clock,) if clock else ()


def _term(matter: Matter, state: ItemState, due: date | None, moment: MatterMoment) -> Clock | None:
    """The day that was fixed for an item; without one it falls under the term of the whole report."""
    if due is None:
        return None
    code = state.item.code
    return Clock(
        id=f"item-{code}" if state.round == 1 else f"item-{code}-{state.round}", started=moment.at, last_day=due,
        met_by=_rectified(code, state.round), basis=_basis(matter, moment), waits_for=state.item.unit or matter.unit,
        then=MISS_TERM,
    )  # fmt: skip


def _with(matter: Matter, state: ItemState) -> Matter:
    return replace(matter, more={**matter.more, ITEMS: {**items_of(matter), state.item.code: state}})


@tells(ItemsListed)
def items_listed(matter: Matter, event: ItemsListed) -> Matter:
    for item in event.items:
        matter = _with(matter, ItemState(item=item))
    return matter


@tells(ItemRectified)
def item_rectified(matter: Matter, event: ItemRectified) -> Matter:
    return _moved(matter, event.item, "rectified")


@tells(ItemEvaluated)
def item_evaluated(matter: Matter, event: ItemEvaluated) -> Matter:
    return _moved(matter, event.item, "listed" if event.result == "not" else event.result)


@tells(ItemRevisited)
def item_revisited(matter: Matter, event: ItemRevisited) -> Matter:
    return _moved(matter, event.item, "held" if event.holds else "listed")


def _moved(matter: Matter, code: str, stands: str) -> Matter:
    """Back on the list it is in its next round. (An entry struck before it leaves nothing to move.)"""
    state = items_of(matter).get(code)
    if state is None:
        return matter
    number = state.round + 1 if stands == "listed" else state.round
    return _with(matter, ItemState.model_validate({"item": state.item, "stands": stands, "round": number}))
