"""`yishi plan`: write a plan by answering a few questions, and check one: every fault with its line."""

import json
import shutil
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from domain.law import LawBook, NoLawOnFile
from domain.text import Lang, Text
from yishi.cli.plan_questions import Questions, elections_said
from yishi.law import LawLibrary
from yishi.planning.answers import Answers
from yishi.planning.document import Document
from yishi.planning.draft import drafted
from yishi.planning.faults import Fault, errors
from yishi.planning.load import read_plan
from yishi.planning.play import read_script
from yishi.planning.roll import read_roll
from yishi.planning.validate import validated

plan_app = typer.Typer(no_args_is_help=True, help="会议方案:编写和检查 (write and check plans)")

LangOption = Annotated[Lang, typer.Option("--lang", help="zh 或 en", envvar="YISHI_LANG")]
FAULTY = 2


@plan_app.command("check")
def check(
    plan: Annotated[Path, typer.Argument(help="方案 (.yaml)")],
    script: Annotated[Path | None, typer.Option("--script", help="一并检查的演练脚本")] = None,
    lang: LangOption = "zh",
) -> None:
    """检查方案和脚本,列出每一处错误和所在行。有错误退出码为 2。"""
    book = LawLibrary(None).newest()
    reading = read_plan(plan, book)
    faults = list(reading.faults)
    if script is not None:
        faults += read_script(script, reading.plan, book)[1]
    _tell(faults, lang)
    wrong = errors(faults)
    if wrong:
        raise typer.Exit(FAULTY)
    roll = len(reading.plan.entries) if reading.plan else 0
    _say(
        Text(f"可用:应到 {roll} 人,提醒 {len(faults)} 处", f"usable: {roll} on the roll, {len(faults)} warning(s)"),
        lang,
    )


@plan_app.command("new")
def new(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件")] = Path("plan.yaml"),
    answers: Annotated[Path | None, typer.Option("--answers", help="从 JSON 文件取答案,不再提问")] = None,
    name: Annotated[str | None, typer.Option("--name", help="人民代表大会或居民议事会的名称")] = None,
    code: Annotated[str | None, typer.Option("--code", help="代号,小写字母、数字和 -")] = None,
    profile: Annotated[str | None, typer.Option("--profile", help="适用的地方规则")] = None,
    term: Annotated[int | None, typer.Option("--term", help="届")] = None,
    number: Annotated[int | None, typer.Option("--number", help="第几次会议")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="会议种类")] = None,
    opens: Annotated[str | None, typer.Option("--opens", help="开幕日 2026-01-27")] = None,
    closes: Annotated[str | None, typer.Option("--closes", help="闭幕日")] = None,
    elections_completed: Annotated[str | None, typer.Option("--elections-completed", help="代表选举完成之日")] = None,
    roll: Annotated[str | None, typer.Option("--roll", help="名册文件,或者代表人数")] = None,
    delegations: Annotated[int | None, typer.Option("--delegations", help="代表团个数")] = None,
    presidium: Annotated[int | None, typer.Option("--presidium", help="主席团人数")] = None,
    candidates: Annotated[int | None, typer.Option("--candidates", help="民生实事候选项目数,0 为不票决")] = None,
    choose: Annotated[int | None, typer.Option("--choose", help="应选项目数")] = None,
    last_year: Annotated[int | None, typer.Option("--last-year", help="测评的上年度项目数")] = None,
    elections: Annotated[
        str | None, typer.Option("--elections", help="选举的职务和名额,如 township-chair,township-deputy-head=2")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--yes", help="法律建议的议题和默认值一律采用,不再提问 / take what is proposed")
    ] = False,
    lang: LangOption = "zh",
) -> None:
    """提几个问题,写出一份方案:日期都从开幕日倒推,并注明条款。不覆盖已有文件。"""
    if out.exists():
        _say(
            Text(f"{out.name} 已经存在,不覆盖;请换一个文件名", f"{out.name} is there already: choose another name"),
            lang,
        )
        raise typer.Exit(FAULTY)
    if not out.parent.is_dir():
        _say(Text(f"没有文件夹 {out.parent}", f"there is no folder {out.parent}"), lang)
        raise typer.Exit(FAULTY)
    book = LawLibrary(None).newest()
    given: dict[str, Any] = {
        "name": name, "code": code, "profile": profile, "term": term, "number": number, "kind": kind, "opens": opens,
        "closes": closes, "elections_completed": elections_completed, "roll": roll, "delegations": delegations,
        "presidium": presidium,
        "candidates": candidates, "choose": choose, "last_year": last_year, "elections": elections,
    }  # fmt: skip
    given = {key: value for key, value in given.items() if value is not None}
    if answers is not None:
        given = {**_from_file(answers, lang), **given}
        told = _composed(given, lang)
    else:
        told = _composed(Questions(book, lang, accept=accept).ask(given), lang)
    _write(told, out, answers, book, lang)


