"""What a vote or a ballot came to, and the arithmetic behind it, in a sentence: for the screen and for the papers alike.

地方组织法 (2022) arts 25, 29: what is adopted or who is elected has more than half of *all* deputies, so every sentence names the base, what
more than half of it is, and what was reached.
"""

from collections.abc import Callable, Iterable
from itertools import groupby

from domain.arithmetic import Base, Share
from domain.election.declaration import ElectionDeclared
from domain.election.tally import Score, Void
from domain.law import Citation, LawBook, Provision, chinese_number
from domain.text import Text
from domain.vote.paper import OVER_PRESENT
from domain.vote.votes import VoteCounted

Naming = Callable[[str], str]
"""A person's name by id; the id where no name can be opened."""

BASES = {
    Base.ALL_DEPUTIES: Text("全体代表", "all deputies"),
    Base.DEPUTIES_PRESENT: Text("到会代表", "deputies present"),
    Base.ALL_MEMBERS: Text("全体成员", "all members"),
    Base.MEMBERS_PRESENT: Text("到会成员", "members present"),
}
DEPUTIES = BASES[Base.ALL_DEPUTIES]


def share_of(
    basis: Iterable[Citation], book: LawBook, own_rules: Iterable[Provision], total: int, needed: int
) -> Share | None:
    """The majority an event was judged by: the share among the rules it rests on that comes to `needed` of `total`."""
    known = {p.id: p.value for p in (*book.provisions, *own_rules)}
    values = (known.get(citation.rule) for citation in basis)
    return next((v for v in values if isinstance(v, Share) and v.needed(total) == needed), None)


def majority(share: Share | None, total: int, needed: int) -> Text:
    """全体代表 300,过半数为 151."""
    if share is None:
        return Text(f"全体代表 {total},须 {needed} 票", f"{total} deputies in all, {needed} votes are needed")
    base = BASES.get(share.of, DEPUTIES)
    return Text(f"{base.zh} {total},{share.word}为 {needed}", f"{base.en} {total}, {share.words.en} is {needed}")


def vote_says(vote: VoteCounted, share: Share | None) -> Text:
    """赞成 149,全体代表 300,过半数为 151,未获通过."""
    if vote.voided:
        return _void_vote(vote)
    result = _result(vote)
    if vote.count is None:
        return Text(f"没有计票,{result.zh}", f"no count was taken; {result.en}")
    return outcome_says(vote.count.in_favour, vote.deputies_total, vote.needed, share, result)


def outcome_says(in_favour: int, total: int, needed: int, share: Share | None, result: Text) -> Text:
    """The votes in favour, the base, what a majority of it is, and the result in words."""
    if not needed:
        return Text(
            f"赞成 {in_favour},现行规定没有写明须多少票,{result.zh}",
            f"{in_favour} in favour; the law on file does not say how many are needed; {result.en}",
        )
    base = majority(share, total, needed)
    return Text(f"赞成 {in_favour},{base.zh},{result.zh}", f"{in_favour} in favour; {base.en}; {result.en}")


def _void_vote(vote: VoteCounted) -> Text:
    if vote.voided == OVER_PRESENT:
        than = Text(f"到会的 {vote.deputies_present} 人", f"the {vote.deputies_present} present")
    else:
        than = Text(f"发出的 {vote.issued} 张", f"the {vote.issued} issued")
    return Text(
        f"收回 {vote.returned} 张,多于{than.zh},本次表决无效,重新表决",
        f"{vote.returned} ballots returned, more than {than.en}: the vote is void and is taken again",
    )


def _result(vote: VoteCounted) -> Text:
    if vote.recommendation:
        agreed = Text("同意(只作推荐)", "supported (a recommendation only)")
        return agreed if vote.adopted else Text("未获同意(只作推荐)", "not supported (a recommendation only)")
    return Text("通过", "adopted") if vote.adopted else Text("未获通过", "not adopted")


