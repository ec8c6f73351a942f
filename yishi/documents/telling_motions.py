"""How minutes tell motions, inquiries and interpellations; see `telling`."""

from domain.motion import committee, constitution, disposal, filing, listing, withdrawal
from domain.motion.motion import ORGANS, OUTCOMES
from domain.offices import organ_named
from domain.session import inquiry, interpellation, interpellation_answer, interpellation_decided
from domain.session.interpellation import PLACES
from yishi.documents.source import Source
from yishi.documents.telling import tell


@tell.register
def _(event: filing.MotionFiled, source: Source) -> str:
    who = f"代表{len(event.deputies)}人联名" if event.deputies else ORGANS[event.proposer].zh
    return f"{who}提出议案 {event.number}:{event.motion_title}{'(逾期)' if event.late else ''}。"


@tell.register
def _(event: constitution.ConstitutionProposed, source: Source) -> str:
    who = f"代表{len(event.deputies)}人" if event.deputies else ORGANS[event.proposer].zh
    return f"{who}提议修改宪法。"


@tell.register
def _(event: listing.MotionDecided, source: Source) -> str:
    why = f"{event.reasons.rstrip('。')}。" if event.reasons else ""
    agreed = f"主席团全体成员{event.members_total}人,赞成{event.in_favour}人。"
    lost = "" if event.stands else "未获通过。"
    return f"主席团对议案 {event.number} 的决定:{OUTCOMES[event.outcome].zh}。{why}{agreed}{lost}"


@tell.register
def _(event: committee.MotionReferred, source: Source) -> str:
    return f"议案 {event.number} 交{organ_named(event.committee).zh}审议。"


@tell.register
def _(event: committee.MotionReportedOn, source: Source) -> str:
    return f"对议案 {event.number} 提出审议意见。{event.text}"


@tell.register
def _(event: withdrawal.MotionWithdrawnByProposers, source: Source) -> str:
    if not event.stands:
        return f"提案人要求撤回议案 {event.number},主席团未予同意。"
    return f"议案 {event.number} 由提案人撤回。"


@tell.register
def _(event: withdrawal.SignatureWithdrawn, source: Source) -> str:
    return f"{source.people(event.deputies)}撤回对议案 {event.number} 的联名。"


@tell.register
def _(event: disposal.MotionDisposed, source: Source) -> str:
    return f"议案 {event.number} 的处理结果:{event.result.rstrip('。')}。"


@tell.register
def _(event: inquiry.InquiryRaised, source: Source) -> str:
    return f"审议{source.title(event.item)}时,{source.people(event.deputies)}向{organ_named(event.organ).zh}询问:{event.question}"


@tell.register
def _(event: inquiry.InquiryAnswered, source: Source) -> str:
    return f"审议{source.title(event.item)}时代表询问:{event.question} {organ_named(event.answered_by).zh}作了回答。"


@tell.register
def _(event: interpellation.InterpellationFiled, source: Source) -> str:
    who = f"代表{len(event.deputies)}人联名" if event.deputies else "代表团"
    return f"{who}提出质询案 {event.number},质询{organ_named(event.organ).zh}:{event.question}"


@tell.register
def _(event: interpellation_decided.InterpellationDecided, source: Source) -> str:
    if not event.stands:
        return f"质询案 {event.number} 的答复方式({PLACES[event.place].zh}),主席团表决未获通过。"
    return f"主席团决定质询案 {event.number} 以{PLACES[event.place].zh}的方式答复。"


@tell.register
def _(event: interpellation_answer.InterpellationAnswered, source: Source) -> str:
    return f"质询案 {event.number} {'再次' if event.again else ''}答复({PLACES[event.place].zh})。"


@tell.register
def _(event: interpellation_answer.ReanswerDemanded, source: Source) -> str:
    if event.delegation is not None:
        return f"对质询案 {event.number} 的答复,代表团不满意,要求再作答复。"
    return f"对质询案 {event.number} 的答复,联名代表{event.out_of}人中{len(event.dissatisfied)}人不满意,要求再作答复。"
