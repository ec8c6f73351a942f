"""Two who count apart from each other, as in double entry: only figures on which both agree give a result (两人分别计票)."""

from collections.abc import Mapping
from typing import Literal, Protocol, TypeVar

from domain.law import Citation
from domain.refusals import Refused
from domain.text import Text

Which = Literal[1, 2]
"""Which of the two."""
BOTH: tuple[Which, ...] = (1, 2)


class SheetMissing(Refused):
    says = Text("还缺第 {sheet} 张计票单", "sheet {sheet} is still missing")


class SheetsDiffer(Refused):
    says = Text(
        "两名计票人的计票单不一致:{where};请重新清点后再报", "the two tellers' sheets differ: {where}; count again"
    )


class Counted(Protocol):
    def figures(self) -> Mapping[str, object]:
        """What must agree, by the name under which a difference is told."""


C = TypeVar("C", bound=Counted)


def agreed(sheets: Mapping[int, C], cited: tuple[Citation, ...]) -> C:
    """The sheet on which both agree.

    Raises:
        SheetMissing: one of the two is not there. SheetsDiffer: they differ; it names where.
    """
    for which in BOTH:
        if which not in sheets:
            raise SheetMissing(cited, sheet=which)
    one, other = (sheets[which] for which in BOTH)
    if one.figures() != other.figures():
        raise SheetsDiffer(cited, where=difference(one, other))
    return one


def difference(one: Counted, other: Counted) -> str:
    """The first figure in which two sheets differ, with both numbers where it is a number."""
    second = other.figures()
    for name, figure in one.figures().items():
        if second.get(name) != figure:
            return f"{name} {figure} / {second.get(name)}" if isinstance(figure, int) else name
    return next(iter(set(second) - set(one.figures())), "")
