"""A year of a street's residents' council: it hears, gives opinions and recommends, and nothing it does is called anything else."""

import asyncio
import json
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cli.shell import yishi
from tests.documents.reading import read
from tests.engine.house import ROOT, play
from yishi.cli.record import opened
from yishi.law import LawLibrary
from yishi.planning.load import load_plan
from yishi.planning.play import load_script
from yishi.projections.figures import figures
from yishi.projections.followed import followed
from yishi.rehearsal.outcome import Outcome

SESSION = "shijie/2-3/session/1"
OF_A_CONGRESS = re.compile(
    r"(?<!不是)决议|选举|批准(?!:无)|票决|当选|表决通过|resol|\belect|approv|\bdecides\b", re.IGNORECASE
)
"""Words for what only a congress does. (未经批准 is said of leave.)"""


class Year(NamedTuple):
    folder: Path
    outcome: Outcome


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder, book = ROOT / "examples" / "shijie", LawLibrary(None).newest()
    plan = load_plan(folder / "plan.yaml", book)
    data = tmp_path_factory.mktemp("shijie") / "data"
    return Year(data, asyncio.run(play(data, load_script(folder / "script.yaml", plan, book), plan=plan)))


def test_the_year_goes_as_the_script_says_and_nothing_of_it_is_missing(year: Year) -> None:
    assert year.outcome.exit == 0 and year.outcome.verified and year.outcome.missing == ()


@pytest.mark.rule("ZJ-ST19-17-recommends", "ZJPJ22-26", "OL22-59-3")
def test_it_resolves_elects_and_approves_nothing_and_decides_on_no_project(year: Year) -> None:
    refused = [(a.act, a.refusal.reason, {c.rule for c in a.basis}) for a in year.outcome.acts if a.refusal]
    assert [(act, reason) for act, reason, _ in refused] == [
        ("open-sitting", "QuorumNotMet"),
        ("put-to-vote", "CouncilResolvesNothing"),  # a report, which it only hears
        ("put-to-vote", "CouncilResolvesNothing"),  # the street's budget
        ("put-to-vote", "CouncilResolvesNothing"),  # a method of elections
        ("nominate", "NotAnActHere"),
        ("put-to-vote", "CouncilResolvesNothing"),  # projects, as if its vote decided
        ("begin-matter", "MatterNotOfThisBody"),  # a resolution to be followed up
        ("decide-project-change", "OnlyRecommended"),
    ]
    assert all({"OL22-59-3", "ZJ-ST19-17-recommends", "ZJPJ22-26"} & rules for _, _, rules in refused[1:])


def test_what_it_recommended_the_street_office_carries_out_changes_or_declines(year: Year) -> None:
    ledger = opened(year.folder)
    try:
        states = {n: ledger.state(f"shijie/2-3/matter/lp-{n}").stands for n in ("p01", "p02", "p03", "p05")}
    finally:
        ledger.close()
    everything = json.loads(yishi("matter", "--json", "--data", year.folder).out)
    open_still = [row["number"] for row in everything if not row["over"]]
    assert states == {"p01": "closed", "p02": "closed", "p03": "closed", "p05": "ended"}
    assert len(everything) == 15 and open_still == [], "件件有结果"


def test_the_figures_of_its_year(year: Year) -> None:
    ledger = opened(year.folder)
    try:
        found = figures(followed(ledger, SESSION, date(2025, 12, 31)), 2025, date(2025, 12, 31))
    finally:
        ledger.close()
    told = {figure.id: figure.value().zh for figures_of in found.values() for figure in figures_of}
    assert (told["assigned"], told["replied"], told["solved"]) == ("100.0 %(6/6)", "100.0 %(6/6)", "83.3 %(5/6)")
    assert (told["satisfied-1"], told["dissatisfied-1"], told["no-feedback-1"]) == (
        "60.0 %(3/5)", "20.0 %(1/5)", "16.7 %(1/6)",
    )  # fmt: skip
    assert told["on-time"] == "—(0/0)", "no text sets a council's opinions a term: none is invented"
    assert told["project.at-ended"] == "25.0 %(1/4)" and told["project.at-closed"] == "75.0 %(3/4)"
    assert (told["monitoring.terms"], told["request.again"]) == ("50.0 %(1/2)", "50.0 %(1/2)")


def test_no_paper_of_it_speaks_of_a_resolution_an_election_or_an_approval(year: Year, tmp_path: Path) -> None:
    assert yishi("paper", "all", "--data", year.folder, "--out", tmp_path).code == 0
    papers = {file.name: read(file.read_bytes()).text.replace("未经批准", "") for file in tmp_path.iterdir()}
    assert len(papers) >= 9 and not any("-决议" in name for name in papers)
    assert [(name, said[0]) for name, text in papers.items() if (said := OF_A_CONGRESS.search(text))] == []
    refused = yishi("paper", "resolution", "--item", "office-report", "--data", year.folder, "--out", tmp_path)
    assert refused.code != 0 and "不作决议" in refused.said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_report_list_or_matter_of_it_does_in_either_language(year: Year, lang: str) -> None:
    asked = [("report",), ("status",), ("figures", "--year", "2025"), ("matter",), ("deadlines",)]
    asked += [("matter", number) for number in ("lp-p02", "lp-p05", "s05", "m1", "in1", "q1", "call")]
    for words in asked:
        done = yishi(*words, "--data", year.folder, "--lang", lang)
        assert done.code == 0, done.said
        assert (said := OF_A_CONGRESS.search(done.said)) is None, f"{words}: {said}"


def test_its_four_lists_are_told_in_both_languages_and_to_programs(year: Year) -> None:
    for lang, words in (("zh", ("问题清单 · 1", "测评到位", "2025-06-13 09:00  m1 i1  到位 · 凭证齐全", "回访清单 · 0")),
                        ("en", ("Problems · 1", "found done", "m1 i1  done", "Revisited · 0"))):  # fmt: skip
        done = yishi("matter", "--lists", "--data", year.folder, "--lang", lang)
        assert done.code == 0 and [word for word in words if word not in done.out] == [], done.said
    [row] = json.loads(yishi("matter", "m1", "--lists", "--json", "--data", year.folder).out)
    assert (row["number"], row["problems"][0]["item"], row["problems"][0]["ended"]) == ("m1", "i1", True)
    assert row["evaluated"][0]["result"]["id"] == "done" and row["rectified"][0]["at"].startswith("2025-06-10")
    none = yishi("matter", "q1", "--lists", "--data", year.folder)
    assert none.code == 2 and "第 q1 号没有问题清单" in none.said and "m1" in none.said
