"""Where each election stands, in a sentence in both languages, and what comes next: so that it can go on by hand."""

from domain.election.coming import tie_of
from domain.election.election import Election, Round
from domain.election.method import method_of
from domain.session.state import Session
from domain.tenure.oath import unsworn
from domain.text import Text
from yishi.documents.election_figures import next_ballot, ordinal
from yishi.documents.source import Source

ENGLISH = {"first": "ballot", "revote": "revote", "separate": "separate election"}


def standing_of_elections(source: Source) -> tuple[Text, ...]:
    """One sentence an election; none for a session without elections."""
    return tuple(_standing(source, election) for election in source.session.elections.values())


def _standing(source: Source, election: Election) -> Text:
    planned, stand = election.planned, source.people(election.candidates)
    head = Text(
        f"{planned.title}({planned.code}):应选{planned.seats}人,已选{len(election.elected)}人",
        f"{planned.title} ({planned.code}): {planned.seats} seats, {len(election.elected)} filled",
    )
    if election.elected:
        head = _and(
            head, Text(f"当选:{source.people(election.elected)}", f"elected: {source.people(election.elected)}")
        )
    if stand and election.seats_left:
        head = _and(head, Text(f"候选人:{stand}", f"candidates: {stand}"))
    at, following = _next(source, election)
    return _and(_and(head, at), Text(f"下一步:{following.zh}", f"next: {following.en}"))


def _and(one: Text, two: Text) -> Text:
    return Text(f"{one.zh};{two.zh}", f"{one.en}; {two.en}") if two.zh else one


def _next(source: Source, election: Election) -> tuple[Text, Text]:
    """How far the election has come, and what is done next."""
    last, coming = election.round, next_ballot(election)
    if last is not None and last.outcome is None:
        return _under_way(last)
    done, tie = _declared(source, last), tie_of(election)
    if tie is not None and tie.over:
        return done, Text(
            "票数相等的人中有人不再参选,重新宣布结果(declare-election)",
            "of those tied some stand no longer: declare the result again (declare-election)",
        )
    if coming is not None:
        kind = {"revote": "就得票相等的人再次投票", "separate": "另行选举投票"}.get(coming.kind, "投票")
        names = source.people(coming.candidates)
        open_it = Text(
            f"{kind},选{coming.seats}人,在{names}中(open-ballot)",
            f"{ENGLISH[coming.kind]} for {coming.seats} seats among {names} (open-ballot)",
        )
        return done, _by_the_method(source.session) or open_it
    if election.left_to_next_session:
        return done, Text("尚缺的名额下次会议另行选举", "the seats left are filled at the next session")
    if not election.seats_left:
        return done, _in_office(source, election)
    if last is not None and not election.separate_now:
        return done, Text(
            "由大会决定在本次还是下次会议另行选举(decide-separate-election)",
            "the congress decides when the seats left are filled (decide-separate-election)",
        )
    settle = Text("提名、确定正式候选人(settle-candidates)", "nominate and settle the candidates (settle-candidates)")
    return done, _by_the_method(source.session) or settle


def _in_office(source: Source, election: Election) -> Text:
    """What is left to do once all are elected: an approval from above, the oath, or nothing."""
    session = source.session
    if waiting := [p for p in election.elected if (election.code, p) in session.tenure.pending]:
        names = source.people(waiting)
        return Text(
            f"报请批准:{names}(record-approval),批准后宣誓",
            f"approval from above for {names} (record-approval), then the oath",
        )
    if left := [p for p in election.elected if p in unsworn(session)]:
        names = source.people(left)
        return Text(f"就职时宣誓:{names}(take-oath)", f"the oath of {names} (take-oath)")
    return Text("没有,选举已经完成", "none, the election is complete")


def _by_the_method(session: Session) -> Text | None:
    """Before anything else the method is drafted and adopted."""
    if method_of(session) is not None:
        return None
    if session.election_method is not None:
        return Text("表决选举办法(put-to-vote)", "vote on the election method (put-to-vote)")
    return Text("提出选举办法草案(draft-election-method)", "draft the election method (draft-election-method)")


def _under_way(ballot: Round) -> tuple[Text, Text]:
    at = Text(
        f"{ordinal(ballot.number)}投票已开始,到会{ballot.voters}人",
        f"ballot {ballot.number} is open, {ballot.voters} present",
    )
    if ballot.figures is not None:
        return at, Text(
            "计票结果已签认,宣布结果(declare-election)", "the count is attested: declare it (declare-election)"
        )
    if ballot.way != "paper":
        return at, Text(
            "开箱计票,由监票人签认(attest-count)", "the box is opened and the count attested (attest-count)"
        )
    missing = [n for n in (1, 2) if n not in ballot.sheets]
    if missing:
        numbers = "、".join(str(n) for n in missing)
        return at, Text(
            f"清点选票,录入第{numbers}张计票单(enter-ballot-sheet)",
            f"count; enter sheet {numbers} (enter-ballot-sheet)",
        )
    if ballot.sheets[1].figures() != ballot.sheets[2].figures():
        return at, Text(
            "两张计票单不一致,重新清点后再录入(enter-ballot-sheet)",
            "the sheets differ: count again (enter-ballot-sheet)",
        )
    return at, Text("两张计票单一致,监票人签认(attest-count)", "the sheets agree: attest the count (attest-count)")


def _declared(source: Source, last: Round | None) -> Text:
    if last is None or last.outcome is None:
        return Text("", "")
    number = ordinal(last.number)
    if last.void:
        return Text(f"{number}投票无效", f"ballot {last.number} was void")
    if last.outcome.tied:
        tied = source.people(last.outcome.tied)
        return Text(f"{number}投票{tied}得票相等", f"ballot {last.number}: {tied} are tied")
    open_seats = last.outcome.open_seats
    return (
        Text(f"{number}投票后尚缺{open_seats}人", f"ballot {last.number} left {open_seats} open")
        if open_seats
        else Text("", "")
    )
