"""What is wrong with a value, in words a clerk understands: pydantic's errors, told in both languages."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from domain.text import Text
from yishi.planning.faults import NOTHING

WORDS: dict[str, tuple[Text, Text]] = {
    "missing": (Text("缺少“{key}”", "{key} is missing"), Text("请补上", "add it")),
    "int_type": (
        Text("应为整数,写的是 {found}", "a whole number is needed, not {found}"),
        Text("不加引号", "without quotes"),
    ),
    "int_from_float": (Text("应为整数,写的是 {found}", "a whole number is needed, not {found}"), NOTHING),
    "bool_type": (Text("应为 true 或 false,写的是 {found}", "true or false is needed, not {found}"), NOTHING),
    "bool_parsing": (Text("应为 true 或 false,写的是 {found}", "true or false is needed, not {found}"), NOTHING),
    "int_parsing_size": (Text("{found} 太大", "{found} is too large"), NOTHING),
    "int_parsing": (Text("应为整数,写的是 {found}", "a whole number is needed, not {found}"), NOTHING),
    "float_parsing": (Text("应为数字,写的是 {found}", "a number is needed, not {found}"), NOTHING),
    "string_unicode": (Text("含有不成文字的字符", "it holds characters that are no text"), NOTHING),
    "string_type": (Text("应为文字,写的是 {found}", "text is needed, not {found}"), NOTHING),
    "tuple_type": (
        Text("应为列表,写的是 {found}", "a list is needed, not {found}"),
        Text("写成 [ ] 或每行以 - 开头", "write [ ] or lines with -"),
    ),
    "dict_type": (Text("应为若干个“键: 值”,写的是 {found}", "keys with values are needed, not {found}"), NOTHING),
    "model_attributes_type": (
        Text("应为若干个“键: 值”,写的是 {found}", "keys with values are needed, not {found}"),
        NOTHING,
    ),
    "model_type": (Text("应为若干个“键: 值”,写的是 {found}", "keys with values are needed, not {found}"), NOTHING),
    "literal_error": (Text("不能是 {found},只能是 {expected}", "it cannot be {found}, only {expected}"), NOTHING),
    "enum": (Text("不能是 {found},只能是 {expected}", "it cannot be {found}, only {expected}"), NOTHING),
    "date": (Text("不是日期:{found}", "this is not a date: {found}"), Text("写成 2026-01-27", "write 2026-01-27")),
    "datetime": (
        Text("不是时刻:{found}", "this is not a time: {found}"),
        Text("写成 2026-01-27 08:30(北京时间)", "write 2026-01-27 08:30 (time in China)"),
    ),
    "greater_than_equal": (Text("{found} 太小,至少 {ge}", "{found} is too small: at least {ge}"), NOTHING),
    "greater_than": (Text("{found} 太小,应大于 {gt}", "{found} is too small: more than {gt}"), NOTHING),
    "less_than_equal": (Text("{found} 太大,至多 {le}", "{found} is too large: at most {le}"), NOTHING),
    "string_too_short": (Text("不能为空", "it cannot be empty"), NOTHING),
    "string_too_long": (Text("太长,至多 {max_length} 个字", "too long: at most {max_length} characters"), NOTHING),
    "too_short": (Text("至少要有 {min_length} 项", "it needs {min_length} or more"), NOTHING),
    "too_long": (Text("至多 {max_length} 项", "it may have {max_length} at most"), NOTHING),
}
BASE64 = Text("应为 Base64", "it is Base64")
PATTERNS: dict[str, Text] = {
    r"^\s*\d{1,3}(\.\d{1,4})?\s*%?\s*$": Text("写成 98 或者 82.6(百分数)", "write 98 or 82.6, in hundredths"),
    r"^[a-z0-9][a-z0-9-]{0,39}$": Text(
        "用小写字母、数字和 -,至多 40 个", "use lower-case letters, digits and -, 40 at most"
    ),
    r"^[a-z0-9][a-z0-9-]{0,19}$": Text(
        "用小写字母、数字和 -,至多 20 个", "use lower-case letters, digits and -, 20 at most"
    ),
    r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$": Text("用字母、数字和 -,至多 20 个", "use letters, digits and -, 20 at most"),
    r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$": Text("用字母、数字和 -,至多 40 个", "use letters, digits and -, 40 at most"),
    r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$": Text(
        "用字母、数字、_ 和 -,至多 40 个", "use letters, digits, _ and -, 40 at most"
    ),
    r"^[a-z0-9][a-z0-9-]{0,79}$": Text(
        "用小写字母、数字和 -,至多 80 个", "use lower-case letters, digits and -, 80 at most"
    ),
    r"^[a-z][a-z0-9.-]{0,79}$": Text(
        "用事件名或其开头的几节,如 session、session.sitting-opened",
        "use the name of an event or how it begins, such as session or session.sitting-opened",
    ),
    r"\S": Text("不能只有空白", "it cannot be blank"),
    r"^[!-~]+$": Text(
        "只用 ASCII 的字母、数字和符号,不含空格", "use letters, digits and marks of ASCII alone, and no blanks"
    ),
    r"^[0-9]{1,4}-[0-9]{1,4}$": Text(
        "写成 届-次,如 10-4", "write the term and the number of the session, such as 10-4"
    ),
    r"^[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}$": Text(
        "写成 代码/届-次,如 xiuzhou/10-4", "write congress/term-number, such as xiuzhou/10-4"
    ),
    r"^[a-z0-9][a-z0-9-]{0,39}(/[0-9]{1,4}-[0-9]{1,4})?$": Text(
        "写成 代码 或者 代码/届-次,如 xiuzhou、xiuzhou/10-4",
        "write a congress or one of its sessions, such as xiuzhou or xiuzhou/10-4",
    ),
    r"^[0-9a-f]{64}$": Text("应为 64 个十六进制小写字符(SHA-256)", "it is 64 lower-case hexadecimal digits (SHA-256)"),
    r"^[a-z0-9]{1,40}$": Text("用小写字母和数字,至多 40 个", "use lower-case letters and digits, 40 at most"),
    r"^[A-Za-z-]{1,80}$": Text("名称见 /v1/problems", "/v1/problems has the names"),
    r"^w[a-z0-9]{1,39}$": Text("编号以 w 开头,见 /v1/webhooks", "its id begins with w; see /v1/webhooks"),
    r"^[A-Za-z0-9+/]+={0,2}$": BASE64,
    r"^[A-Za-z0-9+/]+=*$": BASE64,
    r"^[A-Za-z0-9+/=_-]*$": BASE64,
    r"^[A-Za-z0-9+/]{86}==$": Text("应为 64 字节的 Base64", "it is 64 bytes in Base64"),
    r"^[A-Za-z0-9+/]{43}=$": Text("应为 32 字节的 Base64", "it is 32 bytes in Base64"),
    r"^[^\x00-\x1f\x7f\u0085\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+$": Text(
        "一行文字,不含看不见的字符", "one line, without characters that nobody sees"
    ),
}
"""What is to be written, for each pattern that a plan or a request is held to: nobody is told a regular expression."""


def worded(error: Mapping[str, Any], allowed: Iterable[str] = ()) -> tuple[Text, Text]:
    """What is wrong, and what to do, for one of pydantic's errors. `allowed` are the keys that may stand there."""
    kind, context = error["type"], dict(error.get("ctx") or {})
    key = str(error["loc"][-1]) if error["loc"] else ""
    if "zh" in context:
        return Text(context["zh"], context["en"]), Text(context.get("zh_todo", ""), context.get("en_todo", ""))
    if kind == "extra_forbidden":
        return Text(f"不认识“{key}”", f"{key} is not a key here"), _unknown_key(key, error.get("input"), allowed)
    if kind == "string_pattern_mismatch":
        wanted = PATTERNS.get(context["pattern"], Text(context["pattern"], context["pattern"]))
        return Text(f"写法不对:{_short(error['input'])}", f"not well formed: {_short(error['input'])}"), wanted
    if kind == "value_error":  # a model's own sentence: 中文 / English
        zh, _, en = error["msg"].removeprefix("Value error, ").partition(" / ")
        return Text(zh, en or zh), NOTHING
    if kind.startswith(("datetime", "timezone")):
        kind = "datetime"
    elif kind.startswith("date"):
        kind = "date"
    says, todo = WORDS.get(kind, (Text("{msg}", "{msg}"), NOTHING))
    values = {**context, "key": key, "found": _short(error.get("input")), "msg": error["msg"]}
    if kind == "literal_error":
        values["expected"] = context["expected"].replace(" or ", ", ").replace("'", "")
        suggestion = near(str(error.get("input")), values["expected"].split(", "), bare=True)
        todo = suggestion if suggestion != NOTHING else todo
    return says.filled(**values), todo


