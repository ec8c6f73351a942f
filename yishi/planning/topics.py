"""The topics of law by name, and which of them a body's own rules may set: for `yishi law topics` and docs/write-a-plan.md."""

from collections.abc import Mapping
from typing import NamedTuple

from domain.arithmetic import Choice, DayOfYear, Number, Period, Portion, Range, Share, Switch, Value
from domain.law import Kind, LawBook, Provision
from domain.text import Text
from yishi.planning.election_topics import TITLES as _ELECTIONS

WRITTEN: Mapping[type, str] = {
    Share: "share", Number: "number", Range: "range", Portion: "portion", Period: "days · months",
    DayOfYear: "year_day", Switch: "switch", Choice: "choice",
}  # fmt: skip
"""How an own rule writes a value of each type."""

_TITLES = """
acclamation | 鼓掌通过 | acclamation
agenda.adopted | 通过议程 | the agenda adopted
agenda.mid_year | 年中会议的议题 | what a mid-year session takes
agenda.year_start | 年初会议的议题 | what a year-start session takes
amendment.first | 修正案先表决 | amendments voted first
amendment.joint | 修正案联名人数 | signatures for an amendment
budget.adjustment | 预算调整 | budget adjusted
budget.approved_by_congress | 预算由人大批准 | budget approved by the congress
budget.attended | 财政部门到会听取意见 | finance attends the deliberation
budget.by_standing_committee | 由常委会审批的预算事项 | budget matters of the standing committee
budget.committee | 财政预算审查委员会 | budget committee
budget.deputies_invited | 邀请代表参加初步审查 | deputies invited to the preliminary examination
budget.draft_days | 预算草案提前提交日数 | days for the draft budget
budget.examined | 预算审查结果报告 | report on the budget's examination
budget.filed | 预算备案 | budget filed
budget.final_accounts | 决算批准 | final accounts approved
budget.investigation | 预算问题调查 | inquiry into the budget
budget.opinion_answered | 反馈初步审查意见 | opinion on the draft answered
budget.opinion_printed | 印发初步审查意见 | opinion on the draft printed
budget.preliminary | 预算初步审查 | preliminary examination
budget.published | 预算公开期限 | budget published within
budget.replied | 预算批复期限 | budgets confirmed within
budget.summed | 汇总预算备案 | sum of the budgets filed
closing.mandatory | 须有闭幕 | a closing is needed
constitution.joint | 提议修改宪法的代表人数 | deputies needed to propose amending the constitution
constitution.proposers | 谁提议修改宪法 | who proposes to amend the constitution
council.formed | 组成议事组织 | council formed
council.members | 议事组织成员 | council's members
council.monitors | 成员监督项目 | members watch projects
council.opinions | 意见转交和反馈 | opinions handed over
council.quorum | 议事会议到会人数 | council's quorum
council.recommends | 只作推荐 | it only recommends
council.reports_to_sc | 工委向常委会报告 | report to the standing committee
council.rules | 议事制度 | council's rules
council.yearly | 每年议事次数 | meetings a year
count.days | 日期的计算 | how days are counted
count.day_of_year | 每年的固定日期 | a fixed day of the year
count.received | 收到之日 | the day of receipt
credentials.certificate | 代表证 | deputies' certificates
credentials.committee | 代表资格审查委员会 | credentials committee
credentials.confirmed | 确认代表资格 | credentials confirmed
credentials.size | 代表资格审查委员会人数 | size of the credentials committee
delegation.heads | 代表团团长 | heads of delegations
delegation.majority | 以代表团名义提出所需的多数 | majority of a delegation to act in its name
delegations | 代表团 | delegations
deliberation | 审议 | deliberation
deliberation.record | 审议记录 | record of the deliberation
department_review.held | 部门工作评议 | departments reviewed
department_review.report | 反馈评议意见处理情况 | handling of a review reported
deputy.absence_counting | 缺席的计算 | how absences are counted
deputy.absences | 缺席次数 | absences that end a seat
deputy.base | 全体代表的计算 | who counts among all deputies
deputy.duty_report | 代表报告履职 | deputies report on their work
deputy.leave | 代表请假 | leave
deputy.one_seat | 不得同时担任两地代表 | one seat only
deputy.stations | 代表联络站 | liaison stations
deputy.suspension | 暂停执行代表职务 | suspension
deputy.termination | 代表资格终止 | end of a seat
drafts.adjusted | 调整草案 | drafts adjusted
drafts.discussed | 代表团讨论草案 | drafts discussed
duty.evaluation | 选民评议代表 | voters evaluate deputies
duty.immunity | 发言、表决不受追究 | speech and votes free
duty.organised | 组织代表述职 | reports of deputies organised
duty.points | 履职积分 | points for duty
duty.published | 公示履职信息 | deputies' work published
duty.published_every | 履职信息多久公示一次 | how often the record is published
duty.record | 代表履职档案 | record of deputies' work
duty.rectify | 述职评议后的改进 | what follows a bad report
duty.report | 代表向选民述职 | deputies report to voters
duty.voters | 述职会邀请的选民 | voters invited to a report
inquiry.answer | 回答询问 | inquiries answered
inquiry.budget_answer | 答复预算询问 | budget inquiries answered
inspection.barred | 不能参加检查组的人 | who cannot be in the group
inspection.comments | 检查处理情况报告稿征求意见 | comments on the draft report on an inspection's handling
inspection.follow_up | 跟踪检查 | inspected again
inspection.group | 执法检查组 | group of the inspection
inspection.hand_over | 交办检查报告和审议意见的期限 | report handed over within
inspection.handling_report | 报告检查意见的处理情况 | an inspection's handling reported
inspection.held | 执法检查 | inspections
inspection.notice | 检查前通知 | notice before it starts
inspection.plan | 检查方案 | plan of the inspection
inspection.published | 公布检查报告和处理情况 | inspection and handling published
inspection.report | 执法检查报告 | report on the inspection
inspection.to_agenda | 检查处理情况提请审议 | an inspection's handling put on the agenda
inspection.ways | 检查的方式 | ways of inspecting
interpellation.answer | 质询的答复方式 | how an interpellation is answered
interpellation.answer_within | 质询答复期限 | interpellation answered within
interpellation.answerer | 质询由谁答复 | who answers an interpellation
interpellation.content | 质询案的内容 | what an interpellation states
interpellation.delegation | 代表团提出质询案 | interpellations of a delegation
interpellation.joint | 质询联名人数 | signatures for an interpellation
interpellation.object | 质询的对象 | who may be interpellated
interpellation.reanswer | 再作答复 | answered once more
interpellation.reanswer_decided | 再作答复由谁决定 | who decides on answering once more
interpellation.supervisory | 质询监察委员会 | supervisory commission asked
motion.contact | 审议议案时联系代表 | deputies heard on their motion
motion.content | 议案的内容 | what a motion holds
motion.converted | 议案转作建议 | motion becomes a suggestion
motion.deadline | 议案截止时间 | deadline for motions
motion.delegation | 代表团提出议案 | motions of a delegation
motion.disposed_within | 议案会后处理期限 | motion disposed of within
motion.filed_from | 议案何时起可提出 | motions filed from
motion.institutional | 机关提出议案 | motions of organs
motion.joint | 议案联名人数 | signatures for a motion
motion.listed | 议案列入议程 | motion placed on the agenda
motion.referral | 议案先交委员会 | motion referred first
motion.referral_organs | 机关议案并交委员会 | organ's motion referred too
motion.withdrawal | 撤回议案 | motion withdrawn
motion.withdrawn_by | 议案由谁要求撤回 | who withdraws a motion
motions.committee | 议案审查委员会 | committee on motions
notice.days | 会议通知提前日数 | days of notice
observers.government | 政府人员列席 | officials attend
observers.others | 其他人员列席 | others attend
observers.residents | 居民列席 | residents attend
opinions.answered | 答复审议意见 | opinions answered
papers.days | 材料提前送达日数 | days for the papers
papers.in_advance | 材料提前送达 | papers in advance
plan.examined | 计划审查结果报告 | report on the plan's examination
practice.closing | 闭幕的惯例 | closing by practice
practice.escalation | 逾期后几天提级 | days after which what is late is escalated
practice.escalation_to | 逾期提级报给谁 | who is told of what is late
practice.party_report | 请示报告 | Party-side report
practice.record | 会议记录 | minutes
practice.reminders | 到期前几天提醒 | days before a last day to remind
practice.sign_in | 签到 | sign-in
prep.chair | 预备会议主持 | who chairs the preparatory meeting
prep.quorum | 预备会议到会人数 | quorum of the preparatory meeting
prep.required | 须有预备会议 | preparatory meeting needed
presidium.acting_chair | 代理主席 | acting chair
presidium.draft_lists | 拟定草案 | drafts by the presidium
presidium.elected | 选举主席团 | presidium elected
presidium.ex_officio | 当然成员 | members ex officio
presidium.executive_chairs | 执行主席 | executive chairs
presidium.majority | 主席团决定的多数 | presidium's majority
presidium.no_admin | 不兼行政职务 | no administrative office
presidium.presides | 主席团主持会议 | the presidium presides
presidium.puts_to_vote | 主席团提请表决 | the presidium puts to the vote
presidium.quorum | 主席团会议到会人数 | presidium's quorum
presidium.size | 主席团人数 | size of the presidium
presidium.size_usual | 主席团通常人数 | usual size of the presidium
presidium.standing_chairs | 常务主席 | standing chairs
presidium.tenure | 主席团任期 | presidium's term
presidium.timetable | 日程和议案截止时间 | timetable
projects.adjusted | 候选项目修改 | candidates adjusted
projects.announced | 公告票决项目 | projects announced
projects.assessed | 项目评估 | projects assessed
projects.call | 项目征集期限 | call for projects
projects.change | 项目调整 | projects changed
projects.change_decided_by | 由谁决定项目调整 | who decides a project's change
projects.decided_by_congress | 项目由人大决定 | projects decided by the congress
projects.details_sent | 项目情况发给代表 | project details sent
projects.explained | 项目说明 | projects explained
projects.follows | 依照票决制规定 | under the regulation on project votes
projects.majority | 项目票决的多数 | majority for a project
projects.method | 票决办法 | method of choosing
projects.options | 项目票的选项 | options on the ballot
projects.plan_published | 实施计划公布 | plan published
projects.presidium_deliberated | 主席团审议候选项目 | candidates before the presidium
projects.rating | 满意度测评 | rating
projects.reported | 项目实施报告 | projects reported on
projects.supervised | 项目监督 | projects supervised
projects.surplus | 差额票决 | more candidates than places
projects.voting_plenary | 全体会议票决 | voted in plenary
quorum.at_vote | 表决前清点人数 | count before a vote
quorum.each_sitting | 每次全体会议的到会人数 | quorum at each sitting
recess.duties | 闭会期间工作 | work in recess
recess.presidium_meeting | 主席团会议间隔 | presidium meetings in recess
recess.report | 主席团报告工作 | report on the recess
record.correction | 更正记录 | corrections
record.edition | 换用法规库版本 | another edition of the law
record.irregularity | 程序瑕疵 | irregularities
record.late_entry | 补录 | late entries
record.separate_hands | 分人记入 | separate hands
report.budget | 预算报告 | budget report
report.court | 人民法院工作报告 | court's report
report.government | 政府工作报告 | government's report
report.plan | 计划审查批准 | plan examined and approved
report.presidium | 主席团工作报告 | presidium's report
report.procuratorate | 人民检察院工作报告 | procuratorate's report
report.rejected | 报告未获通过 | report not adopted
report.resolution | 关于报告的决议 | resolution on a report
report.standing_committee | 常委会工作报告 | standing committee's report
report.supervisory_commission | 监察委员会不向人大作工作报告 | no work report of the supervisory commission
request.loop | 点单、定单、接单、验单 | requests asked for, chosen, taken on and checked
resolution.follow_up | 决议执行的跟踪监督 | resolutions followed up
resolution.report | 报告决议执行情况 | report on how a resolution was carried out
resolutions.discussed | 讨论决议草案 | draft resolutions discussed
resignation.to_congress | 接受辞职 | resignations
results.published | 公布结果 | results published
review_opinion.again | 要求重新报告 | to be reported on again
review_opinion.collated | 归纳整理审议意见 | opinions collated
review_opinion.comments | 报告稿征求意见 | comments on the draft report
review_opinion.distributed | 印发处理情况报告 | report distributed
review_opinion.evaluation | 办理情况满意度测评 | satisfaction vote
review_opinion.follow_up | 审议意见的跟踪监督 | opinions followed up
review_opinion.hand_over | 交办审议意见的期限 | opinion handed over within
review_opinion.handed_to | 审议意见交由研究处理 | review opinions handed over
review_opinion.items | 整改问题清单 | list of problems
review_opinion.published | 公布审议意见和处理情况 | opinion and handling published
review_opinion.report | 报告研究处理情况 | a review opinion's handling reported
review_opinion.to_agenda | 处理情况提请审议 | handling put on the agenda
secretary_general.deputies | 副秘书长 | deputy secretaries-general
secretary_general.elected | 选举秘书长 | secretary-general elected
session.arranged | 会期安排 | timetable of a session
session.convener | 召集人 | who convenes
session.date | 决定并公布日期 | date decided and published
session.date_by | 谁定日期 | who fixes the date
session.drafts | 会前拟订草案 | drafts before the session
session.extraordinary | 临时召集 | extraordinary session
session.first_within | 第一次会议期限 | first session within
session.length | 会期日数 | days of a session
session.move | 提前或者推迟 | date moved
session.move_mandate | 授权主任会议定新日期 | new date left to the council of chairpersons
session.per_year | 每年会议次数 | sessions a year
session.per_year_usual | 通常每年次数 | usual sessions a year
session.petition | 代表提议临时召集 | petition for a session
session.petition_effect | 提议的效力 | effect of a petition
session.prepared | 代表会前准备 | deputies prepare
session.quorum | 会议到会人数 | quorum
session.rules_of_procedure | 议事规则 | rules of procedure
signature.rechecked | 联名复核 | signatures rechecked
signature.suspended | 暂停职务者的签名 | a suspended deputy's signature
special_inquiry.attended | 负责人到会 | heads attend
special_inquiry.held | 专题询问 | special inquiries
special_inquiry.report | 报告询问意见处理情况 | a special inquiry's handling reported
special_inquiry.survey | 询问前调研 | survey before it
special_inquiry.to_agenda | 询问意见处理情况提请审议 | a special inquiry's handling put on the agenda
standing_committee.until_new | 常委会行使职权至新一届选出 | the committee acts until the next is elected
street.budget | 街道预算听取意见 | opinions on the street's budget
street.committee_meeting | 街道工委会议间隔 | street committee's meetings
street.handed_down | 常委会交办街道工委的工作 | work the standing committee hands down to a street
street.no_congress | 街道不设人大 | a street has no congress
suggestion.assign_within | 交办期限 | assigned within
suggestion.assigned_by | 交办建议 | who assigns suggestions
suggestion.co_handling | 会办 | co-handling
suggestion.co_handling_again | 重新提出会办意见 | co-handling again
suggestion.commitment | 承诺事项 | what was promised
suggestion.contact | 办理中联系代表 | contact with the deputy
suggestion.contact_within | 与代表联系的期限 | contact within
suggestion.earliest_binds | 先到的期限为准 | the earliest term binds
suggestion.escalation | 提级处理 | escalation
suggestion.extension_consent | 延期须经同意 | a longer term needs consent
suggestion.feedback | 代表反馈意见 | deputy's feedback
suggestion.form | 建议的要求 | form of a suggestion
suggestion.handling_rules | 建议办理规定 | rules on handling
suggestion.key | 重点督办 | key matters
suggestion.method | 议案、建议处理办法 | method for motions and suggestions
suggestion.no_feedback | 代表未反馈 | no feedback
suggestion.objection | 承办单位退办 | objection of a unit
suggestion.objection_decided | 决定退办意见 | objection decided
suggestion.printed | 办理报告印发 | report printed
suggestion.rehandle | 重新办理 | handled again
suggestion.reply | 建议答复期限 | reply within
suggestion.reply_difficult | 难度大的建议答复期限 | reply to a difficult one within
suggestion.report | 报告办理情况 | handling reported
suggestion.report_by | 每年报告办理情况的日期 | day of the yearly report on handling
suggestion.reported_by_handlers | 承办方报告办理情况 | handling reported by those who handled
suggestion.reporter | 由谁报告办理情况 | who reports the handling
suggestion.units_report_by | 承办单位每年报送的日期 | day of the units' yearly report
suggestion.withdrawal | 撤回建议 | suggestion withdrawn
topic.asked_by_organs | 机关要求报告 | organs ask to report
topic.call | 征集监督议题 | call for topics
topic.next_call | 启动下一年度征集的日期 | day of the next year's call
topic.opinions | 转交各方面意见 | opinions passed on before a report
topic.plan | 年度监督工作计划 | the year's plan of supervision
topic.plan_adjusted | 调整监督工作计划 | the year's plan adjusted
topic.plan_adopted_by | 谁通过监督工作计划 | who adopts the plan
topic.plan_drafted | 计划草案 | plan drafted
topic.plan_published | 公布监督工作计划 | the year's plan published
topic.proposed_by | 谁提出议题建议 | who proposes topics
topic.sources | 监督议题的途径 | channels of topics
topic.survey | 报告前调研 | survey before a report
topic.told_back | 反馈议题提出人 | proposers told
township.chair_office | 主席不兼行政职务 | chair holds no other office
township.vice_chairs | 副主席人数 | vice-chairs
vote.announce | 当场宣布结果 | result announced
vote.ballots | 投票表决的票数 | ballots of a vote
vote.by_name | 记名表决 | vote by name
vote.constitution | 修改宪法的多数 | majority to amend the constitution
vote.constitution.method | 修改宪法的表决方式 | how an amendment of the constitution is voted on
vote.device_failure | 表决器故障 | when the voting device fails
vote.majority | 表决的多数 | majority
vote.methods | 表决方式 | ways of voting
vote.options | 表决的选项 | options of a vote
vote.scrutineers | 监票人 | scrutineers
voters.heard | 听取选民意见 | voters heard
"""
TITLES: Mapping[str, Text] = {
    topic: Text(zh, en)
    for topic, zh, en in (line.split(" | ") for titles in (_TITLES, _ELECTIONS) for line in titles.strip().splitlines())
}


class Topic(NamedTuple):
    """One topic, and the rules on file that answer it."""

    name: str
    rules: tuple[Provision, ...]

    @property
    def title(self) -> Text:
        """Its name for people; where we gave it none, what its first rule says."""
        return TITLES.get(self.name) or self.rules[0].says

    @property
    def readings(self) -> tuple[Provision, ...]:
        """Those a plan may adopt (`adopts:`)."""
        return tuple(rule for rule in self.rules if rule.kind is Kind.READING)

    @property
    def written(self) -> tuple[str, ...]:
        """How an own rule on it writes its value; empty where no text gives a value and an own rule would have none to set."""
        values: list[Value] = [rule.value for rule in self.rules if rule.value is not None]
        return tuple(dict.fromkeys(WRITTEN[type(value)] for value in values))


def topics(
    book: LawBook, levels: tuple[str, ...] = ("national", "province", "city", "county", "township", "residents")
) -> tuple[Topic, ...]:
    """Every topic that has a rule for these levels, by name."""
    found: dict[str, list[Provision]] = {}
    for rule in book.provisions:
        if set(rule.levels) & set(levels):
            found.setdefault(rule.topic, []).append(rule)
    return tuple(Topic(name, tuple(rules)) for name, rules in sorted(found.items()))
