"""What must be noted of an act that is done by hand, so that it can be entered afterwards (补录): blanks to fill in, by act."""

from domain.text import Text

_ = "______"

FORMS: dict[str, Text] = {
    "open-sitting": Text(
        f"应到{_} 实到{_} 请假{_} 主持人{_}(签到表附后)",
        f"due {_} present {_} on leave {_} chair {_} (sign-in sheet attached)",
    ),
    "sign-in": Text(f"会议{_} 实到{_}(签到表附后)", f"sitting {_} present {_} (sign-in sheet attached)"),
    "put-to-vote": Text(
        f"方式{_} 实到{_} 赞成{_} 反对{_} 弃权{_} 未表决{_}",
        f"method {_} present {_} in favour {_} against {_} abstained {_} not voted {_}",
    ),
    "enter-sheet": Text(
        f"发出{_} 收回{_} 有效{_} 无效{_}(两张计票单附后)",
        f"issued {_} returned {_} valid {_} void {_} (two tellers' sheets attached)",
    ),
    "hear-report": Text(f"口头□ 书面□ 报告人{_}", f"oral □ written □ given by {_}"),
    "deliberate": Text(f"代表团{_} 发言{_}人 意见(另附)", f"delegation {_} speakers {_} opinions (attached)"),
    "presidium-meets": Text(f"第{_}次 成员{_} 出席{_}", f"meeting no. {_} members {_} present {_}"),
    "presidium-decides": Text(f"赞成{_} 内容{_}", f"agreed {_} what {_}"),
    "decide-date": Text(f"开幕{_} 闭幕{_}", f"opens {_} closes {_}"),
    "publish-date": Text(f"公布于{_}", f"published at {_}"),
    "publish-results": Text(f"公布于{_}", f"published at {_}"),
    "invite-observers": Text(f"列席人员{_} 共{_}人", f"observers {_} number {_}"),
    "decide-leave": Text(f"代表{_} 批准□ 不批准□ 原因{_}", f"deputy {_} granted □ refused □ why {_}"),
    "draft-election-method": Text(
        f"各职务差额{_} 票数多出怎么办{_} 多选{_} 票数相等{_} 不足{_}(草案附后)",
        f"margins {_} too many ballots {_} overmarked {_} ties {_} seats left {_} (draft attached)",
    ),
    "nominate": Text(
        f"选举{_} 编号{_} 提名人{_} 人选{_} 联名{_}人(提名表附后)",
        f"election {_} number {_} nominated by {_} nominees {_} signatures {_} (form attached)",
    ),
    "print-nominees": Text(
        f"选举{_} 人选{_} 基本情况□(名单附后)", f"election {_} nominees {_} with basic data □ (list attached)"
    ),
    "hold-primary": Text(
        f"选举{_} 发出{_} 收回{_} 有效{_} 无效{_} 各人得票{_} 进入{_}",
        f"election {_} issued {_} returned {_} valid {_} void {_} votes of each {_} go on {_}",
    ),
    "settle-candidates": Text(
        f"选举{_} 候选人(按选票顺序){_} 赞成{_}", f"election {_} candidates in order {_} agreed {_}"
    ),
    "open-ballot": Text(
        f"选举{_} 第{_}次投票 到会{_} 候选人{_}", f"election {_} ballot no. {_} present {_} candidates {_}"
    ),
    "enter-ballot-sheet": Text(
        f"选举{_} 发出{_} 收回{_} 有效{_} 无效{_} 各人赞成、反对、弃权{_} 另选{_}(两张计票单附后)",
        f"election {_} issued {_} returned {_} valid {_} void {_} each for, against, abstained {_} written in {_} (two sheets attached)",
    ),
    "attest-count": Text(
        f"选举{_} 总监票人{_} 监票人{_}(签字的报告附后)",
        f"election {_} chief {_} scrutineers {_} (signed report attached)",
    ),
    "declare-election": Text(f"选举{_} 当选{_} 票数相等{_} 尚缺{_}", f"election {_} elected {_} tied {_} open {_}"),
    "drop-candidate": Text(
        f"选举{_} 候选人{_} 去世□ 不再参选□(书面□) 不具备条件□ 其他{_} 正在投票的:继续□ 赞成{_}",
        f"election {_} candidate {_} died □ declines □ (written □) not eligible □ other {_} open ballot: goes on □ agreed {_}",
    ),
    "break-off-ballot": Text(
        f"选举{_} 第{_}次投票 原因{_} 选票:尚未投□ 封存□ 销毁□ 赞成{_}",
        f"election {_} ballot no. {_} why {_} ballots: none cast □ sealed □ destroyed □ agreed {_}",
    ),
    "decide-validity": Text(
        f"选举{_} 收回{_} 全体代表{_} 有效□ 无效□ 原因{_} 赞成{_}",
        f"election {_} returned {_} deputies {_} valid □ void □ why {_} agreed {_}",
    ),
    "decide-on-tie": Text(
        f"选举{_} 继续投票□ 名额空缺□ 主席团提出{_} 赞成{_} 反对{_} 弃权{_}",
        f"election {_} vote again □ leave open □ proposed by {_} in favour {_} against {_} abstained {_}",
    ),
    "decide-separate-election": Text(
        f"选举{_} 本次会议□ 下次会议□ 赞成{_} 反对{_} 弃权{_}",
        f"election {_} this session □ next session □ in favour {_} against {_} abstained {_}",
    ),
    "file-motion": Text(f"编号{_} 案由{_} 联名{_}人", f"number {_} subject {_} signatures {_}"),
    "file-suggestion": Text(f"编号{_} 标题{_} 代表{_}", f"number {_} title {_} deputy {_}"),
    "assign-suggestions": Text(f"编号{_} 承办单位{_}", f"number {_} handling unit {_}"),
}
OTHER = Text(f"内容{_}", f"what {_}")


def form_of(act: str) -> Text:
    """The blanks for an act, besides when it happened and who did it, which every entry needs."""
    return FORMS.get(act, OTHER)
