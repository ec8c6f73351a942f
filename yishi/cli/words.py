"""What fields are called, and what one does about a refusal: words for people, no rules."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.calendar import CHINA
from domain.text import Text

FIELDS = {
    "came_from": Text("来自谁", "from whom it came"),
    "clue": Text("项目线索编号", "code of the clue"),
    "go_on": Text("哪些线索继续论证", "which clues go on"),
    "light": Text("进度:绿、黄、红", "how it stands: green, yellow, red"),
    "out_of": Text("出自哪件建议", "the suggestion it came out of"),
    "project": Text("项目代号", "code of the project"),
    "suggestion": Text("来自哪件建议", "which suggestion it came out of"),
    "addressee": Text(
        "向谁报告:body 本级人大(常委会),office 代表工作机构", "to whom: body (congress, its committee), office"
    ),
    "abstained": Text("弃权票数", "votes abstained"),
    "accepted": Text("是否采纳", "whether it was accepted"),
    "accepted_on": Text("闭会期间接受辞职的日期", "day on which it was accepted in recess"),
    "acting": Text("代理人选编号", "id of who acts"),
    "against": Text("反对票数", "votes against"),
    "answered_by": Text("由谁答复", "who answered"),
    "answerer": Text("由谁答复", "who answers"),
    "anthem": Text("是否奏唱国歌", "whether the anthem was played and sung"),
    "approved": Text("是否批准", "whether it was approved"),
    "as_suggestion": Text("转作建议后的编号", "its number as a suggestion"),
    "assignments": Text("交办哪些建议、交给谁", "which suggestions go to whom"),
    "attended": Text("哪些机关谁到会", "who attended for which organ"),
    "attitude": Text("对办理过程的评价", "rating of how it was handled"),
    "ballots": Text("全部选票的摘要", "digest of all the ballots"),
    "basic_data": Text("是否附基本情况", "whether with basic data"),
    "box": Text("票箱代号", "code of the ballot box"),
    "candidate": Text("候选人编号", "id of a candidate"),
    "candidates": Text("正式候选人编号,按选票顺序", "ids of the candidates, in the ballot's order"),
    "card": Text("证卡号", "number of a card"),
    "cards": Text("证卡号", "numbers of cards"),
    "carried": Text(
        "调查委员会的报告(上次会议决定调查的)",
        "report of the investigation committee, if the session before set one up",
    ),
    "chair": Text("主持人的代表编号", "id of the deputy who presides"),
    "change": Text("怎样调整(added 列入、dropped 移出)", "how it is adjusted: added, dropped"),
    "channel": Text("议题建议的途径", "the channel by which it came"),
    "changes": Text("更正的内容", "what is changed"),
    "chief": Text("总监票人的代表编号", "id of the chief scrutineer"),
    "choose": Text("应选几项", "how many are chosen"),
    "closes": Text("闭幕日", "closing day"),
    "co_units": Text("会办单位", "who handles it with the unit"),
    "committee": Text("交哪个委员会", "which committee"),
    "complex": Text("是否情况复杂", "whether it is complex"),
    "constituencies": Text("各选区的选举结果", "the direct elections by constituency"),
    "contacted": Text("答复前是否与代表联系沟通", "whether the deputy was spoken to first"),
    "content": Text("质询的问题和内容", "what is asked, and on what grounds"),
    "convene": Text("是否决定召集", "whether to convene"),
    "count": Text("人数", "how many"),
    "counted": Text("是否清点了赞成人数", "whether those in favour were counted"),
    "deadline": Text("截止时间", "until when"),
    "decided": Text("是否已由大会明确决定", "whether the congress decided it expressly"),
    "defence_offered": Text("是否给予申辩机会", "whether they could answer"),
    "demand": Text("要求", "what is demanded"),
    "delegation": Text("代表团和赞成人数", "the delegation, and how many of it agree"),
    "delegations": Text("各代表团和赞成人数", "the delegations, and how many of each agree"),
    "day": Text("哪一天", "on which day"),
    "deputies": Text("代表编号", "ids of deputies"),
    "deputies_number": Text("代表名额", "the number of deputies as it was fixed"),
    "deputy": Text("代表编号", "id of a deputy"),
    "deputy_heads": Text("副团长的代表编号", "ids of the deputy heads"),
    "deputies_invited": Text("邀请参加的代表人数", "how many deputies were invited"),
    "device": Text("签到设备或者表决器", "the device: for signing in, or for voting"),
    "difficult": Text("涉及面广、难度大", "whether it is a difficult one"),
    "dissatisfied": Text("不满意的提质询人数", "how many of those who asked are not satisfied"),
    "document": Text("文号", "number of the document"),
    "drafts": Text("拟订了哪些草案", "what was drafted"),
    "due": Text("最迟哪一天", "by which day"),
    "edition": Text("法规库版本", "edition of the law"),
    "election": Text("哪一项选举的代号", "code of an election"),
    "elections": Text("哪些选举的代号", "codes of elections"),
    "entry": Text("两人录入的第几份", "which of the two entries"),
    "fact": Text("所缺环节的代号", "the step that was left out"),
    "figures": Text("计票结果", "figures of the count"),
    "form": Text("口头或书面", "spoken or written"),
    "from_ballot": Text(
        "候选人是否按第一次投票得票顺序确定", "whether candidates stand by the votes of the first ballot"
    ),
    "granted": Text("是否批准", "whether it was granted"),
    "follows": Text("怎么处理", "what follows"),
    "goes_on": Text("正在进行的投票是否继续", "whether the ballot that is open goes on"),
    "ground": Text("情形", "the ground"),
    "grounds": Text("案由和案据", "the reasons for it"),
    "group": Text("哪个代表团(组)", "which delegation"),
    "head": Text("团长的代表编号", "id of the head"),
    "holder": Text("任职人员编号", "id of who holds the post"),
    "holders": Text("持钥人的代表编号", "ids of those who hold a share of the key"),
    "holding": Text("被提名人在其他机关的任职", "offices that nominees hold elsewhere"),
    "holds": Text("现任职务", "the post they hold"),
    "if_fewer": Text("持钥人到场不够时怎么办", "what follows when too few key holders come"),
    "in_favour": Text("赞成票数", "votes in favour"),
    "inspectors": Text("检查组成员及其所在单位", "who inspects, and where they serve"),
    "introduced": Text("是否已介绍人选", "whether the nominees were introduced"),
    "invalid": Text("确定当选无效的", "elections found invalid"),
    "issued": Text("发出票数", "ballots issued"),
    "item": Text("议程事项的代号", "code of an agenda item"),
    "items": Text("议程事项的代号", "codes of agenda items"),
    "kept": Text("选票如何处置", "what became of the ballots"),
    "keys": Text("票箱的钥匙(公开部分)", "the box's keys, their public part"),
    "kind": Text("种类", "kind"),
    "law_advice": Text("修改法律法规的建议", "advice on amending the law"),
    "led_by": Text("领誓人编号", "id of who leads the oath"),
    "lines": Text("各项得票", "the votes of each project"),
    "local_class": Text("本地的办理类别", "class by the local rules"),
    "mandate": Text(
        "授权主任会议的常委会决定", "the standing committee's decision that authorised the council of chairpersons"
    ),
    "mandated_on": Text("授权决定的日期", "the day of that decision"),
    "margins": Text("各项选举的差额数", "margin of each election"),
    "materials": Text("是否附有关材料", "whether materials are attached"),
    "matter": Text("决定什么", "what is decided"),
    "meeting": Text("第几次主席团会议", "which meeting of the presidium"),
    "members": Text("主席团全体人数", "members of the presidium in all"),
    "members_total": Text("组成人员总数", "members in all"),
    "method": Text("表决方式", "how the vote is taken"),
    "motion_title": Text("议案题目", "title of the motion"),
    "name": Text("姓名(登记时密封)", "the name, sealed when it is registered"),
    "named": Text("记名表决时谁投了什么票", "who voted how, in a recorded vote"),
    "no_relatives": Text("监票人中是否没有候选人的近亲属", "whether no scrutineer is a near relative of a candidate"),
    "nominated_by": Text("由谁提名", "who nominated them"),
    "nominator": Text("由谁提名", "who nominates"),
    "nominee": Text("被提名人的编号", "id of a nominee"),
    "not_voted": Text("未表决人数", "present and not voting"),
    "number": Text("编号", "number"),
    "object": Text("质询的对象", "who is interpellated"),
    "on_shortfall": Text("选不足时怎么办", "when too few are chosen"),
    "on_tie": Text("票数相同时怎么办", "on a tie"),
    "opens": Text("开幕日", "opening day"),
    "opinion": Text("审议意见", "the opinion"),
    "opinions": Text("审议意见", "opinions given"),
    "order": Text("候选人按什么排列", "by what the candidates are in order"),
    "organ": Text("哪个机关", "which organ"),
    "organisations": Text("提名的政党、人民团体", "parties and organisations that nominate"),
    "outcome": Text("怎样处理", "what is decided on it"),
    "papers": Text("送达了哪些材料", "which papers were sent"),
    "parent": Text("属于哪一事项", "the matter it is part of"),
    "passed": Text("是否通过", "whether it passed"),
    "person_id": Text("给这个人的编号", "the id given to the person"),
    "persons": Text("名单上的代表编号", "ids of those on the list"),
    "place": Text("在何处答复", "where it is answered"),
    "planned": Text("预定时间", "when it is planned"),
    "poll": Text("哪一次票决", "which poll"),
    "post": Text("职务", "the post"),
    "present": Text("到会人数", "how many are present"),
    "printed": Text("申辩意见是否印发", "whether the answer was printed"),
    "printed_for_next": Text("是否印发下次会议", "whether printed for the next session"),
    "promised": Text("承诺完成的日期", "day by which it is promised"),
    "proposal": Text("方案", "what is proposed"),
    "proposal_code": Text("议题建议的编号", "code of a proposal for a topic"),
    "proposals": Text("议题建议的编号", "codes of proposals for topics"),
    "proposed_by": Text("主席团同意提出的人数", "how many of the presidium propose it"),
    "proposer": Text("由谁提出", "who proposes it"),
    "published": Text("票数是否取自公布的数字", "whether the figures are those that were published"),
    "question": Text("询问的内容", "what was asked"),
    "rating_method": Text("满意度测评办法", "by which method ratings become verdicts"),
    "reasons": Text("理由", "the reasons"),
    "rejected": Text("是否不予计入", "whether it is turned down"),
    "remaining": Text("留下的人数", "how many stay"),
    "report": Text("报告", "the report"),
    "reported": Text("是否报上一级备案", "whether it is reported to the level above"),
    "reported_to": Text("向谁报告", "to whom it is reported"),
    "requested_by": Text("由谁要求", "who asks for it"),
    "result": Text(
        "办理结果(A 解决、B 正在、C 列入、D 参考)或者评价",
        "A solved, B in progress, C later, D for reference; or the rating",
    ),
    "returned": Text("收回票数", "ballots returned"),
    "root": Text("票箱的指纹", "fingerprint of the box"),
    "rules": Text("选举办法的其他规定", "what else the method lays down"),
    "scrutineer": Text("监票人的代表编号", "id of the scrutineer"),
    "sealed_name": Text("封存的姓名", "the name, sealed"),
    "second": Text("第二名计票人的票数", "the second teller's figures"),
    "sheet": Text("第几张计票单", "which teller's sheet"),
    "sheets_agree": Text("两张计票单是否一致", "whether the two tellers' sheets agree"),
    "signatories": Text("联名代表编号", "ids of those who signed"),
    "signed": Text("联名人数", "how many signed"),
    "signed_by": Text("由谁签发", "who signed it"),
    "sitting": Text("哪一次会议的代号", "code of the sitting"),
    "sitting_title": Text("会议名称", "title of the sitting"),
    "source": Text("来源:自动取数、人工录入,或者哪次会议", "where it comes from: the device, typed in, a meeting"),
    "speakers": Text("发言人数", "how many spoke"),
    "step": Text("环节代号", "name of the step"),
    "strike": Text("整条删去", "take the whole entry back"),
    "subject": Text("表决事项或建议题目", "what it is about"),
    "suspended": Text("是否暂停", "whether suspended"),
    "text": Text("内容", "its text"),
    "tie": Text("得票相同的项目中选定哪些", "who is chosen of those tied"),
    "tie_decided": Text("大会决定票数相同怎么办", "what the congress decided on a tie"),
    "to": Text("向谁提出", "to whom"),
    "unit": Text("承办单位", "handling unit"),
    "units": Text("报告其办理情况的承办单位,不填为全部", "whose handling it is (the units as assigned); left out: all"),
    "stands": Text("是否有效", "whether it is valid"),
    "valid": Text("有效票数(人数)", "valid ballots, or deputies confirmed"),
    "version": Text("会议记录第几条", "number of the entry"),
    "void": Text("无效票数", "void ballots"),
    "vote": Text("表决的票数", "figures of the vote"),
    "voter": Text("是否有选举权", "whether the person has the right to vote"),
    "topic": Text("议题的编号", "number of a topic"),
    "topics": Text("列入计划的议题编号", "numbers of the topics in the plan"),
    "activity": Text("活动的种类", "what kind of activity"),
    "claim": Text("第几条自报活动", "number of a claim"),
    "scheme": Text("履职积分办法(版本、来源、各项分值和封顶)", "the scheme: version, source, points and caps"),
    "until": Text("截至哪一天", "up to which day"),
    "record_entry": Text("记录中的第几条", "which entry of the record"),
    "total": Text("全体组成人员人数", "number of all members"),
    "votes": Text("各选项的票数", "votes by option"),
    "way": Text("方式", "in which way"),
    "ways": Text("申辩的方式", "ways in which they may answer"),
    "what": Text("什么", "what it was"),
    "when": Text("本次还是下次会议", "at this session or the next"),
    "where": Text("在何处公布", "where it was published"),
    "who": Text("哪些人员列席", "who attends"),
    "why": Text("理由", "why"),
    "withdrawn": Text("是否作废", "whether withdrawn"),
    "within_powers": Text("是否属于本级人大职权", "whether it is within the congress's powers"),
    "write_ins": Text("另选他人的得票", "votes for persons written in"),
    "written": Text("是否书面", "whether in writing"),
}

TYPES = {
    "choice": Text("选一", "one of"),
    "yes/no": Text("是/否", "yes/no"),
    "number": Text("数", "number"),
    "day": Text("日期", "day"),
    "time": Text("时刻", "time"),
    "list": Text("列表", "list"),
    "text": Text("文字", "text"),
    "{…}": Text("{…}", "{…}"),
    "any": Text("任意", "any"),
}

WHAT_TO_DO = {
    "QuorumNotMet": Text(
        "继续签到,人数够了再办;看人数:yishi hall --follow",
        "go on signing in and open it then; the light: yishi hall --follow",
    ),
    "StepMissing": Text(
        "先办所缺的一项;确实没有办的,记录情况说明:yishi act record-irregularity",
        "do that first; if it was left out for good, own up to it: yishi act record-irregularity",
    ),
    "WrongStage": Text(
        "属于此前阶段而已经办过的,用补录:yishi record-later … --at … --reason …",
        "if it was done in its own stage, enter it late: yishi record-later … --at … --reason …",
    ),
    "NotTheirAct": Text("用 --by 写明由谁作出", "say who does it with --by"),
    "NoSittingOpen": Text("先举行会议:yishi act open-sitting", "open the sitting first: yishi act open-sitting"),
    "AnotherSittingOpen": Text("先结束那次会议:yishi act close-sitting", "end that one first: yishi act close-sitting"),
    "PresidiumNotMeeting": Text(
        "先记录主席团会议:yishi act presidium-meets meeting=… present=…",
        "record the meeting first: yishi act presidium-meets meeting=… present=…",
    ),
    "UnknownFact": Text(
        "各环节的名称:yishi report --json 的 fact", "what each step is called: fact in yishi report --json"
    ),
    "NotADeputy": Text("核对名册中的编号", "check the id on the roll"),
    "NotRegistered": Text("先登记会议:yishi session start 方案.yaml", "register it first: yishi session start PLAN"),
    "AnnouncedAlready": Text(
        "先记录主席团的决定:yishi act presidium-decides matter=correction",
        "record the presidium's decision first: yishi act presidium-decides matter=correction",
    ),
}
"""What to do about a refusal, by its reason."""
ELSE = Text("现在可以办理的:yishi status", "what may be done now: yishi status")

FIGURES = {
    "found": Text("实有", "found"),
    "needed": Text("需要", "needed"),
    "total": Text("全体", "in all"),
    "today": Text("今天", "today"),
}

FACTS = {
    "adopted": Text("通过", "adopted"),
    "rejected": Text("未通过", "not adopted"),
    "announced": Text("已宣布", "announced"),
    "decided": Text("已决定", "decided"),
    "deliberated": Text("已审议", "deliberated"),
    "examined": Text("已审查", "examined"),
    "heard": Text("已听取", "heard"),
    "held": Text("已举行", "held"),
    "voted": Text("已表决", "put to the vote"),
    "assigned": Text("已交办", "assigned"),
    "missed": Text("已逾期", "missed"),
}
"""What the first word of a fact such as `adopted:budget` says."""


NO_NAMES: Mapping[str, Text] = {}
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")


def to_text(said: Any) -> Text:
    """A sentence as JSON brings it: `{zh, en}`, a pair, or words that are the same in both; its times as people read them."""
    match said:
        case {"zh": zh, "en": en}:
            return Text(_timed(str(zh)), _timed(str(en)))
        case [str(zh), str(en)]:
            return Text(_timed(zh), _timed(en))
        case None:
            return Text("", "")
        case _:
            return Text(_timed(str(said)), _timed(str(said)))


def _timed(said: str) -> str:
    return INSTANT.sub(lambda found: shown(found[0]), said)


def shown(moment: str | datetime | None) -> str:
    """A time as it is shown: in China, to the minute."""
    if moment is None:
        return ""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def fact(code: str, names: Mapping[str, Text] = NO_NAMES) -> Text | None:
    """`adopted:budget` as 通过 预算草案, by what its codes are called; None where it says no more than the act itself."""
    word, colon, about = code.partition(":")
    if not colon or word not in FACTS:
        return None
    called = names.get(about, Text(about, about))
    return Text(f"{FACTS[word].zh} {called.zh}", f"{FACTS[word].en}: {called.en}")
