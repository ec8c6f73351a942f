"""What a presidium decides on, as people call it, and the law that each decision rests on."""

from typing import Literal

from domain.text import Text

Matter = Literal[
    "standing-chairs", "executive-chairs", "deputy-secretaries", "timetable", "motion-deadline", "observers", "put-to-vote", "draft-resolutions",
    "project-method-draft", "project-candidates", "scrutineers", "committee-report", "deliberation-summary", "rating-result",
    "correction", "tie", "assign-suggestions", "other",
]  # fmt: skip
MATTERS: dict[str, Text] = {
    "standing-chairs": Text("推选常务主席", "standing chairs"),
    "executive-chairs": Text("推定执行主席", "executive chairs"),
    "deputy-secretaries": Text("决定副秘书长", "deputy secretaries-general"),
    "timetable": Text("会议日程", "timetable"),
    "motion-deadline": Text("议案截止时间", "deadline for motions"),
    "observers": Text("列席人员", "observers"),
    "put-to-vote": Text("将草案提请大会表决", "drafts put before the congress"),
    "draft-resolutions": Text("决议草案", "draft resolutions"),
    "project-method-draft": Text("票决办法草案", "draft method of choosing projects"),
    "project-candidates": Text("民生实事候选项目", "candidate projects"),
    "scrutineers": Text("监票人、计票人", "scrutineers and tellers"),
    "committee-report": Text("审查委员会的报告", "a committee's report"),
    "deliberation-summary": Text("听取审议情况", "how deliberation went"),
    "rating-result": Text("满意度测评结果", "ratings"),
    "correction": Text("更正记录", "a correction of the record"),
    "tie": Text("得票相同的项目", "projects that are tied"),
    "assign-suggestions": Text("建议交办", "assignment of suggestions"),
    "other": Text("其他事项", "other matters"),
}

TOPICS = {
    "standing-chairs": ("presidium.standing_chairs", "presidium.presides"),
    "executive-chairs": ("presidium.executive_chairs", "presidium.presides"),
    "deputy-secretaries": ("secretary_general.deputies", "presidium.presides"),
    "timetable": ("presidium.timetable", "presidium.presides"),
    "motion-deadline": ("motion.deadline", "presidium.presides"),
    "put-to-vote": ("presidium.puts_to_vote",),
    "observers": ("observers.others",),
    "project-candidates": ("projects.presidium_deliberated",),
    "project-method-draft": ("projects.method",),
    "correction": ("record.correction",),
    "assign-suggestions": ("suggestion.assigned_by",),
}
