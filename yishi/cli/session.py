"""`yishi session`: register a session from its plan, and list those there are."""

from pathlib import Path
from typing import Annotated, Any

import typer

from domain.procedures import KNOWN
from domain.text import Lang, Text
from yishi.cli.answers import Telling
from yishi.cli.desk import (
    HOME,
    REFUSED,
    AtOption,
    DataOption,
    JsonOption,
    as_json,
    evidence_of,
    moment,
    now,
    opened,
    send_what_waits,
    session_line,
)
from yishi.cli.page import Page, escape
from yishi.cli.screen import LangOption, language, told
from yishi.cli.status import SESSION_KINDS
from yishi.cli.words import shown
from yishi.client import Door

session_app = typer.Typer(no_args_is_help=True, help="登记会议,列出会议 · register a session, list them")
STAGES = {"before": Text("会前", "before"), "during": Text("会中", "during"), "after": Text("会后", "after")}
ELECTION_KINDS = {"change_of_term": Text("换届", "change of term"), "by_election": Text("补选", "by-election")}
REGISTER = Text("登记会议", "Register the session")
PATH = "/sessions"


@session_app.command("start")
def start(
    plan: Annotated[Path, typer.Argument(help="会议方案 · the plan (YAML)")],
    data: DataOption = HOME,
    at: AtOption = None,
    reason: Annotated[str, typer.Option("--reason", help="补登记的理由 · why it is registered late")] = "",
    ask: Annotated[bool, typer.Option("--ask", help="只检查和显示,不登记 · only check and show")] = False,
    as_json_: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """按会议方案登记会议:代表名册、议程、法规版本;方案里的各项不会自动办理 · Register a session from its plan."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        when = moment(at, now())
        fields, seen = _checked(plan, chosen)
        page = Page(to_stderr=as_json_)
        _show(page, fields, seen, chosen)
        if ask:
            page.line(f"[dim]{Text('只是检查,没有登记', 'only checked: nothing was registered').to(chosen)}[/]")
            return
        body: dict[str, Any] = {"at": when.isoformat(), "fields": fields}
        if reason:
            body["reason"] = reason
        answer = _register(door, plan, body, chosen, at_given=at is not None)
    if as_json_:
        as_json(answer)
    else:
        telling = Telling(page, chosen, {"register-session": REGISTER})
        about = f"{fields['congress']['code']}/{fields['term']}-{fields['number']}"
        if answer["outcome"] == "refused":
            telling.refusal(answer, about)
        else:
            telling.receipt(answer, answer["events"], fields["procedure"], about)
            following = Text("接下来:yishi status", "what comes next: yishi status")
            page.line(f"[dim]{following.to(chosen)}[/]", lead="  ")
    if answer["outcome"] == "refused":
        raise typer.Exit(REFUSED)


def _checked(file: Path, lang: Lang) -> tuple[dict[str, Any], dict[str, Any]]:
    """The plan's registration with names in clear, and what else is shown of it. Its faults are told as `plan check` does."""
    from yishi.law import LawLibrary  # noqa: PLC0415 # what reads plans is slow to load
    from yishi.planning.load import read_plan  # noqa: PLC0415
    from yishi.planning.starting import named_fields  # noqa: PLC0415

    book = LawLibrary(None).newest()
    reading = read_plan(file, book)
    out = Page(to_stderr=True)
    for fault in reading.faults:
        out.line(f"[{'red' if fault.weight == 'error' else 'yellow'}]{escape(fault.told(lang))}[/]")
    if reading.plan is None:
        raise typer.Exit(2)
    plan = reading.plan
    fields = named_fields(plan, book)
    dates = {act: shown(at) for act, at in plan.dates.items()}
    return fields, {"edition": book.edition, "dates": dates, "filled_in": plan.filled_in}


def _register(door: Door, plan: Path, body: dict[str, Any], lang: Lang, *, at_given: bool) -> dict[str, Any]:
    """The registration, with the plan file as its evidence. What names people is not kept as a file: the roll, and a plan that does."""
    named = any(person["name"] for person in body["fields"]["people"])
    body = {**body, "evidence": evidence_of(door, [] if named else [plan])}
    mine = send_what_waits(door, lang, PATH, body, at_given=at_given)
    return (mine or door.act(PATH, body, at_given=at_given)).value


def _show(page: Page, fields: dict[str, Any], seen: dict[str, Any], lang: Lang) -> None:
    """What is about to be registered."""
    page.line(f"[bold]{escape(session_line({**fields, 'name': fields['congress']['name']}).to(lang))}[/]")
    procedure = next(
        (p.title for p in KNOWN if p.id == fields["procedure"]), Text(fields["procedure"], fields["procedure"])
    )
    kind = SESSION_KINDS.get(fields["kind"], Text(fields["kind"], fields["kind"]))
    absent = sum(1 for e in fields["roll"] if not e["name"])
    total = len(fields["roll"])
    groups = len(fields["groups"])
    page.rows(
        [
            (Text("程序", "procedure").to(lang), f"{procedure.to(lang)} · {kind.to(lang)}"),
            (Text("会期", "held").to(lang), f"{fields['opens']} — {fields['closes']}"),
            (
                Text("代表", "deputies").to(lang),
                Text(
                    f"{total} 人"
                    + (f",{groups} 个代表团(组)" if groups else "")
                    + (f",{absent} 人没有姓名" if absent else ""),
                    f"{total}"
                    + (f", {groups} delegations" if groups else "")
                    + (f", {absent} without a name" if absent else ""),
                ).to(lang),
            ),
            (Text("地方规则", "local rules").to(lang), escape(fields["profile"])),
            (Text("法规版本", "law edition").to(lang), seen["edition"][:12]),
        ]
    )
    _block(page, Text("议程", "Agenda").to(lang), [(i["code"], escape(i["title"])) for i in fields["agenda"]])
    _block(
        page, Text("会议", "Sittings").to(lang),
        [(s["code"], f"{shown(s['planned'])}  {escape(s['title'])}") for s in fields["sittings"]],
    )  # fmt: skip
    _block(page, Text("选举", "Elections").to(lang), [_election(e, lang) for e in fields["elections"]])
    if people := len(fields["people"]):
        said = Text(f"代表以外的人选 {people} 人", f"{people} who may be elected and are no deputies").to(lang)
        page.line(f"[bold]{said}[/]")
    dates = [(escape(act), at) for act, at in sorted(seen["dates"].items(), key=lambda d: d[1])]
    _block(page, Text("预定(到时由人办理,不会自动办理)", "Planned (done by people, never by itself)").to(lang), dates)
    for note in seen["filled_in"]:
        page.line(f"[dim]{escape(note)}[/]", lead=f"  [dim]{Text('补充内容', 'filled in').to(lang)}[/] ")
    page.line()


def _election(election: dict[str, Any], lang: Lang) -> tuple[str, str]:
    seats, kind = election["seats"], ELECTION_KINDS[election["kind"]]
    return election["code"], escape(
        Text(f"{election['title']} {seats} 人({kind.zh})", f"{election['title']}, {seats} ({kind.en})").to(lang)
    )


def _block(page: Page, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        page.line(f"[bold]{title}[/] {len(rows)}")
        page.rows(rows, indent=4)


@session_app.command("list")
def list_(data: DataOption = HOME, as_json_: JsonOption = False, lang: LangOption = "zh") -> None:
    """列出数据文件夹中的各次会议 · The sessions on record."""
    chosen = language(lang)
    with told(chosen), opened(data) as door:
        there = door.sessions()
    if as_json_:
        as_json(there)
        return
    page = Page()
    if not there:
        page.line(
            Text("还没有登记会议:yishi session start 方案.yaml", "no session yet: yishi session start PLAN").to(chosen)
        )
    for each in there:
        page.line(f"{escape(session_line(each).to(chosen))}", lead=f"[bold]{escape(each['session'])}[/]  ")
        kind = SESSION_KINDS.get(each["kind"], Text(each["kind"], each["kind"])).to(chosen)
        stage = STAGES.get(each["stage"], Text(each["stage"], each["stage"])).to(chosen)
        page.line(
            f"[dim]{stage} · {kind} · {each['opens']} — {each['closes']} · {escape(each['profile'])}[/]", lead="  "
        )
