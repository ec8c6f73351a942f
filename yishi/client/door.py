"""The door's client: one method a call of its contract, every answer as JSON values, every trouble in a sentence."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

import httpx

from domain.text import Text
from yishi.client.pending import Pending, Waiting
from yishi.client.troubles import (
    Cut,
    DoorFailed,
    DoorTrouble,
    KeptBack,
    NobodyAnswers,
    NotAllowed,
    NotTaken,
    NotWellFormed,
    NotYishi,
    OnItsWay,
    OtherVersion,
    StillWaiting,
    TokenWrong,
    passing,
)
from yishi.doorway import Approach, NothingServes, approach

FORMAT = 1
PATIENCE_SECONDS = 30.0
"""How long an act is sent again by itself before the person is told to wait; YISHI_PATIENCE sets another."""
PAUSE_SECONDS = 0.2
LONG_POLL_SECONDS = 20
T = TypeVar("T")


class Answered(NamedTuple):
    """What an act came to: a receipt, or a refusal with its sentence, as JSON values."""

    value: dict[str, Any]

    @property
    def refused(self) -> bool:
        return self.value.get("outcome") == "refused"


class Door:
    """An open door. `hello` is what the service says of itself: purpose, time, size and head of the record."""

    def __init__(self, folder: Path) -> None:
        """
        Raises:
            NothingServes, NobodyAnswers, NoTokenKept, TokenWrong, NotYishi, OtherVersion.
        """
        self.folder = folder.expanduser().absolute()
        self._patience = _seconds(os.environ.get("YISHI_PATIENCE"))
        self._go(approach(self.folder))
        self.pending = Pending.of(self.folder)
        self.hello: dict[str, Any] = self.get("")
        if self.hello.get("service") != "yishi":
            raise NotYishi(url=self.place.url)
        if self.hello.get("format") != FORMAT:
            raise OtherVersion(
                found=self.hello.get("format", "-"), version=self.hello.get("version", "-"), known=FORMAT
            )

    def _go(self, place: Approach) -> None:
        self.place = place
        self._token = {"Authorization": f"Bearer {place.token}"}
        self.http = httpx.Client(
            base_url=place.url,
            headers=self._token,
            timeout=httpx.Timeout(90, connect=3),
            trust_env=False,  # no proxy stands between two programs on one machine
            verify=place.url.startswith("https:"),
        )

    def close(self) -> None:
        self.http.close()

    # what is asked

    def get(self, path: str, **asked: Any) -> Any:
        said = {name: value for name, value in asked.items() if value is not None}
        return self._answer(self._sent("GET", path, params=said))

    def acts(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.get("/acts")
        return listed

    def sessions(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.get("/sessions")
        return listed

    def history(self, session: str, after: int = 0, *, own: bool = False) -> list[dict[str, Any]]:
        """The record of a session beyond a position, all pages of it.

        Args:
            own: only the session's and its matters' own entries, no sign-ins, cards and refused attempts.
        """
        found: list[dict[str, Any]] = []
        following: int | None = after
        while following is not None:
            page = self.get(f"/sessions/{session}/history", after=following, own=str(own).lower())
            found += page["entries"]
            following = page["next"]
        return found

    def offices(self, session: str, act: str, fields: Mapping[str, Any]) -> list[str]:
        """Who may do an act in a session now, the usual office first."""
        asked = {"act": act, "fields": dict(fields)}
        told: dict[str, Any] = self._answer(self._sent("POST", f"/sessions/{session}/offices", json=asked))
        return list(told["offices"])

    def ask(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Whether an act may be done, and if not why. Nothing is recorded."""
        answer: dict[str, Any] = self._answer(self._sent("POST", "/asks", json=dict(body)))
        return answer

    def events(self, after: int, session: str | None = None) -> Iterator[dict[str, Any]]:
        """Events as they come, for ever; a restart of the service is waited for."""
        while True:
            try:
                found_ = self.get("/events", after=after, limit=500, wait=LONG_POLL_SECONDS, session=session)
            except (DoorTrouble, NothingServes) as trouble:
                if not passing(trouble):
                    raise
                self.again()
                continue
            yield from found_["events"]
            after = found_["next"]

    # what is done

    def keep_evidence(self, content: bytes, title: str, number: str | None = None) -> dict[str, Any]:
        """Have a file kept; the digest by which an act names it. `number`: the document's own (文号)."""
        said = {"title": title} | ({"number": number} if number else {})
        kept: dict[str, Any] = self._patiently(
            lambda: self._answer(self._sent("PUT", "/evidence", params=said, content=content))
        )
        return kept

    def sign_in(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Deputies signed in or out, each once however often it is sent; the light is in the answer."""
        answer: dict[str, Any] = self._patiently(lambda: self._answer(self._sent("POST", "/sign-ins", json=dict(body))))
        return answer

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """A call that may be sent again as it is."""
        return self._patiently(lambda: self._answer(self._sent("POST", path, json=dict(body))))

    def together(self, acts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Acts in one commit, all or none; each has its command id, so that it may be sent again."""
        answer: dict[str, Any] = self.post("/batches", {"acts": [dict(act) for act in acts]})
        return answer

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Any call, once."""
        return self._answer(self._sent(method, path, json=dict(body) if body is not None else None))

    def post_alone(self, path: str, body: Mapping[str, Any]) -> Any:
        """The same over a connection of its own, which nothing else of this program goes over, and without saying whose program it is."""

        def once() -> Any:
            try:
                over_tls = self.place.url.startswith("https:")
                with httpx.Client(timeout=self.http.timeout, trust_env=False, verify=over_tls) as alone:
                    sent = alone.post(f"{self.place.url}/v1{path}", json=dict(body))
            except (httpx.TransportError, httpx.InvalidURL) as wrong:
                raise Cut(why=type(wrong).__name__) from wrong
            return self._answer(sent)

        return self._patiently(once)

    def act(self, path: str, body: Mapping[str, Any], *, at_given: bool = True) -> Answered:
        """An act's answer. It is on disk from before it is sent until it is answered; without a command id it gets one.

        Raises:
            StillWaiting: no answer within patience; it stays on disk. NotWellFormed: nothing was recorded.
        """
        sent = {"command_id": f"desk-{uuid4().hex}", **body}
        waiting = self.pending.keep(path, sent, at_given=at_given)
        try:
            return self.resend(waiting)
        except KeptBack as denied:  # it was sent this once: nothing of it is recorded
            waiting.answered()
            raise denied.told from denied

    def resend(self, waiting: Waiting) -> Answered:
        """Send an act that waits for its answer, until it comes.

        Raises:
            StillWaiting: as `act`. KeptBack: the token shown does not allow it; it may be recorded, and stays on disk.
        """
        try:
            answer = self._patiently(lambda: self._answer(self._sent("POST", waiting.path, json=waiting.body)))
        except (DoorTrouble, NothingServes) as trouble:
            if passing(trouble):
                raise StillWaiting(why=trouble.text, command_id=waiting.body["command_id"]) from trouble
            if isinstance(trouble, NotAllowed):
                raise KeptBack(trouble, waiting.body["command_id"]) from trouble
            if isinstance(trouble, NotWellFormed):
                waiting.answered()
            raise
        waiting.answered()
        return Answered(answer)

    def _patiently(self, send: Callable[[], T]) -> T:
        until = time.monotonic() + self._patience
        while True:
            try:
                return send()
            except (DoorTrouble, NothingServes) as trouble:
                if not passing(trouble) or time.monotonic() > until:
                    raise
                self.again()

    def again(self) -> None:
        """A moment later; the service may be back at another address."""
        time.sleep(PAUSE_SECONDS)
        try:
            place = approach(self.folder)
        except NothingServes:
            return  # not yet
        if place != self.place:
            self.http.close()
            self._go(place)

    # how it is told

    def _sent(self, method: str, path: str, **what: Any) -> httpx.Response:
        try:
            return self.http.request(method, f"/v1{path}", **what)
        except (httpx.ConnectError, httpx.ConnectTimeout) as wrong:
            if os.environ.get("YISHI_DOOR"):
                raise NobodyAnswers(url=self.place.url) from wrong
            raise NothingServes(folder=self.folder) from wrong
        except (httpx.TransportError, httpx.InvalidURL) as wrong:
            raise Cut(why=type(wrong).__name__) from wrong

    def _answer(self, response: httpx.Response) -> Any:
        status = response.status_code
        try:
            said = response.json()
        except ValueError as wrong:
            if status >= 500:
                raise DoorFailed(status=status) from wrong
            raise NotYishi(url=self.place.url) from wrong
        if status == 200 or (status == 409 and isinstance(said, dict) and said.get("outcome") == "refused"):
            return said
        fault = _fault(said)
        match status:
            case 202 if isinstance(said, dict):
                raise OnItsWay(said=_text(said.get("says")) or Text("正在办理", "it is on its way"))
            case 401:
                raise TokenWrong(said=fault or status)
            case 403:
                raise NotAllowed(said=fault or status)
            case 429 | 503:
                raise NotTaken(said=fault or Text("未能记录", "not recorded"))
            case _ if fault is not None and status < 500:
                raise NotWellFormed(said=fault)
            case 404:
                raise NotYishi(url=self.place.url)
            case _:
                raise DoorFailed(status=status)


def _seconds(said: str | None) -> float:
    """A patience as the environment names it; nonsense is as if nothing were said."""
    try:
        return float(said) if said else PATIENCE_SECONDS
    except ValueError:
        return PATIENCE_SECONDS


def _fault(said: Any) -> Text | None:
    """What the door says is wrong; the places of a request are told one by one, as the person named them."""
    if isinstance(said, dict) and said.get("wrong"):
        places = [(str(w["where"]).removeprefix("fields").lstrip("."), w["says"]) for w in said["wrong"]]
        zh = "\n".join(f"{where}:{says['zh']}" if where else says["zh"] for where, says in places)
        return Text(zh, "\n".join(f"{where}: {says['en']}" if where else says["en"] for where, says in places))
    return _text(said.get("fault")) if isinstance(said, dict) else None


def _text(said: Any) -> Text | None:
    """A sentence as the door tells it."""
    if isinstance(said, dict) and {"zh", "en"} <= said.keys():
        return Text(str(said["zh"]), str(said["en"]))
    return None
