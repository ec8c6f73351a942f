"""Which election and which of its ballots a paper is about."""

from domain.election.election import Election, Round
from domain.session.state import Session
from domain.text import Text
from yishi.documents.choice import Choice
from yishi.documents.troubles import NoSuchChoice, NotYet

NONE_PLANNED = Text("本次会议的方案没有选举事项(elections)", "the plan of this session has no elections")
ELECTION, BALLOT = Text("选举", "election"), Text("投票", "ballot")


def elections_of(session: Session, choice: Choice, paper: Text) -> tuple[Election, ...]:
    """The election asked for, else all of the session.

    Raises:
        NotYet: the session has none. NoSuchChoice: there is none of that code.
    """
    if not session.elections:
        raise NotYet(paper=paper, why=NONE_PLANNED)
    if choice.election is None:
        return tuple(session.elections.values())
    if choice.election not in session.elections:
        raise NoSuchChoice(code=choice.election, what=ELECTION, known="、".join(session.elections))
    return (session.elections[choice.election],)


def one_election(session: Session, choice: Choice, paper: Text) -> Election:
    """The election asked for; else the only one, else the one whose ballot is not declared yet.

    Raises:
        NotYet: there are several and none is named.
    """
    found = elections_of(session, choice, paper)
    going_on = [e for e in found if e.round is not None and e.round.outcome is None]
    if len(found) == 1 or len(going_on) == 1:
        return found[0] if len(found) == 1 else going_on[0]
    listed = "、".join(e.code for e in found)
    why = Text(f"选举不止一项,请用 --election 指明:{listed}", f"there are several; name one by --election: {listed}")
    raise NotYet(paper=paper, why=why)


def round_of(election: Election, choice: Choice, paper: Text) -> Round:
    """The ballot asked for by its number, else the last.

    Raises:
        NotYet: none was opened. NoSuchChoice: there is none of that number.
    """
    if not election.rounds:
        why = Text(f"{election.title.zh}还没有开始投票", f"no ballot of {election.title.en} was opened yet")
        raise NotYet(paper=paper, why=why)
    if choice.ballot is None:
        return election.round or election.rounds[-1]
    if not 1 <= choice.ballot <= len(election.rounds):
        known = "、".join(str(each.number) for each in election.rounds)
        raise NoSuchChoice(code=choice.ballot, what=BALLOT, known=known)
    return election.rounds[choice.ballot - 1]
