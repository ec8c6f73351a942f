"""One sentence in Chinese for each entry of the record, as minutes tell it. What has none here is told by its step's title."""

from functools import singledispatch

from domain.event import Event
from domain.session import (
    business,
    closing,
    correction,
    dates,
    handling,
    interruptions,
    moving,
    notice,
    presidium,
    record,
    registration,
    roll,
    sittings,
    suggestions,
)
from domain.session.decide import title_of
from domain.session.presidium_matters import MATTERS
from domain.session.struck import Struck
from yishi.documents import words
from yishi.documents.source import Source

OFFICE_WORDS = {"rest": "休息", "quorum_lost": "到会人数不足", "other": ""}
GROUNDS = {"custody": "因刑事案件被羁押正在受侦查、起诉、审判", "serving_sentence": "正在服刑", "ended": "原因消失"}


@singledispatch
def tell(event: Event, source: Source) -> str:
    """What happened, in a sentence; by the title of the step it belongs to where nothing more is said here."""
    for fact in event.facts():
        title = title_of(source.session, fact).zh
        if title != fact:
            return f"{title}。"
    return ""


@tell.register
def _(event: registration.SessionRegistered, source: Source) -> str:
    return f"登记会议:{words.full_name(event)},应到代表{len(event.roll)}人,议程{len(event.agenda)}项。"


@tell.register
def _(event: roll.CredentialsConfirmed, source: Source) -> str:
    fixed = f"代表名额{event.deputies_number.fixed}名," if event.deputies_number else ""
    invalid = f",{len(event.invalid)}人当选无效" if event.invalid else ""
    return f"确认代表资格,{fixed}{event.valid}人资格有效{invalid}。"


@tell.register
def _(event: dates.DateDecided, source: Source) -> str:
    return f"决定会议于{words.days(event.opens, event.closes)}举行。"


@tell.register
def _(event: dates.DatePublished, source: Source) -> str:
    return f"公布会议日期{_in(event.where)}。"


@tell.register
def _(event: moving.DateMoved, source: Source) -> str:
    by_mandate = f"根据{words.day(event.mandated_on)}{event.mandate}," if event.mandated_on else ""
    return f"{by_mandate}会议改于{words.days(event.opens, event.closes)}举行:{event.why}。"


@tell.register
def _(event: dates.Petitioned, source: Source) -> str:
    return f"代表{len(event.signatories)}人联名提议临时召集会议(须{event.needed}人)。"


@tell.register
def _(event: dates.PetitionAnswered, source: Source) -> str:
    return f"决定{'' if event.convene else '不'}临时召集会议:{event.why}。"


@tell.register
def _(event: notice.Prepared, source: Source) -> str:
    return f"拟订{'、'.join(event.drafts)}。"


@tell.register
def _(event: notice.VotersHeard, source: Source) -> str:
    return f"听取选民意见:{event.what}。"


@tell.register
def _(event: notice.NoticeGiven, source: Source) -> str:
    return f"发出会议通知(会前{event.days_before}日)。"


@tell.register
def _(event: notice.PapersSent, source: Source) -> str:
    return f"送达会议材料(会前{event.days_before}日):{'、'.join(event.papers)}。"


@tell.register
def _(event: notice.ObserversInvited, source: Source) -> str:
    return f"决定列席人员{event.count}人:{'、'.join(event.who)}。"


@tell.register
def _(event: notice.PartyStepRecorded, source: Source) -> str:
    return f"留存请示报告材料(仅作佐证):{event.what}。"


@tell.register
def _(event: roll.LeaveDecided, source: Source) -> str:
    return f"{'批准' if event.granted else '不批准'}{len(event.deputies)}名代表请假。"


@tell.register
def _(event: roll.DeputySuspended, source: Source) -> str:
    return f"代表{source.person(event.deputy)}{'暂停' if event.suspended else '恢复'}执行代表职务({GROUNDS[event.ground]})。"


@tell.register
def _(event: roll.SeatEnded, source: Source) -> str:
    return f"公告代表{source.person(event.deputy)}的代表资格终止。"


@tell.register
def _(event: roll.AbsencesRecorded, source: Source) -> str:
    more = f",另有{event.absent}人(按人数清点,未记名)" if event.absent else ""
    return f"整个会议期间未到:请假{len(event.with_leave)}人,未经批准{len(event.without_leave)}人{more}。"


@tell.register
def _(event: sittings.SittingCalled, source: Source) -> str:
    return f"增开{event.sitting_title},时间为{words.moment(event.planned)}。"


