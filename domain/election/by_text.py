"""When a poll is void by a text, whatever an election method says."""

from domain.election.election import Election, under
from domain.law import Kind, Ruling
from domain.session.state import Moment


def rule_by_text(election: Election, moment: Moment) -> Ruling | None:
    """Of deputies 选举法 (2020) art. 44(1), in a township its own rules; of leaders elsewhere there is none, a reading is no text."""
    (topic,) = under(election.post, "ballot.count")
    return text_only(moment.law.ruling(topic))


def text_only(rule: Ruling | None) -> Ruling | None:
    """The rule, if it is a text's own and says something: a reading or a practice binds no result."""
    by_text = rule is not None and rule.value is not None and rule.kind in (Kind.TEXT, Kind.LOCAL)
    return rule if by_text else None
