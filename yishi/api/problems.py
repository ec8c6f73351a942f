"""What went otherwise than asked, as RFC 9457 has it: `application/problem+json`, in the language that was asked for.

Each kind has an address, `/v1/problems/NAME`, under which it is explained: a fault of the request or of ours by a name with hyphens, a
refusal of a rule by its own name, such as `QuorumNotMet`. What programs read before, `fault`, `says`, `reason` and the rest, stands beside.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from domain.law import articles
from domain.refusals import REFUSALS, Refusal
from domain.text import Lang, Text
from yishi.api.languages import preferred

PLACE = "/v1/problems/"


class Kind(NamedTuple):
    """One kind of problem. `means`: what has happened, and what to do."""

    status: int
    title: Text
    means: Text


KINDS: Mapping[str, Kind] = {
    "token-wrong": Kind(
        401, Text("令牌不对", "No token, or a wrong one"),
        Text("没有令牌,令牌不对,或者已经失效。请在 Authorization 头中写 Bearer 和令牌。",
             "No token was shown, or one that does not hold. Send `Authorization: Bearer` with a token."),
    ),
    "not-allowed": Kind(
        403, Text("令牌无此权限", "Beyond the rights of this token"),
        Text("这个令牌不能办理或查阅此事,已记录这次尝试。请用有权限的令牌。",
             "This token may not do or read this; the attempt is on record. Use one that may."),
    ),
    "not-here": Kind(
        404, Text("没有", "Not here"),
        Text("没有这个地址、会议或事项。请核对名称。", "There is no such address, session or matter. Look at its name again."),
    ),
    "not-recorded": Kind(
        404, Text("没有记录", "Nothing recorded"),
        Text("这个编号(command_id)下没有记录,也没有正在办理的。未得答复的,请以同一编号重发:不会丢失,也不会重复。",
             "Nothing is recorded under this command id, and nothing of it is on its way here. If you had no answer send it again with "
             "the same id: it is neither lost nor done twice."),
    ),
    "not-done-here": Kind(
        405, Text("此处不能这样请求", "Not done here"),
        Text("这个地址不接受这种方法,Allow 头写明可用的方法。", "The address takes another method; the Allow header says which."),
    ),
    "not-at-this-stage": Kind(
        409, Text("现阶段不能办理", "Not at this stage"),
        Text("票箱所处的阶段不能办理此事。原样重发结果相同。",
             "The ballot box stands at a stage at which this is not done. Sent again as it is, it comes to the same."),
    ),
    "batch-refused": Kind(
        409, Text("其中有不予办理的", "Some of these are refused"),
        Text("一并提交的行为中有不予办理的,全部未作记录。refused 逐项说明,n 为其次序(从 0 数)。",
             "Rules stand against some of the acts sent together, so none was recorded. `refused` tells each, `n` its place from 0."),
    ),
    "already-cast": Kind(
        409, Text("已经投过票", "A ballot is in the box already"),
        Text("凭这个令牌已经投过票,票箱中的票不能更换。", "A ballot of this token is in the box; it cannot be replaced."),
    ),
    "copy-of-another": Kind(
        409, Text("与箱中一张选票相同", "A copy of another ballot"),
        Text("密封的选票与箱中的一张完全相同,不予接收。请重新密封。", "The sealed ballot is a copy of one in the box. Seal it anew."),
    ),
    "gone-on": Kind(
        412, Text("记录已有变动", "The record has gone on"),
        Text("If-Match 写明的版本已不是最新,未作记录,编号也未用掉。请重新查阅,再以新的 ETag 提交。",
             "What `If-Match` names is no longer the newest version. Nothing was recorded and the command id is not spent: look again "
             "and send it with the new ETag."),
    ),
    "too-large": Kind(
        413, Text("过大", "Too large"),
        Text("请求或材料超过上限,未作记录。", "The request or the file is beyond the limit. Nothing was stored."),
    ),
    "packed": Kind(
        415, Text("正文被压缩", "The body is packed"),
        Text("正文按 Content-Encoding 压缩,未作记录。请原样发送。",
             "The body is packed by Content-Encoding. Nothing was stored: send it as it is."),
    ),
    "not-this-machine": Kind(
        421, Text("只在本机访问", "For this machine only"),
        Text("请以 127.0.0.1 访问。", "Call this door by the name 127.0.0.1."),
    ),
    "not-well-formed": Kind(
        422, Text("请求有误", "Not well formed"),
        Text("请求写法有误,未作记录,编号也未用掉。wrong 逐处说明。",
             "Nothing was recorded and the command id is not spent. `wrong` tells each place."),
    ),
    "command-id-used": Kind(
        422, Text("编号已用于另一项请求", "Command id already used"),
        Text("这个编号(command_id 或 Idempotency-Key)已用于另一项请求。同一请求可以重发;另一件事请用新编号。",
             "This id (`command_id` or `Idempotency-Key`) belongs to another request. The same request may be sent again for ever; "
             "for something else choose a new id."),
    ),
    "too-often": Kind(
        429, Text("过于频繁", "Too often"),
        Text("请按 Retry-After 所写的秒数稍后再试。", "Try again after the seconds in Retry-After."),
    ),
    "fault-of-ours": Kind(
        500, Text("系统故障", "A fault of ours"),
        Text("系统内部故障,日志中有其编号。可以用同一编号(command_id)重发。",
             "Something here failed; the log has the entry. It is safe to send it again with the same command id."),
    ),
    "not-taken": Kind(
        503, Text("未能记录", "Not taken"),
        Text("现在不能记录,未保存任何内容。请按 Retry-After 稍后以同一编号重发。",
             "It could not be taken now and nothing of it is stored. Send it again after Retry-After with the same command id."),
    ),
    "not-ready": Kind(
        503, Text("还不能受理", "Not ready"),
        Text("服务尚缺 {missing},稍候再问。一直如此的,请在服务所在的机器上运行 yishi doctor。",
             "The service lacks {missing}: ask again in a moment. If it stays so run `yishi doctor` on its machine."),
    ),
    "full": Kind(
        503, Text("办理中的过多", "Too many on their way"),
        Text("同时办理的行为已达上限,未收下,未保存任何内容。请按 Retry-After 稍后以同一编号重发。",
             "As many acts are on their way as may be at once; this one was not taken and nothing of it is stored. Send it again after "
             "Retry-After with the same command id."),
    ),
}  # fmt: skip
"""All but the refusals of rules, which are `REFUSALS`."""

OF_STATUS = {kind.status: name for name, kind in reversed(list(KINDS.items()))}
"""The usual kind of a status: the one that stands first."""

BY_RULE = Text("依规定不予办理", "A rule stands against it")
BY_RECORD = Text("与记录不符,不予办理", "The record stands against it")
REFUSED_MEANS = Text(
    "不予办理,已记录这次尝试,编号也已用掉。理由:{says}",
    "It is refused; the attempt is on record and the command id is spent. Why: {says}",
)
NEEDED = frozenset(
    {"needed", "share", "least", "most", "allowed", "known", "latest", "until", "wanted", "deadline", "due", "kinds", "offices", "may"}
)  # fmt: skip
"""Names of figures that tell what a rule asks for; the others tell what was found."""


class Problem(JSONResponse):
    """One problem, said in the language of whoever asked once it is sent: only then it is known.

    Attributes:
        kind: its name at `/v1/problems/`; says: the sentence about this very case; instance: where this case is kept, else the address
        that was asked.
    """

    media_type = "application/problem+json"

    def __init__(
        self, kind: str, title: Text, status: int, says: Text, members: Mapping[str, Any],
        headers: Mapping[str, str] | None = None, instance: str | None = None,
    ) -> None:  # fmt: skip
        self.kind, self.title, self.says, self.members, self.instance = kind, title, says, members, instance
        super().__init__(dict(members), status, headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        lang = preferred(Headers(scope=scope).get("accept-language", ""))
        place = self.instance or scope.get("raw_path", b"").decode("ascii", "replace") or "/"
        self.body = self.render(self.told(lang, place))
        self.headers["Content-Length"] = str(len(self.body))
        self.headers["Content-Language"] = "en" if lang == "en" else "zh-CN"
        self.headers["Vary"] = "Accept-Language"
        await super().__call__(scope, receive, send)

    def told(self, lang: Lang, place: str) -> dict[str, Any]:
        return {
            "type": PLACE + self.kind,
            "title": self.title.to(lang),
            "status": self.status_code,
            "detail": self.says.to(lang),
            "instance": place,
            "says": self.says._asdict(),
            **self.members,
        }


def refusal_problem(refusal: Refusal) -> Problem:
    """A refusal with its article, what was found and what is needed; the attempt on record is the instance."""
    kept = None if refusal.position is None else f"/v1/events?after={refusal.position - 1}&limit=1&wait=0"
    cited = articles(refusal.basis) if refusal.basis else None
    members = refusal.model_dump(mode="json")
    figures = members["figures"]
    members |= {
        "citation": cited._asdict() if cited else None,
        "found": {name: figure for name, figure in figures.items() if name not in NEEDED},
        "needed": {name: figure for name, figure in figures.items() if name in NEEDED},
    }
    return Problem(refusal.reason, BY_RULE if refusal.basis else BY_RECORD, 409, refusal.says(), members, instance=kept)


def explained(name: str) -> dict[str, Any] | None:
    """One kind of problem for whoever follows its address; None: there is none of that name."""
    if name in KINDS:
        kind = KINDS[name]
    elif name in REFUSALS:
        kind = Kind(409, BY_RULE, REFUSED_MEANS.filled(says=REFUSALS[name].says))
    else:
        return None
    return {
        "type": PLACE + name,
        "status": kind.status,
        "title": kind.title._asdict(),
        "means": kind.means._asdict(),
    }


def all_explained() -> list[dict[str, Any]]:
    return [told for name in (*KINDS, *sorted(REFUSALS)) if (told := explained(name)) is not None]
