"""Which rule of law is asked for where in the code, and which tests hold the code to it: `docs/law-coverage.md`.

`make law` writes the page; `--check` (in `make check`) fails, and says at what, when the page is stale, when code or a test
speaks of law that is not on file, when a rule that can stop an act has no test, or when a number of law stands in the code.
"""

import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from textwrap import dedent

from read_code import Literal, Place, literals, numbers, rules_tested

from domain import procedures  # noqa: F401 - registers the procedures
from domain.law import Consequence, Kind, LawBook, Provision, TextOnFile
from domain.procedure import PROCEDURES
from yishi.law import load

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "law-coverage.md"
CODE = ("domain", "workflows", "activities", "yishi")
STOPS = (Consequence.BLOCK, Consequence.FAIL, Consequence.VOID)
KINDS = {
    Kind.TEXT: "法律明文 statute",
    Kind.LOCAL: "地方规定 local rule",
    Kind.READING: "稳妥理解 reading",
    Kind.PRACTICE: "惯例 practice",
}
COUNTING = ("domain/arithmetic.py", "domain/calendar.py")  # where arithmetic may be done; what it is done with is law
NUMBERS_ALLOWED = {
    "domain/law.py": {
        "lower.needed(3000)": "two shares are compared on a base that every denominator in use divides",
        '"months": 30': "a rough length, to compare periods and never to count a due date",
        "divmod(n, 100)": "an article's number in Chinese",
        "divmod(rest, 10)": "an article's number in Chinese",
    },
    "domain/holidays.py": {"SATURDAY = 5": "the day of the week, as Python counts it"},
    "domain/ballot/box.py": {
        "2 <= keys.needed": "no one opens a box alone: our own safeguard, no law asks for keys",
    },
    "domain/ballot/form.py": {"PERSON_BYTES = 20": "the longest id that anybody has, in bytes"},
    "domain/election/sheets.py": {
        "sheet: Literal[1, 2]": "two tellers count apart from each other: our own safeguard, as in double entry",
    },
    "domain/session/correction.py": {
        "version: int = Field(ge=2)": "position 1 of a stream is the registration, which is corrected by its own acts",
        "if not 2 <= command.version": "position 1 of a stream is the registration, which is corrected by its own acts",
    },
    "domain/session/presidium_vote.py": {
        "if agreed * 2 <= total": "no law's number: half is only where the law's silence is remarked on",
    },
    "domain/vote/two.py": {
        "Which = Literal[1, 2]": "two count apart from each other: our own safeguard, as in double entry",
        "BOTH: tuple[Which, ...] = (1, 2)": "the two who count",
    },
}


class Coverage:
    """The law on file beside the code and the tests."""

    def __init__(self, book: LawBook, found: Iterable[Literal], tests: dict[str, set[Place]]) -> None:
        self.book, self.found, self.tests = book, sorted(found), tests
        self.topics = {p.topic for p in book.provisions}

    @cached_property
    def asked(self) -> dict[str, list[Place]]:
        """Topic → where the code asks for it; beyond the domain a topic's name alone asks for nothing."""
        where: dict[str, set[Place]] = {}
        for literal in self.found:
            for topic in self.named(literal) if literal.asking or literal.place.file.startswith("domain/") else ():
                where.setdefault(topic, set()).add(literal.place)
        return {topic: sorted(places) for topic, places in where.items()}

    def named(self, literal: Literal) -> list[str]:
        if literal.prefix:
            return [t for t in self.topics if t.startswith(literal.text)]
        return [literal.text] if literal.text in self.topics else []

    @cached_property
    def unknown(self) -> list[str]:
        """Topics that no statute on file speaks of: asked for, or in the domain's words and so near to one."""
        families = {t.split(".")[0] for t in self.topics if "." in t}
        return sorted({
            f"{literal.place}: {literal.text!r}"
            for literal in self.found
            if not self.named(literal)
            and (literal.asking or (literal.place.file.startswith("domain/") and literal.text.split(".")[0] in families))
        })  # fmt: skip

    def used(self, rule: Provision) -> bool:
        """Its topic is asked for, and there is a procedure for a meeting that it applies to."""
        return rule.topic in self.asked and any(
            made.level in rule.levels and (not rule.session_kinds or set(rule.session_kinds) & set(made.kinds))
            for made in PROCEDURES.values()
        )

    @cached_property
    def untested(self) -> list[Provision]:
        """Rules in use that can stop an act, and that no test names."""
        return [p for p in self.book.provisions if p.consequence in STOPS and self.used(p) and p.id not in self.tests]

    @cached_property
    def misnamed(self) -> list[str]:
        ids = {p.id for p in self.book.provisions}
        return [
            f"{place}: {rule!r}" for rule, places in self.tests.items() if rule not in ids for place in sorted(places)
        ]

    def summary(self) -> str:
        used = [p for p in self.book.provisions if self.used(p)]
        tested = [p for p in used if p.id in self.tests]
        stops = [p for p in used if p.consequence in STOPS]
        return (
            f"{len(self.book.provisions)} rules of {len(self.book.texts)} texts on file · {len(used)} in use · "
            f"{len(tested)} of these named by a test · {len(stops)} in use can stop an act, "
            f"{len(self.untested)} of those without a test"
        )


