"""Which rule says when a whole poll is void for too many ballots: a text where there is one, whatever the method says, else the method."""

from domain.election.by_text import rule_by_text
from domain.election.election import Election, Round
from domain.election.method import ElectionMethodDrafted, method_of
from domain.election.tally import Figures, void
from domain.session.state import Moment, Session


def count_rule(election: Election, method: ElectionMethodDrafted | None, moment: Moment) -> str:
    """The text's rule, else the method's; empty where both are silent."""
    rule = rule_by_text(election, moment)
    return rule.options[0] if rule is not None else (method.rules.ballot_count if method else None) or ""


def in_doubt(session: Session, election: Election, ballot: Round, figures: Figures, moment: Moment) -> bool:
    """Whether more ballots came back than there are deputies at all, and no rule has the poll void for it."""
    rule = count_rule(election, method_of(session), moment)
    return figures.returned > session.deputies_total and void(figures, rule, ballot.voters) is None
