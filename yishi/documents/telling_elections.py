"""How minutes tell an election, from its method to the declaration; see `telling`."""

from domain.election import (
    attesting,
    breaking_off,
    candidates,
    declaration,
    declining,
    lost,
    method,
    nomination,
    nominators,
    primary,
    printing,
    rounds,
    separate,
    sheets,
    tied_again,
    validity,
)  # fmt: skip
from domain.election.tally import Figures, Void
from yishi.documents.election_figures import ROUNDS, ordinal
from yishi.documents.source import Source
from yishi.documents.telling import tell

ByPresidium = (
    nomination.Nominated
    | declining.NominationWithdrawn
    | candidates.CandidatesSettled
    | lost.CandidateDropped
    | breaking_off.BallotBrokenOff
    | validity.ValidityDecided
)
"""What is nothing without the presidium's agreement."""
VOID_POLLS = {
    Void.MORE_RETURNED_THAN_ISSUED: "收回的选票多于发出的选票",
    Void.MORE_RETURNED_THAN_VOTERS: "收回的选票多于投票人数",
    Void.BY_PRESIDIUM: "收回的选票多于全体代表,主席团确定无效",
}
WHEN = {"this_session": "本次会议", "next_session": "下次会议"}


@tell.register
def _(event: method.ElectionMethodDrafted, source: Source) -> str:
    margins = "、".join(f"{_post(source, m.election)}差额{m.extra}人" for m in event.margins)
    return f"提出选举办法草案:{margins}。"


@tell.register
def _(event: nomination.Nominated, source: Source) -> str:
    by = {
        **{who: title.zh for who, title in nominators.NOMINATORS.items()},
        "deputies": f"代表{len(event.counted)}人联名",
        "organisations": "、".join(event.organisations),
    }
    who = source.people(event.persons)
    what = f"第{event.number}号提名:{by[event.nominator]}提名{who}为{_post(source, event.election)}人选"
    return f"{what},{_lost(event)}" if event.lost else f"{what}。"


@tell.register
def _(event: declining.NominationWithdrawn, source: Source) -> str:
    what = f"撤回第{event.number}号提名({_post(source, event.election)})"
    return f"{what}。" if event.stands else f"{what},{_lost(event)}"


@tell.register
def _(event: declining.NominationDeclined, source: Source) -> str:
    return f"{source.person(event.nominee)}不接受{_post(source, event.election)}的提名。"


@tell.register
def _(event: printing.NomineesPrinted, source: Source) -> str:
    lists = ";".join(f"{_post(source, each.election)}:{source.people(each.persons)}" for each in event.lists)
    return f"印发被提名人名单,提交代表酝酿、讨论:{lists}。"


@tell.register
def _(event: primary.PrimaryHeld, source: Source) -> str:
    tied = f"{source.people(event.tied)}得票相同。" if event.tied else ""
    return (
        f"预选{_post(source, event.election)}候选人:{_ballots(event)}。"
        f"{_got(source, [(line.person, line.votes) for line in event.lines])}。进入正式候选人:{source.people(event.chosen)}。{tied}"
    )


@tell.register
def _(event: candidates.CandidatesSettled, source: Source) -> str:
    kind = "差额" if len(event.candidates) > event.seats else "等额"
    people = source.people(event.candidates)
    what = f"确定{_post(source, event.election)}正式候选人({kind},应选{event.seats}人):{people}"
    return f"{what}。" if event.stands else f"{what};{_lost(event)}"


@tell.register
def _(event: rounds.BallotOpened, source: Source) -> str:
    needed = f",当选须{event.needed}票" if event.needed else ",得票多的当选"
    return (
        f"选举{_post(source, event.election)}{ordinal(event.number)}投票({ROUNDS[event.round]}):应选{event.seats}人,"
        f"候选人{source.people(event.candidates)};全体代表{event.deputies_total}人,到会{event.deputies_present}人{needed}。"
    )


@tell.register
def _(event: sheets.BallotSheetEntered, source: Source) -> str:
    post, number = _post(source, event.election), ordinal(event.number)
    return f"录入选举{post}{number}投票第{event.sheet}张计票单:{_ballots(event.figures)}。"


