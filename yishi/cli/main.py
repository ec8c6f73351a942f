"""The `yishi` command. What it can do is listed here; the module of a command is loaded when the command is called."""

import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from yishi.cli.ending import end_when_asked
from yishi.cli.heeding import SettingsOption, from_this_file, heeding_the_file

PREPARE = "准备 · Prepare"
SESSION = "开会 · Hold the session"
RECORD = "记录 · The record"
PAPER = "文书 · Papers"
RUN = "运行维护 · Operation"


class Listed(NamedTuple):
    """A command as the list shows it, and where it is found: a function, or a Typer of several."""

    module: str
    name: str
    panel: str
    says: str


COMMANDS = {
    "plan": Listed("yishi.cli.plan", "plan_app", PREPARE, "会议方案:编写和检查 · write and check a plan"),
    "rehearse": Listed("yishi.cli.rehearse", "rehearse", PREPARE, "演练:按方案和脚本依法演练 · rehearse a plan"),
    "law": Listed("yishi.cli.law", "law_app", PREPARE, "法规库 · the law on file"),
    "serve": Listed("yishi.cli.serve", "serve", SESSION, "服务:启动引擎和接口 · run the engine and its door"),
    "sandbox": Listed("yishi.cli.sandbox", "sandbox", PREPARE, "沙盒:供对接程序试用 · a session to try programs on"),
    "token": Listed("yishi.cli.token", "token_app", SESSION, "令牌:谁能办什么 · who may do what at the door"),
    "webhook": Listed(
        "yishi.cli.webhook", "webhook_app", SESSION, "事件推送:发给其他程序 · send events to other programs"
    ),
    "session": Listed(
        "yishi.cli.session", "session_app", SESSION, "登记会议、列出会议 · register a session, list them"
    ),
    "status": Listed(
        "yishi.cli.status", "status", SESSION, "到哪一步、能办什么、缺什么 · where we are, what comes next"
    ),
    "act": Listed("yishi.cli.act", "act", SESSION, "办理一项,或先问能否办理 · do one act, or ask first"),
    "record-later": Listed(
        "yishi.cli.later", "record_later", SESSION, "补录:先用纸办后记入的 · enter what was done on paper"
    ),
    "correct": Listed("yishi.cli.correct", "correct", SESSION, "更正:划去而不抹掉 · correct a slip, erasing nothing"),
    "sign-in": Listed("yishi.cli.hall", "sign_in", SESSION, "签到、退场 · sign deputies in and out"),
    "vote": Listed("yishi.cli.vote", "vote_app", SESSION, "表决:票数、结果和算法 · votes and how they come out"),
    "election": Listed(
        "yishi.cli.election", "election_app", SESSION, "选举:候选人、选票、结果 · candidates, ballots, results"
    ),
    "box": Listed("yishi.cli.box", "box_app", SESSION, "电子票箱:无记名投票 · electronic ballot boxes"),
    "hall": Listed("yishi.cli.hall", "hall", SESSION, "到会人数够不够 · the quorum light"),
    "deadlines": Listed("yishi.cli.deadlines", "deadlines", SESSION, "期限:谁、何时、依据 · who owes what by when"),
    "deliver": Listed("yishi.cli.deliver", "deliver", SESSION, "送达到期的提醒 · deliver the reminders that are due"),
    "matter": Listed(
        "yishi.cli.matter", "matter", SESSION, "督办事项:到哪一步、等谁办 · what is followed up, and how far"
    ),
    "watch": Listed("yishi.cli.watch", "watch", SESSION, "实时记录 · the record as it grows"),
    "report": Listed("yishi.cli.record", "report", RECORD, "合规对照表 · the conformity report"),
    "history": Listed("yishi.cli.record", "history", RECORD, "全程记录 · the record, entry by entry"),
    "figures": Listed("yishi.cli.figures", "figures", RECORD, "年度数字:可展开 · a year's figures, each opened"),
    "duty": Listed("yishi.cli.duty", "duty", RECORD, "代表履职记录 · what deputies did, line by line"),
    "ledger": Listed("yishi.cli.ledger", "ledger_app", RECORD, "建议办理台账 · the sheet of suggestions"),
    "verify": Listed("yishi.cli.record", "verify", RECORD, "核验 · verify the whole record"),
    "rebuild": Listed("yishi.cli.rebuild", "rebuild", RECORD, "仅凭记录重新启动未了结的 · start what is open again"),
    "sheet": Listed("yishi.cli.sheet", "sheet", PAPER, "情况单:可转为手工进行 · the state, to go on by hand"),
    "paper": Listed("yishi.cli.paper", "paper_app", PAPER, "会议文书(.docx)· the papers of a session"),
    "api": Listed("yishi.cli.processes", "api", RUN, "只开接口,工作由 worker 做 · a door alone, beside workers"),
    "worker": Listed("yishi.cli.processes", "worker", RUN, "只做工作,不开接口 · work alone, beside doors"),
    "promote": Listed("yishi.cli.promote", "promote", RUN, "切换到新版本的 worker · let a new build take over"),
    "doctor": Listed("yishi.cli.doctor", "doctor", RUN, "检查运行环境:只看不改 · is all well that it stands on"),
    "settings": Listed("yishi.cli.settings", "settings", RUN, "设置:现用的和出处 · what is set, and where"),
    "backup": Listed(
        "yishi.cli.backup", "backup", RUN, "备份:写成一个文件,核验并读回 · a backup, examined and read back"
    ),
    "migrate": Listed(
        "yishi.cli.migrate", "migrate", RUN, "数据库:建表、升级、移入 · make or change the tables in PostgreSQL"
    ),
    "restore": Listed(
        "yishi.cli.restore", "restore", RUN, "从备份或第二份副本恢复 · restore a backup or the second copy"
    ),
}
MODULES = tuple(dict.fromkeys(listed.module for listed in COMMANDS.values()))


