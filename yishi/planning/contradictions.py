"""Where the figures of a report contradict each other (矛盾): parts that exceed their whole, a rate that no number of cases gives.

A contradiction is an error; what is only worth a look (a rate cut off instead of rounded, ratings that leave some out) is a warning.
"""

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from domain.text import Text
from yishi.planning.document import Document, Place
from yishi.planning.faults import Fault, in_order
from yishi.planning.typed_figures import TypedFigures

NAMES = {
    "replied": Text("答复率", "the rate of replies"),
    "closed": Text("办结率", "the rate of those closed"),
    "solved": Text("解决率", "the rate of those solved"),
    "A": Text("A 类比例", "the share of class A"),
    "B": Text("B 类比例", "the share of class B"),
    "C": Text("C 类比例", "the share of class C"),
    "D": Text("D 类比例", "the share of class D"),
    "satisfied": Text("满意率", "the rate of those satisfied"),
    "basically": Text("基本满意率", "the rate of those basically satisfied"),
    "satisfied_or_basically": Text("满意和基本满意率", "the rate of those satisfied or basically so"),
    "dissatisfied": Text("不满意率", "the rate of those not satisfied"),
}
OF_REPLIES = ("satisfied", "basically", "satisfied_or_basically", "dissatisfied")


def contradictions(typed: TypedFigures, document: Document) -> tuple[Fault, ...]:
    """Everything in a report that cannot be so, and what is worth a look, in the file's order."""
    found = [*_wholes(typed), *_ratings(typed), *_rates(typed), *_votes(typed)]
    return in_order(document.fault(place, says, weight="error" if wrong else "warning") for place, says, wrong in found)


Found = Iterator[tuple[Place, Text, bool]]


def _wholes(typed: TypedFigures) -> Found:
    """Replies, classes and the closed against the whole."""
    of, answered = typed.to_handle, typed.answered
    if of is not None and of < 0:
        yield ("total",), Text(
            f"撤回 {typed.withdrawn} 件、退回 {typed.returned} 件,超过总数 {typed.total} 件",
            f"{typed.withdrawn} withdrawn and {typed.returned} returned are more than all {typed.total}",
        ), True  # fmt: skip
        return
    for name, many, zh, en in (
        ("replied", typed.replied, "已答复", "replied to"), ("closed", typed.closed, "办结", "closed"),
        ("solved", typed.solved, "解决", "solved"),
    ):  # fmt: skip
        if many is not None and of is not None and many > of:
            yield (
                (name,),
                Text(f"{zh} {many} 件,超过应办理的 {of} 件", f"{many} {en}, of only {of} to be handled"),
                True,
            )
    if typed.classes is None:
        return
    total = typed.classes.total
    if answered is not None and total != answered:
        yield ("classes",), Text(
            f"各类合计 {total} 件,应为 {answered} 件", f"the classes add up to {total}, not to {answered}"
        ), True  # fmt: skip
    if typed.solved is not None and typed.solved != typed.classes.A:
        yield ("solved",), Text(
            f"解决 {typed.solved} 件,A 类 {typed.classes.A} 件,不一致", f"{typed.solved} solved, but {typed.classes.A} of class A"
        ), True  # fmt: skip


def _ratings(typed: TypedFigures) -> Found:
    """Ratings against the replies: there are never more of them."""
    given, answered = typed.ratings, typed.answered
    good, basically, both = given.satisfied, given.basically, given.satisfied_or_basically
    if both is not None and good is not None and basically is not None and both != good + basically:
        yield ("ratings", "satisfied_or_basically"), Text(
            f"满意 {good} + 基本满意 {basically} = {good + basically},不是 {both}",
            f"{good} satisfied and {basically} basically so are {good + basically}, not {both}",
        ), True  # fmt: skip
    parts = [both if both is not None else (good or 0) + (basically or 0)]
    parts += [n for n in (given.dissatisfied, given.no_feedback, given.unrated) if n is not None]
    told = any(n is not None for _, n in given)
    total = sum(parts)
    if answered is None or not told:
        return
    if total > answered:
        sum_ = " + ".join(map(str, parts))
        yield ("ratings",), Text(
            f"评价 {sum_} = {total},超过答复的 {answered} 件", f"{sum_} = {total} ratings, of only {answered} replies"
        ), True  # fmt: skip
    elif total < answered and typed.rated() is not None:
        left, known = answered - total, given.no_feedback is not None and given.unrated is not None
        yield ("ratings",), Text(
            f"评价合计 {total},答复 {answered} 件,差 {left} 件没有说明", f"{total} ratings of {answered} replies: {left} not told of"
        ), known  # fmt: skip


