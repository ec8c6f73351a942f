"""What the ballot of a vote or of an election looks like, as the record has it: whoever seals the box makes none of it up."""

from typing import Literal

from domain.ballot.form import Form
from domain.election.election import Election, Round
from domain.election.method import method_of
from domain.election.sheets import ballot_counted, voided_when_overmarked
from domain.refusals import Refused
from domain.session.state import Moment, Session
from domain.text import Text
from domain.vote.known import still_open

BY_THE_METHOD = ("write_ins", "overmarked", "beside_abstention")


class FormNotByTheMethod(Refused):
    says = Text(
        "选票样式与法律、选举办法不符({where}):应为 {needed},现为 {found}",
        "the form of the ballot is not what law and election method say ({where}): it should be {needed} and is {found}",
    )


def form_of(session: Session, box: str, kind: Literal["election", "vote"], about: str, moment: Moment) -> Form:
    """The form for a box on this subject, or on this election's open ballot.

    Raises:
        NoSuchSubject, UnknownItem, ForTheStandingCommittee, AlreadyDecided; UnknownElection, NoBallotOpen: it is not opened yet.
    """
    if kind == "vote":
        still_open(session, about, moment)
        return Form(box=box, kind="vote", about=about)
    election, ballot = ballot_counted(session, about, moment)
    return for_ballot(session, box, election, ballot, moment)


def for_ballot(session: Session, box: str, election: Election, ballot: Round, moment: Moment) -> Form:
    """地方组织法 (2022) arts 28, 29(1): other persons may be written in, one a seat; in a revote only those tied stand.

    宪法 (2018) art. 62: who is decided on (决定任命) is put forward by whom it names, so nobody else is on that ballot.
    """
    method, alone = method_of(session), ballot.kind == "revote" or election.post.is_decided_on
    return Form(
        box=box, kind="election", about=election.code, round=ballot.number, candidates=ballot.candidates,
        seats=ballot.seats, write_ins=0 if alone else ballot.seats,
        overmarked="void" if voided_when_overmarked(session, election, moment) else None,
        beside_abstention=method.rules.write_in_when_abstaining if method is not None else None,
    )  # fmt: skip


def by_the_method(session: Session, form: Form, election: Election, ballot: Round, moment: Moment) -> None:
    """Whether a form says what law and method say of write-ins and of what makes a ballot void (作废).

    Raises:
        FormNotByTheMethod: naming the first place where it does not.
    """
    right = for_ballot(session, form.box, election, ballot, moment)
    for where in BY_THE_METHOD:
        needed, found = getattr(right, where), getattr(form, where)
        if needed != found:
            cited = moment.cites("ballot.choices", "election.method")
            raise FormNotByTheMethod(cited, where=where, needed=str(needed), found=str(found))
