"""Letters by mail (SMTP), to whoever has an address in the folder's `mail.toml`.

A message is sent, then noted as sent. If the machine stops between the two it is sent once more under the same Message-ID, by which mail
programs know it for the same; nothing stronger can be had of SMTP.
"""

import os
import smtplib
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
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


def send(settings: MailSettings, letter: Letter) -> bool:
    """Send a letter to those of its recipients who have an address; False where none has, or the server refuses them for good.

    Raises:
        MailNotSent: try again later.
    """
    to = [settings.addresses[each] for each in letter.to if each in settings.addresses]
    if not to:
        return False
    try:
        with _connected(settings) as server:
            server.send_message(message_of(settings, letter, to))
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code >= 500 for code, _ in refused.recipients.values()):  # the reply codes of SMTP: 5yz is for good
            return False
        raise MailNotSent(why=refused) from refused
    except (smtplib.SMTPException, OSError) as failed:
        raise MailNotSent(why=failed) from failed
    return True


def message_of(settings: MailSettings, letter: Letter, to: list[str]) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.sender, ", ".join(to), letter.subject
    domain = settings.sender.rsplit("@", 1)[1]
    message["Message-ID"] = f"<{letter.position}.{letter.session.replace('/', '.')}@{domain}>"
    message.set_content(letter.body + "\n")
    return message


@contextmanager
def _connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    kind = smtplib.SMTP_SSL if settings.security == "tls" else smtplib.SMTP
    with kind(settings.server, settings.port, timeout=SECONDS) as server:
        if settings.security == "starttls":
            server.starttls()
        if settings.user:
            server.login(settings.user, os.environ.get(PASSWORD, ""))
        yield server
