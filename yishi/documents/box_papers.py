"""The record of an electronic ballot box (电子票箱记录): sealed, closed, opened and attested, for the key holders to sign."""

from dataclasses import dataclass
from datetime import datetime

from domain.ballot.box import Box
from domain.ballot.closing import BoxClosed, BoxGivenUp
from domain.ballot.counting import BESIDE_ABSTENTION, OVERMARKED, UNREADABLE
from domain.ballot.opening import BoxAttested, BoxOpened
from domain.event import Event
from domain.text import Text
from yishi.documents import words
from yishi.documents.choice import Choice
from yishi.documents.common import Paper, common
from yishi.documents.election_figures import ordinal
from yishi.documents.fields import BLANK, Figure, named
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

BOX = Text("电子票箱记录", "the record of an electronic ballot box")
WHY_VOID = {UNREADABLE: "无法辨认", OVERMARKED: "多选", BESIDE_ABSTENTION: "弃权又另选他人"}
IF_FEWER = {"paper_ballot": "改用纸质选票重新投票", "vote_again": "另设票箱重新投票"}
STATES = {
    "sealed": "已封箱,正在投票",
    "closed": "已关闭,尚未开箱",
    "given_up": "持钥人不足,不开箱",
    "opened": "已开箱,待监票人签认",
    "attested": "已开箱,监票人已签认",
}


@dataclass(frozen=True)
class BoxLine:
    """One line of what came out."""

    name: str = named("名称", "候选人、另选的人,或者表决的事项", "a candidate, somebody written in, or the subject")
    in_favour: Figure = named("赞成", "赞成票数", "votes in favour")
    against: Figure = named("反对", "反对票数;另选的人为空", "votes against; empty if written in")
    abstained: Figure = named("弃权", "弃权票数;另选的人为空", "abstentions; empty if written in")


@dataclass(frozen=True)
class OneBox:
    """One box."""

    code: str = named("代号", "票箱代号", "its code")
    about: str = named("事项", "哪一项选举的第几次投票,或者哪一项表决", "which ballot of which election, or which vote")
    state: str = named("状态", "已封箱、已关闭、已开箱等", "sealed, closed, opened …")
    sitting: str = named("会议名称", "在哪次会议上", "the sitting")
    sealed_at: str = named("封箱时间", "封箱的时间", "when it was sealed")
    holders: str = named("持钥人", "各持一份密钥的监票人", "the scrutineers who hold a share of the key each")
    shares: int = named("密钥份数", "密钥分成几份", "how many shares there are")
    needed: int = named("开箱人数", "几人到场才能开箱", "how many open it")
    if_fewer: str = named("人数不足时", "到场的持钥人不足时怎么办", "what follows if fewer come")
    form: str = named("选票式样摘要", "选票式样的摘要,每 8 位一组", "the digest of the ballot's form")
    closed_at: str = named("关闭时间", "关闭的时间,没有则为空", "when it was closed, else empty")
    issued: Figure = named("发出", "发出的票数", "ballots issued")
    returned: Figure = named("收回", "箱中的票数", "ballots in the box")
    root: str = named("箱内摘要", "箱内各票的总摘要", "the root over what is in the box")
    opened_at: str = named("开箱时间", "开箱的时间,没有则为空", "when it was opened, else empty")
    opened_by: str = named("开箱人", "到场开箱的持钥人", "who opened it")
    valid: Figure = named("有效", "有效票数", "valid ballots")
    void: Figure = named("无效", "无效票数", "void ballots")
    why_void: str = named("无效原因", "各种原因的张数,没有则为空", "how many for which reason, else empty")
    lines: tuple[BoxLine, ...] = named("各行", "开箱后的各项票数", "the figures that came out")
    ballots: str = named("选票摘要", "全部选票明文的摘要", "the digest of all ballots in clear")
    attested_by: str = named("签认人", "已签认的监票人", "who has attested")
    given_up: str = named("不开箱时间", "决定不开箱的时间,没有则为空", "when it was given up, else empty")


