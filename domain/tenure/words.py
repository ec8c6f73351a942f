"""What may be noticed about office-holders without stopping an act, each with its sentence in both languages."""

from domain.text import Text

SAYS: dict[str, Text] = {
    "PostAsStated": Text(
        "{person} 现任{post},据填报;本次会议的记录中没有",
        "{person} holds the post of {post} as stated: the record of this session does not show it",
    ),
    # the oath
    "OathTextOfAnotherDay": Text("使用的是{found},当日应为{needed}", "{found} was used; on this day it is {needed}"),
    "OathFormNotStated": Text("宣誓没有写明:{what}", "of the oath it is not stated: {what}"),
    "OathOrganisedByOther": Text("宣誓不是由主席团组织", "the oath was not organised by the presidium"),
    "OathBeforeApproval": Text(
        "{person} 尚未获得上一级人大常委会批准,宜在批准后宣誓",
        "{person} is not approved by the standing committee above: the oath comes after",
    ),
    "NotElectedHere": Text(
        "本次会议的记录中没有 {person} 当选", "the record of this session does not show {person} elected"
    ),
    "OathNotTaken": Text("当选人员尚未宪法宣誓:{what}", "elected and not sworn in yet: {what}"),
    # approval from above
    "AwaitsApproval": Text(
        "{person}:须报上一级人大常委会批准,批准后生效;法律没有规定期限",
        "{person}: it takes effect once the standing committee above approves; the law sets no time for it",
    ),
    "NotApproved": Text(
        "{person} 未获批准;法律没有规定其后如何处理,由有关机关决定",
        "{person} was not approved; no law says what follows, the organ concerned decides",
    ),
    "ReplacementUnexplained": Text(
        "撤换 {person} 没有写明理由;报请批准的文件里宜写明",
        "no reasons are given for replacing {person}; the paper that asks for approval should give them",
    ),
    # removal
    "DefenceNotPrinted": Text(
        "第 {number} 号罢免案的申辩意见尚未印发会议,表决前须印发",
        "the answer to removal {number} is not printed yet; it has to be before the vote",
    ),
    "RemovalNotSecret": Text(
        "罢免案没有以无记名方式表决(法律未明文规定,稳妥理解为无记名)",
        "the removal was not voted on secretly (no text says it must; a reading of ours)",
    ),
    "RemovalFiledAbove": Text(
        "罢免 {person} 的决议须报上一级人大常委会备案、公告",
        "the resolution removing {person} is to be reported to the standing committee above and announced",
    ),
    "RemovalUndecided": Text(
        "第 {number} 号罢免案没有表决,也没有决定组织调查委员会",
        "removal {number} was neither voted on nor left to an investigation committee",
    ),
    # resignation
    "RecessRouteIsLocal": Text(
        "闭会期间接受辞职只有本地规定,地方组织法只写向人大辞职,待核;须报大会确认",
        "acceptance in recess rests on the local rule alone; the Organic Law knows resignation to the congress only. "
        "The congress has to confirm it",
    ),
    "AcceptancePending": Text(
        "{person} 的辞职已在闭会期间接受,待大会确认", "the resignation of {person} waits for the congress to confirm it"
    ),
    "FileResignation": Text(
        "接受 {person} 辞职,须报本级人民代表大会备案(file-resignation)",
        "the accepted resignation of {person} is to be filed with the congress (file-resignation)",
    ),
    "AnnounceResignation": Text(
        "接受 {person} 辞去代表职务,须予以公告", "the accepted resignation of deputy {person} is to be announced"
    ),
    "ResignationUndecided": Text(
        "第 {number} 号辞职,大会尚未决定或者确认",
        "the congress has neither decided on resignation {number} nor confirmed it",
    ),
    "OfficesEndToo": Text(
        "{person} 如任{what},其职务随代表职务终止,须予以公告(announce-office-ended)",
        "if {person} holds an office of {what}, it ends with the seat and is to be announced (announce-office-ended)",
    ),
    # acting heads
    "ActingOfAnotherOrgan": Text(
        "{person} 是其他机关的副职({holds}),由其代理{post}:稳妥理解应为本机关副职",
        "{person} is a deputy head of another organ ({holds}); by our reading who acts as {post} is of the same organ",
    ),
    "ReportActingProcurator": Text(
        "代理检察长 {person} 须报上一级人民检察院和人大常委会备案",
        "acting chief procurator {person} is to be reported to the procuratorate and the standing committee above",
    ),
}
