"""What may be noticed without stopping an act, each with its sentence in both languages."""

from domain.election.words import SAYS as OF_ELECTIONS
from domain.event import Finding
from domain.law import Citation, Ruling, articles
from domain.tenure.words import SAYS as OF_TENURE
from domain.text import Figure, Text

LATE = "LateEntry"
"""An entry made on a later legal day than it tells of (补录)."""

SAYS: dict[str, Text] = {
    "LawSilent": Text("现行法律对此没有规定({what})", "the law in force is silent on this ({what})"),
    "ReadingNotMet": Text("稳妥理解未满足:{what}", "not met, by a reading of ours: {what}"),
    "StepMissing": Text("尚缺:{what}", "still missing: {what}"),
    "IrregularityCarried": Text(
        "{what}以情况说明代之,程序瑕疵仍在", "{what} is replaced by a recorded irregularity, which stands"
    ),
    "LocalRuleInert": Text(
        "下位规定与上位法不一致,待核,未适用", "a lower rule conflicts with higher law and was not applied"
    ),
    "RolesTogether": Text(
        "{person} 是“{held}”,又任“{role}”:一人办公,如实记录",
        "{person} is {held} and {role} as well: an office of one person, recorded as it is",
    ),
    "SameHand": Text(
        "“{act}”与“{earlier}”由同一人记入({who})",
        "“{act}” was entered by the same person ({who}) as “{earlier}”",
    ),
    "OnePersonOffice": Text(
        "一人办公:“{act}”与“{earlier}”由同一人记入",
        "an office of one person: “{act}” and “{earlier}” were entered by the same",
    ),
    LATE: Text("补录:发生于 {at},记录于 {recorded}", "entered late: happened {at}, recorded {recorded}"),
    "EnteredAfterItsStage": Text(
        "补录:{stage}的行为({at}),在该阶段结束后记录", "entered after its stage ({stage}) was over: happened {at}"
    ),
    "BelowQuorum": Text(
        "应到 {total} 人,实到 {found} 人,{share}({needed} 人)",
        "{found} of {total} present, {share} ({needed} needed)",
    ),
    "SeatsVacant": Text("代表名额尚缺 {open} 名", "{open} seats of the number fixed are vacant"),
    "NumberRoundedUp": Text(
        "代表名额 {found} 名,按整数计算为 {needed} 名:不足一名的零数是否进位,条文没有写",
        "a number of {found} deputies; counted in whole ones {needed}: whether a remainder makes one more the text does not say",
    ),
    "FewerThanTheBase": Text(
        "代表名额 {found} 名,少于基数 {needed} 名,而人口没有少到可以少于基数",
        "a number of {found} deputies, fewer than the base of {needed}, and the population is not so small that it may be",
    ),
    "RejectedBefore": Text("此前表决未获通过({at})", "put to the vote before and rejected ({at})"),
    "MethodDiffersFromPlan": Text(
        "票决办法规定选 {needed} 项,方案为 {found} 项,以办法为准",
        "the method has {needed} chosen, the plan {found}: the method holds",
    ),
    "PetitionDeclined": Text("此前决定不予临时召集", "it was decided not to convene on the petition"),
    "NotOfThePresidium": Text("{deputy} 不是主席团成员", "{deputy} is not a member of the presidium"),
    "SignedTwice": Text("代表 {deputy} 重复联名,只计一次", "deputy {deputy} signed twice and counts once"),
    "SignatureNotCounted": Text(
        "代表 {deputy} 暂停执行代表职务,联名不计",
        "the duties of deputy {deputy} are suspended: the signature is not counted",
    ),
    "FewerSignatoriesNow": Text(
        "第 {number} 号议案的联名人现可计 {found} 人,少于 {needed} 人",
        "{found} signatories of motion {number} count now, fewer than {needed}",
    ),
    "PowersNotStated": Text(
        "没有写明是否属于本级人大职权范围(within_powers)",
        "it is not stated whether this lies within the congress's powers (within_powers)",
    ),
    "FiledAfterDeadline": Text(
        "在议案截止时间 {deadline} 之后提出", "filed after the deadline for motions ({deadline})"
    ),
    "ListedThoughLate": Text(
        "第 {number} 号议案在截止时间之后提出,仍列入议程",
        "motion {number} came after the deadline and is listed all the same",
    ),
    "NoDeputiesInvited": Text(
        "初步审查预算草案没有邀请本级人大代表参加",
        "no deputies were invited to the preliminary examination of the draft budget",
    ),
    "NotContacted": Text(
        "审议第 {number} 号议案没有同提案代表联系沟通",
        "nobody was in touch with the deputies who signed motion {number}",
    ),
    "ReasonsMissing": Text(
        "第 {number} 号议案不列入议程,没有写明理由", "no reasons are given for not listing motion {number}"
    ),
    "MustBecomeSuggestion": Text(
        "第 {number} 号议案未列入议程,应当转作建议",
        "motion {number} is not on the agenda and is to become a suggestion",
    ),
    "MotionUndecided": Text(
        "第 {number} 号议案({what})列入与否,主席团尚未决定",
        "the presidium has not decided whether to list motion {number} ({what})",
    ),
    "AskedByFewer": Text(
        "第 {number} 号议案由 {found} 名联名人要求撤回,联名人共 {needed} 人",
        "{found} of {needed} signatories ask to withdraw motion {number}",
    ),
    "AfterItsVote": Text(
        "{what} 已经表决,不在审议之中", "{what} was put to the vote: it is not under deliberation any more"
    ),
    "AnsweredByOther": Text(
        "回答询问的不是负责人或者负责人员", "who answered is neither the head nor an officer responsible for it"
    ),
    "InquiryUnanswered": Text("第 {number} 号询问未作回答({organ})", "inquiry {number} was not answered ({organ})"),
    "InterpellationUnanswered": Text(
        "第 {number} 号质询案未作答复({organ})", "interpellation {number} was not answered as is due ({organ})"
    ),
    "LocalHurdle": Text(
        "本地规定再作答复须经主席团决定,代表法无此条件,待核",
        "the local rule has the presidium decide on another answer; the Deputies Law asks for no such decision",
    ),
    "AmendmentsFirst": Text(
        "{item} 的修正案尚未表决({found}),宜先表决修正案",
        "amendments to {item} were not voted on yet ({found}): they should come first",
    ),
    "AsAmended": Text("按已通过的修正案修改后表决({found})", "voted on as amended ({found})"),
    "NoDelegationNamed": Text(
        "没有写明是哪个代表团审议,记作全体会议审议",
        "no delegation is named: this is recorded as deliberated in plenary",
    ),
    "WithoutDelegation": Text("有 {found} 名代表不在任何代表团", "{found} deputies belong to no delegation"),
    "NoCountTaken": Text("鼓掌通过,未计票", "by acclamation: no count was taken"),
    "HandsNotCounted": Text("举手表决,没有清点赞成人数", "by show of hands: those in favour were not counted"),
    "VoteVoid": Text(
        "{why}(发出 {issued} 张,收回 {returned} 张):本次表决无效,重新表决",
        "{why} ({issued} issued, {returned} returned): the poll is void, and the vote is taken again",
    ),
    "PublishedFigures": Text(
        "票数为公布的数字,其中 {found} 人去向不明",
        "figures as they were published: {found} of those present are unaccounted for",
    ),
    "DeviceHadFailed": Text("表决器 {device} 发生故障:{what}", "the voting device {device} had failed: {what}"),
    "NobodyAgreed": Text(
        "主席团全体成员 {total} 人,无人赞成,未获通过",
        "nobody of all {total} members of the presidium agreed: not adopted",
    ),
    "PresidiumDidNotAgree": Text(
        "主席团全体成员 {total} 人,赞成 {found} 人,{share}({needed} 人),未获通过",
        "{found} of all {total} members of the presidium agreed, {share} ({needed} needed): not adopted",
    ),
    "NotAdopted": Text(
        "赞成 {in_favour} 票,{share}({needed} 票),未获通过",
        "{in_favour} in favour, {share} ({needed} needed): not adopted",
    ),
    "FewerThanUsual": Text("{what}:{found},规定为 {needed}", "{what}: {found}, the rule says {needed}"),
    "ReplyUnheard": Text(
        "{number} 号建议答复之前,没有代表确认的沟通记录",
        "no contact confirmed by the deputy precedes the reply to {number}",
    ),
    "PromiseWithoutDay": Text(
        "{number} 号建议正在解决(B 类),没有写明何时完成(promised)",
        "suggestion {number} is in progress (class B), and by when is not said (promised)",
    ),
    "LightWithoutReason": Text(
        "{number} 号项目进度滞后,没有写明原因", "project {number} is behind and nothing says why"
    ),
    "CallTooShort": Text("公开征集时间不足,应持续到 {until}", "the public call was too short: it lasts until {until}"),
    "RatedWithoutReason": Text(
        "代表对 {number} 号建议的答复不满意,没有写明理由",
        "no reason is given why the reply to {number} does not satisfy",
    ),
    "ObjectedLate": Text("{number} 号建议的退办意见迟于 {due} 提出", "the objection to {number} came after {due}"),
    "TermFromReassignment": Text(
        "{number} 号建议改交{unit},答复期限自改交之日起算(稳妥理解)",
        "suggestion {number} was given to {unit}: by our reading its term runs from that day",
    ),
    "ItemLacks": Text("问题清单 {item} 号缺:{what}", "item {item} of the list lacks: {what}"),
    "ItemsOutstanding": Text(
        "{number} 号事项尚有问题未整改:{items}", "matter {number}: items not rectified yet: {items}"
    ),
    "ReportWithoutComments": Text(
        "{number} 号事项的处理情况报告没有先送有关委员会征求意见",
        "the report on matter {number} did not go to the committee concerned for its comments first",
    ),
    "InspectsOwnOrgan": Text(
        "检查组成员 {person} 是被检查机关({organ})的工作人员",
        "{person} in the group is on the staff of the organ inspected ({organ})",
    ),
    "InspectionWithoutNotice": Text(
        "{number} 号执法检查没有事先通知检查方案(最迟 {due})",
        "no notice of the plan of inspection {number} was given (due by {due})",
    ),
    "InspectionNoticeLate": Text(
        "{number} 号执法检查的方案于 {found} 才通知(最迟 {due})",
        "notice of the plan of inspection {number} was given on {found} (due by {due})",
    ),
    "HeadDidNotCome": Text("{organ}的负责人没有到会回答询问", "no head of {organ} came to answer"),
    "ProposalsUnsorted": Text(
        "{number} 号征集尚有议题建议没有处理:{proposals}",
        "call {number}: proposals that nobody has sorted: {proposals}",
    ),
    "TopicsOutstanding": Text(
        "{number} 号计划尚有议题没有了结:{topics}", "plan {number}: topics not at their end: {topics}"
    ),
    "PointsUncapped": Text(
        "积分办法对 {kinds} 没有封顶,容易只追求数量", "the scheme sets no cap for {kinds}: numbers may be chased"
    ),
    "FewVotersInvited": Text(
        "邀请选民 {found} 人,本级规定不少于 {needed} 人",
        "{found} voters invited, the place's own rule has {needed} at least",
    ),
    "NotPutRight": Text(
        "{number} 号述职测评不满意,本级规定须改进,没有改进的记录",
        "report {number} did not satisfy and the place's rule has it put right: nothing of it is on record",
    ),
    "OpinionNotHandedOn": Text(
        "{number} 号例会第 {meetings} 次会议的意见没有交办",
        "series {number}: what came of meeting {meetings} was not handed over",
    ),
    "AbsentTwice": Text(
        "代表 {deputy} 未经批准两次不出席会议,代表资格终止的情形",
        "deputy {deputy}: second unapproved absence, a ground that ends the seat",
    ),
    "AbsentWithoutNames": Text(
        "缺席 {found} 人,只有人数,没有姓名:是否两次未经批准不出席,无从提示",
        "{found} absent are known by number only: nobody can be told of a second unapproved absence",
    ),
    "CardsWaiting": Text(
        "有 {found} 张卡待核,未说明是谁的:缺席只记人数,不记姓名",
        "{found} cards are still held, nobody said whose they are: those absent are a number, nobody is named",
    ),
    "CardOvertaken": Text(
        "代表 {deputy} 在 {shown} 刷卡之后另有签到、离场或者清点记录,以后者为准,只记其到过会",
        "what was recorded since (a sign-in, a sign-out, a head count) holds over the card shown at {shown}: deputy {deputy} came, and"
        " is not put back into the hall",
    ),
    "DeadlineMissed": Text("期限已过:{what}(最迟 {due})", "deadline missed: {what} (due by {due})"),
    "TieAtTheCut": Text(
        "{what} 得票相同,不能确定当选项目,须按票决办法再次投票",
        "{what} are tied at the cut: the method must say how to go on",
    ),
    "TooFewChosen": Text(
        "应选 {seats} 项,达到票数的只有 {found} 项", "{seats} to choose, only {found} reached the majority"
    ),
    "Unverified": Text("所依规定未经核对原文", "the rule relied on was not checked against its text"),
    "NoLegalEffect": Text("党内程序,仅作佐证,无法律效力", "a Party-side step: evidence only, without legal effect"),
    "RecommendationOnly": Text("仅为推荐意见,不是决议", "a recommendation only, never a resolution"),
    **OF_ELECTIONS,
    **OF_TENURE,
}


def warn(code: str, basis: tuple[Citation, ...], **figures: Figure) -> Finding:
    return Finding(code=code, weight="warn", basis=basis, figures=figures)


def alert(code: str, basis: tuple[Citation, ...], **figures: Figure) -> Finding:
    return Finding(code=code, weight="alert", basis=basis, figures=figures)


def info(code: str, basis: tuple[Citation, ...], **figures: Figure) -> Finding:
    return Finding(code=code, weight="info", basis=basis, figures=figures)


def inert(ruling: Ruling | None) -> tuple[Finding, ...]:
    """A flag for each lower-layer rule that loosens and so was not applied (architecture §2.4)."""
    return (warn("LocalRuleInert", ruling.inert),) if ruling and ruling.inert else ()


def says(finding: Finding) -> Text:
    sentence = SAYS[finding.code].filled(**finding.figures)
    if not finding.basis:
        return sentence
    cited = articles(finding.basis)
    return Text(f"{sentence.zh} - {cited.zh}", f"{sentence.en} - {cited.en}")
