"""The generated part of docs/access.md: who may do and read what, from the table that the door itself goes by.

`python -m yishi.planning.rights [--check]` writes it, or says that it is stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from domain.access.rights import grant_of
from domain.access.roles import APART, READS, ROLES
from domain.submission import COMMANDS, Role
from domain.text import joined
from yishi.planning.vocabulary import commands

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "access.md"
BEGIN, END = "<!-- generated: rights -->", "<!-- end of generated: rights -->"
SHORT: dict[Role, str] = {
    "secretariat": "秘书处 sec", "presidium": "主席团 pre", "chief_scrutineer": "总监票 chf", "scrutineer": "监票 scr",
    "teller": "计票 tel", "deputy": "代表 dep", "handling_unit": "承办 unit", "auditor": "核查 aud", "integration": "程序 int",
    "operator": "运维 ops",
}  # fmt: skip


def rights() -> Iterator[str]:
    yield "### Roles · 角色"
    yield ""
    yield "| role | 角色 | what it does · 做什么 |"
    yield "|---|---|---|"
    for role, told in ROLES.items():
        yield f"| `{role}` | {told.title.zh} | {told.says.zh} · {told.says.en} |"
    yield ""
    for ours, theirs in APART:
        one, other = (joined(ROLES[r].title for r in ROLES if r in each) for each in (ours, theirs - ours))
        yield f"- 不由同一人担任 · not held by one person: {one.zh} / {other.zh} ({one.en} / {other.en})"
    yield ""
    yield "### What each may read · 可看什么"
    yield ""
    yield from _head("reading")
    for read in READS:
        yield _row(read, ("●" if read in ROLES[role].reads else "" for role in ROLES))
    yield ""
    yield "### What each may do · 可办什么"
    yield ""
    yield "● as an office of its own · 以本职; ○ entered for another, and the record says so · 代录,记录写明。"
    yield ""
    yield from _head("act")
    for act, kind in commands().items():
        if kind.offices != ("clock",):
            yield _row(f"{act}` {kind.title.zh} `", (_mark(role, act) for role in ROLES))


def _head(what: str) -> Iterator[str]:
    yield f"| {what} | " + " | ".join(SHORT[role] for role in ROLES) + " |"
    yield "|---|" + ":-:|" * len(ROLES)


def _row(name: str, marks: Iterator[str]) -> str:
    return f"| `{name}` | ".replace(" ``", "") + " | ".join(marks) + " |"


def _mark(role: Role, act: str) -> str:
    grants = [grant for office in COMMANDS[act].offices if (grant := grant_of(role, act, office)) is not None]
    if not grants:
        return ""
    return "●" if any(not grant.on_behalf for grant in grants) else "○"


def written(page: str) -> str:
    """The page with its generated part as the table has it now."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n" + "\n".join(rights()) + f"\n{END}{after}"


def main() -> int:
    page = DOCUMENT.read_text(encoding="utf-8")
    fresh = written(page)
    if "--check" in sys.argv:
        if page != fresh:
            sys.stderr.write("docs/access.md is stale: run python -m yishi.planning.rights\n")
        return int(page != fresh)
    DOCUMENT.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
