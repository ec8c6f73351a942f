"""The city congress session (市级人民代表大会会议): of cities with districts and autonomous prefectures (设区的市、自治州).

预算法 (2018) arts 22(3), 44(3), 49(2): a special committee (专门委员会) examines the budget beforehand and reports on it to the presidium;
where a city has set up none, the standing committee's working body gives an opinion on the draft. Its deputies are elected by the
congresses below (选举法 (2020) art. 3), so that no text has them hear voters before the budget (预算法 art. 45: county and township).
"""

from domain.procedures.congress_up import congress_up
from domain.procedures.up import Differs
from domain.text import Text

PROCEDURE = congress_up(
    Differs(
        id="city-congress",
        level="city",
        title=Text("设区的市(自治州)人民代表大会会议", "City congress session"),
        examines_draft=("special_committee", "sc_office"),
        draft_examined=Text("专门委员会初步审查预算草案", "Draft budget examined by a special committee"),
        reports_on_budget=("special_committee",),
        budget_reported_on=Text(
            "专门委员会提出预算审查结果报告", "Report on the budget's examination by a special committee"
        ),
        opinions_gathered=Text("代表会前听取意见、做好准备", "Opinions gathered by the deputies"),
        more_offices=("special_committee",),
    )
)
