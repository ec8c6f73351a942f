"""From county level up (县级以上): in what the levels differ, and the facts that most steps of their sessions wait for."""

from typing import NamedTuple

from domain.procedure import Need, Stage, Step
from domain.procedures.shared import BEFORE, DURING
from domain.text import Text

UNTIL_IT_OPENS = (BEFORE, DURING)
"""What may come after the preparatory meeting, which often is a day or more before the opening."""

REGULAR = ("year_start", "mid_year", "first")
COMMITTEE = ("standing_committee",)
BY_COMMITTEE_OR_OFFICE = ("standing_committee", "sc_office", "secretariat")

DATE = Need(fact="date-decided", topic="session.date")
PUBLISHED = Need(fact="date-published", topic="session.date")
NOTICE = Need(fact="notice-given", topic="notice.days")
CREDENTIALS = Need(fact="credentials-confirmed", topic="credentials.confirmed", kinds=("first",))
"""选举法 (2020) art. 47(2): the list of the new deputies is published before a term's first session, so before it meets at all."""
SECRETARY = Need(fact="adopted:secretary-general", topic="secretary_general.elected")
AGENDA = Need(fact="adopted:agenda", topic="agenda.adopted")
DELEGATIONS = Need(fact="delegations-formed", topic="delegations")


class Differs(NamedTuple):
    """In what one level's session differs from another's: who examines the budget, and whom the deputies hear before it.

    Attributes:
        examines_draft: who gives the draft its preliminary examination (初步审查), the usual office first; 预算法 (2018) art. 22.
        reports_on_budget: who reports to the presidium on its examination (审查结果报告); art. 49(2).
        more_offices: those there are at this level beside the ones that all have.
        families: of texts that must be in force. kinds: of session. leaves_out: acts, and facts of steps, that this level has not.
        more_steps, more_acts: that it has beside the others.
    """

    id: str
    level: str
    title: Text
    examines_draft: tuple[str, ...]
    draft_examined: Text
    reports_on_budget: tuple[str, ...]
    budget_reported_on: Text
    opinions_gathered: Text
    more_offices: tuple[str, ...] = ()
    families: tuple[str, ...] = ("地方组织法", "代表法")
    kinds: tuple[str, ...] = (*REGULAR, "extraordinary")
    leaves_out: frozenset[str] = frozenset()
    more_steps: tuple[Step, ...] = ()
    more_acts: tuple[tuple[str, tuple[Stage, ...]], ...] = ()
