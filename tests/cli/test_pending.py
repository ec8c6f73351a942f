"""An act on its way survives a cut: kept until it is answered, sent again by itself, done once. And what stands in the way is told."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import Desk, Serving, found, today
from yishi.client import Answered, Door
from yishi.client.pending import Pending
from yishi.client.troubles import KeptBack, NotAllowed, StillWaiting
from yishi.doorway import NothingServes


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A folder whose service is killed and started by the tests."""
    desk = Desk(tmp_path_factory.mktemp("cut"))
    try:
        serving = desk.serve()
        desk.registered("cut")
        serving.stop()
    finally:
        desk.leave()
    return desk


@pytest.fixture
def own(cut: Desk) -> Iterator[Desk]:
    """That folder, with nothing serving it at either end of a test."""
    yield cut
    cut.leave()


@pytest.fixture
def at_home(own: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The client in this very process, as this desk's user."""
    for name, value in own.environment.items():
        monkeypatch.setenv(name, value)
    return own


@pytest.fixture
def impatient(at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same, who soon gives up on an act that nobody answers."""
    monkeypatch.setenv("YISHI_PATIENCE", "0.3")
    return at_home


def body(what: str) -> dict[str, Any]:
    return {
        "stream": "cut/3-2/session/1", "actor": {"office": "secretariat"}, "act": "record-proceeding",
        "at": f"{today()}T00:01:00+08:00", "fields": {"what": what},
    }  # fmt: skip


def recorded(desk: Desk) -> list[str]:
    history = found(desk("history", "cut/3-2", "--data", desk.folder, "--json"))
    return [e["data"]["what"] for e in history if e["name"] == "session.proceeding-recorded.v1"]


def test_an_act_cut_off_is_kept_and_sent_again_first_by_the_next_command(impatient: Desk) -> None:
    serving = impatient.serve()
    door = Door(impatient.folder)
    serving.kill()
    with pytest.raises(StillWaiting) as told:
        door.act("/acts", body("断线"))
    assert "不会丢失也不会重复" in told.value.text.zh and "neither lost nor done twice" in told.value.text.en
    assert len(door.pending.waiting()) == 1
    serving = impatient.serve()
    assert "尚未得到答复" in impatient("status", "cut/3-2").out
    done = impatient("act", "record-proceeding", "what=之后", "--at", f"{today()} 00:02", "--session", "cut/3-2")
    assert done.code == 0 and "已再送" in done.err, done.said
    assert recorded(impatient) == ["断线", "之后"] and door.pending.waiting() == []
    serving.stop()


def test_the_same_act_typed_again_is_the_one_that_waits(impatient: Desk) -> None:
    serving = impatient.serve()
    door = Door(impatient.folder)
    serving.kill()
    with pytest.raises(StillWaiting):
        door.act("/acts", body("再打一遍"))
    serving = impatient.serve()
    words = ("act", "record-proceeding", "what=再打一遍", "--at", f"{today()} 00:01", "--session", "cut/3-2")
    assert impatient(*words, "--lang", "en").code == 0
    assert recorded(impatient).count("再打一遍") == 1
    serving.stop()


def test_an_act_that_was_recorded_before_its_answer_was_lost_is_not_done_twice(at_home: Desk) -> None:
    serving = at_home.serve()
    door = Door(at_home.folder)
    first = door.act("/acts", {"command_id": "lost-answer", **body("答复丢失")})
    door.pending.keep("/acts", {"command_id": "lost-answer", **body("答复丢失")}, at_given=True)
    again = door.resend(door.pending.waiting()[0])
    assert again == first and recorded(at_home).count("答复丢失") == 1
    serving.stop()


def test_what_waits_stays_when_another_token_may_not_do_it(at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first sending may be on record: whether it is, is known to who sent it."""
    serving = at_home.serve()
    door = Door(at_home.folder)
    monkeypatch.setenv("YISHI_TOKEN", door.call("POST", "/tokens", {"role": "auditor"})["token"])
    other = Door(at_home.folder)
    with pytest.raises(NotAllowed):
        other.act("/acts", body("越权"))
    assert other.pending.waiting() == [], "sent once and denied at once, it is nowhere"
    waiting = door.pending.keep("/acts", {"command_id": "of-then", **body("换了令牌")}, at_given=True)
    with pytest.raises(KeptBack, match="of-then"):
        other.resend(waiting)
    assert other.pending.waiting() == [waiting]
    assert at_home("status", "cut/3-2", YISHI_TOKEN=other.place.token).code == 0
    assert not door.resend(waiting).refused and door.pending.waiting() == []
    serving.stop()


def test_while_the_service_comes_back_an_act_waits_for_it(at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YISHI_PATIENCE", "60")
    serving = at_home.serve()
    door = Door(at_home.folder)
    serving.kill()
    answers: list[Answered] = []
    sending = threading.Thread(target=lambda: answers.append(door.act("/acts", body("等服务回来"))))
    sending.start()
    serving = at_home.serve()
    sending.join(60)
    assert [a.refused for a in answers] == [False] and recorded(at_home).count("等服务回来") == 1
    serving.stop()


def test_a_watcher_goes_on_after_a_restart_and_misses_and_repeats_nothing(
    at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving = at_home.serve()
    start = at_home.size()
    door, other = Door(at_home.folder), Door(at_home.folder)
    seen: list[int] = []

    def watching() -> None:
        for event in door.events(start):
            seen.append(event["position"])
            if len(seen) == 2:
                return

    watcher = threading.Thread(target=watching, daemon=True)
    watcher.start()
    other.act("/acts", body("看见一"))
    serving.kill()
    serving = at_home.serve()
    Door(at_home.folder).act("/acts", body("看见二"))
    watcher.join(60)
    assert seen == [start + 1, start + 2]
    serving.stop()


def test_a_folder_that_nothing_serves_a_wrong_token_and_a_wrong_address_are_told_apart(
    own: Desk, tmp_path: Path
) -> None:
    words = ("act", "give-notice", "--session", "cut/3-2")
    own.both(*words, zh="yishi serve --data", en="yishi serve --data", code=2)
    serving = own.serve()
    for lang, word in (("zh", "令牌"), ("en", "token")):
        wrong = own(*words, "--lang", lang, YISHI_TOKEN="wrong")
        assert wrong.code == 2 and word in wrong.err and "YISHI_TOKEN" in wrong.err
        none = own(*words, "--lang", lang, XDG_CONFIG_HOME=str(tmp_path))
        assert none.code == 2 and word in none.err
        nobody = own(*words, "--lang", lang, YISHI_DOOR="http://127.0.0.1:9", YISHI_PATIENCE="0.2")
        assert nobody.code == 2 and "http://127.0.0.1:9" in nobody.err
        mad = own(*words, "--lang", lang, YISHI_DOOR="not a url", YISHI_PATIENCE="0.2")
        assert mad.code == 2 and mad.err.strip()
    serving.stop()


def test_what_was_never_sent_is_not_kept(at_home: Desk) -> None:
    with pytest.raises(NothingServes):
        Door(at_home.folder)
    serving: Serving = at_home.serve()
    door = Door(at_home.folder)
    assert door.pending.waiting() == []
    assert at_home("act", "record-proceeding", "--session", "cut/3-2").code == 2
    assert door.pending.waiting() == []
    serving.stop()


def test_a_folder_has_one_place_for_its_waiting_acts_however_its_path_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("YISHI_DOOR", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "data").mkdir()
    (tmp_path / "other").symlink_to(tmp_path / "data")
    kept = Pending.of(tmp_path / "data").keep("/acts", {"command_id": "x"}, at_given=True)
    for typed in (tmp_path / "other", tmp_path / "data" / ".." / "data"):
        assert Pending.of(typed).waiting() == [kept]


def test_what_was_being_written_when_the_machine_stopped_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    pending = Pending("door")
    pending.folder.mkdir(parents=True)
    old, fresh = pending.folder / "1-a.new", pending.folder / "2-b.new"
    for file in (old, fresh):
        file.write_bytes(b"{")
    os.utime(old, (0, 0))
    assert pending.waiting() == [] and not old.exists() and fresh.exists()