@dataclass(frozen=True)
class Boxes(Paper):
    """电子票箱记录."""

    boxes: tuple[OneBox, ...] = named("各票箱", "本次会议的电子票箱", "the session's boxes")


def box_records(source: Source, _: Choice) -> Boxes:
    """One page a box, as far as it has come; what has not happened yet is blank.

    Raises:
        NotYet: there is none.
    """
    boxes = tuple(_one(source, box) for box in source.session.boxes.values())
    if not boxes:
        raise NotYet(paper=BOX, why=Text("本次会议没有电子票箱", "this session has no electronic ballot box"))
    return Boxes(**common(source), boxes=boxes)


def about(source: Source, box: Box) -> str:
    """What a box is for."""
    if box.form.kind == "vote":
        return f"表决{source.title(box.form.about)}"
    election = source.session.elections.get(box.form.about)
    title = election.planned.title if election else box.form.about
    return f"选举{title}{ordinal(box.form.round)}投票"


def _one(source: Source, box: Box) -> OneBox:
    sealed, closed, opened = box.sealed, box.closed, box.opened
    sitting = source.session.sittings.get(sealed.sitting)
    sums = (opened.figures or opened.vote) if opened else None
    attested = _of_box(source, BoxAttested, box)
    given_up = _of_box(source, BoxGivenUp, box)
    return OneBox(
        code=box.form.box,
        about=about(source, box),
        state=STATES[box.state],
        sitting=sitting.title if sitting else "",
        sealed_at=words.moment(sealed.at),
        holders=source.people(sealed.holders),
        shares=len(sealed.keys.shares),
        needed=sealed.keys.needed,
        if_fewer=IF_FEWER[sealed.if_fewer],
        form=words.grouped(sealed.form_digest),
        closed_at=_when(closed.at if isinstance(closed, BoxClosed) else None),
        issued=closed.issued if closed else BLANK,
        returned=closed.returned if closed else BLANK,
        root=words.grouped(closed.root) if closed else BLANK,
        opened_at=_when(opened.at if opened else None),
        opened_by=source.people(opened.holders) if opened else "",
        valid=sums.valid if sums else BLANK,
        void=sums.void if sums else BLANK,
        why_void=why_void(opened) if opened else "",
        lines=_lines(source, box),
        ballots=words.grouped(opened.ballots) if opened else BLANK,
        attested_by=source.people(e.scrutineer for e in attested if isinstance(e, BoxAttested)),
        given_up=_when(given_up[-1].at if given_up else None),
    )


def _when(at: datetime | None) -> str:
    return words.moment(at) if at else ""


def _of_box(source: Source, kind: type[Event], box: Box) -> list[Event]:
    return [e for e in source.session.history if isinstance(e, kind) and getattr(e, "box", "") == box.form.box]


def why_void(opened: BoxOpened) -> str:
    """多选3张、无法辨认1张."""
    return "、".join(f"{WHY_VOID.get(why, why)}{n}张" for why, n in opened.void.items() if n)


def _lines(source: Source, box: Box) -> tuple[BoxLine, ...]:
    """What came out, or a blank line for each that stands on the ballot."""
    opened = box.opened
    if box.form.kind == "vote":
        vote = opened.vote if opened else None
        marks = (vote.in_favour, vote.against, vote.abstained) if vote else (BLANK, BLANK, BLANK)
        return (BoxLine(source.title(box.form.about), *marks),)
    figures = opened.figures if opened else None
    if figures is None:
        return tuple(BoxLine(source.person(p), BLANK, BLANK, BLANK) for p in box.form.candidates)
    stood = (BoxLine(source.person(x.person), x.in_favour, x.against, x.abstained) for x in figures.lines)
    others = (BoxLine(f"{source.person(w.person)}(另选)", w.in_favour, "", "") for w in figures.write_ins)
    return (*stood, *others)
