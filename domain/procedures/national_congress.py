"""The session of the National People's Congress (全国人民代表大会会议): each year, the first of a term, extraordinary (rulebook rows N).

全国人大组织法 (2021) arts 8-21, 全国人大议事规则 (2021). Its Standing Committee convenes it and chairs the preparatory meeting; the presidium
alone nominates those it elects, and the constitution says who nominates those it decides on (决定任命). No local congress's primary,
approval from above or project vote is here; of the making of laws (arts 25-27) there is no more than the vote.
"""

from domain.procedure import Need, Stage, Step
from domain.procedures.congress_up import congress_up
from domain.procedures.shared import BEFORE, DURING, MET, OPENED, PRESIDIUM
from domain.procedures.up import AGENDA, DELEGATIONS, Differs
from domain.text import Text

AMENDS = ("constitution",)

CONSTITUTION_STEPS = (
    Step(
        fact="constitution-proposed:{item}", act="propose-constitution", stage=BEFORE, of_kinds=AMENDS,
        title=Text("提议修改宪法", "Amendment of the constitution proposed"), topics=("constitution.proposers",),
        document=Text("关于提请审议宪法修正案草案的议案", "the proposal to amend the constitution"),
    ),
    Step(
        fact="heard:{item}", act="hear-report", stage=DURING, of_kinds=AMENDS, by=("standing_committee",), optional=True,
        title=Text("听取草案的说明", "Draft explained"), topics=("presidium.presides",), needs=(OPENED, PRESIDIUM),
        document=Text("草案的说明", "the explanation"),
    ),
    Step(
        fact="deliberated:{item}", act="deliberate", stage=DURING, of_kinds=AMENDS, title=Text("审议", "Deliberated"),
        topics=("deliberation", "deliberation.record"), needs=(MET, DELEGATIONS), document=Text("审议意见记录", "record of opinions"),
    ),
    Step(
        fact="decided:put-to-vote:{item}", act="presidium-decides", stage=DURING, of_kinds=AMENDS,
        title=Text("主席团决定提请表决", "Presidium puts it to the vote"), topics=("presidium.puts_to_vote",),
        needs=(MET, PRESIDIUM, Need(fact="deliberated:{item}", topic="deliberation")),
    ),
    Step(
        fact="voted:{item}", act="put-to-vote", stage=DURING, of_kinds=AMENDS,
        title=Text("表决宪法修正案", "Amendment of the constitution voted on"),
        topics=("vote.constitution", "vote.constitution.method"), document=Text("表决结果单、公告", "result sheet, announcement"),
        needs=(
            OPENED, PRESIDIUM, AGENDA, Need(fact="constitution-proposed:{item}", topic="constitution.proposers"),
            Need(fact="deliberated:{item}", topic="deliberation"),
            Need(fact="decided:put-to-vote:{item}", topic="presidium.puts_to_vote"),
        ),
    ),
    Step(
        fact="announced:{item}", act="announce", stage=DURING, of_kinds=AMENDS, title=Text("宣布结果", "Result announced"),
        topics=("vote.announce",),
    ),
)  # fmt: skip

LOCAL_ONLY = frozenset({
    "hold-primary", "record-approval", "submit-department-heads",
    "propose-dismissal", "list-dismissal", "decide-dismissal", "propose-removal-in-recess", "decide-removal-in-recess",
    "file-budget", "file-budget-sum",
    "adopted:motions-committee", "adopted:project-method", "projects-chosen", "projects-rated", "declare-projects", "enter-sheet",
    "declare-rating", "fix-rating-method",
})  # fmt: skip
"""What the law gives to local congresses and not to the national one: primaries, approvals from above, dismissals, project votes."""

PROCEDURE = congress_up(
    Differs(
        id="national-congress",
        level="national",
        title=Text("全国人民代表大会会议", "Session of the National People's Congress"),
        examines_draft=("special_committee",),
        draft_examined=Text(
            "财政经济委员会初步审查预算草案", "Draft budget examined by the Financial and Economic Committee"
        ),
        reports_on_budget=("special_committee",),
        budget_reported_on=Text(
            "财政经济委员会提出预算审查结果报告",
            "Report on the budget's examination by the Financial and Economic Committee",
        ),
        opinions_gathered=Text("代表会前听取意见、做好准备", "Opinions gathered by the deputies"),
        more_offices=("special_committee",),
        families=("宪法", "全国人民代表大会组织法", "全国人民代表大会议事规则", "代表法"),
        kinds=("year_start", "first", "extraordinary"),
        leaves_out=LOCAL_ONLY,
        more_steps=CONSTITUTION_STEPS,
        more_acts=(("propose-constitution", (Stage.BEFORE, Stage.DURING)),),
    )
)
