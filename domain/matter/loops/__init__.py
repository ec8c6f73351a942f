"""The kinds of matter, one small table each (follow_up.md §2); importing this package registers them all."""

from domain.matter.loops import (
    duty,
    duty_record,
    inspection,
    project,
    recurring,
    request,
    resolution,
    review_opinion,
    suggestion,
    supervision,
    topic,
)

KNOWN = (
    project.PROJECT,
    project.PROJECT_CALL,
    inspection.INSPECTION,
    inspection.DELEGATED_INSPECTION,
    recurring.RECURRING,
    request.REQUEST,
    resolution.RESOLUTION,
    review_opinion.REVIEW_OPINION,
    suggestion.SUGGESTION,
    supervision.SPECIAL_INQUIRY,
    supervision.DEPARTMENT_REVIEW,
    supervision.MONITORING,
    topic.TOPIC_CALL,
    topic.TOPIC,
    duty.DUTY_REPORT,
    duty_record.DUTY_RECORD,
)
