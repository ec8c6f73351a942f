"""Before a session from county level up (会前): convened, dated, notified; its budget examined beforehand, its delegations formed."""

from domain.procedure import Need, Step
from domain.procedures.shared import BEFORE
from domain.procedures.up import (
    BY_COMMITTEE_OR_OFFICE,
    COMMITTEE,
    DATE,
    PUBLISHED,
    REGULAR,
    Differs,
)
from domain.text import Text


def before(level: Differs) -> tuple[Step, ...]:
    """地方组织法 (2022) arts 14-15, 20-21; 预算法 (2018) arts 22, 44-45; 代表法 (2025) arts 13-14."""
    return (
        Step(
            fact="registered", act="register-session", stage=BEFORE, title=Text("登记会议", "Session registered"),
            topics=("session.convener",),
        ),
        Step(
            fact="credentials-confirmed", act="confirm-credentials", stage=BEFORE, kinds=("first",), by=COMMITTEE,
            title=Text("确认代表资格并公布名单", "Credentials confirmed and published"),
            topics=("credentials.confirmed",), document=Text("代表资格审查报告", "credentials report"),
        ),
        Step(
            fact="petitioned", act="petition", stage=BEFORE, kinds=("extraordinary",), optional=True,
            title=Text("代表联名提议临时召集", "Petition for an extraordinary session"), topics=("session.petition",),
            document=Text("代表联名书", "signed petition"),
        ),
        Step(
            fact="petition-answered", act="answer-petition", stage=BEFORE, kinds=("extraordinary",), optional=True, by=COMMITTEE,
            title=Text("决定是否临时召集", "Petition decided on"), topics=("session.petition",),
            needs=(Need(fact="petitioned", topic="session.petition"),),
        ),
        Step(
            fact="date-decided", act="decide-date", stage=BEFORE, by=COMMITTEE,
            title=Text("常委会决定会议日期", "Date decided by the standing committee"),
            topics=("session.date", "session.convener"), document=Text("关于召开会议的决定", "decision to convene"),
            needs=(Need(fact="registered"),),
        ),
        Step(
            fact="date-published", act="publish-date", stage=BEFORE, by=BY_COMMITTEE_OR_OFFICE,
            title=Text("公布会议日期", "Date published"), topics=("session.date",), needs=(DATE,),
            document=Text("公布的决定", "the published decision"),
        ),
        Step(
            fact="date-moved", act="move-date", stage=BEFORE, by=("standing_committee", "council_of_chairpersons"),
            title=Text("提前或者推迟会议", "Date moved"),
            topics=("session.move",), needs=(Need(fact="date-decided"),), optional=True,
        ),
        Step(
            fact="budget-draft-submitted", act="submit-budget-draft", stage=BEFORE,
            title=Text("提交预算草案初步方案", "Draft budget submitted"), topics=("budget.draft_days",),
            document=Text("预算草案初步方案", "draft of the budget"),
        ),
        Step(
            fact="budget-draft-examined", act="examine-budget-draft", stage=BEFORE, by=level.examines_draft,
            title=level.draft_examined, topics=("budget.preliminary",),
            needs=(Need(fact="budget-draft-submitted"),), document=Text("初步审查意见", "opinion on the draft budget"),
        ),
        Step(
            fact="budget-opinion-answered", act="answer-budget-opinion", stage=BEFORE,
            title=Text("财政部门反馈处理情况", "Opinion on the draft budget answered"), topics=("budget.opinion_answered",),
            needs=(Need(fact="budget-draft-examined"),), document=Text("处理情况报告", "report on its handling"),
        ),
        Step(
            fact="budget-opinion-printed", act="print-budget-opinion", stage=BEFORE,
            title=Text("初步审查意见印发代表", "Opinion on the draft budget printed"), topics=("budget.opinion_printed",),
            needs=(Need(fact="budget-draft-examined"),),
        ),
        Step(
            fact="prepared", act="prepare", stage=BEFORE,
            by=("council_of_chairpersons", "standing_committee", "sc_office"),
            title=Text("主任会议拟订议程草案和名单草案", "Agenda and lists drafted by the council of chairpersons"),
            topics=("session.drafts",), document=Text("议程草案,主席团和秘书长名单草案", "draft agenda and lists"),
        ),
        Step(
            fact="voters-heard", act="hear-voters", stage=BEFORE, kinds=REGULAR, by=BY_COMMITTEE_OR_OFFICE,
            title=level.opinions_gathered, topics=("voters.heard", "session.prepared"),
            document=Text("听取意见记录", "record of opinions"),
        ),
        Step(
            fact="notice-given", act="give-notice", stage=BEFORE, kinds=REGULAR, by=BY_COMMITTEE_OR_OFFICE,
            title=Text("发出会议通知", "Notice given"), topics=("notice.days",), needs=(DATE, PUBLISHED),
            document=Text("会议通知", "notice"),
        ),
        Step(
            fact="papers-sent", act="send-papers", stage=BEFORE, kinds=REGULAR, by=BY_COMMITTEE_OR_OFFICE,
            title=Text("送达会议材料", "Papers sent"), topics=("papers.days",), needs=(DATE,), document=Text("会议材料", "papers"),
        ),
        Step(
            fact="observers-invited", act="invite-observers", stage=BEFORE, by=COMMITTEE,
            title=Text("决定列席人员", "Observers invited"), topics=("observers.government", "observers.others"),
            document=Text("列席人员名单", "list of observers"),
        ),
        Step(
            fact="leave-decided", act="decide-leave", stage=BEFORE, title=Text("审批请假", "Leave decided"),
            topics=("deputy.leave",), optional=True,
        ),
        Step(
            fact="party-step", act="record-party-step", stage=BEFORE, title=Text("请示报告(佐证)", "Party-side step (evidence only)"),
            topics=("practice.party_report",), optional=True,
        ),
        Step(
            fact="delegations-formed", act="form-delegations", stage=BEFORE, title=Text("组成代表团", "Delegations formed"),
            topics=("delegations",), document=Text("代表团名单", "lists of the delegations"),
        ),
        Step(
            fact="delegation-headed", act="elect-delegation-head", stage=BEFORE, optional=True,
            title=Text("推选团长", "Heads of delegations chosen"), topics=("delegation.heads",),
            needs=(Need(fact="delegations-formed"),),
        ),
        Step(
            fact="drafts-discussed", act="discuss-drafts", stage=BEFORE, optional=True,
            title=Text("代表团讨论各项草案", "Drafts discussed by the delegations"), topics=("drafts.discussed",),
            needs=(Need(fact="delegations-formed"),),
        ),
        Step(
            fact="drafts-adjusted", act="adjust-drafts", stage=BEFORE, optional=True,
            title=Text("主任会议调整草案", "Drafts adjusted by the council of chairpersons"), topics=("drafts.adjusted",),
        ),
    )  # fmt: skip
