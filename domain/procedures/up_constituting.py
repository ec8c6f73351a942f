"""A session from county level up constitutes itself: preparatory meeting, presidium, opening (预备会议、主席团、开幕).

地方组织法 (2022) arts 14(4), 17: the standing committee chairs the preparatory meeting, which elects presidium and secretary-general and
adopts the agenda; then the presidium presides, over plenaries of two thirds of the deputies.
"""

from domain.procedure import Need, Step
from domain.procedures.shared import DURING, MET, PRESIDIUM
from domain.procedures.up import (
    AGENDA,
    COMMITTEE,
    CREDENTIALS,
    DATE,
    NOTICE,
    PUBLISHED,
    SECRETARY,
)
from domain.text import Text

CONSTITUTING_STEPS = (
    Step(
        fact="prep-held", act="open-sitting", stage=DURING, by=COMMITTEE,
        title=Text("常委会主持预备会议", "Preparatory meeting chaired by the standing committee"),
        topics=("prep.chair", "prep.required"), needs=(CREDENTIALS, DATE, PUBLISHED, NOTICE), document=Text("签到表", "sign-in sheet"),
    ),
    Step(
        fact="presidium-elected", act="put-to-vote", stage=DURING, by=COMMITTEE,
        title=Text("预备会议选举主席团", "Presidium elected at the preparatory meeting"), closes_session=True,
        topics=("presidium.elected",), needs=(Need(fact="prep-held", topic="prep.required"),),
        document=Text("主席团名单", "list of the presidium"),
    ),
    Step(
        fact="adopted:secretary-general", act="put-to-vote", stage=DURING, by=COMMITTEE,
        title=Text("预备会议选举秘书长", "Secretary-general elected at the preparatory meeting"), closes_session=True,
        topics=("secretary_general.elected",), needs=(Need(fact="prep-held", topic="prep.required"),),
        document=Text("秘书长名单", "list of the secretary-general"),
    ),
    Step(
        fact="adopted:agenda", act="put-to-vote", stage=DURING, by=COMMITTEE,
        title=Text("预备会议通过会议议程", "Agenda adopted at the preparatory meeting"), closes_session=True,
        topics=("agenda.adopted",), needs=(Need(fact="prep-held", topic="prep.required"),), document=Text("会议议程", "agenda"),
    ),
    Step(
        fact="adopted:motions-committee", act="put-to-vote", stage=DURING, optional=True,
        title=Text("通过议案审查委员会名单", "Committee on motions adopted"), topics=("motions.committee",), needs=(MET,),
        document=Text("议案审查委员会名单", "list of the committee on motions"),
    ),
    Step(
        fact="presidium-met", act="presidium-meets", stage=DURING, title=Text("举行主席团会议", "Presidium met"),
        topics=("presidium.quorum", "presidium.presides"), needs=(PRESIDIUM,), document=Text("主席团会议纪要", "minutes of the presidium"),
    ),
    Step(
        fact="decided:standing-chairs", act="presidium-decides", stage=DURING, optional=True,
        title=Text("推选常务主席", "Standing chairs chosen"), topics=("presidium.standing_chairs",), needs=(PRESIDIUM,),
    ),
    Step(
        fact="decided:executive-chairs", act="presidium-decides", stage=DURING, optional=True,
        title=Text("推定执行主席", "Executive chairs named"), topics=("presidium.executive_chairs",), needs=(PRESIDIUM,),
    ),
    Step(
        fact="decided:deputy-secretaries", act="presidium-decides", stage=DURING,
        title=Text("决定副秘书长", "Deputy secretaries-general decided on"), topics=("secretary_general.deputies",), needs=(PRESIDIUM,),
    ),
    Step(
        fact="decided:timetable", act="presidium-decides", stage=DURING,
        title=Text("决定会议日程", "Timetable decided on"), topics=("presidium.timetable", "session.arranged"), needs=(PRESIDIUM,),
        document=Text("会议日程", "timetable"),
    ),
    Step(
        fact="opened", act="open-sitting", stage=DURING, title=Text("举行全体会议(开幕)", "Opened with a quorum"),
        topics=("session.quorum",), closes_session=True, document=Text("签到表、出席情况报告", "sign-in sheet"),
        needs=(
            CREDENTIALS, DATE, PUBLISHED, NOTICE, Need(fact="papers-sent", topic="papers.days"),
            Need(fact="voters-heard", topic="voters.heard", of_kinds=("budget",)),
            Need(fact="budget-draft-submitted", topic="budget.draft_days", of_kinds=("budget",)),
            Need(fact="budget-draft-examined", topic="budget.preliminary", of_kinds=("budget",)),
            Need(fact="prep-held", topic="prep.required"), PRESIDIUM, SECRETARY, AGENDA,
        ),
    ),
)  # fmt: skip
