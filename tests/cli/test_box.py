"""`yishi box`: a secret ballot from the keys to the attested count, by commands alone, over a real `yishi serve`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Desk, found, squeezed
from tests.cli.shell import Done

HOLDERS = "D005,D006,D007"
SEAL = ("--holders", HOLDERS, "--if-fewer", "paper_ballot")
FOR, AGAINST, ABSTAIN = "1\n", "2\n", "3\n"


class Polling:
    """A small town's sitting in which all seven are signed in by name, and the keys of one box in a folder."""

    def __init__(self, desk: Desk, code: str) -> None:
        self.desk, self.session = desk, desk.convened(code)
        self.keys = desk.place / code / "keys"
        self.shares = [self.keys / f"share-{n}.txt" for n in (1, 2, 3)]
        for act in (("sign-in", "D001..D007", "--sitting", "plenary-1"), ("act", "open-sitting", "sitting=plenary-1")):
            done = desk(*act, "--session", self.session)
            assert done.code == 0, done.said
        self.does("keys", "--holders", 3, "--needed", 2, "--out", self.keys, of=False)

    def __call__(self, what: str, *arguments: object, typed: str = "", of: bool = True) -> Done:
        return self.desk("box", what, *arguments, *(("--session", self.session) if of else ()), typed=typed)

    def does(self, what: str, *arguments: object, typed: str = "", of: bool = True) -> Done:
        done = self(what, *arguments, typed=typed, of=of)
        assert done.code == 0, done.said
        return done

    def refuses(self, what: str, *arguments: object, zh: str, en: str, code: int, typed: str = "") -> None:
        for lang, word in (("zh", zh), ("en", en)):
            done = self(what, *arguments, "--lang", lang, typed=typed)
            assert done.code == code and squeezed(word) in squeezed(done.said), (done.code, done.said)

    def sealed(self, box: str = "box-1", about: str = "budget") -> None:
        self.does("seal", box, "--vote", about, "--keys", self.keys / "keys.json", *SEAL)

    def votes(self, deputy: str, typed: str, box: str = "box-1") -> Done:
        return self.does("vote", box, "--deputy", deputy, typed=typed)

    def status(self, box: str = "box-1") -> Any:
        return found(self("status", box, "--json"))

    def with_shares(self, *numbers: int) -> list[object]:
        return [each for number in numbers for each in ("--share", self.shares[number - 1])]


def kept_by(desk: Desk) -> dict[Path, bytes]:
    """All files of the desk's user but for the data folder."""
    files = (file for file in desk.place.rglob("*") if file.is_file() and desk.folder not in file.parents)
    return {file: file.read_bytes() for file in files if file.name != "serve.log"}


@pytest.fixture(scope="module")
def polling(desk: Desk) -> Polling:
    return Polling(desk, "boxes")


def test_a_secret_ballot_is_held_by_commands_alone_from_the_keys_to_the_attested_count(
    polling: Polling, tmp_path: Path
) -> None:
    assert all(share.stat().st_mode & 0o077 == 0 for share in polling.shares)
    polling.sealed()
    assert "发出 3 张" in polling.does("issue", "box-1", "D001..D003").out
    said = polling.votes("D001", FOR)
    assert "已投 1 张,共发 3 张" in said.out
    receipt = said.out.split("回执 ")[1].split("(")[0].strip()
    polling.votes("D002", FOR)
    before = kept_by(polling.desk)
    polling.votes("D003", AGAINST)
    assert kept_by(polling.desk) == before  # a voter's command writes no file of its own
    polling.votes("D004", ABSTAIN)

    there = polling.status()
    assert (there["state"], there["issued"], there["returned"], there["came_out"]) == ("sealed", 4, 4, None)
    english = polling("status", "box-1", "--lang", "en").out
    assert "4 issued, 4 returned" in english and "against" not in english
    polling.refuses(
        "vote", "box-1", "--deputy", "D001", typed=AGAINST, zh="已经在票箱中", en="in the box already", code=1
    )
    open_ = ("open", "box-1", "--out", tmp_path / "clear.txt")
    polling.refuses(*open_, *polling.with_shares(1, 2), zh="尚未关闭", en="is not closed", code=2)

    assert "已关闭" in polling.does("close", "box-1").out
    assert found(polling("status", "box-1", "--receipt", receipt, "--json"))["receipt"] is True
    assert found(polling("status", "box-1", "--receipt", "ab" * 32, "--json"))["receipt"] is False
    polling.refuses(*open_, *polling.with_shares(1), zh="还原不出", en="do not make the key", code=2)
    assert not (tmp_path / "clear.txt").exists()
    opened = polling.does(*open_, *polling.with_shares(1, 3))
    assert "有效 4 张,无效 0 张" in opened.out
    assert (tmp_path / "clear.txt").stat().st_mode & 0o077 == 0

    attest = ("attest", "box-1", "--ballots", tmp_path / "clear.txt", "--scrutineer")
    polling.does(*attest, "D005")
    assert polling.status()["state"] == "opened"
    polling.does(*attest, "D007")
    there = polling.status()
    assert there["state"] == "attested" and there["came_out"]["attested"] == ["D005", "D007"]
    vote = there["came_out"]["vote"]
    assert (vote["in_favour"], vote["against"], vote["abstained"]) == (2, 1, 1)
    assert [each["box"] for each in found(polling.desk("box", "--session", polling.session, "--json"))] == ["box-1"]


