"""The law coverage check, held to what it must find (`tools/law_coverage.py`)."""

from pathlib import Path
from textwrap import dedent

import law_coverage
import pytest
from law_coverage import Coverage
from read_code import literals, numbers, rules_tested

from domain.law import LawBook
from yishi.law import load

QUORUM = "OL22-14-4-quorum"
ASKS_QUORUM = """\
    def open_sitting(moment):
        return moment.law.ruling("session.quorum")
"""


@pytest.fixture(scope="module")
def book() -> LawBook:
    return load()


def house(root: Path, code: str, test: str = "") -> Path:
    for name, text in (("domain/sittings.py", code), ("tests/test_sittings.py", test)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(dedent(text), encoding="utf-8")
    return root


def coverage(book: LawBook, root: Path) -> Coverage:
    return Coverage(book, literals(root, "domain"), rules_tested(root))


@pytest.mark.parametrize(
    "asking",
    [
        'moment.law.ruling("session.quorun")',
        'moment.basis("session.quorum", "session.quorun")',
        'moment.basis(*(("session.quorun",) if ballot else ()))',
        'Need(fact="opened", topic="session.quorun")',
        'Step(fact="opened", topics=("session.quorun",))',
        'law.ruling(f"quorun.{kind}")',
        '{"opened": "session.quorun"}',
    ],
)
def test_a_topic_that_no_statute_has_is_named_with_its_place(tmp_path: Path, book: LawBook, asking: str):
    root = house(tmp_path, f"def open_sitting(law, moment, ballot, kind):\n        return {asking}\n")

    (found,) = coverage(book, root).unknown

    assert found.startswith("domain/sittings.py:open_sitting: ") and "quorun" in found


def test_a_word_that_only_chooses_between_topics_is_not_taken_for_one(tmp_path: Path, book: LawBook):
    root = house(tmp_path, 'x = moment.basis("prep.required" if kind == "preparatory" else "session.quorum")\n')

    assert coverage(book, root).unknown == []
    assert set(coverage(book, root).asked) == {"prep.required", "session.quorum"}


def test_a_rule_that_can_stop_an_act_is_named_until_a_test_is_marked_with_it(tmp_path: Path, book: LawBook):
    without = coverage(book, house(tmp_path / "one", ASKS_QUORUM))
    marked = f'@pytest.mark.rule("{QUORUM}")\ndef test_two_thirds(): ...\n'
    with_it = coverage(book, house(tmp_path / "two", ASKS_QUORUM, marked))

    assert QUORUM in {p.id for p in without.untested}
    assert QUORUM not in {p.id for p in with_it.untested}


def test_law_for_a_meeting_that_no_procedure_has_is_not_in_use(tmp_path: Path, book: LawBook):
    found = coverage(book, house(tmp_path, 'x = law.ruling("session.convener")\n'))
    of_counties = next(p for p in book.provisions if p.id == "OL22-15-convener")

    assert found.used(of_counties)
    assert not found.used(of_counties.model_copy(update={"session_kinds": ("yearly",)}))  # as residents' councils meet


@pytest.mark.parametrize(
    "mark",
    [
        '@pytest.mark.rule("NO-SUCH")\ndef test_it(): ...',
        '@pytest.mark.rule("NO-SUCH")\nclass TestIt:\n    def test_it(self): ...',
        'pytestmark = pytest.mark.rule("NO-SUCH")\ndef test_it(): ...',
        '@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.rule("NO-SUCH"))])\ndef test_it(x): ...',
    ],
)
def test_a_test_marked_with_a_rule_that_is_not_on_file_is_named(tmp_path: Path, book: LawBook, mark: str):
    assert coverage(book, house(tmp_path, "", mark)).misnamed == ["tests/test_sittings.py:test_it: 'NO-SUCH'"]


@pytest.mark.parametrize(
    "line", ["if present * 3 >= 2 * total: ...", "notice = 7", "due = Fraction(one, other)", "share = 0.5"]
)
def test_a_number_of_law_in_the_code_is_found(tmp_path: Path, line: str):
    assert numbers(house(tmp_path, line), "domain", law_coverage.allowed) == [f"domain/sittings.py:1: {line}"]


def test_how_long_a_kept_text_may_be_is_no_number_of_law(tmp_path: Path):
    harmless = 'why: str = Field(min_length=1, max_length=500)\nhead = stream.rsplit("/", 2)[0]\n'

    assert numbers(house(tmp_path, harmless), "domain", law_coverage.allowed) == []


def test_each_number_that_is_allowed_still_stands_where_it_was():
    code = {f: (law_coverage.ROOT / f).read_text(encoding="utf-8") for f in law_coverage.NUMBERS_ALLOWED}
    gone = [(f, part) for f, parts in law_coverage.NUMBERS_ALLOWED.items() for part in parts if part not in code[f]]

    assert gone == []


def test_a_page_that_was_not_made_from_this_code_is_stale(
    tmp_path: Path, book: LawBook, monkeypatch: pytest.MonkeyPatch
):
    found = coverage(book, house(tmp_path, ASKS_QUORUM))
    written = tmp_path / "docs.md"
    monkeypatch.setattr(law_coverage, "PAGE", written)
    monkeypatch.setattr(law_coverage, "ROOT", tmp_path)

    written.write_text(law_coverage.page(found), encoding="utf-8")
    assert not [f for f in law_coverage.faults(found) if "stale" in f]

    written.write_text("older", encoding="utf-8")
    assert [f for f in law_coverage.faults(found) if "stale" in f] == ["docs.md is stale: run `make law`"]