def page(coverage: Coverage) -> str:
    rules = {text.code: [p for p in coverage.book.provisions if p.text == text.code] for text in coverage.book.texts}
    idle = [p for p in coverage.book.provisions if not coverage.used(p)]
    parts = [
        dedent(f"""\
        # The law in the code

        Made by `make law`, never by hand. {coverage.summary()}.

        A rule is *in use* when the code asks for its topic and there is a procedure for a meeting it applies to. *Coded in*
        names where the topic is asked for; what the law then answers is dated data, in `statutes/`. *Tested by* names the
        tests marked with the rule's id. "Can stop" means that without it an act is refused, fails or is void.
        """),
        *(
            _table(coverage, text, shown)
            for text in coverage.book.texts
            if (shown := _in_use(coverage, rules[text.code]))
        ),
        "## On file, not yet used by the engine\n",
        "The topic is not asked for yet, or there is no procedure yet for a meeting of that level.\n",
        *(_idle(text, shown) for text in coverage.book.texts if (shown := [p for p in idle if p.text == text.code])),
        "\n## Asked for, with no rule on file\n",
        "\n".join(f"- {each}" for each in coverage.unknown) or "None.",
        "\n## In use and able to stop an act, without a test\n",
        "\n".join(f"- `{p.id}` ({p.topic}): {p.says.en}" for p in coverage.untested) or "None.",
    ]
    return "\n".join(parts) + "\n"


def _in_use(coverage: Coverage, rules: list[Provision]) -> list[Provision]:
    return [p for p in rules if coverage.used(p)]


def _table(coverage: Coverage, text: TextOnFile, rules: list[Provision]) -> str:
    rows = [
        f"| `{p.id}` | {_article(p)} | {KINDS[p.kind]} | {p.says.zh}<br>{p.says.en} | {p.consequence}"
        f"{' · can stop' if p.consequence in STOPS else ''} | {_places(coverage.asked[p.topic])} | "
        f"{_tests(coverage.tests.get(p.id, ()))} |"
        for p in rules
    ]
    until = f" to {text.in_force_until}" if text.in_force_until else ""
    return "\n".join([
        f"## {text.title.zh} · {text.title.en}\n",
        f"`{text.code}`, in force from {text.in_force_from}{until}\n",
        "| rule | article | kind of law | what it says | if not met | coded in | tested by |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
    ])  # fmt: skip


def _idle(text: TextOnFile, rules: list[Provision]) -> str:
    return f"- {text.short}: " + " · ".join(f"`{p.id}` {p.topic}" for p in rules)


def _article(rule: Provision) -> str:
    return (rule.article or "-") + (f"({rule.paragraph})" if rule.paragraph else "")


def _places(places: Iterable[Place]) -> str:
    names: dict[str, list[str]] = {}
    for place in places:
        names.setdefault(place.file, []).append(place.name)
    return "<br>".join(f"[{f.removeprefix('domain/')}](../{f}) {', '.join(names[f])}" for f in names)


def _tests(places: Iterable[Place]) -> str:
    return "<br>".join(
        f"[{p.name.removeprefix('test_').replace('_', ' ')}](../{p.file})" for p in sorted(places)
    ) or "**none**"  # fmt: skip


def allowed(file: str, line: str) -> bool:
    return file in COUNTING or any(part in line for part in NUMBERS_ALLOWED.get(file, ()))


def faults(coverage: Coverage) -> list[str]:
    stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(coverage)
    return [
        *(f"no statute on file has this topic: {each}" for each in coverage.unknown),
        *(f"no statute on file has this rule: {each}" for each in coverage.misnamed),
        *(f"can stop an act and no test is marked with it: {p.id} ({p.topic})" for p in coverage.untested),
        *(f"a number in the domain; law's numbers stand in statutes/: {e}" for e in numbers(ROOT, "domain", allowed)),
        *([f"{PAGE.relative_to(ROOT)} is stale: run `make law`"] if stale else []),
    ]


def main() -> int:
    coverage = Coverage(load(), literals(ROOT, *CODE), rules_tested(ROOT))
    checking = "--check" in sys.argv[1:]
    if not checking:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(coverage), encoding="utf-8", newline="\n")
    found = faults(coverage)
    for each in found:
        print(each)
    print(coverage.summary())
    return 1 if checking and found else 0


if __name__ == "__main__":
    sys.exit(main())