@tell.register
def _(event: sittings.SittingOpened, source: Source) -> str:
    title = source.session.sittings[event.sitting].title if event.sitting in source.session.sittings else event.sitting
    absent = event.deputies_total - event.deputies_present
    chair = f",由{source.person(event.chair)}主持" if event.chair else ""
    return f"举行{title}{chair}。应到代表{event.deputies_total}人,实到{event.deputies_present}人,缺席{absent}人。"


@tell.register
def _(event: interruptions.SittingPaused, source: Source) -> str:
    why = OFFICE_WORDS.get(event.why, "")
    return f"会议暂停{f'({why})' if why else ''},到会{event.deputies_present}人。"


@tell.register
def _(event: interruptions.SittingResumed, source: Source) -> str:
    return f"会议继续,到会{event.deputies_present}人。"


@tell.register
def _(event: sittings.SittingClosed, source: Source) -> str:
    return "散会。"


@tell.register
def _(event: presidium.PresidiumMet, source: Source) -> str:
    return f"举行主席团第{event.meeting}次会议,成员{event.members_total}人,出席{event.members_present}人。"


@tell.register
def _(event: presidium.PresidiumDecided, source: Source) -> str:
    about = "、".join(
        [*(f"《{source.title(code)}》" for code in event.items), source.people(event.persons), event.text]
    )
    about = "、".join(part for part in about.split("、") if part)
    what = MATTERS[event.matter].zh if event.matter in MATTERS else ""
    head = "主席团决定" if event.agreed else "主席团表决未获通过"
    return f"{head}:{what}{f'({about})' if about else ''}。全体成员{event.members_total}人,赞成{event.in_favour}人。"


@tell.register
def _(event: business.ReportHeard, source: Source) -> str:
    return f"听取{source.title(event.item)}{'(书面)' if event.form == 'written' else ''}。"


@tell.register
def _(event: business.Deliberated, source: Source) -> str:
    group = next((g.title for g in source.session.plan.groups if g.code == event.group), "会议")
    about = "、".join(source.title(code) for code in event.items)
    spoke = f",{event.speakers}人发言" if event.speakers else ""
    opinions = f"主要意见:{';'.join(event.opinions)}。" if event.opinions else ""
    return f"{group}{words.deliberating(source.session)}{about}{spoke}。{opinions}"


@tell.register
def _(event: business.CommitteeReported, source: Source) -> str:
    return f"委员会提出关于{'、'.join(source.title(code) for code in event.items)}的审查结果报告。"


@tell.register
def _(event: business.ProceedingRecorded, source: Source) -> str:
    return f"{event.what.rstrip('。')}。"


@tell.register
def _(event: closing.Announced, source: Source) -> str:
    return f"宣布结果:{'、'.join(source.title(code) for code in event.items)}。"


@tell.register
def _(event: closing.SessionClosed, source: Source) -> str:
    return "各项议程进行完毕,会议闭幕。"


@tell.register
def _(event: closing.ResultsPublished, source: Source) -> str:
    return f"公布{'、'.join(source.title(code) for code in event.items)}的结果{_in(event.where)}。"


@tell.register
def _(event: suggestions.SuggestionFiled, source: Source) -> str:
    return f"收到代表建议 {event.number}:{event.subject}({source.people(event.deputies)})。"


@tell.register
def _(event: suggestions.SuggestionsAssigned, source: Source) -> str:
    return (
        f"交办代表建议{len(event.assignments)}件:{'、'.join(f'{a.number}由{a.unit}办理' for a in event.assignments)}。"
    )


@tell.register
def _(event: record.IrregularityRecorded, source: Source) -> str:
    return f"情况说明:{title_of(source.session, event.fact).zh}未进行。{event.why.rstrip('。')}。"


@tell.register
def _(event: record.DeadlineMissed, source: Source) -> str:
    return f"期限已过(最后一日{words.day(event.last_day)})。"


@tell.register
def _(event: record.EditionAdopted, source: Source) -> str:
    return f"采用新版法规库({event.edition[:12]})。"


@tell.register
def _(event: correction.Corrected, source: Source) -> str:
    what = "删去" if event.strike else "更正"
    return f"{what}第{source.position(event.version)}号记录:{event.why.rstrip('。')}。"


@tell.register
def _(event: Struck, source: Source) -> str:
    return "(此条已删去,原记录仍在)"


def _in(where: str) -> str:
    return f"({where})" if where else ""


@tell.register
def _(event: handling.HandlingReported, source: Source) -> str:
    return f"报告{'、'.join(event.units)}办理代表建议的情况并公开。"
