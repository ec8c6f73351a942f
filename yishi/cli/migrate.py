"""`yishi migrate`: make the tables of the record in PostgreSQL, change them to this program's format, move a folder's record in."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from domain.text import Text
from yishi.cli.record import JsonOption
from yishi.cli.screen import LangOption, console, language, told
from yishi.settings import Settings
from yishi.trouble import Trouble


class NoDatabaseNamed(Trouble):
    says = Text(
        "没有指明数据库。请设置 YISHI_LEDGER=postgresql://用户@主机/数据库;表的所有者另有角色的,再设置 YISHI_LEDGER_OWNER。",
        "No database is named. Set YISHI_LEDGER=postgresql://user@host/database, and YISHI_LEDGER_OWNER where another role owns"
        " the tables.",
    )


DONE = Text(
    "[green]已就绪[/]:{address},格式 {after}(原为 {before})",
    "[green]ready[/]: {address}, format {after} (was {before})",
)
OWNED = Text(
    "表归角色 {owner} 所有;可以使用的角色:{roles}",
    "the tables belong to {owner}; roles that may work with them: {roles}",
)
ONE_ROLE = Text(
    "[yellow]注意[/]:所有者和使用者是同一个角色 {owner}。触发器仍拒绝改动,但该角色可以撤掉触发器。"
    "建议另设一个使用者角色,写入 YISHI_LEDGER,所有者写入 YISHI_LEDGER_OWNER",
    "[yellow]note[/]: one role, {owner}, owns the tables and works with them. The triggers still refuse changes, but that role could"
    " remove them. Better: a role of its own in YISHI_LEDGER, and the owner in YISHI_LEDGER_OWNER",
)
MOVED = Text(
    "[green]已移入[/]:{size} 条,记录头 {head}\n原文件现为 {aside},不再使用;请用 yishi verify 核验后妥善保管",
    "[green]moved in[/]: {size} entries, head {head}\nthe old file is now {aside} and is used no more; run yishi verify, then put it"
    " away safely",
)


def migrate(
    role: Annotated[
        list[str] | None,
        typer.Option(
            "--role", help="再许可一个角色使用(可多次) / another role that may work with it (may be repeated)"
        ),
    ] = None,
    move_in: Annotated[
        Path | None,
        typer.Option("--move-in", help="把此数据文件夹的记录移入数据库 / move the record of this data folder in"),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = "zh",
) -> None:
    """数据库建表或升级;可重复运行,可同时运行 / Make or change the tables; again, or by many at once, does no harm."""
    chosen = language(lang)
    with told(chosen):
        settings = Settings.read()
        address = settings.ledger_owner or settings.ledger
        if address is None:
            raise NoDatabaseNamed()
        from yishi.cli.serve import logged_in  # noqa: PLC0415
        from yishi.folder import program_version  # noqa: PLC0415  # nor do other commands wait for these
        from yishi.ledger.postgres.address import Address  # noqa: PLC0415
        from yishi.ledger.postgres.migrating import migrate as migrated  # noqa: PLC0415
        from yishi.ledger.postgres.moving import move_in as moved_in  # noqa: PLC0415

        owner = Address.of(address)
        worker = Address.of(settings.ledger) if settings.ledger else None
        roles = dict.fromkeys([*([worker.user] if worker and worker.user else []), *(role or [])])
        done = migrated(owner, program_version(), tuple(roles))
        moved = None
        if move_in is not None:
            with logged_in(folder := move_in.expanduser().absolute()):
                moved = moved_in(folder, owner, settings.ledger or address)
    if as_json:
        found: dict[str, object] = {
            "before": done.before,
            "format": done.after,
            "owner": done.owner,
            "roles": done.roles,
        }
        if moved is not None:
            found |= {"size": moved.size, "head": moved.head, "aside": str(moved.aside)}
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    out = console()
    filled = {"address": escape(str(owner)), "owner": escape(done.owner), "roles": escape(", ".join(done.roles) or "—")}
    out.print(DONE.filled(**filled, before=done.before, after=done.after).to(chosen))
    out.print(OWNED.filled(**filled).to(chosen))
    if worker is None or worker.user in (None, done.owner):
        out.print(ONE_ROLE.filled(**filled).to(chosen))
    if moved is not None:
        out.print(MOVED.filled(size=moved.size, head=moved.head, aside=escape(str(moved.aside))).to(chosen))