@pytest.fixture(scope="module")
def second(polling: Polling) -> Iterator[Polling]:
    """Another box of the same session, with another subject."""
    polling.sealed("box-2", "government-report")
    yield polling


def test_while_a_box_is_open_the_desk_refuses_typed_figures_and_says_what_to_do(second: Polling) -> None:
    done = second.desk(
        "act", "enter-vote-sheet", "subject=government-report", "sheet=1", "issued=7", "returned=7", "valid=7",
        "in_favour=7", "--session", second.session,
    )  # fmt: skip

    assert done.code == 1 and "give-up-box" in done.said


def test_a_ballot_that_is_not_filled_in_is_not_cast(second: Polling) -> None:
    vote = ("vote", "box-2", "--deputy", "D001")
    for typed in ("", "yes\n", "4\n", "\n"):
        second.refuses(*vote, typed=typed, zh="没有投出", en="was not cast", code=2)

    assert second.status("box-2")["returned"] == 0


def test_choices_are_no_words_of_the_command(second: Polling) -> None:
    assert second("vote", "box-2", "for", "--deputy", "D001").code == 2


def test_who_is_not_signed_in_or_no_deputy_gets_no_ballot(second: Polling) -> None:
    second.refuses("vote", "box-2", "--deputy", "X99", typed=FOR, zh="X99", en="X99", code=1)
    done = second("issue", "box-2", "D002,X99", "--json")
    assert done.code == 1 and list(found(done)["refused"]) == ["X99"]


def test_wrong_input_is_told_in_both_languages_and_changes_nothing(second: Polling, tmp_path: Path) -> None:
    keys = ("--keys", second.keys / "keys.json")
    junk = tmp_path / "junk.json"
    junk.write_text("{}")
    second.refuses("status", "nothing", zh="没有代号为 nothing 的票箱", en="no ballot box nothing", code=2)
    second.refuses("seal", "box-3", *keys, *SEAL, zh="其中一个", en="one of the two", code=2)
    both = ("--vote", "budget", "--election", "head")
    second.refuses("seal", "box-3", *both, *keys, *SEAL, zh="其中一个", en="one of the two", code=2)
    second.refuses("seal", "box-3", "--vote", "nothing", *keys, *SEAL, zh="nothing", en="nothing", code=1)
    second.refuses("seal", "box-3", "--election", "head", *keys, *SEAL, zh="head", en="head", code=1)
    second.refuses("seal", "box-3", "--vote", "budget", "--keys", junk, *SEAL, zh="keys.json", en="keys.json", code=2)
    late = (*keys, "--holders", HOLDERS, "--if-fewer", "later")
    second.refuses("seal", "box-3", "--vote", "budget", *late, zh="vote_again", en="vote_again", code=2)
    second.refuses("close", "nothing", zh="没有代号为", en="no ballot box", code=2)
    second.refuses("open", "box-2", zh="离线计票的结果", en="count made elsewhere", code=2)
    second.refuses("open", "box-2", "--result", junk, zh="不是", en="is no result", code=2)
    missing = ("--share", tmp_path / "none.txt", "--share", junk)
    count = second("count", junk, *missing, "--result", tmp_path / "r", of=False)
    assert count.code == 2 and "不是取出的" in squeezed(count.said)
    second.refuses("issue", "box-2", "D009..D001", zh="不是范围", en="no range", code=2)
    done = second("keys", "--holders", 3, "--needed", 1, "--out", tmp_path / "k", of=False)
    assert done.code == 2 and not (tmp_path / "k").exists()
    done = second("keys", "--holders", 3, "--needed", 2, "--out", second.keys, of=False)
    assert done.code == 2 and "不覆盖" in done.said
    assert [each["box"] for each in found(second.desk("box", "--session", second.session, "--json"))][-1] == "box-2"


