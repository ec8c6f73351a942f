"""Who is let in at the door: whose token it is, how often it came, and whether this call is for them."""

import asyncio
import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import structlog
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from domain.access.rights import Denied
from domain.submission import COMMANDS
from domain.text import Text
from yishi.access.denials import Denials
from yishi.access.keyring import Gone, Keyring
from yishi.access.places import Found, Places
from yishi.access.principal import CURRENT, Principal
from yishi.access.rates import CASTS, STRANGERS, Buckets
from yishi.api.acting import now
from yishi.api.faults import NO_SUCH_PLACE, NOT_DONE_HERE, NotHere, faulty
from yishi.api.faults import said as in_both
from yishi.api.gate import WITHOUT_TOKEN, place_of
from yishi.api.guard import Taking
from yishi.api.heads import ANSWER_THEMSELVES
from yishi.engine import PlayedDifferently
from yishi.trouble import Trouble

log = structlog.get_logger("yishi.door")

WHO = Text(
    "没有令牌或令牌不对。请在 Authorization 头中写 Bearer 和首次启动时显示的令牌",
    "no token, or not this folder's: send `Authorization: Bearer` with the token shown at the first start",
)
OVER: dict[Gone, Text] = {
    "unknown": WHO,
    "revoked": Text(
        "这个令牌已停用。请向人大办另领(yishi token issue)", "this token was revoked: ask the office for another"
    ),
    "expired": Text(
        "这个令牌已到期。请向人大办另领(yishi token issue)", "this token has expired: ask the office for another"
    ),
}
TOO_OFTEN = Text("请求过于频繁,请 {seconds} 秒后再试", "too many requests: try again in {seconds} s")
NAME_A_SESSION = Text(
    "这个令牌只用于 {bodies}:请用 ?session= 写明会议", "this token is for {bodies} alone: name a session by ?session="
)
NAME_YOUR_UNIT = Text("请用 ?unit= 写明本单位({unit})", "name your unit by ?unit= ({unit})")
CAST_WITHOUT_NAME = Text(
    "投票时不要出示本人的令牌:凭票上的令牌即可,系统不应知道是谁投的",
    "cast without a token of your own: the ballot's is enough, and nobody here is to know who casts",
)


SAID_TWICE = Text("参数 {name} 写了不止一次,只能写一次", "the parameter {name} is given more than once: give it once")
HEADER_TWICE = Text("请求头 {name} 写了不止一次,只能写一次", "the header {name} is given more than once: give it once")
NO_SUCH_PARAMETER = Text("没有参数 {name}:{may}", "there is no parameter {name}: {may}")
MAY_ASK = Text("此处可用 {names}", "{names} may be given here")
MAY_ASK_NOTHING = Text("此处不用参数", "none is given here")
SAID_ONCE = ("Idempotency-Key", "If-Match", "Last-Event-ID")
MAY_REPEAT = frozenset({"kind"})
"""Parameters of which several may be asked for at once."""


