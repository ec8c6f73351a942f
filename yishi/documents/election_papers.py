"""The papers before a ballot: the frame of the election method (选举办法), and the list of nominees with room for who they are (基本情况)."""

from dataclasses import dataclass

from domain.election.election import Election, Nomination
from domain.election.method import OPEN_POINTS, ElectionMethodDrafted, bounds_of
from domain.election.nominators import NOMINATORS
from domain.text import Text
from domain.vote.subjects import ELECTION_METHOD
from yishi.documents import words
from yishi.documents.choice import Choice
from yishi.documents.common import Paper, common
from yishi.documents.count_papers import COUNT_RULES
from yishi.documents.election_choice import elections_of
from yishi.documents.election_figures import KINDS, majority
from yishi.documents.fields import BLANK, Figure, named
from yishi.documents.source import Source
from yishi.documents.troubles import NotYet

METHOD, NOMINEES = Text("选举办法", "the election method"), Text("提名人选名单", "the list of nominees")

POINTS: dict[str, dict[str, str]] = {
    "ballot_count": {said: f"{rule},重新投票" for said, rule in COUNT_RULES.items()},
    "overmarked": {"void": "一张选票所选人数多于应选人数的,该选票作废"},
    "write_in_when_abstaining": {
        "counts": "弃权又另选他人的,另选有效",
        "void": "弃权又另选他人的,该选票作废",
    },
    "primary_tie": {
        "vote_again": "预选中末位得票相同的,就他们再次预选",
        "all_stand": "预选中末位得票相同的,在法定差额以内都列为正式候选人",
    },
    "revote_tie": {
        "vote_again": "再次投票票数仍然相等的,就他们继续投票",
        "shortfall": "再次投票票数仍然相等的,名额空缺,按另行选举办理",
        "presidium_proposes": "再次投票票数仍然相等的,由主席团提出处理意见,提请大会决定",
    },
    "relatives": {
        "barred": "候选人及其近亲属不担任监票人、计票人",
        "allowed": "候选人不担任监票人、计票人;近亲属不作限制",
    },
    "shortfall": {
        "this_session": "当选人数不足的,不足的名额在本次会议另行选举",
        "next_session": "当选人数不足的,不足的名额在下次会议另行选举",
        "congress_decides": "当选人数不足的,不足的名额在本次会议还是下次会议另行选举,由大会决定",
    },
}
"""How the method says each thing that the statute leaves to it."""


@dataclass(frozen=True)
class PostInMethod:
    """One election as the method has it."""

    title: str = named("职务", "职务名称", "the post")
    kind: str = named("类别", "换届选举、补选", "change of term, by-election")
    seats: int = named("应选", "应选人数", "seats")
    extra: Figure = named("差额", "差额数,没有草案则留空", "the margin, else a blank")
    stand: Figure = named("候选人数", "应选加差额,没有草案则留空", "seats and margin together, else a blank")
    bounds: str = named("法定差额", "法律允许的差额,如“1至3人”", "the margins the law allows")
    basis: str = named("依据", "差额的条款", "the article on the margin")
    needed: Figure = named("须得票", "当选所需的赞成票数", "votes that elect")
    signatures: Figure = named("联名人数", "代表联名提名所需人数", "deputies who nominate together")
    signing: str = named("联名依据", "代表联名提名的条款", "the article on joint nomination")


@dataclass(frozen=True)
class PointOfMethod:
    """What the statute leaves to the method."""

    title: str = named("名称", "哪一点", "the point")
    said: str = named("规定", "选举办法的规定;没有规定则为空", "what the method says; empty where it is silent")


@dataclass(frozen=True)
class Method(Paper):
    """选举办法."""

    state: str = named("状态", "“(草案)”,或者通过的日期和会议", "draft, or when it was adopted")
    drafted: bool = named("已有草案", "草案是否已提出", "whether a draft is on record")
    posts: tuple[PostInMethod, ...] = named("各项选举", "各项选举及其差额", "the elections with their margins")
    only_deputies: bool = named(
        "仅选代表", "是否只选举上一级人大代表(选举法)", "whether only deputies of the congress above are elected"
    )
    points: tuple[PointOfMethod, ...] = named("各点", "法律留给选举办法规定的各点", "what the law leaves to it")
    basis: str = named("依据", "选举办法的条款", "the article on the method")
    secret: str = named("无记名依据", "无记名投票的条款", "the article on the secret ballot")
    majority: str = named("当选依据", "过半数当选的条款", "the article on who is elected")
    total: int = named("全体代表", "全体代表人数", "all deputies")


@dataclass(frozen=True)
class Nominee:
    """One person nominated; what the record does not hold of them is a blank to write on."""

    number: int = named("序号", "在名单上的序号", "number on the list")
    name: str = named("姓名", "姓名,没有则为编号", "name, or the id where there is none")
    by: str = named("提名", "由谁提名", "by whom nominated")
    deputy: bool = named("代表", "是否本级代表", "whether a deputy here")
    stands: bool = named("候选人", "是否已列为正式候选人", "whether settled as a candidate")


@dataclass(frozen=True)
class NomineesOfPost:
    """The nominees for one post."""

    title: str = named("职务", "职务名称", "the post")
    seats: int = named("应选", "应选人数", "seats")
    people: tuple[Nominee, ...] = named("各人", "被提名人", "the nominees")
    settled: bool = named("已定候选人", "正式候选人是否已确定", "whether the candidates are settled")


