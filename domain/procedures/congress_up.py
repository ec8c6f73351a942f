"""The congress session from county level up (县级以上人民代表大会会议): one procedure, in which the levels differ as `Differs` says.

Its standing committee convenes it and chairs the preparatory meeting, which elects presidium and secretary-general and adopts the
agenda; then the presidium presides (rulebook §14.1). Elections, removals, resignations and oaths: `elections.py`, `tenure.py`.
"""

from domain.procedure import Procedure, Stage, procedure
from domain.procedures import elections, shared, tenure
from domain.procedures.shared import AFTER, BEFORE, DURING
from domain.procedures.up import COMMITTEE, UNTIL_IT_OPENS, Differs
from domain.procedures.up_after import AFTER_STEPS
from domain.procedures.up_before import before
from domain.procedures.up_business import business
from domain.procedures.up_constituting import CONSTITUTING_STEPS

ACTS: dict[str, tuple[Stage, ...]] = {
    **shared.ACTS,
    **elections.ACTS,
    **tenure.ACTS,
    **tenure.UP_ACTS,
    **dict.fromkeys(("submit-budget-draft", "examine-budget-draft", "adjust-drafts"), (BEFORE,)),
    **dict.fromkeys(("answer-budget-opinion", "print-budget-opinion", "hear-voters", "send-papers"), UNTIL_IT_OPENS),
    **dict.fromkeys(("form-delegations", "elect-delegation-head", "discuss-drafts"), UNTIL_IT_OPENS),
    "answer-opinions": (DURING,),
    **dict.fromkeys(("presidium-meets", "presidium-decides"), (DURING, AFTER)),
    "end-seat": shared.ALWAYS,
    "reply-budget": (DURING, AFTER),  # from the approval on
    **dict.fromkeys(("file-budget-sum", "print-handling"), (AFTER,)),
}


def congress_up(level: Differs) -> Procedure:
    """The procedure of one level's congress."""
    steps = (*before(level), *CONSTITUTING_STEPS, *business(level), *level.more_steps, *AFTER_STEPS)
    return procedure(
        Procedure(
            id=level.id,
            level=level.level,
            title=level.title,
            kinds=level.kinds,
            families=level.families,
            quorum="session.quorum",
            majority="vote.majority",
            decides=True,
            steps=tuple(step for step in steps if level.leaves_out.isdisjoint((step.act, step.fact))),
            acts={act: stages for act, stages in (*ACTS.items(), *level.more_acts) if act not in level.leaves_out},
            by={
                "end-seat": COMMITTEE,
                **tenure.UP_BY,
                "answer-inquiry": ("government", "standing_committee", "supervisory_commission", "court", "procuratorate"),
                "suspend-deputy": ("credentials_committee", "standing_committee"),
                "call-sitting": ("presidium", "standing_committee", "secretariat"),
            },
            chairs={"preparatory": COMMITTEE, "plenary": ("executive_chair", "presidium")},
            offices=(
                "standing_committee", "council_of_chairpersons", "sc_office", "presidium", "executive_chair", "secretariat",
                "credentials_committee", "budget_committee", "motions_committee", *level.more_offices, "government", "court",
                "procuratorate", "supervisory_commission", "scrutineer", "deputy", "group", "handling_unit", "clock",
            ),
        )
    )  # fmt: skip