class Keeper:
    """Lets requests in, one by one. `CURRENT` is whose it is from then on.

    Args:
        parameters: what may be asked in the query, by call.
    """

    def __init__(
        self,
        engine: Taking,
        keyring: Keyring,
        places: Places,
        parameters: Mapping[str, Collection[str]],
        buckets: Buckets,
    ) -> None:
        self._engine, self._keyring, self._places, self._buckets = engine, keyring, places, buckets
        self._parameters = parameters
        self._denials, self._strangers = Denials(), 0

    async def admit(self, scope: Scope) -> Response | None:
        """None: they may come in. Else what they are told."""
        found = self._places.find(scope["method"], scope["path"])
        given = Headers(scope=scope).get("authorization", "")
        if found is not None and found.place.cast and not given:
            scope.setdefault("state", {})["judged"] = found.call
            return _often(self._buckets.wait("casting", CASTS))
        who = await self._holder(given)
        if isinstance(who, str):
            return self._stranger(who)
        if (often := _often(self._buckets.wait_of(who))) is not None:
            return often
        if found is None:
            return self._nowhere(scope["path"])
        if (twice := _said_twice(scope)) is not None:
            return twice
        denied, session = self._denied(who, found, scope)
        if denied is not None:
            return await self.deny(who, found.place.tried, denied, session)
        if (unknown := _unknown(scope, self._parameters[found.call])) is not None:
            return unknown
        CURRENT.set(who)
        scope.setdefault("state", {}).update(principal=who, judged=found.call)
        return None

    async def deny(self, who: Principal, tried: str, denied: Denied, session: str | None) -> Response:
        """Tell somebody that it is not for them, once the attempt is on record."""
        tried = re.sub(r"[^a-z0-9:-]", "", tried)[:80]
        kept = self._denials.noted(
            who, tried, denied, session if session and SESSION.fullmatch(session) else None, now(self._engine)
        )
        if kept is not None:
            try:
                await self._engine.submit(kept)
            except PlayedDifferently:  # it was kept before a restart
                pass
            except Trouble as trouble:  # the disk is full
                self._denials.not_kept(kept)
                log.warning("door.denial_not_kept", why=trouble.text.en)
        more = {"why": denied.why} | ({"needs": list(denied.needs)} if denied.needs else {})
        return faulty(403, denied.says, more=more)

    async def _holder(self, authorization: str) -> Principal | Gone:
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return "unknown"
        if self._keyring.due:
            await asyncio.to_thread(self._keyring.look)
        return self._keyring.holder(given.strip(), self._engine.now())

    def _stranger(self, why: Gone) -> Response:
        self._strangers += 1
        if self._strangers & (self._strangers - 1) == 0:  # the first, and then each time they have doubled
            log.warning("door.strangers", why=why, so_far=self._strangers)
        if (often := _often(self._buckets.wait("strangers", STRANGERS))) is not None:
            return often
        return faulty(401, OVER[why], headers={"WWW-Authenticate": "Bearer"})

    def _nowhere(self, path: str) -> Response:
        """What leads to no call goes no further: nothing behind could say who may see it."""
        methods = self._places.methods(path)
        if methods:
            headed = ["HEAD"] if "GET" in methods and not path.startswith(ANSWER_THEMSELVES) else []
            return faulty(405, NOT_DONE_HERE, headers={"Allow": ", ".join([*methods, *headed])})
        return faulty(404, NO_SUCH_PLACE)

    def _denied(self, who: Principal, found: Found, scope: Scope) -> tuple[Denied | None, str | None]:
        """Why a call is not for them, and about which session it was."""
        place, parts = found.place, found.said
        session = f"{parts['congress']}/{parts['number']}" if "number" in parts else None
        if place.cast:
            return (Denied("cast", CAST_WITHOUT_NAME) if who.person is not None else None), session
        if place.act == "":
            return who.may_write(), session
        if place.act is not None:
            return _any_office(who, place.act, session), session
        asked = QueryParams(scope["query_string"])
        over_all = place.over_all in ("named", "heard")
        if over_all:
            session = asked.get("session")
        denied = who.may_read(session, place.read or "service")
        if denied is None and over_all:
            denied = self._over_all(who, session, asked, by_unit=place.over_all == "named")
        if denied is None and "matter" in parts:
            denied = who.may_handle(self._units(f"{session}/matter/{parts['matter']}"))
        return denied, session

    def _over_all(self, who: Principal, session: str | None, asked: QueryParams, *, by_unit: bool) -> Denied | None:
        if not who.everywhere and session is None:
            return Denied("body", NAME_A_SESSION.filled(bodies=" ".join(who.bodies)))
        if by_unit and who.may_handle((asked.get("unit"),)) is not None:
            return Denied("unit", NAME_YOUR_UNIT.filled(unit=who.unit))
        return None

    def _units(self, stream: str) -> Iterable[str]:
        try:
            matter = self._engine.ledger.state(stream)
        except ValueError:  # no name of a stream: there is no such matter
            return ()
        return (matter.unit, *matter.co_units)


def as_judged(inner: ASGIApp) -> ASGIApp:
    """A call that is taken only as the one its asker was held against, or if it is for everybody."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        path = place_of(scope)
        if path not in WITHOUT_TOKEN and scope.get("state", {}).get("judged") != f"{scope['method']} {path}":
            raise NotHere(told=NO_SUCH_PLACE)
        await inner(scope, receive, send)

    return call


SESSION = re.compile(r"[a-z0-9][a-z0-9-]{0,39}/[0-9]{1,4}-[0-9]{1,4}")


def _any_office(who: Principal, act: str, session: str | None) -> Denied | None:
    """An act may be done as one of its offices, whichever the request names: the engine asks again when it is known."""
    found = [who.may(act, office, session) for office in COMMANDS[act].offices]
    if None in found:
        return None
    likely = [d for d in found if d is not None and d.why != "role"]
    return (likely or found)[0]


def _said_twice(scope: Scope) -> Response | None:
    """Of two values for one parameter or header one would be judged and the other might be answered."""
    said = Counter(name for name, _ in QueryParams(scope["query_string"]).multi_items() if name not in MAY_REPEAT)
    again = next((name for name, times in said.items() if times > 1), None)
    if again is not None:
        return faulty(422, SAID_TWICE.filled(name=again[:40]))
    headers = Headers(scope=scope)
    again = next((name for name in SAID_ONCE if len(headers.getlist(name)) > 1), None)
    return faulty(422, HEADER_TWICE.filled(name=again)) if again is not None else None


def _unknown(scope: Scope, parameters: Collection[str]) -> Response | None:
    """A parameter that there is not, a slip of the pen, would be passed over, and more told than was asked for."""
    unknown = next((name for name in QueryParams(scope["query_string"]) if name not in parameters), None)
    if unknown is None:
        return None
    may = MAY_ASK.filled(names=" ".join(sorted(parameters))) if parameters else MAY_ASK_NOTHING
    told = NO_SUCH_PARAMETER.filled(name=unknown[:40], may=may)
    return faulty(422, told, [{"where": f"query.{unknown[:40]}", "says": in_both(told)}])


def _often(seconds: float) -> Response | None:
    if not seconds:
        return None
    wait = max(1, math.ceil(seconds))
    return faulty(429, TOO_OFTEN.filled(seconds=wait), headers={"Retry-After": str(wait)})
