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
    # the ballot box
    "MoreReturned": Text(
        "发出 {issued} 张票,票箱内 {found} 张:收回多于发出",
        "{issued} ballots were issued and {found} are in the box: more than issued",
    ),
    "MethodSilent": Text(
        "选举办法没有规定:{what};届时须由大会另作决定",
        "the method is silent on: {what}; the congress will have to decide it when it happens",
    ),
    "LeftOutByOpinion": Text(
        "{person} 被提名为{election}人选,主席团根据多数代表的意见没有列入正式候选人",
        "{person} was nominated for {election}; by the opinion of most deputies the presidium did not list them",
    ),
    "AgeNotOnRecord": Text(
        "{election}应年满 {needed} 周岁,并有选举权和被选举权;{person} 是否符合由提名者核实",
        "who is elected {election} is {needed} or older, with the right to vote and stand; whether {person} is, the nominator checks",
    ),
    # nominations
    "NotUsuallyANominator": Text(
        "{found}提名;可以提名的是:{allowed}", "nominated by {found}; those who may: {allowed}"
    ),
    "MoreNomineesThanSeats": Text(
        "{who}提名{election} {found} 人,多于应选名额 {seats} 人",
        "{who}: {found} nominees for {election}, {seats} seats",
    ),
    "NominationSignatureStruck": Text(
        "代表 {deputy} 联名提名的人数已满应选名额({seats} 人),这次签名不计",
        "deputy {deputy} has co-nominated as many as there are seats ({seats}): this signature is not counted",
    ),
    "NominationNotWritten": Text("联名提名不是书面提出", "the joint nomination is not in writing"),
    "NomineeNotIntroduced": Text(
        "提名人尚未介绍所提名的人选(introduced)", "the nominator has not told about the nominees yet (introduced)"
    ),
    "DeclinedBefore": Text("{person} 此前不接受提名,又被提名", "{person} declined before and is nominated again"),
    "DeclinedUnwritten": Text("{person} 不接受提名,没有书面表示", "{person} declined, but not in writing"),
    "WithdrawnByFewer": Text(
        "第 {number} 号提名由 {found} 名联名代表要求撤回,联名代表共 {needed} 名",
        "{found} of {needed} who signed nomination {number} ask for its withdrawal",
    ),
    "NotFromTheDeputies": Text(
        "{person} 不是本级代表,{election}应从代表中选举", "{person} is no deputy; {election} should be"
    ),
    "VoterNotStated": Text(
        "{person} 不是代表,也没有写明是不是选民(voter)",
        "{person} is no deputy, and whether a voter is not stated (voter)",
    ),
    "NoVoter": Text("{person} 既不是代表,也不是选民", "{person} is neither a deputy nor a voter"),
    "MustGiveUpOffice": Text(
        "{person} 在{what}任职,当选常委会组成人员后不得兼任,须辞去其一",
        "{person} holds an office in {what}, which nobody in the standing committee may: one of both is to be given up",
    ),
    "EthnicTownshipHead": Text(
        "民族乡的乡长由建立民族乡的少数民族公民担任,请核对人选",
        "the head of an ethnic township is of the nationality it was founded for: check the nominees",
    ),
    # the list, the primary, the candidates
    "BasicDataMissing": Text("名单没有附基本情况", "the list comes without basic data"),
    "NomineesNotPrinted": Text(
        "{election}的被提名人 {found} 没有印发代表酝酿、讨论",
        "{election}: the deputies were not given the nominees {found}",
    ),
    "TwoDaysNotOver": Text(
        "{election}:提名名单于 {printed} 印发,到 {at} 不足 {needed}",
        "{election}: the list was given out on {printed}; by {at} that is less than {needed}",
    ),
    "TwoDaysOfAByElection": Text(
        "{election}为补选:提名名单于 {printed} 印发,至投票不足 {found} 天;选举法没有把补选除外,补选办法由省级人大常委会规定",
        "{election} is a by-election: the list was given out on {printed}, less than {found} days before. The Electoral Law excepts no "
        "by-election and leaves its method to the provincial standing committee",
    ),
    "PrimaryTied": Text(
        "预选中 {tied} 得票相同,尚有 {places} 个名额未定,须就他们再次预选",
        "{tied} are tied in the primary for {places} places: it is held again among them",
    ),
    "PrimaryTieDecided": Text(
        "预选末位 {tied} 得票相同,选举办法没有规定,按大会的决定处理",
        "{tied} are tied at the cut of the primary; the method is silent and the congress decided",
    ),
    "StandsAlone": Text(
        "{election}没有差额,候选人一般为 {needed} 人", "{election} is not contested; usual are {needed} candidates"
    ),
    "FewerThanTheMethod": Text(
        "{election}候选人 {found} 人,选举办法规定为 {needed} 人,依法可以少于此数",
        "{election}: {found} candidates, the method says {needed}; the law lets fewer stand",
    ),
    "OrderOfCandidates": Text(
        "候选人应按姓名笔画排列(order)", "candidates are put in order by strokes of their names (order)"
    ),
    # scrutineers
    "ScrutineerStands": Text(
        "监票人 {deputy} 后被提名为{election}人选,不参加本次监票",
        "the scrutineer {deputy} was nominated for {election} since: they take no part in this count",
    ),
    "ChiefNotNamed": Text("没有写明总监票人(chief)", "no chief scrutineer is named (chief)"),
    "RelativesNotStated": Text(
        "没有写明监票人中有无候选人的近亲属(no_relatives)",
        "it is not stated whether near relatives of candidates are among the scrutineers (no_relatives)",
    ),
    "RelativesOfLaterNominees": Text(
        "监票人名单通过以后提名的 {found},没有写明其近亲属中有无监票人(no_relatives)",
        "{found} were nominated after the scrutineers were adopted, and it is not stated whether a near relative of theirs is among them "
        "(no_relatives)",
    ),
    "RelativeAmongScrutineers": Text(
        "监票人中有候选人的近亲属", "a near relative of a candidate is among the scrutineers"
    ),
    "ScrutineersNotAdopted": Text("监票人名单尚未经大会通过", "the congress has not adopted the scrutineers"),
    # the ballot and its result
    "MostVotesDecide": Text(
        "{election}再次投票,以得票多的当选,法律没有再要求过半数",
        "{election}: in the revote most votes decide; no majority is asked again",
    ),
    "MoreReturnedThanIssued": Text(
        "收回选票 {found} 张,多于发出的 {issued} 张", "{found} ballots returned, more than the {issued} issued"
    ),
    "CandidateGone": Text(
        "{election}的候选人 {person} 已不再是代表(去世、辞职等);不能再当选的,登记候选人出缺(drop-candidate)后重新确定",
        "{person}, a candidate for {election}, is a deputy no longer (death, resignation …): if they cannot be elected, record it "
        "(drop-candidate) and settle the candidates again",
    ),
    "NameElectsNobody": Text(
        "{person} 已不能当选{election},选票上对其所投的赞成票不能使其当选(主席团决定)",
        "{person} cannot be elected to {election} any more: votes for the name on the ballot elect nobody, as the presidium decided",
    ),
    "StillOnTheRoll": Text(
        "{person} 仍在代表名册上、计入全体代表;代表资格终止的,另行登记(end-seat)",
        "{person} is still on the roll and counted among all deputies: record the end of the seat (end-seat)",
    ),
    "BrokenOffWhileCounted": Text(
        "{election}第 {number} 次投票已有计票单录入后才中止",
        "ballot {number} of {election} is broken off after a teller's sheet of it was entered",
    ),
    "TieIsOver": Text(
        "{election}票数相等的人中有人不再参选,票数相等已不妨碍确定当选人,重新宣布",
        "of those tied for {election} some stand no longer: the tie is in nobody's way any more, and the result is declared again",
    ),
    "TieByDecision": Text(
        "{election}再次投票仍然票数相等,法律没有规定,按大会的决定:{what}",
        "{election}: the revote was tied again, no law says what follows, and the congress decided: {what}",
    ),
    "ValidityDecided": Text(
        "{election}收回选票 {found} 张,多于全体代表 {total} 人;主席团确定本次投票{what}",
        "{election}: {found} ballots came back, more than the {total} deputies; the presidium determined that the poll {what}",
    ),
    "MoreReturnedThanDeputies": Text(
        "收回选票 {found} 张,多于全体代表 {total} 人",
        "{found} ballots came back, more than the {total} deputies in all",
    ),
    "PollHeldAgain": Text(
        "{election}收回选票 {returned} 张,发出 {issued} 张,到会 {voters} 人({why}):本次选举无效,重新投票",
        "{election}: {returned} ballots returned of {issued} issued, {voters} deputies present ({why}): the poll is void and is held again",
    ),
    "WriteInBesideAbstention": Text(
        "另选他人 {found} 票,反对 {against} 票:至少有一张选票弃权又另选他人",
        "{found} write-ins and {against} votes against: at least one ballot abstains and writes in another",
    ),
    "MethodBesideTheLaw": Text(
        "选举办法写的是{found},{election}依法为{needed},宣布时依法认定",
        "the method says {found}; for {election} the law says {needed}, and the result goes by the law",
    ),
    "BallotRestedOnIt": Text(
        "{what}已据此投票;更正以后,主席团应核对这次选举是否仍然有效",
        "a ballot of {what} was held on it: after the correction the presidium should see whether it still holds",
    ),
    "SwornBefore": Text(
        "{person} 更正后不再当选{election},但记录中已有{what}",
        "{person} is elected to {election} no more after the correction, but on record already is {what}",
    ),
    "MoreIssuedThanPresent": Text(
        "发出选票 {found} 张,多于到会的 {present} 人", "{found} ballots issued, more than the {present} present"
    ),
    "WriteInNotEligible": Text(
        "另选的 {person} 不是本级代表,不能担任该职务,所得选票不能当选",
        "{person}, written in, is no deputy and cannot hold the post: votes for them elect nobody",
    ),
    "WriteInElectedAlready": Text(
        "另选的 {person} 已当选{election},所得选票不再计",
        "{person}, written in, is elected to {election} already: votes for them elect nobody",
    ),
    "ElectionUnfinished": Text(
        "{election}应选 {seats} 人,尚缺 {open} 人,{state};闭幕后只能在下次会议进行",
        "{election}: {open} of {seats} seats are open, {state}; after closing they wait for the next session",
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
    "FewerOnceStruck": Text(
        "除名后{election}还有候选人 {found} 人,应选 {seats} 人;名单是否补足,法律没有写,由主席团决定",
        "{found} candidates for {seats} seats of {election} are left; whether the list is filled up the law does not say: the presidium decides",
    ),
    "NextSessionNotNamed": Text(
        "选举法只写{election}不足的名额另行选举,没有写可以留到下次会议;留到下次会议的,宜由主席团说明理由",
        "of {election} the Electoral Law says that the seats left over are filled in a separate election, and nothing of a next session: the "
        "presidium should say why they are left to it",
    ),
    "ContestedAgain": Text(
        "{election}另行选举仍须差额,候选人须重新确定",
        "the separate election of {election} is contested again: settle its candidates anew",
    ),
    "MoreChosenThanSeats": Text(
        "赞成和另选他人合计 {found},有效票 {valid} 张、应选 {seats} 人,按每票不多于应选名额至多 {most};选举办法没有规定多选的选票是否作废",
        "{found} choices on {valid} valid ballots for {seats} seats, more than {most}; the method does not say whether ballots that "
        "choose too many are void",
    ),
}
