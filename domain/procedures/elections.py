"""Elections in a congress's session: from the election method to the oath (rulebook §8, §14.1 steps 14-19).

A session has them when its plan does. Each election has its own facts (`candidates-settled:head`); what must stand before an act on one
of them is in the rule of the act, because it is about one election and not about an item of the agenda.
"""

from domain.procedure import Need, Stage, Step
from domain.text import Text

DURING = Stage.DURING
MET, OPENED = Need(fact="met"), Need(fact="opened")
PRESIDIUM = Need(fact="presidium-elected", topic="presidium.elected")

DURING_STEPS = (
    Step(
        fact="election-method-drafted", act="draft-election-method", stage=DURING, of_elections=True, needs=(MET, PRESIDIUM),
        title=Text("提出选举办法草案", "Election method drafted"), topics=("election.method",),
        document=Text("选举办法草案", "draft election method"),
    ),
    Step(
        fact="adopted:election-method", act="put-to-vote", stage=DURING, of_elections=True, needs=(OPENED, PRESIDIUM),
        title=Text("通过选举办法", "Election method adopted"), topics=("election.method", "vote.majority"),
        document=Text("选举办法", "election method"),
    ),
    Step(
        fact="ballot-opened", act="open-ballot", stage=DURING, of_elections=True, needs=(OPENED, PRESIDIUM),
        title=Text("投票选举", "Ballot opened"), topics=("ballot.secret", "elected.majority"),
        document=Text("选票样张", "the ballot's form"),
    ),
    Step(
        fact="count-attested", act="attest-count", stage=DURING, of_elections=True,
        title=Text("监票人签认计票结果", "Count attested"), topics=("ballot.reconciled", "election.method.ballot_count"),
        document=Text("计票单、计票结果报告", "tellers' sheets, report on the count"),
    ),
    Step(
        fact="election-declared", act="declare-election", stage=DURING, of_elections=True,
        title=Text("宣布选举结果", "Result declared"), topics=("election.announced", "elected.majority"),
        document=Text("当选人名单", "list of those elected"),
    ),
)  # fmt: skip

ACTS: dict[str, tuple[Stage, ...]] = {
    **dict.fromkeys(("draft-election-method",), (DURING,)),
    **dict.fromkeys(("open-ballot", "enter-ballot-sheet", "attest-count", "declare-election"), (DURING,)),
    **dict.fromkeys(("decide-separate-election",), (DURING,)),
}
