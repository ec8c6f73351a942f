"""Letters by mail (SMTP), to whoever has an address in the folder's `mail.toml`; each to one recipient in a message of its own.

With `tls` and `starttls` the server shows a certificate that this computer trusts, or the one named in `certificate`: neither a
password nor a letter goes to anybody else. A message is sent, then noted as sent. If the machine stops between the two it is sent
once more under the same Message-ID, by which mail programs know it for the same; nothing stronger can be had of SMTP.
"""

import os
import smtplib
import ssl
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.text import Text
from yishi.delivery.letters import Letter
from yishi.trouble import Trouble

FILE = "mail.toml"
PASSWORD = "YISHI_MAIL_PASSWORD"  # the name of a variable
SECONDS = 30
NOT_LOGGED_IN = Text(
    f"服务器不接受用户名或者密码,密码放在环境变量 {PASSWORD} 中",
    f"the server does not take the user name or the password, which is in the environment as {PASSWORD}",
)
NOT_TRUSTED = Text(
    "服务器的证书不受信任,自建的邮件服务器请把证书文件写在 mail.toml 的 certificate 中",
    "the server's certificate is not trusted; of a server of your own, name the certificate's file in mail.toml as certificate",
)
Address = Annotated[str, Field(pattern=r"^[^\s@<>,;]+@[^\s@<>,;]+$", max_length=254)]


class MailWrong(Trouble):
    says = Text(
        "{file} 读不了:{why}。请按手册“提醒发到哪里”一节改正;改正以前提醒只写入 outbox 文件夹",
        "{file} cannot be read: {why}. Correct it as the handbook says; until then reminders are only written to the outbox",
    )


class MailNotSent(Trouble):
    says = Text(
        "邮件没有发出({why}),稍后再试;提醒已写入 outbox 文件夹",
        "mail was not sent ({why}) and is tried again later; the reminders are in the outbox",
    )


class MailSettings(BaseModel):
    """How to send mail, and to whom: `addresses` by unit name or office code. The password, if one is needed, is in the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    server: Annotated[str, Field(min_length=1, pattern=r"^\S+$")]
    port: Annotated[int, Field(ge=1, le=65535)]
    sender: Address
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = ""
    certificate: str = ""  # a file (PEM), for a server whose certificate this computer does not know by itself
    addresses: dict[str, Address]

    @classmethod
    def of(cls, folder: Path) -> "MailSettings | None":
        """What the folder says; None where it says nothing, and no mail is sent.

        Raises:
            MailWrong.
        """
        file = folder / FILE
        if not file.is_file():
            return None
        try:
            return cls.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        except ValidationError as wrong:
            why = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            why = str(wrong)
        raise MailWrong(file=file, why=why)


class Outgoing:
    """A connection to the mail server, over which some letters go."""

    def __init__(self, settings: MailSettings, server: smtplib.SMTP) -> None:
        self._settings, self._server = settings, server

    def send(self, letter: Letter, to: str) -> str:
        """Send a letter to one of its recipients, by name; "" once the server took it, else why it never will at this address.

        Raises:
            MailNotSent: try again later.
        """
        address = self._settings.addresses[to]
        try:
            self._server.send_message(message_of(self._settings, letter, to))
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = refused.recipients[address]
            return _for_good(code, said)
        except smtplib.SMTPDataError as refused:
            return _for_good(refused.smtp_code, refused.smtp_error)
        except (smtplib.SMTPException, OSError) as failed:
            raise MailNotSent(why=failed) from failed
        return ""


class RefusedForNow(MailNotSent):
    """The server refuses one letter for the time being; others may go."""


def _for_good(code: int, said: bytes | str) -> str:
    """What the server said, where it refuses for good (5yz).

    Raises:
        RefusedForNow: it does not (4yz).
    """
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code < 500:  # the reply codes of SMTP
        raise RefusedForNow(why=f"{code} {words}")
    return f"{code} {words}"


def message_of(settings: MailSettings, letter: Letter, to: str) -> EmailMessage:
    """The message to one recipient. Its id says which letter and which of its recipients, so that sent again it is known."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.sender, settings.addresses[to], letter.subject
    domain, nth = settings.sender.rsplit("@", 1)[1], letter.to.index(to)
    which = f"{letter.position}-{nth}" if nth else f"{letter.position}"
    message["Message-ID"] = f"<{which}.{letter.session.replace('/', '.')}@{domain}>"
    message.set_content(letter.body + "\n")
    return message


@contextmanager
def connected(settings: MailSettings) -> Iterator[Outgoing]:
    """Connected, its certificate looked at, and logged in.

    Raises:
        MailNotSent: try again later.
    """
    with ExitStack() as stack:
        try:
            server = stack.enter_context(_reached(settings))
            if settings.user:
                server.login(settings.user, os.environ.get(PASSWORD, ""))
        except smtplib.SMTPAuthenticationError as wrong:
            raise MailNotSent(why=NOT_LOGGED_IN) from wrong
        except ssl.SSLCertVerificationError as wrong:
            raise MailNotSent(why=NOT_TRUSTED) from wrong
        except (smtplib.SMTPException, OSError) as failed:
            raise MailNotSent(why=failed) from failed
        yield Outgoing(settings, server)


def _reached(settings: MailSettings) -> smtplib.SMTP:
    if settings.security == "none":
        return smtplib.SMTP(settings.server, settings.port, timeout=SECONDS)
    trusted = ssl.create_default_context()
    if settings.certificate:
        trusted.load_verify_locations(settings.certificate)
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.server, settings.port, timeout=SECONDS, context=trusted)
    server = smtplib.SMTP(settings.server, settings.port, timeout=SECONDS)
    try:
        server.starttls(context=trusted)
    except BaseException:
        server.close()
        raise
    return server
