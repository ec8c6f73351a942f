"""How minutes tell what became of office-holders: removals, dismissals, resignations, who acts, approvals, the oath; see `telling`."""

from domain.tenure import (
    acting,
    approval,
    departments,
    dismissal,
    dismissal_decided,
    oath,
    removal,
    removal_answered,
    removal_in_recess,
    removal_vote,
    resignation,
    resignation_decided,
    resignation_filed,
    resignation_in_recess,
    termination,
)
from domain.tenure.held import HELD, HIGHER_DEPUTY
from yishi.documents.decisions import told_of
from yishi.documents.oath_words import OATHS
from yishi.documents.source import Source
from yishi.documents.telling import tell

OUTCOMES = {"listed": "提请常委会会议审议", "not_listed": "不提请常委会会议审议", "investigation": "提议组织调查委员会"}


def _decided(
    event: removal_vote.RemovalVoted
    | removal_vote.RemovalInvestigated
    | removal_in_recess.RecessRemovalDecided
    | dismissal_decided.DismissalDecided
    | resignation_decided.ResignationDecided
    | resignation_in_recess.ResignationDecidedInRecess
    | acting.ActingNamed,
    source: Source,
) -> str:
    """A decision with its arithmetic: 表决罢免周某某的镇长职务:…。通过。"""
    said = told_of(event, source)
    assert said is not None, "every decision on an office-holder says what it is"
    waits = f",{said.waits}" if said.carried and said.waits else ""
    return f"{said.by}表决{said.what}:{said.figures}。{'通过' if said.carried else '未获通过'}{waits}。"


for kind in (
    removal_vote.RemovalVoted,
    removal_vote.RemovalInvestigated,
    removal_in_recess.RecessRemovalDecided,
    dismissal_decided.DismissalDecided,
    resignation_decided.ResignationDecided,
    resignation_in_recess.ResignationDecidedInRecess,
    acting.ActingNamed,
):
    tell.register(kind, _decided)


@tell.register
def _(event: removal.RemovalProposed, source: Source) -> str:
    who = f"代表{len(event.deputies)}人联名" if event.proposer == "deputies" else removal.PROPOSERS[event.proposer].zh
    left = f"(上次会议留交,调查委员会的报告:{event.carried})" if event.carried else ""
    return f"{who}提出第{event.number}号罢免案,提议罢免{_held(source, event.holder, event.post)}{left}。理由:{event.reasons.rstrip('。')}。"


@tell.register
def _(event: removal_answered.RemovalBrought, source: Source) -> str:
    return f"主席团将第{event.number}号罢免案提请大会审议。"


@tell.register
def _(event: removal_answered.DefenceOffered, source: Source) -> str:
    if not event.ways:
        return f"第{event.number}号罢免案:本人没有申辩。"
    ways = "、".join(removal_answered.WAYS[way].zh for way in event.ways)
    return f"第{event.number}号罢免案:本人{ways}申辩{',申辩意见已印发会议' if event.printed else ''}。"


@tell.register
def _(event: removal_in_recess.RecessRemovalProposed, source: Source) -> str:
    who = _of_committee(event.proposer, event.signed)
    return f"{who}在闭会期间提出第{event.number}号罢免案,提议罢免{_held(source, event.holder, HIGHER_DEPUTY)}。"


@tell.register
def _(event: dismissal.DismissalProposed, source: Source) -> str:
    who = _of_committee(event.proposer, event.signed)
    return f"{who}提出第{event.number}号撤职案,提请撤销{_held(source, event.holder, event.post)}。"


@tell.register
def _(event: dismissal_decided.DismissalListed, source: Source) -> str:
    return f"主任会议决定第{event.number}号撤职案{OUTCOMES[event.outcome]}。"


@tell.register
def _(event: resignation.ResignationSubmitted, source: Source) -> str:
    post = HELD[event.post].title.zh
    accepted = f",已于{event.accepted_on}在闭会期间接受" if event.accepted_on else ""
    return f"{source.person(event.holder)}提出辞去{post}职务(第{event.number}号辞职{accepted})。"


@tell.register
def _(event: resignation_filed.ResignationFiled, source: Source) -> str:
    return f"常委会将闭会期间接受第{event.number}号辞职的情况报大会备案。"


@tell.register
def _(event: termination.OfficeEnded, source: Source) -> str:
    return f"公告{_held(source, event.holder, event.post)}随代表职务终止。"


@tell.register
def _(event: approval.ApprovalRecorded, source: Source) -> str:
    said = "批准" if event.approved else "没有批准"
    document = f"({event.document})" if event.document else ""
    return f"上一级人大常委会{said}{_matter(source, event.matter)}:{source.person(event.holder)}{document}。"


@tell.register
def _(event: departments.DepartmentHeadsSubmitted, source: Source) -> str:
    return f"人民政府提请任命政府部门负责人{event.count}人。"


@tell.register
def _(event: oath.OathTaken, source: Source) -> str:
    led = f",由{source.person(event.led_by)}领誓" if event.led_by else ""
    version = OATHS[event.text].version if event.text in OATHS else event.text
    return f"{source.people(event.persons)}宪法宣誓{led}(誓词为{version}文本)。"


def _held(source: Source, person: str, post: str) -> str:
    return f"{source.person(person)}的{HELD[post].title.zh}职务"


def _of_committee(proposer: str, signed: int) -> str:
    return f"常委会组成人员{signed}人联名" if proposer == "sc_members" else dismissal.PROPOSERS[proposer].zh


def _matter(source: Source, matter: str) -> str:
    kind, _, number = matter.partition("-")
    if kind in ("removal", "resignation") and number:
        return f"第{number}号{'罢免案' if kind == 'removal' else '辞职'}"
    election = source.session.elections.get(matter)
    return f"选举{election.planned.title}" if election else matter
