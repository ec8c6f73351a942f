"""What may be noticed without stopping an act, each with its sentence in both languages."""

from domain.event import Finding
from domain.law import Citation, Ruling
from domain.text import Figure, Text

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
    "LateEntry": Text("补录:发生于 {at},记录于 {recorded}", "entered late: happened {at}, recorded {recorded}"),
    "EnteredAfterItsStage": Text(
        "补录:{stage}的行为({at}),在该阶段结束后记录", "entered after its stage ({stage}) was over: happened {at}"
    ),
    "BelowQuorum": Text(
        "应到 {total} 人,实到 {found} 人,{share}({needed} 人)",
        "{found} of {total} present, {share} ({needed} needed)",
    ),
    "RejectedBefore": Text("此前表决未获通过({at})", "put to the vote before and rejected ({at})"),
    "MethodDiffersFromPlan": Text(
        "票决办法规定选 {needed} 项,方案为 {found} 项,以办法为准",
        "the method has {needed} chosen, the plan {found}: the method holds",
    ),
    "PetitionDeclined": Text("此前决定不予临时召集", "it was decided not to convene on the petition"),
    "NotOfThePresidium": Text("{deputy} 不是主席团成员", "{deputy} is not a member of the presidium"),
    "NoCountTaken": Text("鼓掌通过,未计票", "by acclamation: no count was taken"),
    "NotAdopted": Text(
        "赞成 {in_favour} 票,{share}({needed} 票),未获通过",
        "{in_favour} in favour, {share} ({needed} needed): not adopted",
    ),
    "FewerThanUsual": Text("{what}:{found},规定为 {needed}", "{what}: {found}, the rule says {needed}"),
    "AbsentTwice": Text(
        "代表 {deputy} 未经批准两次不出席会议,代表资格终止的情形",
        "deputy {deputy}: second unapproved absence, a ground that ends the seat",
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
    return Text(
        sentence.zh + " - " + ";".join(c.zh for c in finding.basis),
        sentence.en + " - " + "; ".join(c.en for c in finding.basis),
    )
