"""The topics of elections, removals, resignations and the oath by name; `topics.py` joins them to the others.

What ends in `.deputies` is of elections of deputies of the congress above (选举法); without it, of the leaders (地方组织法).
"""

TITLES = """
acting.appointed_first | 机关之外的人先任副职 | an outsider first made deputy head
acting.head | 代理人选 | acting head
acting.nominated_by | 代理人选由谁提名 | who nominates an acting head
acting.npcsc_chair | 代理委员长 | acting chair of the National People's Congress's Standing Committee
acting.procurator | 代理检察长备案 | acting procurator reported
acting.same_organ | 代理人选不跨机关 | acting head of the same organ
acting.sc_chair | 代理常委会主任 | acting chair of the standing committee
acting.township | 乡镇正职的代理 | acting head in a township
appointment.vice_in_recess | 闭会期间个别任免副职 | deputy heads appointed in recess
approval.procurator | 检察长当选报批 | procurator's election approved
approval.procurator_removal | 罢免检察长报批 | procurator's removal approved
approval.procurator_resignation | 检察长辞职报批 | procurator's resignation approved
approval.refused | 检察长未获批准 | procurator not approved
ballot.booth | 秘密写票处 | booth
ballot.booth.deputies | 秘密写票处(选代表) | booth, for deputies
ballot.choices | 选票的选项 | choices on a ballot
ballot.choices.deputies | 选票的选项(选代表) | choices on a ballot, for deputies
ballot.count | 票数与选举是否有效 | ballots and validity
ballot.count.deputies | 票数与有效(选代表) | ballots and validity, for deputies
ballot.overmarked | 多选的选票 | overmarked ballots
ballot.overmarked.deputies | 多选的选票(选代表) | overmarked ballots, for deputies
ballot.reconciled | 核对票数 | ballots reconciled
ballot.reconciled.deputies | 核对票数(选代表) | ballots reconciled, for deputies
ballot.secret | 无记名投票 | secret ballot
ballot.secret.deputies | 无记名投票(选代表) | secret ballot, for deputies
ballot.write_in | 另选他人 | write-in
ballot.write_in.deputies | 另选他人(选代表) | write-in, for deputies
ballot.write_in_against | 反对的可以另选 | write-in by who votes against
ballot.write_in_eligible | 另选的人的资格 | whether a write-in is eligible
by_election.credentials | 补选代表资格审查 | credentials after a by-election
by_election.higher_deputies | 闭会期间补选上级代表 | deputies above elected in recess
by_election.in_session | 补选须开会 | by-election at a session
candidates.by_opinion | 根据多数代表的意见定候选人 | candidates by the opinion of most deputies
candidates.listed_by | 谁定候选人名单 | who settles the candidates
candidates.order | 候选人排列 | order of the candidates
dismissal.content | 撤职案的内容 | content of a dismissal
dismissal.defence | 撤职的申辩 | answer to a dismissal
dismissal.in_recess | 撤职限于闭会期间 | dismissal in recess only
dismissal.joint | 撤职联名 | members for a dismissal
dismissal.listed | 撤职案提请审议 | dismissal brought on
dismissal.majority | 撤职的多数 | majority for a dismissal
dismissal.proposers | 谁提撤职案 | who moves a dismissal
dismissal.secret | 撤职无记名 | dismissal by secret ballot
dismissal.supervisory | 撤销监委副职职务 | dismissal in the supervisory commission
dismissal.who | 撤职的对象 | who can be dismissed
dismissal.written | 撤职书面联名 | dismissal in writing
deputies.number.base | 代表名额的基数 | base of the number of deputies
deputies.number.cap | 代表名额的上限 | most deputies
deputies.number.extra | 另加的代表名额 | deputies added by decision
deputies.number.extra_by | 谁决定另加名额 | who decides on them
deputies.number.few_people | 人口少的可以少于基数 | few people, fewer deputies
deputies.number.fixed_by | 谁确定代表名额 | who fixes the number of deputies
deputies.number.per_population | 按人口增加的代表名额 | deputies by population
deputies.number.per_population.municipality | 直辖市按人口增加的名额 | by population, in a municipality
deputies.number.rounding | 代表名额取整 | rounding the number of deputies
deputies.number.unchanged | 代表名额不再变动 | number of deputies unchanged
direct.majority | 直接选举当选的票数 | votes that elect directly
direct.separate | 直接选举的另行选举 | separate direct election
direct.shortfall | 直接选举不足的名额 | seats left over, direct election
direct.turnout | 直接选举参加投票的人数 | turnout of a direct election
elected.deputies.majority | 当选代表的多数 | majority to be elected deputy
elected.deputies.most_votes | 得票多的当选代表 | most votes, for deputies
elected.deputies.separate_majority | 另选代表的多数 | majority in a separate election, for deputies
elected.deputies.shortfall | 另选代表 | separate election, for deputies
elected.deputies.shortfall_one | 另选一名代表 | separate election of one deputy
elected.deputies.shortfall_when | 另行选举在何时(选代表) | when it is held, for deputies
elected.deputies.tie | 票数相等(选代表) | tie, for deputies
elected.majority | 当选的多数 | majority to be elected
elected.most_votes | 得票多的当选 | most votes
elected.separate_majority | 另行选举的多数 | majority in a separate election
elected.shortfall | 另行选举 | separate election
elected.shortfall_candidates | 另行选举的候选人 | candidates in a separate election
elected.tie | 票数相等再次投票 | tie voted on again
elected.tie_majority | 再次投票的多数 | majority in a revote
election.announced | 宣布选举结果 | result of an election announced
election.announced.deputies | 宣布结果(选代表) | result announced, for deputies
election.bribery | 破坏选举当选无效 | election by bribery
election.conducted | 谁主持选举 | who conducts an election
election.conducted.deputies | 谁主持(选代表) | who conducts, for deputies
election.foreign_funding | 境外资助 | foreign funding
election.list_published.deputies | 公布当选代表名单 | deputies elected published
election.method | 选举办法 | election method
election.method.ballot_count | 办法写明票数规则 | method on surplus ballots
election.method.by_election | 补选办法 | method of a by-election
election.method.by_election.deputies | 补选代表的办法 | method of a by-election of deputies
election.method.contents | 选举办法的内容 | what the method settles
election.method.deputies | 选举办法(选代表) | election method, for deputies
election.method.drafted_by | 谁拟选举办法 | who drafts the method
election.two_days | 提名酝酿两天 | two days to nominate
election.two_days.deputies | 提名酝酿两天(选代表) | two days to nominate, for deputies
election.two_days.by_election.deputies | 补选代表的两天 | two days, by-election of deputies
election.two_days.hours | 两天按小时计 | two days in hours
election.validity | 确认选举有效 | validity of an election
election.validity.deputies | 确定有效(选代表) | validity, for deputies
election.votes_published | 公布得票数 | votes made public
elects.chief_procurator | 选举检察长 | procurator elected here
elects.court_president | 选举法院院长 | court president elected here
elects.government | 选举政府领导人员 | government elected here
elects.higher_deputies | 选举上一级代表 | deputies above elected here
elects.sc | 选举常委会 | standing committee elected here
elects.sc_secretary_general | 选举常委会秘书长 | its secretary-general elected here
elects.supervisory_director | 选举监委主任 | supervisory director elected here
elects.township_chair | 选举乡镇人大主席 | township chair elected here
eligibility.any_deputy_or_voter | 可以另选谁 | who can be written in
eligibility.deputies | 上级代表候选人资格 | who can be deputy above
eligibility.ethnic_township_head | 民族乡乡长 | head of an ethnic township
eligibility.president_age | 国家主席、副主席的年龄 | age of President and Vice-President
eligibility.presidium_township | 乡镇人大主席须是代表 | township chair a deputy
eligibility.sc | 常委会须是代表 | standing committee of deputies
eligibility.sc_incompatible | 常委会不得兼任 | offices barred to the standing committee
leaders.department_heads | 提请任命部门负责人 | heads of departments submitted
margin.by_election | 补选的差额 | margin in a by-election
margin.by_election.deputies | 补选代表的差额 | margin in a by-election of deputies
margin.deputies | 代表的差额 | margin for deputies
margin.deputies_rounding | 只选一名代表的差额 | margin for one deputy
margin.head | 正职的差额 | margin for heads
margin.head_usual | 正职通常的差额 | usual margin for heads
margin.members | 委员的差额 | margin for members
margin.members_rounding | 委员差额取整 | margin for members in whole numbers
margin.separate | 另行选举的差额 | margin in a separate election
margin.separate_head | 另行选举正职的差额 | margin for a head in a separate election
margin.vice | 副职的差额 | margin for vice posts
nomination.across_units | 跨选区联名 | nominating across units
nomination.by | 谁可以提名 | who nominates
nomination.by.deputies | 谁可以推荐代表 | who nominates deputies
nomination.by.military_commission | 谁提名中央军委其他组成人员 | who nominates the military commission's other members
nomination.by.premier | 谁提名总理 | who nominates the Premier
nomination.by.state_council | 谁提名国务院其他组成人员 | who nominates the State Council's other members
nomination.cap | 提名不超过应选 | no more nominees than seats
nomination.cap.deputies | 推荐代表不超过应选 | no more nominees than seats, for deputies
nomination.declined | 不接受提名 | nominee declines
nomination.extra_from_deputies | 多出的人选 | the extra nominee
nomination.introduced | 介绍被提名人 | nominee introduced
nomination.introduced.deputies | 介绍被推荐人 | nominee introduced, for deputies
nomination.joint | 联合提名人数 | signatures to nominate
nomination.joint.deputies | 联名推荐代表人数 | signatures to nominate deputies
nomination.opinions | 对人选提意见 | opinions on nominees
nomination.signed_twice | 重复联名 | signed for too many
nomination.written | 书面联名 | nomination in writing
nominees.discussed | 酝酿人选 | nominees discussed
nominees.introduced.deputies | 介绍代表候选人 | candidates introduced, for deputies
nominees.printed.deputies | 印发代表提名名单 | nominees printed, for deputies
oath.after_approval | 批准后宣誓 | oath after the approval
oath.anthem | 宣誓奏唱国歌 | anthem at the oath
oath.credentials_committee | 代表资格审查委员会宣誓 | credentials committee takes the oath
oath.form | 宣誓的形式 | form of the oath
oath.local_method | 宣誓组织办法 | local rules on the oath
oath.organised_by | 谁组织宣誓 | who organises the oath
oath.place | 宣誓场所 | place of the oath
oath.taken | 宪法宣誓 | constitutional oath
oath.text | 誓词 | words of the oath
primary.order | 预选得票顺序 | order in a primary
primary.order.deputies | 预选顺序(选代表) | order in a primary, for deputies
primary.required | 须预选 | primary needed
primary.required.deputies | 须预选(选代表) | primary needed, for deputies
recall.electing_congress | 由原选举单位罢免代表 | deputies removed by who elected them
recall.voters | 选民联名罢免代表 | voters to recall a deputy
removal.brought | 提请审议罢免案 | removal brought on
removal.defence | 罢免的申辩 | answer to a removal
removal.defence_printed | 印发申辩意见 | answer printed
removal.delegations | 提出罢免案的代表团数 | delegations that move a removal
removal.higher_deputy.defence | 被罢免代表的申辩 | deputy's answer
removal.higher_deputy.defence_printed | 印发代表的申辩 | deputy's answer printed
removal.higher_deputy.filed | 罢免代表备案公告 | deputy's removal reported
removal.higher_deputy.joint | 罢免代表联名 | deputies for a deputy's removal
removal.higher_deputy.majority | 罢免代表的多数 | majority for a deputy's removal
removal.higher_deputy.proposers | 谁提罢免代表 | who moves a deputy's removal
removal.higher_deputy.reasons | 罢免代表的理由 | reasons for a deputy's removal
removal.higher_deputy.recess_defence | 闭会期间代表的申辩 | deputy's answer in recess
removal.higher_deputy.recess_joint | 闭会期间罢免代表联名 | members for a deputy's removal
removal.higher_deputy.recess_majority | 闭会期间罢免代表多数 | majority for it in recess
removal.higher_deputy.recess_proposers | 闭会期间谁提罢免代表 | who moves it in recess
removal.higher_deputy.secret | 罢免代表无记名 | deputy's removal secret
removal.investigation | 罢免前的调查 | inquiry before a removal
removal.joint | 罢免联名 | deputies for a removal
removal.majority | 罢免的多数 | majority for a removal
removal.proposers | 谁提罢免案 | who moves a removal
removal.reasons | 罢免理由 | reasons for a removal
removal.secret | 罢免的表决方式 | how a removal is voted
removal.supervisory_director | 罢免监委主任 | supervisory director removable
removal.targets | 罢免的对象 | who can be removed
removal.voted | 罢免案交付表决 | removal put to the vote
replacement.court_president | 撤换法院院长 | court president replaced
resignation.accepted_by | 谁接受辞职 | who accepts a resignation
resignation.confirmed | 闭会期间接受的辞职报大会确认 | acceptance in recess confirmed by the congress
resignation.deputy | 代表辞职 | deputy resigns
resignation.deputy_announced | 公告代表辞职 | deputy's resignation announced
resignation.deputy_majority | 接受代表辞职的多数 | majority for a deputy's resignation
resignation.filed | 辞职报人大备案 | resignation filed
resignation.higher_deputy | 上一级代表辞职 | deputy above resigns
resignation.higher_deputy_majority | 接受上级代表辞职多数 | majority for it, deputy above
resignation.in_recess | 闭会期间辞职 | resignation in recess
resignation.recess_who | 闭会期间哪些人可以辞职 | who may resign in recess
resignation.sc_majority | 常委会接受辞职的多数 | standing committee's majority for a resignation
resignation.who | 谁可以辞职 | whose resignation is named
sc.size | 常委会名额 | size of the standing committee
sc.size_fixed | 常委会名额不变 | standing committee's size fixed
sc.size_usual | 常委会通常名额 | usual size of the standing committee
scrutineers.adopted | 通过监票人名单 | scrutineers adopted
scrutineers.adopted.deputies | 推选监票人(选代表) | scrutineers chosen, for deputies
scrutineers.not_candidates | 监票人不是候选人 | scrutineers no candidates
scrutineers.not_relatives | 监票人不是近亲属 | scrutineers no relatives
scrutineers.not_relatives.deputies | 不是近亲属(选代表) | scrutineers no relatives, for deputies
session.length_election | 有选举的会期 | length with elections
special_committee.nominated_by | 专委会人选由谁提名 | who nominates special committees
termination.offices | 职务随代表资格终止 | offices end with the seat
"""