@dataclass(frozen=True)
class Nominees(Paper):
    """提名人选名单."""

    posts: tuple[NomineesOfPost, ...] = named("各项选举", "有提名的各项选举", "the elections with nominees")
    basis: str = named("依据", "提交代表酝酿、讨论的条款", "the article on putting them to the deputies")


def method_paper(source: Source, choice: Choice) -> Method:
    """From the draft on record, or with blanks before it; the statute's own figures are filled in either way."""
    session = source.session
    found = elections_of(session, choice, METHOD)
    draft: ElectionMethodDrafted | None = session.election_method
    vote, state = session.votes.get(ELECTION_METHOD), "(草案)"
    if vote is not None and vote.adopted:
        at = session.sittings.get(vote.sitting)
        state = f"({words.day_of(vote.at)}{words.full_name(session.plan)}{at.title if at else ''}通过)"
    first = majority(source, found[0], source.until)
    titles = {"ballot_count": "收回选票多于发出选票时选举是否有效"} | {k: v.zh for k, v in OPEN_POINTS.items()}
    points = tuple(
        PointOfMethod(title, POINTS[point].get(getattr(draft.rules, point) or "", "") if draft else "")
        for point, title in titles.items()
    )
    under = ".deputies" if all(e.post.is_deputy for e in found) else ""
    return Method(
        **common(source),
        state=state,
        drafted=draft is not None,
        posts=tuple(_post(source, election, draft) for election in found),
        only_deputies=bool(under),
        points=points,
        basis=source.cites(source.until, f"election.method{under}"),
        secret=source.cites(source.until, f"ballot.secret{under}"),
        majority=words.cited(first.basis) if first else "",
        total=session.deputies_total,
    )


def _post(source: Source, election: Election, draft: ElectionMethodDrafted | None) -> PostInMethod:
    planned, under = election.planned, ".deputies" if election.post.is_deputy else ""
    equal = source.ruling(f"margin.by_election{under}", source.until)
    rule, joint = (
        source.ruling(election.post.margin, source.until),
        source.ruling(f"nomination.joint{under}", source.until),
    )
    elects = majority(source, election, source.until)
    if planned.kind == "by_election" and not planned.separate and equal is not None:
        bounds, basis = "可以差额,也可以等额", words.cited(equal.basis)
    else:
        within = bounds_of(rule, planned.seats) if rule and rule.value is not None else None
        bounds = _bounds(within) if within else "没有整数,由大会明确决定" if rule else ""
        basis = words.cited(rule.basis) if rule else ""
    given = [m.extra for m in draft.margins if m.election == planned.code] if draft else []
    return PostInMethod(
        title=planned.title,
        kind=KINDS[planned.kind],
        seats=planned.seats,
        extra=given[0] if given else BLANK,
        stand=planned.seats + given[0] if given else BLANK,
        bounds=bounds,
        basis=basis,
        needed=elects.share.needed(source.session.deputies_total) if elects and elects.value is not None else BLANK,
        signatures=joint.number if joint and joint.value is not None else BLANK,
        signing=words.cited(joint.basis) if joint else "",
    )


def _bounds(within: tuple[int, int]) -> str:
    least, most = within
    return f"{least}人" if least == most else f"{least}至{most}人"


def nominees_paper(source: Source, choice: Choice) -> Nominees:
    """Raises: NotYet: nobody is nominated yet."""
    found = [e for e in elections_of(source.session, choice, NOMINEES) if e.nominees or e.candidates]
    if not found:
        raise NotYet(paper=NOMINEES, why=Text("还没有被提名人", "nobody is nominated yet"))
    return Nominees(
        **common(source),
        posts=tuple(
            NomineesOfPost(
                title=e.planned.title,
                seats=e.seats_left,
                people=tuple(_nominees(source, e)),
                settled=bool(e.candidates),
            )
            for e in found
        ),
        basis=source.cites(source.until, "nominees.discussed", "nominees.printed.deputies"),
    )


def _seats(election: Election) -> int:
    """The seats that these nominees are for: those left where a separate election is to come, else those of their ballot."""
    separate = [r.seats for r in election.rounds if r.kind == "separate"]
    if election.separate_now and not separate:
        return election.seats_left
    return separate[-1] if separate else election.planned.seats


def _nominees(source: Source, election: Election) -> list[Nominee]:
    people = dict.fromkeys((*election.nominees, *election.candidates))
    return [
        Nominee(
            number=n,
            name=source.person(person),
            by=_nominated_by(election, person),
            deputy=person in source.session.in_office,
            stands=person in election.candidates,
        )
        for n, person in enumerate(people, 1)
    ]


def _nominated_by(election: Election, person: str) -> str:
    """By whom; in a separate election also by the votes of the ballot before it."""
    by = [_by(each) for each in election.nominations.values() if each.stands and person in each.persons]
    return "、".join(by) or "按第一次投票得票顺序"


def _by(nomination: Nomination) -> str:
    match nomination.nominator:
        case "presidium":
            return "主席团提名"
        case "deputies":
            return f"代表{len(nomination.counted)}人联名提名"
        case "president" | "premier" | "cmc_chair":
            return f"{NOMINATORS[nomination.nominator].zh}提名"
        case _:
            return f"{'、'.join(nomination.organisations)}推荐"
