"""The words in which the law book is spoken to people: kinds of law, values, consequences, a missing text."""

from domain.arithmetic import Base, Choice, DayOfYear, Number, Period, Portion, Range, Share, Switch, Value
from domain.law import Consequence, Kind, Layer, NoLawOnFile, Provision, Ruling, chinese_number
from domain.text import Lang, Text

KINDS = {
    Kind.TEXT: Text("法律明文", "statute"),
    Kind.LOCAL: Text("地方规定", "local rule"),
    Kind.READING: Text("稳妥理解", "a reading of ours"),
    Kind.PRACTICE: Text("惯例", "practice"),
}
CONSEQUENCES = {
    Consequence.BLOCK: Text("不符合的不予办理", "the act is refused"),
    Consequence.FAIL: Text("不符合的为未通过", "the proposal is not adopted"),
    Consequence.VOID: Text("不符合的无效", "recorded as without effect"),
    Consequence.PENDING: Text("等待批准或者确认", "waits for approval"),
    Consequence.WARN: Text("提示", "a warning"),
    Consequence.ALERT: Text("到期提醒", "an alert"),
    Consequence.NONE: Text("只作说明", "nothing follows"),
}
VERIFIED = {
    "T": Text("已核对原文", "read in its full text"),
    "t": Text("只见摘录,未核对", "seen in an excerpt only: unverified"),
    "M": Text("凭记忆录入,未核对", "from memory: unverified"),
    "I": Text("本项目的理解", "an interpretation"),
}
BASES = {
    Base.ALL_DEPUTIES: Text("全体代表的", "of all deputies"),
    Base.DEPUTIES_PRESENT: Text("到会代表的", "of the deputies present"),
    Base.ALL_MEMBERS: Text("全体成员的", "of all members"),
    Base.MEMBERS_PRESENT: Text("到会成员的", "of the members present"),
    Base.SIGNATORIES: Text("联名代表的", "of the signatories"),
    Base.BALLOTS_RETURNED: Text("收回选票的", "of the ballots returned"),
    Base.VOTERS: Text("选区全体选民的", "of the constituency's voters"),
    Base.VOTERS_TAKING_PART: Text("参加投票的选民的", "of the voters who take part"),
    Base.NONE: Text("", ""),
}
UNITS = {"days": Text("日", "days"), "working_days": Text("个工作日", "working days"), "months": Text("个月", "months")}
LAYER_NAMES = {
    Layer.STATUTE: Text("法律", "statute"),
    Layer.PROVINCE: Text("省级地方性法规", "province"),
    Layer.CITY: Text("设区的市法规", "city"),
    Layer.BODY: Text("本级议事规则", "the body's own rules"),
    Layer.SESSION: Text("本次会议通过的办法", "methods of the session"),
}
COUNTED = {
    "notice.days": Text("日", "days before"),
    "papers.days": Text("日", "days before"),
    "session.length": Text("日", "days"),
    "session.per_year": Text("次/年", "a year"),
    "session.per_year_usual": Text("次/年", "a year"),
    "council.yearly": Text("次/年", "a year"),
    "motion.joint": Text("人", "deputies"),
    "interpellation.joint": Text("人", "deputies"),
    "deputy.absences": Text("次", "times"),
}


def in_words(value: Value | None, lang: Lang, topic: str = "") -> str:
    """A rule's value as people say it: 全体代表的三分之二以上, at least 7, within 3 months."""
    zh = lang == "zh"
    match value:
        case Share():
            more = "at least" if value.inclusive else "more than"
            return (
                BASES[value.of].zh + value.word
                if zh
                else f"{more} {value.numerator}/{value.denominator} {BASES[value.of].en}"
            )
        case Number():
            counted = COUNTED.get(topic, Text("", "")).to(lang)
            return (
                f"不少于 {value.at_least} {counted}".strip() if zh else f"at least {value.at_least} {counted}".strip()
            )
        case Range():
            return f"{value.least} 至 {value.most}" if zh else f"{value.least} to {value.most}"
        case Portion():
            (least, of), (most, of_most) = value.least, value.most
            if zh:
                return f"{chinese_number(of)}分之{chinese_number(least)}至{chinese_number(of_most)}分之{chinese_number(most)}"
            return f"from {least}/{of} to {most}/{of_most}"
        case Period():
            return f"{value.amount} {UNITS[value.unit].to(lang)}"
        case DayOfYear():
            return (
                f"每年 {value.month} 月 {value.day} 日前"
                if zh
                else f"each year by {value.day}/{value.month} (day/month)"
            )
        case Switch():
            return (
                ("须有" if value.on else "可以有,不是必须")
                if zh
                else ("required" if value.on else "allowed, not required")
            )
        case Choice():
            return ("、" if zh else ", ").join(value.options)
    return ""


def no_law(none: NoLawOnFile) -> Text:
    """The answer when a needed text is missing; it names the text and guesses nothing."""
    return Text(
        f"{none.on}:没有录入当日有效的《{none.family}》文本"
        + (f",最早录入的自 {none.first} 起施行" if none.first else "")
        + ";不作推断。",
        f"{none.on}: no text of {none.family} in force that day is on file"
        + (f" (the first is of {none.first})" if none.first else "")
        + "; nothing is guessed.",
    )


def silent(ruling: Ruling) -> bool:
    return ruling.value is None and ruling.consequence is Consequence.NONE


def if_not_met(rule: Provision) -> Text:
    if rule.kind is Kind.READING and rule.consequence is Consequence.BLOCK:
        return Text("提示;地方规则采纳后,不符合的不予办理", "a warning; refused where a profile adopts the reading")
    return CONSEQUENCES[rule.consequence]


def follows(ruling: Ruling) -> Text:
    """A reading or a practice that the profile does not adopt only warns, whatever it would have follow."""
    only_warns = ruling.consequence is Consequence.BLOCK and not ruling.may_refuse
    return CONSEQUENCES[Consequence.WARN if only_warns else ruling.consequence]
