"""What may be noticed at elections without stopping an act, each with its sentence in both languages."""

from domain.text import Text

SAYS: dict[str, Text] = {
    # the election method
    "MarginByDecision": Text(
        "{election}应选 {seats} 人,法定差额比例之间没有整数,按大会的明确决定差额 {found} 人",
        "{election}: {seats} seats, no whole number lies in the lawful margin; by express decision the margin is {found}",
    ),
    "MarginUnusual": Text(
        "{election}应选 {seats} 人,差额 {found} 人,一般为 {least} 至 {most} 人",
        "{election}: {seats} seats, a margin of {found}; usual is {least} to {most}",
    ),
    "MethodSilent": Text(
        "选举办法没有规定:{what};届时须由大会另作决定",
        "the method is silent on: {what}; the congress will have to decide it when it happens",
    ),
    # the ballot and its result
    "MostVotesDecide": Text(
        "{election}再次投票,以得票多的当选,法律没有再要求过半数",
        "{election}: in the revote most votes decide; no majority is asked again",
    ),
    "NoScrutineers": Text("监票人名单尚未由大会通过", "no scrutineers were adopted by the congress"),
    "MoreReturnedThanIssued": Text(
        "收回选票 {found} 张,多于发出的 {issued} 张", "{found} ballots returned, more than the {issued} issued"
    ),
    "MoreIssuedThanPresent": Text(
        "发出选票 {found} 张,多于到会的 {present} 人", "{found} ballots issued, more than the {present} present"
    ),
    "WriteInNotEligible": Text(
        "另选的 {person} 不是本级代表,不能担任该职务,所得选票不能当选",
        "{person}, written in, is no deputy and cannot hold the post: votes for them elect nobody",
    ),
    "PollVoid": Text(
        "{election}收回选票 {returned} 张,发出 {issued} 张,本次选举无效,重新投票",
        "{election}: {returned} ballots returned of {issued} issued; the poll is void and is held again",
    ),
    "TiedAtTheCut": Text(
        "{election}:{what} 票数相等,不能确定当选人,就他们再次投票(选 {seats} 人)",
        "{election}: {what} are tied; they are voted on again for {seats} seats",
    ),
    "SeatsLeftOpen": Text(
        "{election}应选 {seats} 人,尚缺 {open} 人,不足的名额另行选举",
        "{election}: {seats} to elect, {open} seats are left over for a separate election",
    ),
    "SingleCandidate": Text("{election}为等额选举", "{election} was not contested"),
    "ContestedAgain": Text(
        "{election}另行选举仍须差额,候选人须重新确定",
        "the separate election of {election} is contested again: settle its candidates anew",
    ),
}
