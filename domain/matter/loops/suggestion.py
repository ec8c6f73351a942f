"""Deputies' suggestions (建议、批评和意见): from the assignment to the end of what was promised (follow_up.md §2.1)."""

from domain.matter.loop import CO_HANDLER, UNIT, Due, Loop, Move, Standing, loop
from domain.offices import KEEPERS, UNITS
from domain.text import Text

IN_HAND = ("assigned", "handling", "rehandling")
OPEN = ("assigned", "objected", *IN_HAND[1:], "replied", "dissatisfied", "escalated", "committed")
FEEDBACK = Due("suggestion.feedback", "rated", waits_for="deputy")
AGAIN = Due("suggestion.rehandle", "replied")
CONTACT = Due("suggestion.contact_within", "contacted")
CO_OPINION = Due("suggestion.co_handling", "co-opinion", waits_for=CO_HANDLER)
CO_OPINION_AGAIN = Due("suggestion.co_handling_again", "co-opinion-again", waits_for=CO_HANDLER)

SUGGESTION = loop(
    Loop(
        id="suggestion",
        title=Text("代表建议", "suggestion"),
        topics=("suggestion.assigned_by",),
        standings=(
            Standing("assigned", Text("已交办", "assigned"), UNIT),
            Standing("objected", Text("提出退办", "objected to"), "sc_office"),
            Standing("handling", Text("办理中", "being handled"), UNIT),
            Standing("replied", Text("已答复", "replied to"), "deputy"),
            Standing("dissatisfied", Text("代表不满意", "deputy not satisfied"), "sc_office"),
            Standing("rehandling", Text("重新办理", "handled again"), UNIT),
            Standing("escalated", Text("提级处理", "escalated"), "sc_office"),
            Standing("committed", Text("承诺事项办理中", "promised"), UNIT),
            Standing("closed", Text("办结", "closed"), over=True),
            Standing("withdrawn", Text("已撤回", "withdrawn"), over=True),
        ),
        begins=Move("open-matter", (), "assigned", dues=(CONTACT, CO_OPINION)),
        moves=(
            Move("extend-suggestion", IN_HAND),
            Move(
                "object-to-assignment", ("assigned", "handling"), "objected", marks="objected",
                dues=(Due("suggestion.objection_decided", "objection-decided", waits_for="sc_office"),),
            ),
            Move("decide-objection", ("objected",), "assigned"),
            Move(
                "sign-for", ("assigned",), "handling", title=Text("签收", "Sign for it"), by=UNITS,
                topics=("suggestion.assigned_by",), marks="received", dues=(CONTACT, CO_OPINION),
            ),
            Move("contact-deputy", (*IN_HAND, "committed")),
            Move("confirm-contact", (*IN_HAND, "committed", "replied")),
            Move(
                "co-opinion", IN_HAND, title=Text("提出会办意见", "Co-handler's opinion"), by=UNITS, asks=("unit", "text"),
                topics=("suggestion.co_handling", "suggestion.reply"), document=Text("会办意见", "co-handler's opinion"),
            ),
            Move(
                "return-co-opinion", IN_HAND, title=Text("要求重新提出会办意见", "Ask for the opinion anew"), by=UNITS,
                asks=("unit", "text"), topics=("suggestion.co_handling_again", "suggestion.reply"), marks="handed_over",
                dues=(CO_OPINION_AGAIN,),
            ),
            Move(
                "co-opinion-again", IN_HAND, title=Text("重新提出会办意见", "Co-handler's opinion anew"), by=UNITS,
                asks=("unit", "text"), topics=("suggestion.co_handling_again", "suggestion.reply"),
                document=Text("会办意见", "co-handler's opinion"),
            ),
            Move("reply-suggestion", IN_HAND, "replied", marks="replied", dues=(FEEDBACK,)),
            Move("reply-suggestion", ("committed",), "replied", marks="replied", dues=(FEEDBACK,), next_round=True),
            Move(
                "remind-deputy", ("replied",), title=Text("催请代表反馈", "Remind the deputy"), by=KEEPERS,
                topics=("suggestion.no_feedback", "suggestion.reply"),
            ),
            Move("rate-reply", ("replied",), "closed"),
            Move("close-without-feedback", ("replied",), "closed"),
            Move(
                "rehandle", ("dissatisfied", "escalated"), "rehandling", title=Text("责成重新办理", "Have it handled again"),
                by=KEEPERS, asks=("text",), topics=("suggestion.rehandle", "suggestion.reply"), marks="handed_over",
                dues=(AGAIN,), next_round=True, document=Text("重新办理通知", "order to handle it again"),
            ),
            Move(
                "escalate", ("dissatisfied",), "escalated", title=Text("提级处理", "Escalate"), by=KEEPERS, asks=("text",),
                topics=("suggestion.escalation", "suggestion.reply"),
            ),
            Move(
                "dispose", ("escalated",), "closed", title=Text("评估处理后了结", "Dispose of it"), by=KEEPERS, asks=("text",),
                topics=("suggestion.escalation", "suggestion.reply"), document=Text("评估意见、会议纪要", "assessment, minutes"),
            ),
            Move(
                "report-commitment", ("committed",), title=Text("报告承诺事项进展", "Report on the promise"), by=UNITS,
                asks=("text",), topics=("suggestion.commitment", "suggestion.reply"),
            ),
            Move("carry-over", ("committed",)),
            Move(
                "explain-unfulfilled", ("committed",), "closed", title=Text("说明未兑现的原因", "Explain why it was not kept"),
                by=UNITS, asks=("text",), topics=("suggestion.commitment", "suggestion.reply"),
                document=Text("书面说明", "written explanation"),
            ),
            Move(
                "key-supervise", OPEN, title=Text("列为重点督办", "Supervised as a key matter"), by=("council_of_chairpersons", "presidium"),
                asks=("text",), topics=("suggestion.key", "suggestion.reply"),
            ),
            Move(
                "visit", (*OPEN, "closed"), title=Text("视察、督办", "Visit"), by=(*KEEPERS, "deputy"), asks=("text",),
                topics=("suggestion.reply",),
            ),
            Move(
                "revisit", ("closed",), title=Text("回访", "Revisit"), by=KEEPERS, asks=("text",), topics=("suggestion.reply",),
                document=Text("回访记录", "record of the revisit"),
            ),
            Move(
                "reopen", ("closed",), "rehandling", title=Text("重新启动", "Reopen"), by=KEEPERS, asks=("text",),
                topics=("suggestion.rehandle", "suggestion.reply"), marks="handed_over", dues=(AGAIN,), next_round=True,
            ),
            Move(
                "withdraw", ("assigned", "objected", "handling"), "withdrawn", title=Text("代表撤回建议", "Withdraw the suggestion"),
                by=("deputy", "secretariat"), asks=("text",), topics=("suggestion.withdrawal", "suggestion.assigned_by"),
                document=Text("书面撤回要求", "the request in writing"),
            ),
        ),
    )
)  # fmt: skip
