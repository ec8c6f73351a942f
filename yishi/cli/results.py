"""What the commands on votes and elections share: asking the door, or the folder when nothing serves; people by name."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from domain.text import Lang, Text
from yishi.cli.desk import opened, the_session
from yishi.cli.page import Page, escape
from yishi.cli.screen import KINDS
from yishi.doorway import NothingServes

CITED = 2  # articles shown


def results(data: Path, session: str | None, what: str) -> tuple[list[dict[str, Any]], bool]:
    """The `votes` or the `elections` of a session, and whether the door was asked."""
    try:
        with opened(data) as door:
            where = the_session(door, session)
            return door.get(f"/sessions/{where['session']}/{what}"), True
    except NothingServes:
        return _read(data.expanduser(), session, what), False


def _read(folder: Path, session: str | None, what: str) -> list[dict[str, Any]]:
    from yishi.cli.record import opened as record_of  # noqa: PLC0415 # what reads the ledger is slow to load
    from yishi.law import LawLibrary  # noqa: PLC0415
    from yishi.projections.elections import elections_of  # noqa: PLC0415
    from yishi.projections.naming import names_of  # noqa: PLC0415
    from yishi.projections.sessions import the_session as session_of  # noqa: PLC0415
    from yishi.projections.votes import votes_of  # noqa: PLC0415

    ledger = record_of(folder)
    try:
        state = ledger.state(session_of(ledger, session))
    finally:
        ledger.close()
    told = {"votes": votes_of, "elections": elections_of}[what]
    return told(state, LawLibrary(folder).edition(state.edition), names_of(folder, state))


def say_how_it_was_read(page: Page, lang: Lang, *, served: bool) -> None:
    if not served:
        said = Text("服务没有运行,以下直接读自数据文件夹", "nothing serves here: read straight from the folder")
        page.line(f"[dim]{said.to(lang)}[/]")


def people(listed: Iterable[Mapping[str, Any]], lang: Lang) -> str:
    return escape(Text("、", ", ").to(lang).join(called(each) for each in listed))


def called(person: Mapping[str, Any]) -> str:
    """A name; the id where there is none."""
    return str(person["name"] or person["id"])


def cited(basis: list[dict[str, str]], lang: Lang) -> str:
    """The first articles a result rests on, and what kind of law the first one is."""
    if not basis:
        return ""
    named = list(dict.fromkeys(each[lang] for each in basis))[:CITED]
    said = escape(Text("、", "; ").to(lang).join(named))
    kind = KINDS[basis[0]["kind"]].to(lang)
    return f"[dim]{said}{'' if kind in said else ' · ' + kind}[/]"
