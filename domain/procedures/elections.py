"""Elections in a congress's session: from the election method to the oath (rulebook §8, §14.1 steps 14-19).

A session has them when its plan does. Each election has its own facts (`candidates-settled:head`); what must stand before an act on one
of them is in the rule of the act, because it is about one election and not about an item of the agenda.
"""

from domain.procedure import Need, Stage, Step
from domain.procedures.shared import DURING, MET, OPENED, PRESIDIUM
from domain.text import Text

METHOD = Need(fact="adopted:election-method", topic="election.method")

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
        fact="nominated", act="nominate", stage=DURING, of_elections=True, needs=(MET, PRESIDIUM),
        title=Text("提名人选", "Nominees"), topics=("nomination.by", "nomination.by.deputies"),
        document=Text("提名表、联名签名", "nomination with its signatures"),
    ),
    Step(
        fact="nominees-printed", act="print-nominees", stage=DURING, of_elections=True, needs=(MET, PRESIDIUM),
        title=Text("印发被提名人名单,提交酝酿、讨论", "List of nominees put to the deputies"),
        topics=("nominees.discussed", "nominees.printed.deputies"), document=Text("被提名人名单", "list of nominees"),
    ),
    Step(
        fact="primary-held", act="hold-primary", stage=DURING, of_elections=True, optional=True, needs=(MET, PRESIDIUM, METHOD),
        title=Text("预选", "Primary"), topics=("primary.required", "primary.required.deputies"),
        document=Text("预选计票单", "count of the primary"),
    ),
    Step(
        fact="candidates-settled", act="settle-candidates", stage=DURING, of_elections=True, needs=(MET, PRESIDIUM, METHOD),
        title=Text("确定正式候选人", "Candidates settled"), topics=("nominees.discussed", "candidates.listed_by", "nominees.printed.deputies"),
        document=Text("正式候选人名单", "list of candidates"),
    ),
    Step(
        fact="adopted:scrutineers", act="put-to-vote", stage=DURING, of_elections=True, needs=(OPENED, PRESIDIUM),
        title=Text("通过监票人名单", "Scrutineers adopted"), topics=("scrutineers.adopted",),
        document=Text("监票人名单", "list of scrutineers"),
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
    Step(
        fact="box-sealed", act="seal-box", stage=DURING, optional=True, needs=(OPENED,),
        title=Text("封箱(电子无记名投票)", "Ballot box sealed (electronic secret ballot)"), topics=("ballot.secret",),
    ),
    Step(
        fact="box-closed", act="close-box", stage=DURING, optional=True,
        title=Text("关闭票箱,清点发出和收回的票", "Ballot box closed, issued held against returned"),
        topics=("ballot.count", "ballot.reconciled"),
    ),
    Step(
        fact="box-opened", act="open-box", stage=DURING, optional=True,
        title=Text("开箱计票", "Ballot box opened and counted"), topics=("ballot.count", "ballot.secret"),
    ),
    Step(
        fact="box-attested", act="attest-box", stage=DURING, optional=True,
        title=Text("监票人确认计票", "Scrutineers attest the count"), topics=("ballot.reconciled", "ballot.secret"),
        document=Text("监票人签字的计票单", "count signed by the scrutineers"),
    ),
)  # fmt: skip

ACTS: dict[str, tuple[Stage, ...]] = {
    **dict.fromkeys(("draft-election-method", "nominate", "withdraw-nomination", "decline-nomination"), (DURING,)),
    "strike-nominee": (DURING,),
    **dict.fromkeys(("print-nominees", "hold-primary", "settle-candidates"), (DURING,)),
    **dict.fromkeys(("open-ballot", "enter-ballot-sheet", "attest-count", "declare-election"), (DURING,)),
    **dict.fromkeys(("drop-candidate", "break-off-ballot", "decide-validity", "decide-on-tie"), (DURING,)),
    **dict.fromkeys(("decide-separate-election",), (DURING,)),
    "register-person": (Stage.BEFORE, DURING),
    **dict.fromkeys(("seal-box", "issue-ballot", "close-box", "give-up-box", "open-box", "attest-box"), (DURING,)),
}
