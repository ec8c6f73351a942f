"""The province's congress session (省级人民代表大会会议): of provinces, autonomous regions and municipalities (省、自治区、直辖市).

预算法 (2018) arts 22(2), 44(2), 49(2): a special committee (专门委员会) examines the budget beforehand and reports on it to the presidium.
"""

from domain.procedures.congress_up import congress_up
from domain.procedures.up import Differs
from domain.text import Text

PROCEDURE = congress_up(
    Differs(
        id="province-congress",
        level="province",
        title=Text("省级人民代表大会会议", "Province congress session"),
        examines_draft=("special_committee",),
        draft_examined=Text("专门委员会初步审查预算草案", "Draft budget examined by a special committee"),
        reports_on_budget=("special_committee",),
        budget_reported_on=Text(
            "专门委员会提出预算审查结果报告", "Report on the budget's examination by a special committee"
        ),
        opinions_gathered=Text("代表会前听取意见、做好准备", "Opinions gathered by the deputies"),
        more_offices=("special_committee",),
    )
)