def _unknown_key(key: str, value: Any, allowed: Iterable[str]) -> Text:
    """An unknown key without a value, or with blanks in it, is most often the rest of a text that a comma cut in two."""
    if value is None:
        return Text(
            "如果它是上一项文字的一部分,请给那段文字加引号:{…} 里的半角逗号会把文字切断",
            "if it is part of the text before it, put that text in quotes: inside {…} a comma cuts text in two",
        )
    return near(key, allowed)


def near(word: str, known: Iterable[str], *, bare: bool = False) -> Text:
    """The known word that was probably meant; else the known words, unless `bare`."""
    listed = [other for other in dict.fromkeys(known) if other != word]
    if meant := get_close_matches(word, listed, n=1, cutoff=0.6):
        return Text(f"是否为“{meant[0]}”?", f"did you mean {meant[0]}?")
    if bare or not listed:
        return NOTHING
    return Text("可用:" + "、".join(listed), "there are: " + ", ".join(listed))


NO_ACT_OF_ITS_OWN = Text(
    "没有专门环节的(如选举、宣誓)用 record-proceeding 记录",
    "what has no act of its own, such as an election or an oath, is entered with record-proceeding",
)


def near_act(word: str, known: Iterable[str]) -> Text:
    """The act that was probably meant; of what has no act of its own, such as an election, how it is put on record."""
    meant = near(word, known, bare=True)
    return meant if meant != NOTHING else NO_ACT_OF_ITS_OWN


def _short(value: Any) -> str:
    if value is None:
        return "(空)"
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if isinstance(value, str):
        value = f"“{value}”"
    shown = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"