def election_says(declared: ElectionDeclared, naming: Naming, share: Share | None) -> Text:
    """应选 3 人,全体代表 241,过半数为 121;甲 200 票,当选;丙、丁各 130 票,票数相等,就二人再次投票."""
    if declared.outcome.void is not None:
        return _void(declared)
    parts = [_asked(declared, share), *_scores(declared, naming, share), *_left(declared)]
    return Text(";".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _void(declared: ElectionDeclared) -> Text:
    returned, issued = declared.figures.returned, declared.figures.issued
    if declared.outcome.void is Void.MORE_RETURNED_THAN_VOTERS:
        voted = min(declared.voters, issued)
        than = Text(f"投票人数 {voted} 人", f"the {voted} who voted")
    elif declared.outcome.void is Void.BY_PRESIDIUM:
        than = Text(
            f"全体代表 {declared.base} 人,主席团确定无效",
            f"the {declared.base} deputies in all, as the presidium determined",
        )
    else:
        than = Text(f"发出的 {issued} 张", f"the {issued} issued")
    return Text(
        f"收回选票 {returned} 张,多于{than.zh},本次选举无效,重新投票",
        f"{returned} ballots returned, more than {than.en}: the poll is void and is held again",
    )


def _asked(declared: ElectionDeclared, share: Share | None) -> Text:
    """How many are to be elected, and by how many votes."""
    seats = declared.seats
    if declared.round == "revote":
        return Text(f"再次投票选 {seats} 人,得票多的当选", f"a revote for {seats}, by most votes")
    base = majority(share, declared.base, declared.needed)
    asked = {
        "first": Text(f"应选 {seats} 人", f"{seats} to elect"),
        "separate": Text(f"另行选举 {seats} 人", f"a separate election of {seats}"),
    }[declared.round]
    return Text(f"{asked.zh},{base.zh}", f"{asked.en}; {base.en}")


def _scores(declared: ElectionDeclared, naming: Naming, share: Share | None) -> Iterable[Text]:
    """Each person's votes, those who fared alike together."""
    fates = [(score, _fate(score, declared, share)) for score in declared.outcome.scores]
    for fate, of_fate in groupby(fates, key=lambda each: each[1]):
        told = []
        for votes, equal in groupby((score for score, _ in of_fate), key=lambda score: score.votes):
            named = [_named(score, naming) for score in equal]
            several = len(named) > 1
            told.append(
                Text(
                    f"{'、'.join(n.zh for n in named)}{'各' if several else ''} {votes} 票",
                    f"{', '.join(n.en for n in named)}: {votes}{' each' if several else ''}",
                )
            )
        yield Text(f"{'、'.join(t.zh for t in told)},{fate.zh}", f"{', '.join(t.en for t in told)}, {fate.en}")


def _named(score: Score, naming: Naming) -> Text:
    name = naming(score.person)
    return Text(f"{name}(另选)", f"{name} (written in)") if score.written_in else Text(name, name)


def _fate(score: Score, declared: ElectionDeclared, share: Share | None) -> Text:
    outcome = declared.outcome
    if score.person in outcome.elected:
        return Text("当选", "elected")
    if score.person in outcome.tied:
        seats = outcome.tied_seats
        tied = chinese_number(len(outcome.tied))
        return Text(f"票数相等,就{tied}人再次投票选 {seats} 人", f"tied: they are voted on again for {seats}")
    if score.person in declared.lost or (score.person in declared.barred and not score.written_in):
        return Text("已不参选,未当选", "stands no longer, not elected")
    if score.person in declared.barred:
        return Text("不能担任该职务,未当选", "may not hold the post, not elected")
    if not score.reached:
        missed = share.missed if share else Text("票数不足", "too few votes")
        return Text(f"{missed.zh},未当选", f"{missed.en}, not elected")
    if declared.tie_leaves_open and outcome.open_seats:
        return Text("票数仍然相等,按选举办法不再投票,未当选", "tied once more; by the method the seat stays open")
    if declared.round == "revote":
        return Text("得票较少,未当选", "fewer votes, not elected")
    reached = share.words if share else Text("票数足够", "votes enough")
    return Text(f"{reached.zh}但名额已满,未当选", f"{reached.en} but the seats are filled, not elected")


def _left(declared: ElectionDeclared) -> Iterable[Text]:
    if left := declared.outcome.open_seats:
        yield Text(f"尚缺 {left} 人,不足的名额另行选举", f"{left} seats are left over for a separate election")