@tell.register
def _(event: attesting.CountAttested, source: Source) -> str:
    return f"监票人签认选举{_post(source, event.election)}{ordinal(event.number)}投票的计票结果:{_ballots(event.figures)}。"


@tell.register
def _(event: declaration.ElectionDeclared, source: Source) -> str:
    head = f"宣布选举{_post(source, event.election)}的结果({ordinal(event.number)}投票):{_ballots(event.figures)}。"
    if event.outcome.void is not None:
        return f"{head}{VOID_POLLS[event.outcome.void]},本次投票无效,重新投票。"
    got = _got(source, [(score.person, score.votes) for score in event.outcome.scores])
    needed = f"全体代表{event.base}人,过半数为{event.needed}票。" if event.needed else ""
    return f"{head}{needed}{got}。{_came_of_it(event, source)}"


def _came_of_it(event: declaration.ElectionDeclared, source: Source) -> str:
    result = event.outcome
    told = f"{source.people(result.elected)}当选。" if result.elected else "没有人当选。"
    if result.tied:
        told += f"{source.people(result.tied)}得票相等,就他们再次投票。"
    return told + (f"尚缺{result.open_seats}人。" if result.open_seats else "")


@tell.register
def _(event: separate.SeparateElectionDecided, source: Source) -> str:
    count = event.count
    by = (
        f"(赞成{count.in_favour}票,反对{count.against}票,弃权{count.abstained}票,须{event.needed}票)"
        if count
        else "(按选举办法)"
    )
    done = "决定" if event.adopted else "没有通过"
    return f"{done}{_post(source, event.election)}不足的{event.seats}个名额在{WHEN[event.when]}另行选举{by}。"


@tell.register
def _(event: lost.CandidateDropped, source: Source) -> str:
    if not event.stands:
        return f"登记候选人{source.person(event.candidate)}出缺:{_lost(event)}"
    goes_on = "正在进行的投票继续,对其所投的赞成票不能使其当选。" if event.ballot else ""
    who, ground = source.person(event.candidate), lost.GROUNDS[event.ground].zh
    return f"{_post(source, event.election)}候选人{who}出缺({ground}):{event.why.rstrip('。')}。{goes_on}"


@tell.register
def _(event: breaking_off.BallotBrokenOff, source: Source) -> str:
    if not event.stands:
        return f"提出中止选举{_post(source, event.election)}{ordinal(event.number)}投票:{_lost(event)}"
    kept = breaking_off.KEPT[event.kept].zh
    return f"主席团决定中止选举{_post(source, event.election)}{ordinal(event.number)}投票:{event.why.rstrip('。')};{kept};重新投票。"


@tell.register
def _(event: validity.ValidityDecided, source: Source) -> str:
    if not event.agreed:
        return f"提请确定选举{_post(source, event.election)}{ordinal(event.number)}投票是否有效:{_lost(event)}"
    said = validity.SAID[event.stands].zh
    return f"主席团确定选举{_post(source, event.election)}{ordinal(event.number)}投票{said}:{event.why.rstrip('。')}。"


@tell.register
def _(event: tied_again.TieDecided, source: Source) -> str:
    count, done = event.count, "决定" if event.adopted else "没有通过"
    votes = f"赞成{count.in_favour}票,反对{count.against}票,弃权{count.abstained}票,须{event.needed}票"
    return (
        f"选举{_post(source, event.election)}再次票数相等,大会{done}:{tied_again.FOLLOWS[event.follows].zh}({votes})。"
    )


def _lost(event: ByPresidium) -> str:
    return f"主席团表决未获通过(全体成员{event.members_total}人,赞成{event.in_favour}人)。"


def _post(source: Source, code: str) -> str:
    election = source.session.elections.get(code)
    return str(election.planned.title) if election else code


def _got(source: Source, votes: list[tuple[str, int]]) -> str:
    return "、".join(f"{source.person(person)}得{number}票" for person, number in votes)


def _ballots(figures: Figures | primary.PrimaryHeld) -> str:
    return f"发出{figures.issued}张,收回{figures.returned}张,有效{figures.valid}张,无效{figures.void}张"
