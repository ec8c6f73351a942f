"""Where events may be sent: decided by the address that is connected to, each time; and only to whom its certificate names."""

import asyncio
import contextlib
import datetime
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from yishi.hooks.address import NotReachable, checked, may_be_sent_to, resolved
from yishi.hooks.posting import Posted, Poster


@pytest.mark.parametrize(
    "ip", ["10.1.2.3", "192.168.0.7", "172.16.0.1", "203.0.113.9", "127.0.0.1", "::1", "fd00::7", "2400:3200::1"]
)
def test_a_machine_of_the_office_s_own_network_may_be_sent_to(ip: str) -> None:
    assert may_be_sent_to(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "ip", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "240.0.0.1", "fe80::1", "ff02::1", "::", "::ffff:169.254.1.1",
           "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"],
)  # fmt: skip
def test_what_is_no_machine_s_address_or_carries_such_a_one_may_not(ip: str) -> None:
    assert not may_be_sent_to(ipaddress.ip_address(ip))


def leading_to(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    async def found(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)


@pytest.mark.parametrize(
    ("host", "ips"),
    [
        ("oa.example.gov.cn", ("169.254.169.254",)),
        ("oa.example.gov.cn", ("10.0.0.1", "169.254.169.254")),
        ("localhost", ("10.0.0.1",)),
    ],
)
async def test_a_name_that_leads_where_nothing_may_be_sent_leads_nowhere(
    host: str, ips: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    leading_to(monkeypatch, *ips)
    with pytest.raises(NotReachable, match="address-not-allowed"):
        await resolved(host, 443)
    async with Poster() as poster:
        assert await poster.post(f"https://{host}/in", {}, "{}") == Posted("address-not-allowed")


async def test_a_name_of_nobody_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nobody(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror("nobody")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nobody)
    async with Poster() as poster:
        assert await poster.post("https://oa.example.gov.cn/in", {}, "{}") == Posted("no-such-name")


def test_of_an_address_the_record_has_the_machine_alone() -> None:
    assert checked("https://OA.example.gov.cn/in?key=1").machine == "https://oa.example.gov.cn:443"
    assert checked("https://[fd00::7]:8443/in").machine == "https://[fd00::7]:8443"
    assert checked("http://localhost/in").machine == "http://localhost:80"


def certificate(place: Path, name: str) -> Path:
    """A certificate that vouches for itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(subject).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = place / f"{name}.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


@contextlib.asynccontextmanager
async def over_tls(file: Path) -> AsyncIterator[str]:
    """Somebody who says thank you to everything; the address, by the name localhost."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            await writer.drain()
        writer.close()

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"https://localhost:{server.sockets[0].getsockname()[1]}/in"


async def test_only_a_certificate_that_is_believed_and_names_the_machine_is_sent_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, others = certificate(tmp_path, "localhost"), certificate(tmp_path, "oa.example.gov.cn")
    async with over_tls(ours) as right, over_tls(others) as wrong_name:
        leading_to(monkeypatch, "127.0.0.1")
        async with Poster() as poster:
            assert await poster.post(right, {}, "{}") == Posted("certificate"), "nobody vouches for it"
        monkeypatch.setenv("SSL_CERT_FILE", str(ours))
        async with Poster() as poster:
            assert await poster.post(right, {}, "{}") == Posted()
            assert await poster.post(wrong_name, {}, "{}") == Posted("certificate")
        monkeypatch.setenv("SSL_CERT_FILE", str(others))
        async with Poster() as poster:
            assert await poster.post(wrong_name, {}, "{}") == Posted("certificate"), "it is somebody else's"
