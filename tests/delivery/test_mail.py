"""Mail over TLS and with a login, against a real server on this machine: nothing is lost, nothing doubled, nothing said in the clear."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

import pytest
import structlog

from tests.delivery.smtp_server import SmtpServer, certificate
from tests.delivery.test_delivery import AFTER, delivered, files, mail_set_up
from tests.hall.house import doors
from tests.projections.test_office import Folder
from yishi.delivery import delivering as post
from yishi.delivery.mail import PASSWORD, MailNotSent

Security = Literal["none", "starttls", "tls"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    with doors(tmp_path) as opened:
        made = Folder(opened)
        yield made
        made.house.ledger.close()


@pytest.fixture
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("mail"))


def reached(folder: Folder, server: SmtpServer, security: str, pem: Path | None, **more: str) -> None:
    trusted = {"certificate": f'"{pem}"'} if pem else {}
    mail_set_up(folder, server, security=f'"{security}"', user='"renda"', **trusted, **more)


def waits(folder: Folder, server: SmtpServer, security: str, pem: Path | None) -> None:
    """Mail is set up, and then two notices are on record."""
    reached(folder, server, security, pem)
    delivered(folder)
    folder.follows("r1")
    folder.wakes(AFTER)


def serving(security: Security, pem: Path, login: tuple[str, str]) -> AbstractContextManager[SmtpServer]:
    return SmtpServer(security, pem, login)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_letters_go_over_tls_with_a_login_and_the_password_is_never_said_in_the_clear(
    folder: Folder, pem: Path, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "secret-1949")
    with serving(security, pem, ("renda", "secret-1949")) as server:
        waits(folder, server, security, pem)
        delivered(folder)
        delivered(folder)
        assert [m["To"] for m in server.taken] == ["sw@example.cn", "zxt@example.cn"] and not server.clear


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_letter(
    folder: Folder, pem: Path, security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "secret-1949")
    with serving(security, pem, ("renda", "secret-1949")) as server:
        waits(folder, server, security, None)
        with pytest.raises(MailNotSent) as refused:
            delivered(folder)
        assert "certificate" in refused.value.text.zh and server.taken == [] and len(files(folder)) == 2
        reached(folder, server, security, pem)
        delivered(folder)
        assert len(server.taken) == 2, "mended, all that waited is sent"


def test_a_server_that_has_no_starttls_is_not_spoken_to_in_the_clear(
    folder: Folder, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "secret-1949")
    with serving("none", pem, ("renda", "secret-1949")) as server:
        waits(folder, server, "starttls", pem)
        with pytest.raises(MailNotSent):
            delivered(folder)
        assert server.taken == [] and not server.clear


def test_a_wrong_password_is_told_in_a_sentence_and_mended_all_is_sent_once(
    folder: Folder, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "wrong")
    with serving("tls", pem, ("renda", "secret-1949")) as server:
        waits(folder, server, "tls", pem)
        for _ in range(2):
            with pytest.raises(MailNotSent) as wrong:
                delivered(folder)
            assert "YISHI_MAIL_PASSWORD" in wrong.value.text.zh and "wrong" not in wrong.value.text.en
        monkeypatch.setenv(PASSWORD, "secret-1949")
        delivered(folder)
        delivered(folder)
        assert len(server.taken) == 2


def test_who_is_refused_for_now_is_tried_again_and_the_others_have_theirs_meanwhile_once(
    folder: Folder, pem: Path
) -> None:
    with SmtpServer() as server:
        mail_set_up(folder, server)
        delivered(folder)
        folder.follows("r1")
        folder.wakes(AFTER)
        server.busy.add("sw@example.cn")
        for _ in range(2):
            with pytest.raises(MailNotSent):
                delivered(folder)
        assert [m["To"] for m in server.taken] == ["zxt@example.cn"]
        server.busy.clear()
        delivered(folder)
        delivered(folder)
        assert [m["To"] for m in server.taken] == ["zxt@example.cn", "sw@example.cn"]


def test_who_is_refused_for_good_has_the_letter_once_the_address_is_mended(folder: Folder) -> None:
    with SmtpServer() as server:
        mail_set_up(folder, server)
        delivered(folder)
        folder.follows("r1")
        folder.wakes(AFTER)
        server.refuses.add("sw@example.cn")
        with structlog.testing.capture_logs() as told:
            delivered(folder)
            delivered(folder)
        assert [line["event"] for line in told] == ["not-mailed"], "told once"
        written = (folder.house.folder / "mail.toml").read_text(encoding="utf-8")
        mended = written.replace("sw@example.cn", "shuiwu@example.cn")
        (folder.house.folder / "mail.toml").write_text(mended, encoding="utf-8")
        delivered(folder)
        delivered(folder)
        assert [m["To"] for m in server.taken] == ["zxt@example.cn", "shuiwu@example.cn"]


@pytest.fixture
def waited_for(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpServer]:
    """A mail server for which something waits, and which is tried without a rest."""
    monkeypatch.setattr(post, "REST_SECONDS", 0.01)
    monkeypatch.setattr(post, "AGAIN_SECONDS", 0.01)
    with SmtpServer() as server:
        mail_set_up(folder, server)
        delivered(folder)
        folder.follows("r1")
        folder.wakes(AFTER)
        yield server


def test_while_it_serves_a_trouble_is_told_once_and_what_waited_is_sent_once(
    folder: Folder, waited_for: SmtpServer
) -> None:
    waited_for.busy |= {"sw@example.cn", "zxt@example.cn"}
    with structlog.testing.capture_logs() as told:
        asyncio.run(_until_sent(folder, waited_for, told, waited_for.busy.clear))
    assert [line["event"] for line in told] == ["not-delivered"]
    assert sorted(m["To"] for m in waited_for.taken) == ["sw@example.cn", "zxt@example.cn"]


def test_a_damaged_list_of_what_waits_is_told_while_it_serves_and_delivery_goes_on_once_it_is_mended(
    folder: Folder, waited_for: SmtpServer
) -> None:
    damaged = folder.house.folder / "outbox" / ".mail-left"
    damaged.write_text("{", encoding="utf-8")
    with structlog.testing.capture_logs() as told:
        asyncio.run(_until_sent(folder, waited_for, told, damaged.unlink))
    assert [line["event"] for line in told] == ["not-delivered"]
    assert sorted(m["To"] for m in waited_for.taken) == ["sw@example.cn", "zxt@example.cn"]


async def _until_sent(folder: Folder, server: SmtpServer, told: Sequence[object], mend: Callable[[], None]) -> None:
    """Deliver as it does while it serves: something is wrong until that was told, and then it sends what waits."""
    task, rounds = (
        asyncio.create_task(post.delivering(folder.house.ledger, folder.house.folder, "zh")),
        iter(range(9000)),
    )
    while not told:
        next(rounds)
        await asyncio.sleep(0.01)
    mend()
    while len(server.taken) < 2:
        next(rounds)
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.wait((task,))


def test_two_who_deliver_at_the_same_time_send_each_letter_once(folder: Folder) -> None:
    with SmtpServer() as server:
        mail_set_up(folder, server)
        delivered(folder)
        for number in ("r1", "r2", "r3"):
            folder.follows(number)
        folder.wakes(AFTER)
        with ThreadPoolExecutor(3) as at_once:
            list(at_once.map(lambda _: delivered(folder), range(3)))
        assert len(server.taken) == len({m["Message-ID"] for m in server.taken}) == 6