def _from_file(path: Path, lang: Lang) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text("utf-8-sig"))
        if not isinstance(said, dict):
            raise ValueError("{ … }")
    except (OSError, ValueError) as wrong:
        _say(Text(f"答案文件读不懂:{wrong}", f"the answers cannot be read: {wrong}"), lang)
        raise typer.Exit(FAULTY) from wrong
    return said


def _composed(given: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Flags and prompts give some answers flat: put them in their place."""
    out = dict(given)
    if isinstance(posts := out.get("elections"), str):  # a flag beside a file of answers
        level = str(out.get("profile", "")).rsplit("-", 1)[-1]
        out["elections"] = elections_said(posts, level, str(out.get("kind", "")), lang)
    if isinstance(written := out.get("roll"), str | int):
        out["roll"] = {"count": int(written)} if str(written).isdigit() else {"file": str(written)}
    flat = {key: out.pop(key) for key in ("candidates", "choose", "last_year") if key in out}
    if flat:
        out["projects"] = {**out.get("projects", {}), **flat}
    return out


def _write(told: dict[str, Any], out: Path, answers: Path | None, book: LawBook, lang: Lang) -> None:
    source = _roll_file(told, answers)
    if source is not None:
        told = {**told, "roll": {"file": source.name}, **_groups(told, source, lang)}
    document = Document(answers.name if answers else "answers")
    made, faults = validated(Answers, told, document)
    profile = told.get("profile")
    if made is None or errors(faults) or profile not in book.profiles:
        if profile is not None and profile not in book.profiles:
            known = "、".join(book.profiles)
            says = Text(f"没有地方规则 {profile};已有:{known}", f"there is no profile {profile}; there are: {known}")
            faults.append(document.fault(("profile",), says))
        _tell(faults, lang)
        raise typer.Exit(FAULTY)
    try:
        text = drafted(made, book)
    except NoLawOnFile as missing:
        says = Text(
            f"法规库中没有 {missing.on} 有效的《{missing.family}》,不作推测",
            f"the law book has no text of {missing.family} in force on {missing.on}: nothing is guessed",
        )
        _say(says, lang)
        raise typer.Exit(FAULTY) from missing
    _place(text, out, source, book, lang)


def _roll_file(told: dict[str, Any], answers: Path | None) -> Path | None:
    """The roll's own file: as given, seen from here, or from beside the answers."""
    said = told.get("roll")
    if not isinstance(said, dict) or not isinstance(said.get("file"), str):
        return None
    path = Path(said["file"])
    return answers.parent / path if answers is not None and not path.is_file() else path


def _groups(told: dict[str, Any], roll: Path, lang: Lang) -> dict[str, Any]:
    """The groups that stand on the roll, in its order, unless the answers name them."""
    entries, faults = read_roll(roll)
    if faults:
        _tell(faults, lang)
        raise typer.Exit(FAULTY)
    titles = list(dict.fromkeys(e.group for e in entries if e.group))
    return {} if told.get("groups") else {"groups": [{"code": f"g{n}", "title": t} for n, t in enumerate(titles, 1)]}


def _place(text: str, out: Path, roll: Path | None, book: LawBook, lang: Lang) -> None:
    """Write the plan, with its roll beside it, only if it passes the check."""
    beside = out.parent / roll.name if roll else None
    copied = False
    if roll is not None and beside is not None and not beside.exists():
        shutil.copyfile(roll, beside)
        copied = True
    elif roll is not None and beside is not None and not roll.samefile(beside):
        says = Text(
            f"{beside} 已经存在,不覆盖;请先把名册放到那里", f"{beside} is there already: put the roll there first"
        )
        _say(says, lang)
        raise typer.Exit(FAULTY)
    draft = out.with_name(f".{out.name}.draft")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        reading = read_plan(draft, book)
        if errors(reading.faults):
            if copied and beside is not None:
                beside.unlink()
            _tell(
                [f.model_copy(update={"file": out.name}) if f.file == draft.name else f for f in reading.faults], lang
            )
            raise typer.Exit(FAULTY)
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    finally:
        draft.unlink(missing_ok=True)
    _tell([f.model_copy(update={"file": out.name}) for f in reading.faults], lang)
    if copied:
        _say(Text(f"名册已放到 {beside}", f"the roll was copied to {beside}"), lang)
    _say(
        Text(
            f"方案已写到 {out};改好后用 yishi plan check {out} 检查",
            f"written to {out}; check it with yishi plan check {out}",
        ),
        lang,
    )


def _tell(faults: list[Fault], lang: Lang) -> None:
    console = Console(stderr=False)
    for fault in faults:
        style = "red" if fault.weight == "error" else "yellow"
        console.print(fault.told(lang), style=style, highlight=False, markup=False, soft_wrap=True)


def _say(text: Text, lang: Lang) -> None:
    Console().print(text.to(lang), highlight=False, markup=False, soft_wrap=True)
