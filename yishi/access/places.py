"""Which right each call of the door asks for. A call that is not listed is for whoever looks after the service, and nobody else."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from domain.access.roles import Read

SESSION = "/v1/sessions/{congress}/{number}"
BOX = SESSION + "/boxes/{box}"
CONTROLS = "\\x00-\\x1f\\x7f-\\x9f"


class Place(NamedTuple):
    """What a call asks for: to read a kind of thing; or to do an act, one that its body names if `act` is empty.

    Attributes:
        over_all: it tells of all sessions, so that a token for some has to name one (`?session=`), or is told of its own alone.
            `heard`: as `named`, but a unit is told of its own matters and need not name itself.
    """

    read: Read | None = None
    act: str | None = None
    over_all: Literal["", "named", "narrowed", "heard"] = ""
    cast: bool = False

    @property
    def tried(self) -> str:
        """What somebody tried who was denied it."""
        return f"read:{self.read}" if self.read else self.act or ("cast" if self.cast else "write")


def _reads(kind: Read, over_all: Literal["", "named", "narrowed", "heard"] = "") -> Place:
    return Place(read=kind, over_all=over_all)


ANY_ACT = Place(act="")
PLACES: Mapping[str, Place] = {
    "GET /v1": _reads("about"),
    "GET /v1/openapi.json": _reads("about"),
    "GET /v1/health": _reads("about"),  # these two are answered to whoever asks, before anybody is looked for
    "GET /v1/ready": _reads("about"),
    "GET /metrics": _reads("service"),
    "GET /v1/me": _reads("about"),
    "GET /v1/problems": _reads("about"),
    "GET /v1/problems/{name}": _reads("about"),
    "GET /v1/acts": _reads("acts"),
    "GET /v1/acts/{act}": _reads("acts"),
    f"POST {SESSION}/offices": _reads("acts"),
    "GET /v1/law": _reads("law"),
    "GET /v1/law/editions/{edition}": _reads("law"),
    "GET /v1/law/rules": _reads("law"),
    "GET /v1/law/rules/{rule}": _reads("law"),
    "GET /v1/law/topics": _reads("law"),
    "GET /v1/law/topics/{topic}": _reads("law"),
    "GET /v1/procedures": _reads("law"),
    "GET /v1/procedures/{procedure}": _reads("law"),
    "GET /v1/sessions": _reads("sessions", "narrowed"),
    f"GET {SESSION}/status": _reads("status"),
    f"GET {SESSION}/deadlines": _reads("deadlines"),
    f"GET {SESSION}/calendar.ics": _reads("deadlines"),
    f"GET {SESSION}/members": _reads("members"),
    f"GET {SESSION}/hall": _reads("hall"),
    f"GET {SESSION}/votes": _reads("votes"),
    f"GET {SESSION}/elections": _reads("elections"),
    f"GET {SESSION}/report": _reads("history"),
    f"GET {SESSION}/papers": _reads("papers"),
    f"GET {SESSION}/papers/{{paper}}": _reads("papers"),
    f"GET {SESSION}/history": _reads("history"),
    f"GET {SESSION}/matters/{{matter}}": _reads("matters"),
    f"GET {SESSION}/boxes": _reads("boxes"),
    f"GET {BOX}": _reads("boxes"),
    f"GET {BOX}/form": _reads("boxes"),
    f"GET {BOX}/ballots": _reads("ballots"),
    "GET /v1/deadlines": _reads("deadlines", "named"),
    "GET /v1/matters": _reads("matters", "narrowed"),
    "GET /v1/lists": _reads("figures", "named"),
    "GET /v1/suggestions": _reads("papers", "named"),  # it has names
    "GET /v1/duty": _reads("history", "named"),
    "GET /v1/figures": _reads("figures", "named"),
    "GET /v1/figures/{name}": _reads("figures", "named"),
    "GET /v1/events": _reads("events", "heard"),
    "GET /v1/events/stream": _reads("events", "heard"),
    "GET /v1/verify": _reads("verify"),
    "POST /v1/acts": ANY_ACT,
    "GET /v1/commands/{command_id:path}": _reads("about"),  # the call itself tells each their own
    "POST /v1/asks": ANY_ACT,
    "POST /v1/batches": ANY_ACT,
    "POST /v1/sessions": Place(act="register-session"),
    "POST /v1/plans/check": Place(act="register-session"),
    "POST /v1/sign-ins": Place(act="sign-in"),
    "POST /v1/key-pad-totals": Place(act="enter-device-count"),
    "PUT /v1/evidence": ANY_ACT,
    "GET /v1/evidence/{sha256}": _reads("documents", "narrowed"),
    "HEAD /v1/evidence/{sha256}": _reads("documents", "narrowed"),
    "GET /v1/documents": _reads("documents", "narrowed"),
    f"POST {BOX}/ballot": Place(act="issue-ballot"),
    f"POST {BOX}/close": Place(act="close-box"),
    f"POST {BOX}/wake": Place(act="attest-box"),
    f"POST {BOX}/cast": Place(cast=True),
    "GET /v1/tokens": _reads("tokens"),
    "POST /v1/tokens": _reads("tokens"),  # the call itself asks for more
    "DELETE /v1/tokens/{token}": _reads("tokens"),
    "GET /v1/keys": _reads("about"),
    "POST /v1/keys": _reads("tokens"),
    "DELETE /v1/keys/{key}": _reads("tokens"),
    "PUT /v1/office": _reads("tokens"),
    "GET /v1/webhooks": _reads("webhooks"),
    "POST /v1/webhooks": _reads("webhooks"),
    "GET /v1/webhooks/{webhook}": _reads("webhooks"),
    "PATCH /v1/webhooks/{webhook}": _reads("webhooks"),
    "DELETE /v1/webhooks/{webhook}": _reads("webhooks"),
    "POST /v1/webhooks/{webhook}/secret": _reads("webhooks"),
    "POST /v1/webhooks/{webhook}/ping": _reads("webhooks"),
    "POST /v1/webhooks/{webhook}/replay": _reads("webhooks"),
    "GET /v1/webhooks/{webhook}/dead": _reads("webhooks"),
    "POST /v1/webhooks/{webhook}/dead/{position}/resend": _reads("webhooks"),
}
UNLISTED = _reads("service")


class Found(NamedTuple):
    """What a request asks for: the one call that will answer it, as the door itself names it, its place, and what its path says by name."""

    call: str
    place: Place
    said: Mapping[str, str]


class Places:
    """Finds the place of a request. What leads to no call of the door has none, and is let in to none.

    Args:
        calls: method and path of every call there is, such as `GET /v1/sessions/{congress}/{number}/status`, in the door's own order.

    Attributes:
        unlisted: calls of which `PLACES` says nothing.
    """

    def __init__(self, calls: Iterable[str]) -> None:
        self._of: dict[str, list[tuple[re.Pattern[str], str, Place]]] = {}
        self.unlisted: list[str] = []
        for call in calls:
            method, _, path = call.partition(" ")
            asked = call if call in PLACES or method != "HEAD" else f"GET {path}"  # the same answer without its body
            if asked not in PLACES:
                self.unlisted.append(call)
            self._of.setdefault(method, []).append((_pattern(path), call, PLACES.get(asked, UNLISTED)))

    def find(self, method: str, path: str) -> Found | None:
        """The place; None: the door has no such call."""
        for pattern, call, place in self._of.get(method, ()):
            if found := pattern.fullmatch(path):
                return Found(call, place, found.groupdict())
        return None

    def methods(self, path: str) -> list[str]:
        """How a path may be asked for; none: there is no such path."""
        return sorted(method for method in self._of if self.find(method, path))


def _pattern(path: str) -> re.Pattern[str]:
    """Of a path all of which is printed: a control character stands in no name, and where one comes last `$` would not see it."""
    parts = re.split(r"\{(\w+)(:path)?\}", path)
    whole = [re.escape(parts[0])]
    for name, further, then in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        whole += [f"(?P<{name}>[^{'' if further else '/'}{CONTROLS}]+)", re.escape(then)]
    return re.compile("".join(whole))