def loaded(name: str) -> TyperCommand | TyperGroup:
    """The command itself, with all that it imports."""
    listed = COMMANDS[name]
    found = getattr(import_module(listed.module), listed.name)
    if not isinstance(found, typer.Typer):
        only = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        only.command(name)(found)
        found = only
    command = typer.main.get_command(found)
    assert isinstance(command, TyperCommand | TyperGroup)
    command.name = name
    heeding_the_file(command)
    return command


class _Loading(MutableMapping[str, TyperCommand | TyperGroup]):
    """The commands by name, each loaded when it is asked for."""

    def __init__(self) -> None:
        self._here: dict[str, TyperCommand | TyperGroup] = {}

    def __getitem__(self, name: str) -> TyperCommand | TyperGroup:
        if name not in self._here and name in COMMANDS:
            self._here[name] = loaded(name)
        return self._here[name]

    def __setitem__(self, name: str, command: TyperCommand | TyperGroup) -> None:
        self._here[name] = command

    def __delitem__(self, name: str) -> None:
        del self._here[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*COMMANDS, *self._here)))

    def __len__(self) -> int:
        return len(list(iter(self)))


class Yishi(TyperGroup):
    """The list of commands. Showing it loads none of them."""

    _showing = False

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]
        self.commands = _Loading()  # type: ignore[assignment]

    def list_commands(self, ctx: object) -> list[str]:
        return list(self.commands)

    def get_command(self, ctx: object, cmd_name: str):  # type: ignore[no-untyped-def] # click's own type is not public
        if not self._showing:
            return self.commands.get(cmd_name)
        listed = COMMANDS[cmd_name]
        return TyperCommand(cmd_name, help=listed.says, rich_help_panel=listed.panel)

    def format_help(self, ctx, formatter) -> None:  # type: ignore[no-untyped-def]
        self._showing = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._showing = False


app = typer.Typer(
    cls=Yishi,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Yishi 议事:依法开会,步步留痕 · meetings as the law prescribes, every step on record",
)


@app.callback()
def _yishi(context: typer.Context, settings: SettingsOption = None) -> None:
    """Nothing of its own but where the settings are; the commands do everything."""
    if settings is not None:
        from_this_file(context, settings)


def main() -> None:
    """Run the command line; output is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    end_when_asked()
    app()
