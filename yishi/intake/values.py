"""What a cell of a sheet means: days, classes, ratings, yes and no, numbers, lists. What is not understood is said, never guessed."""

import re
from datetime import date, timedelta

from domain.matter.loops.suggestion import SUGGESTION
from domain.text import Text
from yishi.planning.faults import NOTHING
from yishi.projections.suggestion_figures import CLASSES, RATINGS, SILENT, WAITING
from yishi.projections.suggestion_line import FILED, NO_FEEDBACK
from yishi.projections.suggestion_sheet import NO, YES, standing_words

DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+[\d:.]+)?")
EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
LETTER = re.compile(r"([A-Da-d])\s*(?:类.*|[((::、].*)?", re.DOTALL)
SERIAL = re.compile(r"[3-7]\d{4}")
EXCELS_FIRST = date(1899, 12, 30)
"""Day 0 of a spreadsheet's own numbers for days."""
YES_WORDS = (*map(str.lower, YES), "y", "true", "√", "✓", "已沟通", "已面商", "已联系")
NO_WORDS = (*map(str.lower, NO), "n", "false", "×", "无", "未沟通", "未面商", "未联系")
SILENT_WORDS = (*SILENT, "未反馈", "无反馈", "代表未评价")
WAITING_WORDS = (*WAITING, "未评价", "待评价", "—", "-", "/")
NUMBER = re.compile(r"第?\s*([A-Za-z0-9-]+?)(?:\.0)?\s*号?(?:建议)?")
BETWEEN = re.compile(r"[、,,;;\n]")


class Unclear(Exception):
    """A cell that cannot be understood: what is wrong, and how to write it."""

    def __init__(self, says: Text, todo: Text = NOTHING) -> None:
        self.says, self.todo = says, todo
        super().__init__(says.en)


def a_day(said: str) -> date:
    """A day as people and spreadsheet programs write it.

    Raises:
        Unclear.
    """
    todo = Text("写成 2026-03-01", "write 2026-03-01")
    if SERIAL.fullmatch(said):
        return EXCELS_FIRST + timedelta(days=int(said))
    parts = DAY.fullmatch(said) or EIGHT.fullmatch(said)
    if parts is None:
        if re.fullmatch(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?", said):
            raise Unclear(Text("日期没有写年份", "the day has no year"), todo)
        raise Unclear(Text("不是日期", "this is not a day"), todo)
    try:
        return date(*map(int, parts.groups()))
    except ValueError:
        raise Unclear(Text("没有这一天", "there is no such day"), todo) from None


def a_class(said: str) -> str:
    """A to D, alone or with what it means.

    Raises:
        Unclear.
    """
    if found := LETTER.fullmatch(said):
        return found[1].upper()
    for code, title in CLASSES.items():
        if said.lower() in (title.zh.lower(), title.en.lower()):
            return code
    raise Unclear(Text("答复分类只能是 A、B、C、D", "a class is A, B, C or D"))


def a_rating(said: str) -> str:
    """A rating, `NO_FEEDBACK`, or "" where nobody was asked yet.

    Raises:
        Unclear.
    """
    word = said.strip().lower()
    for code, title in RATINGS.items():
        if word in (title.zh, title.en, code):
            return code
    if word in SILENT_WORDS:
        return NO_FEEDBACK
    if word in WAITING_WORDS:
        return ""
    raise Unclear(
        Text(
            "评价只能是满意、基本满意、不满意、代表未反馈",
            "a rating is satisfied, basically satisfied, dissatisfied or no feedback",
        )
    )


def yes_or_no(said: str) -> bool:
    word = said.lower()
    if word in YES_WORDS or word in NO_WORDS:
        return word in YES_WORDS
    raise Unclear(Text("只能填是或否", "it is yes or no"))


def a_number(said: str) -> str:
    """A suggestion's number in small letters: 第12号 is 12, S01 is s01.

    Raises:
        Unclear.
    """
    found = NUMBER.fullmatch(said)
    number = found[1].lower().lstrip("-") if found else ""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", number):
        raise Unclear(
            Text("编号写法不对", "the number is not well formed"), Text("用字母、数字和 -", "letters, digits and -")
        )
    return number


def a_round(said: str) -> int:
    found = re.fullmatch(r"第?\s*(\d{1,2})\s*(?:轮|次)?", said)
    if not found or int(found[1]) < 1:
        raise Unclear(Text("办理轮次写成 1、2、3", "a round is 1, 2, 3"))
    return int(found[1])


def units(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in BETWEEN.split(said) if part.strip()))


def people(said: str) -> tuple[tuple[str, ...], bool]:
    """Ids or names in their order, and whether it says that there are others whom it does not name (等 5 人)."""
    rest = re.sub(r"[((](?:领衔|附议|联名)[))]", "", said)
    others = re.search(r"等\s*(?:[\d一二三四五六七八九十百]+\s*[人名位])?(?:代表)?$", rest)
    if others:
        rest = rest[: others.start()]
    return units(rest), others is not None


def a_standing(said: str) -> str | None:
    """Where the sheet says a suggestion stands, by our own words; None for words that are not ours."""
    for code in (FILED, *(standing.code for standing in SUGGESTION.standings)):
        if said.lower() in standing_words(code):
            return code
    return None
