"""The county congress session (县级人民代表大会会议): of counties, cities without districts and districts (rulebook §14.1)."""

from domain.procedures.congress_up import congress_up
from domain.procedures.up import COMMITTEE, Differs
from domain.text import Text

PROCEDURE = congress_up(
    Differs(
        id="county-congress",
        level="county",
        title=Text("县级人民代表大会会议", "County congress session"),
        examines_draft=COMMITTEE,
        draft_examined=Text("常委会初步审查预算草案", "Draft budget examined by the standing committee"),
        reports_on_budget=COMMITTEE,
        budget_reported_on=Text(
            "常委会提出预算审查结果报告", "Report on the budget's examination by the standing committee"
        ),
        opinions_gathered=Text("组织代表听取选民意见", "Voters heard before the budget"),
    )
)