def test_too_few_key_holders_leave_the_box_shut_and_it_says_what_follows(second: Polling) -> None:
    second.refuses("give-up", "box-2", zh="尚未关闭", en="is not closed", code=1)
    second.does("close", "box-2")
    second.refuses("give-up", "box-2", "--present", "D005,D006", zh="应当开箱", en="open it", code=1)
    done = second.does("give-up", "box-2", "--present", "D005")

    assert "改用纸质选票" in done.out
    assert second.status("box-2")["state"] == "given_up"


def test_the_key_holders_open_on_a_computer_of_their_own_with_locked_shares_and_only_figures_come_back(
    polling: Polling, tmp_path: Path
) -> None:
    keys, words = tmp_path / "keys", "一二三\n一二三\nzwei\nzwei\n"
    made = polling("keys", "--holders", 2, "--needed", 2, "--out", keys, "--passphrase", typed=words, of=False)
    assert made.code == 0, made.said
    shares = [each for n in (1, 2) for each in ("--share", keys / f"share-{n}.txt")]
    assert "yishi1-" not in (keys / "share-1.txt").read_text(encoding="utf-8")
    seal = (
        "--vote",
        "presidium-report",
        "--keys",
        keys / "keys.json",
        "--holders",
        "D005,D006",
        "--if-fewer",
        "vote_again",
    )
    polling.does("seal", "box-4", *seal)
    polling.votes("D001", FOR, "box-4")
    polling.votes("D002", FOR, "box-4")
    taken, result = tmp_path / "box.json", tmp_path / "result.json"
    polling.refuses("take", "box-4", "--out", taken, zh="尚未关闭", en="is not closed", code=2)
    polling.does("close", "box-4")
    polling.does("take", "box-4", "--out", taken)

    away = {"YISHI_FOLDER": str(tmp_path / "nowhere")}  # no service, no folder
    count = ("box", "count", taken, *shares, "--result", result)
    wrong = polling.desk(*count, typed="一二三\nfalsch\n", **away)
    assert wrong.code == 2 and "口令不对" in wrong.said and not result.exists()
    done = polling.desk(*count, typed="一二三\nzwei\n", **away)
    assert done.code == 0 and "有效 2 张" in done.out, done.said
    polling.does("open", "box-4", "--result", result)
    clear = result.with_suffix(".ballots.txt")
    forged = tmp_path / "forged.txt"
    forged.write_bytes(clear.read_bytes().replace(b"0101", b"0102"))
    attest = ("attest", "box-4", "--scrutineer", "D005", "--ballots")
    polling.refuses(*attest, forged, zh="结果与记录的不一致", en="something else than was recorded", code=2)
    polling.refuses(*attest, taken, zh="不是票箱", en="is not the file", code=2)
    for holder in ("D005", "D006"):
        polling.does("attest", "box-4", "--scrutineer", holder, "--ballots", clear)
    assert polling.status("box-4")["came_out"]["vote"]["in_favour"] == 2


def test_after_a_restart_the_box_sleeps_until_key_holders_wake_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    try:
        serving = desk.serve()
        polling = Polling(desk, "sleeper")
        polling.sealed()
        polling.votes("D001", FOR)
        serving.kill()
        desk.serve()

        assert "待唤醒" in polling("status", "box-1").out
        polling.refuses("vote", "box-1", "--deputy", "D002", typed=FOR, zh="恢复后才能继续", en="wake the box", code=2)
        polling.refuses("wake", "box-1", *polling.with_shares(2), zh="份额不足", en="too few", code=2)
        polling.does("wake", "box-1", *polling.with_shares(2, 3))
        polling.votes("D002", FOR)
        polling.refuses(
            "vote", "box-1", "--deputy", "D001", typed=FOR, zh="已经在票箱中", en="in the box already", code=1
        )
        assert polling.status()["returned"] == 2
    finally:
        desk.leave()
