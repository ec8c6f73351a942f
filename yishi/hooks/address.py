"""Where events may be sent, so that nobody uses this service to reach what only this machine can reach.

Government networks have private addresses, so those are let be. What is refused: anything but https, except to this machine itself; names and
passwords in the address; and, each time a connection is made and for the very address it is made to, what is local to a link (where
clouds keep their keys), multicast and the rest that is no machine's.
"""

import asyncio
import ipaddress
import re
import socket
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from domain.text import Text
from yishi.hooks.troubles import AddressWrong

LONGEST = 2000
HERE = "localhost"
PORTS = {"http": 80, "https": 443}
NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
_CARRY_ANOTHER = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))

NOT_HTTPS = Text("只能用 https(本机 127.0.0.1 可用 http)", "https only, or http to this machine (127.0.0.1)")
NO_ADDRESS = Text(
    "不是完整的地址,应如 https://oa.example.gov.cn/yishi",
    "not a whole address, such as https://oa.example.gov.cn/yishi",
)
WITH_NAME = Text("地址中不要写用户名、密码或 # 之后的部分", "no user, password or part after # belongs in it")
NO_MACHINE = Text("{ip} 不是可以推送的机器地址", "{ip} is not the address of a machine to send to")

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotReachable(Exception):
    """There is no machine of that name now, or it is not one to send to. `why`: a word for the list."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Address(NamedTuple):
    """An address to send to. `machine`: scheme, host and port, which is all that the record says of it."""

    url: str
    machine: str


def checked(url: str) -> Address:
    """An address as it may be kept.

    Raises:
        AddressWrong.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise AddressWrong(why=NO_ADDRESS) from None
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or not host:
        raise AddressWrong(why=NO_ADDRESS)
    if parts.scheme not in PORTS or (parts.scheme == "http" and not _here(host)):
        raise AddressWrong(why=NOT_HTTPS)
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressWrong(why=WITH_NAME)
    ip = _ip(host)
    if ip is None and not NAME.fullmatch(host):
        raise AddressWrong(why=NO_ADDRESS)
    if ip is not None and not may_be_sent_to(ip):
        raise AddressWrong(why=NO_MACHINE.filled(ip=host))
    return Address(url, _machine(parts, host, port))


def _machine(parts: SplitResult, host: str, port: int | None) -> str:
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}:{port or PORTS[parts.scheme]}"


def _here(host: str) -> bool:
    ip = _ip(host)
    return host == HERE or (ip is not None and ip.is_loopback)


def _ip(host: str) -> IP | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def may_be_sent_to(ip: IP) -> bool:
    """Whether this is a machine's own address; one that carries another is looked at as the other, or not at all."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return may_be_sent_to(ip.ipv4_mapped)
        if any(ip in each for each in _CARRY_ANOTHER):
            return False
    return ip.is_loopback or not (ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip.is_reserved)


async def resolved(host: str, port: int) -> str:
    """The address to connect to now: of all that a name leads to none may be a forbidden one.

    Raises:
        NotReachable.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotReachable("no-such-name") from None
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses:
        raise NotReachable("no-such-name")
    if not all(map(may_be_sent_to, addresses)) or (host == HERE and not all(ip.is_loopback for ip in addresses)):
        raise NotReachable("address-not-allowed")
    return str(found[0][4][0])