def _rates(typed: TypedFigures) -> Found:
    for name, many, written in typed.told():
        bases = _bases(typed, name)
        title, place = NAMES[name], ("rates", name)
        exact = Fraction(written)
        if exact > 100:
            yield place, Text(f"{title.zh}超过 100 %", f"{title.en} is more than 100 %"), True
        elif many is not None:
            yield from _of_count(place, title, many, written, bases)
        elif bases:
            yield from _of_none(place, title, written, bases)


def _of_count(place: Place, title: Text, many: int, written: str, bases: list[int]) -> Found:
    """A rate whose count is told: of one of the bases it is just that."""
    if not bases or any(_rounded(many, base, written) for base in bases):
        return
    cut = next((base for base in bases if _cut(many, base, written)), None)
    base = bases[0] if cut is None else cut
    is_ = _share(many, base, max(1, _digits(written)))
    if cut is None:
        yield place, Text(
            f"{title.zh} {written} %,而 {many}/{base} = {is_} %", f"{title.en} is said to be {written} %, but {many}/{base} is {is_} %"
        ), True  # fmt: skip
    else:
        yield place, Text(
            f"{title.zh} {written} % 是舍去尾数的:{many}/{base} 四舍五入为 {is_} %",
            f"{title.en}, {written} %, is cut off: {many}/{base} is {is_} % when rounded",
        ), False  # fmt: skip


def _of_none(place: Place, title: Text, written: str, bases: list[int]) -> Found:
    """A rate whose count is not told: some whole number of cases must give it."""
    fits = [(n, base) for base in bases for n in _numbers(written, base)]
    if not fits:
        of = "、".join(map(str, bases))
        yield place, Text(
            f"{title.zh} {written} %:{of} 件中没有哪个整数得出这一比例",
            f"{title.en} is said to be {written} %: no whole number of {of.replace('、', ' or ')} gives that",
        ), True  # fmt: skip
    elif len(fits) == 1 and not _exact(*fits[0], written):
        [(n, base)] = fits
        is_ = _share(n, base, _digits(written) + 1)
        yield place, Text(
            f"{title.zh} {written} % 只能是 {n}/{base}({is_} %),请同时写明件数",
            f"{title.en}, {written} %, can only be {n}/{base} ({is_} %): print the counts with it",
        ), False  # fmt: skip


def _bases(typed: TypedFigures, name: str) -> list[int]:
    """Of how many a rate may be: as the report says, else of any whole that is usual."""
    said: int | None = getattr(typed.rates_of, name)
    usual = (
        (typed.rated(), typed.answered, typed.total)
        if name in OF_REPLIES
        else (typed.to_handle, typed.answered, typed.total)
    )
    return [base for base in dict.fromkeys((said,) if said is not None else usual) if base]


def _digits(written: str) -> int:
    return len(written.partition(".")[2])


def _rounded(many: int, base: int, written: str) -> bool:
    return Fraction(_share(many, base, _digits(written))) == Fraction(written)


def _cut(many: int, base: int, written: str) -> bool:
    ten = 10 ** _digits(written)
    return Fraction(floor(Fraction(many * 100 * ten, base)), ten) == Fraction(written)


def _exact(many: int, base: int, written: str) -> bool:
    return Fraction(many * 100, base) == Fraction(written)


def _numbers(written: str, base: int) -> list[int]:
    near = floor(Fraction(written) * base / 100)
    width = floor(Fraction(base, 100 * 10 ** _digits(written))) + 1
    return [n for n in range(max(0, near - width), min(base, near + width) + 1) if _rounded(n, base, written)]


def _share(many: int, base: int, digits: int) -> str:
    """In hundredths with so many decimals, rounded half up."""
    ten = 10**digits
    whole = floor(Fraction(many * 100 * ten, base) + Fraction(1, 2))
    return f"{whole // ten}.{whole % ten:0{digits}}" if digits else str(whole)


def _votes(typed: TypedFigures) -> Found:
    """Each row of a table of votes against those present."""
    if typed.votes is None:
        return
    present = typed.votes.present
    for number, row in enumerate(typed.votes.counts):
        total, sum_ = sum(row), " + ".join(map(str, row))
        if total > present:
            yield ("votes", "counts", number), Text(
                f"{sum_} = {total} 票,超过到会 {present} 人", f"{sum_} = {total} votes, of only {present} present"
            ), True  # fmt: skip
        elif total < present:
            yield ("votes", "counts", number), Text(
                f"{sum_} = {total} 票,到会 {present} 人,{present - total} 人没有计入",
                f"{sum_} = {total} votes of {present} present: {present - total} are not told of",
            ), False  # fmt: skip
