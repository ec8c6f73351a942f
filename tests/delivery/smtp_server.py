"""A small SMTP server on this machine, of the standard library: TLS from the start or by STARTTLS, a login, refusals, a hang-up at the end."""

import base64
import contextlib
import ssl
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from socket import socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from types import TracebackType
from typing import Any, Literal, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"


def certificate(folder: Path, name: str = HERE) -> Path:
    """A self-signed certificate for this machine, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    issued = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(issued)
        .issuer_name(issued)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail-server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file


class _Talk(BaseRequestHandler):
    def __init__(self, house: "SmtpServer", *given: Any) -> None:
        self._house = house
        super().__init__(*given)

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # the other side did not like our certificate, or hung up
            self._house.talk(self.request)


class SmtpServer:
    """Runs in threads of its own on any free port.

    Args:
        security: how it is reached. certificate: a file with its certificate and key. login: user and password it asks for.

    Attributes:
        taken: the messages it took. refuses: addresses it does not know. busy: addresses it takes nothing for just now.
        hangs_up: it takes the message and says nothing more. clear: whether somebody said user and password without TLS.
    """

    def __init__(
        self,
        security: Literal["none", "starttls", "tls"] = "none",
        certificate: Path | None = None,
        login: tuple[str, str] | None = None,
    ) -> None:
        self.taken: list[EmailMessage] = []
        self.refuses: set[str] = set()
        self.busy: set[str] = set()
        self.hangs_up = self.clear = False
        self._security, self._login, self._tls = security, login, ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if certificate is not None:
            self._tls.load_cert_chain(certificate)
        self._server = ThreadingTCPServer((HERE, 0), lambda *given: _Talk(self, *given))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def talk(self, line: socket) -> None:
        """One conversation, until the other side says goodbye or hangs up."""
        safe, known = self._security == "tls", self._login is None
        line = self._tls.wrap_socket(line, server_side=True) if safe else line
        said = line.makefile("rb")
        line.sendall(b"220 here\r\n")
        while heard := said.readline():
            words = heard.decode("ascii", "replace").split()
            verb = words[0].split(":")[0].upper() if words else ""
            if verb == "EHLO":
                starttls = b"250-STARTTLS\r\n" if self._security == "starttls" and not safe else b""
                login = b"250-AUTH PLAIN\r\n" if self._login else b""
                line.sendall(b"250-here\r\n" + starttls + login + b"250 8BITMIME\r\n")
            elif verb == "STARTTLS":
                line.sendall(b"220 go on\r\n")
                line, safe = self._tls.wrap_socket(line, server_side=True), True
                said = line.makefile("rb")
            elif verb == "AUTH":
                self.clear = self.clear or not safe
                known = base64.b64decode(words[2]).decode().split("\0")[1:] == list(self._login or ())
                line.sendall(b"235 welcome\r\n" if known else b"535 5.7.8 who are you\r\n")
            elif verb == "DATA":
                line.sendall(b"354 go on\r\n")
                content = b"".join(iter(said.readline, b".\r\n"))
                self.taken.append(message_from_bytes(content, policy=policy.default))
                if self.hangs_up:
                    break
                line.sendall(b"250 ok\r\n")
            elif verb == "QUIT":
                line.sendall(b"221 bye\r\n")
                break
            else:
                line.sendall(self._answer(verb, heard.decode("ascii", "replace"), known=known))
        said.close()
        line.close()

    def _answer(self, verb: str, line: str, *, known: bool) -> bytes:
        address = line.partition("<")[2].partition(">")[0]
        if verb == "MAIL" and not known:
            return b"530 log in first\r\n"
        if verb == "RCPT" and address in self.refuses:
            return b"550 nobody here\r\n"
        return b"450 come again later\r\n" if verb == "RCPT" and address in self.busy else b"250 ok\r\n"
