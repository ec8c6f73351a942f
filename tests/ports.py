"""A port for those that have to be named before they are used."""

import secrets
from pathlib import Path

from yishi.server.child import is_free

GIVEN_OUT = Path("/proc/sys/net/ipv4/ip_local_port_range")
LOWEST, LOWEST_GIVEN_OUT = 10_000, 32_768


def unused_port() -> int:
    """A free port that stays free: none of those that the system gives to whoever asks for any, as all others of a run do."""
    given_out = int(GIVEN_OUT.read_text(encoding="ascii").split()[0]) if GIVEN_OUT.exists() else LOWEST_GIVEN_OUT
    below = given_out if given_out > 2 * LOWEST else 1 << 16
    while not is_free(port := LOWEST + secrets.randbelow(below - LOWEST)):
        continue
    return port
