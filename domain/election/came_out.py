"""What is said of a result when it is declared: the law it follows from, and what is noticed about it."""

from domain.election.election import Election, Round, under
from domain.election.tally import Outcome, Void
from domain.event import Finding
from domain.findings import info, warn
from domain.session.state import Moment
from domain.text import Figure, Text

WHY: dict[Void, Text] = {
    Void.MORE_RETURNED_THAN_ISSUED: Text("收回多于发出", "more were returned than issued"),
    Void.MORE_RETURNED_THAN_VOTERS: Text("收回多于投票人数", "more were returned than deputies voted"),
    Void.BY_PRESIDIUM: Text(
        "收回多于全体代表,由主席团确定无效",
        "more were returned than there are deputies, and the presidium determined that it is void",
    ),
}


def topics(election: Election, ballot: Round, result: Outcome) -> tuple[str, ...]:
    """The law that the result follows from: of a void poll what makes it void, else the majority or the revote, and what is left over."""
    if result.void:
        return (*under(election.post, "ballot.count", "election.validity"), "election.method.ballot_count")
    majority = "elected.tie" if ballot.kind == "revote" else "elected.majority"
    full = "elected.most_votes" if len(result.elected) == ballot.seats else "elected.shortfall"
    rest = "elected.tie" if result.tied else full
    return under(election.post, majority, rest, "election.validity", "election.announced")


def remarks(election: Election, ballot: Round, result: Outcome, moment: Moment) -> tuple[Finding, ...]:
    """What is noticed: why the poll is void, ballots beyond those present, a tie, seats left, or that nobody stood beside."""
    found: list[Finding] = []
    figures, basis = ballot.figures, moment.basis(*under(election.post, "ballot.count"), "election.method.ballot_count")
    if result.void and figures is not None:
        about: dict[str, Figure] = {"returned": figures.returned, "issued": figures.issued, "voters": ballot.voters}
        found.append(warn("PollHeldAgain", basis, election=election.title, why=WHY[result.void], **about))
    elif figures is not None and figures.returned > result.base:
        found.append(warn("MoreReturnedThanDeputies", basis, found=figures.returned, total=result.base))
    elif figures is not None and figures.issued > ballot.voters:
        found.append(warn("MoreIssuedThanPresent", basis, found=figures.issued, present=ballot.voters))
    if result.tied:
        basis = moment.basis(*under(election.post, "elected.tie"))
        found.append(
            warn("TiedAtTheCut", basis, election=election.title, what="、".join(result.tied), seats=result.tied_seats)
        )
    if result.open_seats and not result.void:
        found.append(
            warn(
                "SeatsLeftOpen",
                moment.basis(*under(election.post, "elected.shortfall")),
                election=election.title,
                seats=ballot.seats,
                open=result.open_seats,
            )
        )
    if ballot.kind != "revote" and not result.void and len(ballot.candidates) == ballot.seats:
        found.append(info("SingleCandidate", moment.basis(election.post.margin), election=election.title))
    return tuple(found)
