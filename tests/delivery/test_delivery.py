"""Reminders and escalations reach those they are for: a file for each recipient and day, and mail; each once, whatever breaks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.delivery.smtp_server import SmtpServer
from tests.hall.house import doors
from tests.projections.test_office import Folder
from yishi.delivery.delivering import deliver
from yishi.delivery.mail import MailNotSent, MailWrong

AFTER = date(2026, 12, 1)  # months after the last day, 2026-06-30


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    with doors(tmp_path) as opened:
        made = Folder(opened)
        yield made
        made.house.ledger.close()


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as opened:
        yield opened


def delivered(folder: Folder, lang: str = "zh") -> int:
    return deliver(folder.house.ledger, folder.house.folder, "en" if lang == "en" else "zh")


def files(folder: Folder) -> dict[str, str]:
    return {f.name: f.read_text(encoding="utf-8") for f in sorted((folder.house.folder / "outbox").glob("*.txt"))}


def mail_set_up(folder: Folder, server: SmtpServer, **changed: str) -> None:
    written = {
        "server": '"127.0.0.1"', "port": str(server.port), "sender": '"renda@example.cn"', "security": '"none"', **changed,
    }  # fmt: skip
    lines = "\n".join(f"{name} = {value}" for name, value in written.items())
    addresses = '[addresses]\n"水务局" = "sw@example.cn"\npresidium = "zxt@example.cn"\n'
    (folder.house.folder / "mail.toml").write_text(f"{lines}\n{addresses}", encoding="utf-8")


def test_each_recipient_has_a_file_for_each_day_that_says_what_by_when_and_by_which_article(folder: Folder) -> None:
    folder.follows("r1")
    folder.follows("r2")
    folder.wakes(AFTER)
    assert delivered(folder) == 4
    found = files(folder)
    assert set(found) == {"2026-06-23-水务局.txt", "2026-07-08-主席团.txt"}
    reminded, late = found["2026-06-23-水务局.txt"], found["2026-07-08-主席团.txt"]
    for word in ("催办:报告办理情况(r1 号)", "催办:报告办理情况(r2 号)", "最后一天:2026-06-30", "治水", "依据:"):
        assert word in reminded, word
    assert "逾期未办:报告办理情况(r1 号)" in late and "水务局尚未办理" in late


def test_in_english_they_are_in_english(folder: Folder) -> None:
    folder.follows("r1")
    folder.wakes(AFTER)
    delivered(folder, "en")
    assert "Reminder: Report in writing (r1)" in files(folder)["2026-06-23-水务局.txt"]
    assert "2026-07-08-presidium.txt" in files(folder)


def test_asked_again_or_killed_before_it_noted_what_it_wrote_nothing_is_written_twice(folder: Folder) -> None:
    folder.follows("r1")
    folder.wakes(AFTER)
    delivered(folder)
    before = files(folder)
    assert delivered(folder) == 0 and files(folder) == before
    (folder.house.folder / "outbox" / ".file").unlink()  # as a kill between the file and the note leaves it
    delivered(folder)
    assert files(folder) == before


def test_each_is_mailed_once_to_the_address_of_whom_it_is_for(folder: Folder, server: SmtpServer) -> None:
    mail_set_up(folder, server)
    delivered(folder)
    folder.follows("r1")
    folder.wakes(AFTER)
    delivered(folder)
    delivered(folder)
    assert [(m["To"], m["Subject"]) for m in server.taken] == [
        ("sw@example.cn", "催办:报告办理情况(r1 号)"), ("zxt@example.cn", "逾期未办:报告办理情况(r1 号)"),
    ]  # fmt: skip
    assert "最后一天:2026-06-30" in server.taken[0].get_content() and server.taken[0]["From"] == "renda@example.cn"


def test_what_was_due_before_mail_was_set_up_is_in_the_files_and_not_mailed(folder: Folder, server: SmtpServer) -> None:
    folder.follows("r1")
    folder.wakes(AFTER)
    mail_set_up(folder, server)
    assert delivered(folder) == 2 and server.taken == []


def test_a_break_after_the_server_took_it_sends_the_same_message_id_again_and_goes_on(
    folder: Folder, server: SmtpServer
) -> None:
    mail_set_up(folder, server)
    delivered(folder)
    folder.follows("r1")
    folder.wakes(AFTER)
    server.hangs_up = True
    with pytest.raises(MailNotSent) as failed:
        delivered(folder)
    assert "稍后再试" in failed.value.text.zh and len(files(folder)) == 2, "the files are there all the same"
    server.hangs_up = False
    delivered(folder)
    ids = [m["Message-ID"] for m in server.taken]
    assert len(ids) == 3 and ids[0] == ids[1] != ids[2], "a mail program knows it for the same"


def test_a_server_that_is_away_loses_nothing(folder: Folder, server: SmtpServer) -> None:
    mail_set_up(folder, server)
    delivered(folder)
    folder.follows("r1")
    folder.wakes(AFTER)
    mail_set_up(folder, server, port="1")
    with pytest.raises(MailNotSent):
        delivered(folder)
    mail_set_up(folder, server)
    delivered(folder)
    assert len(server.taken) == 2


def test_an_address_that_is_refused_for_good_stops_no_other_mail(folder: Folder, server: SmtpServer) -> None:
    mail_set_up(folder, server)
    delivered(folder)
    folder.follows("r1")
    folder.wakes(AFTER)
    server.refuses.add("sw@example.cn")
    delivered(folder)
    delivered(folder)
    assert [m["To"] for m in server.taken] == ["zxt@example.cn"]


@pytest.mark.parametrize(
    ("written", "why"),
    [("server = ", "Invalid value"), ('server = "x"\nport = 0\nsender = "a@b"\n[addresses]\n', "port"), ("\udcff", "")],
)
def test_settings_that_cannot_be_read_are_told_in_a_sentence_and_the_files_are_written(
    folder: Folder, written: str, why: str
) -> None:
    folder.follows("r1")
    folder.wakes(AFTER)
    (folder.house.folder / "mail.toml").write_bytes(written.encode("utf-8", "surrogateescape"))
    with pytest.raises(MailWrong) as wrong:
        delivered(folder)
    assert why in wrong.value.text.en and "mail.toml" in wrong.value.text.zh and len(files(folder)) == 2
