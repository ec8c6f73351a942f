"""Papers and minutes of what becomes of office-holders, of electronic boxes and of a primary: every figure is the record's."""

from pathlib import Path
from typing import Any

import pytest

from domain.ballot.closing import GiveUpBox
from domain.ballot.opening import AttestBox
from domain.election.primary import HoldPrimary, PrimaryLine
from domain.session.presidium import PresidiumMeets
from domain.tenure.acting import NameActing
from domain.tenure.approval import RecordApproval
from domain.tenure.dismissal import ProposeDismissal
from domain.tenure.dismissal_decided import DecideDismissal
from domain.tenure.held import HELD
from domain.tenure.oath import TakeOath
from domain.tenure.removal import ProposeRemoval
from domain.tenure.removal_answered import BringRemoval, OfferDefence
from domain.tenure.removal_in_recess import DecideRemovalInRecess, ProposeRemovalInRecess
from domain.tenure.removal_vote import InvestigateRemoval, VoteOnRemoval
from domain.tenure.resignation import SubmitResignation
from domain.tenure.resignation_decided import DecideResignation
from domain.tenure.resignation_filed import FileResignation
from domain.tenure.resignation_in_recess import AcceptInRecess
from domain.tenure.termination import AnnounceOfficeEnded
from tests.ballots.boxes import ROOT, closing, hall, issued, sealing
from tests.ballots.test_box import DIGEST, opening
from tests.documents.chambers import paper_of, source_from
from tests.domain.chamber import Chamber, ids, township
from tests.domain.county import county
from tests.domain.elections import adopted, by_presidium, deliberated, election, joint, meeting, town
from tests.domain.tenure import PEOPLE, elected
from yishi.documents.choice import choices
from yishi.documents.election_standing import standing_of_elections
from yishi.documents.troubles import NotYet


def house(point: str = "opened", **about: Any) -> Chamber:
    return county(point, 241, people=PEOPLE, **about)


def removing(in_favour: int, post: str = "government-head") -> Chamber:
    moved = ProposeRemoval(number="1", holder="d005", post=post, proposer="presidium", reasons="失职渎职")
    here = house().given(moved, BringRemoval(number="1"), OfferDefence(number="1", ways=("plenary",)))
    return here.given(VoteOnRemoval(number="1", in_favour=in_favour, against=241 - in_favour, abstained=0))


def minutes(here: Chamber, folder: Path) -> str:
    return paper_of(here, folder, "minutes").text


# decisions ---------------------------------------------------------------------------------------------------------------


def test_the_decision_on_a_removal_gives_its_arithmetic_and_the_one_vote_that_decided_it(luqiao: Path) -> None:
    said = paper_of(removing(121), luqiao, "office-decision").text
    assert f"关于罢免d005的{HELD['government-head'].title.zh}职务的决定" in said
    assert "全体代表241人,到会241人;赞成121票,反对120票,弃权0票,未投票0人;须121票,通过" in said
    assert "根据地方组织法(2022)第二十五条,决定:罢免d005的" in said


def test_a_removal_that_was_lost_by_one_vote_is_on_the_result_sheet_and_leads_to_no_decision(luqiao: Path) -> None:
    here = removing(120)
    said = paper_of(here, luqiao, "office-result").text
    assert "赞成120票,反对121票" in said
    assert "须121票" in said
    assert "结果:未获通过" in said
    for name in ("office-decision", "office-notice"):
        with pytest.raises(NotYet):
            paper_of(here, luqiao, name)


def test_the_notice_of_a_chief_procurators_removal_says_that_it_awaits_approval_and_then_that_it_has_it(
    luqiao: Path,
) -> None:
    here = removing(121, "chief-procurator")
    assert "(待上一级人大常委会批准)" in paper_of(here, luqiao, "office-notice").text
    here.given(RecordApproval(matter="removal-1", holder="d005", approved=True, document="市常〔2026〕1号"))
    assert "(已获上一级人大常委会批准)" in paper_of(here, luqiao, "office-notice").text
    assert "上一级人大常委会批准第1号罢免案:d005(市常〔2026〕1号)" in minutes(here, luqiao)


def test_a_resignation_accepted_in_session_is_printed_as_decision_and_notice_of_the_presidium(luqiao: Path) -> None:
    here = house().given(SubmitResignation(number="1", holder="d005", post="government-head"))
    here.given(DecideResignation(number="1", in_favour=130, against=100, abstained=11))
    assert "赞成130票,反对100票,弃权11票" in paper_of(here, luqiao, "office-decision").text
    notice = paper_of(here, luqiao, "office-notice")
    assert "决定接受d005辞去" in notice.text
    assert any(line.endswith("主席团公告") for line in notice.lines)


def test_the_resignation_of_a_deputys_seat_is_announced_by_the_article_that_asks_for_it(luqiao: Path) -> None:
    here = house("registered").given(
        SubmitResignation(number="1", holder="d005", post="deputy", to="standing_committee")
    )
    here.given(AcceptInRecess(number="1", in_favour=16, members_total=31))
    here.given(AnnounceOfficeEnded(holder="d005", post="sc-member"))
    said = paper_of(here, luqiao, "office-notice").text
    assert "选举法(2020)第五十五条" in said
    assert "常务委员会公告" in said
    assert "d005的代表职务终止" in said
    assert "常委会组成人员31人,赞成16人,须16人" in paper_of(here, luqiao, "office-decision").text
    assert "须予以公告" in paper_of(here, luqiao, "office-result").text


def test_dismissals_recess_removals_and_acting_heads_are_printed_with_the_committees_figures(luqiao: Path) -> None:
    here = house("registered").given(
        ProposeDismissal(
            number="1", holder="d006", post="deputy-government-head", proposer="government", reasons="失职", materials=True
        ),
        DecideDismissal(number="1", in_favour=17, members_total=31, defence_offered=True),
        ProposeRemovalInRecess(number="1", holder="d007", proposer="council_of_chairpersons", reasons="失职"),
        DecideRemovalInRecess(number="1", in_favour=15, members_total=31, defence_offered=True),
        NameActing(
            post="government-head", acting="d008", holds="deputy-government-head", in_favour=18, members_total=31,
            nominated_by="council_of_chairpersons",
        ),
    )  # fmt: skip
    decided = paper_of(here, luqiao, "office-decision").text
    assert "撤销d006的" in decided
    assert "由d008代理" in decided
    assert "d007" not in decided  # 15 of 31: lost
    every = paper_of(here, luqiao, "office-result").text
    assert "赞成15人,须16人" in every
    told = minutes(here, luqiao)
    assert "人民政府提出第1号撤职案" in told
    assert "赞成15人,须16人。未获通过" in told
    assert "赞成18人,须16人。通过" in told


def test_who_acts_in_a_township_is_decided_by_its_presidium_and_printed_so(luqiao: Path) -> None:
    here = township("presidium elected", profile="chongqing-township").given(PresidiumMeets(meeting=9, present=9))
    here.given(NameActing(post="township-chair", acting="d002", in_favour=5))
    said = paper_of(here, luqiao, "office-decision").text
    assert "主席团成员9人,赞成5人,须5人,通过" in said


def test_minutes_tell_a_removal_from_its_reasons_to_the_investigation_and_a_filed_resignation(luqiao: Path) -> None:
    moved = ProposeRemoval(number="1", holder="d005", post="government-head", proposer="presidium", reasons="失职渎职")
    here = house().given(moved, BringRemoval(number="1"), OfferDefence(number="1", ways=("written",), printed=True))
    here.given(InvestigateRemoval(number="1", committee="特别调查委员会", in_favour=130, against=111, abstained=0))
    told = minutes(here, luqiao)
    assert "主席团提出第1号罢免案" in told
    assert "理由:失职渎职" in told
    assert "本人书面申辩,申辩意见已印发会议" in told
    assert "组织调查委员会(特别调查委员会)" in told
    kept = house("registered").given(
        SubmitResignation(number="2", holder="d006", post="sc-vice-chair", to="standing_committee")
    )
    kept.given(AcceptInRecess(number="2", in_favour=16, members_total=31)).given(FileResignation(number="2"))
    assert "常委会将闭会期间接受第2号辞职的情况报大会备案" in minutes(kept, luqiao)


def test_papers_on_office_holders_and_boxes_are_only_for_sessions_that_have_some(luqiao: Path) -> None:
    quiet = house()
    assert choices(quiet.session, "offices") == choices(quiet.session, "boxes") == ()
    assert len(choices(removing(121).session, "offices")) == 1
    with pytest.raises(NotYet):
        paper_of(quiet, luqiao, "box")


# boxes -------------------------------------------------------------------------------------------------------------------


def test_the_record_of_a_box_has_blanks_until_it_is_closed_opened_and_attested(luqiao: Path) -> None:
    here = hall().given(sealing())
    sealed = paper_of(here, luqiao, "box").text
    assert "由d011、d012、d013各持一份,2人到场才能开箱;到场人数不足的,另设票箱重新投票" in sealed
    assert "____年____月____日____时____分关闭" in sealed
    issued(here, 3).given(closing(3))
    assert "发出3张,箱内3张" in paper_of(here, luqiao, "box").text
    here.given(opening(here))
    here.given(
        AttestBox(box="b", scrutineer="d011", ballots=DIGEST), AttestBox(box="b", scrutineer="d013", ballots=DIGEST)
    )
    said = paper_of(here, luqiao, "box").text
    assert ROOT[:8] in said
    assert "由d011、d013到场开箱" in said
    assert "已签认:d011、d013" in said
    told = minutes(here, luqiao)
    for each in ("封电子票箱b", "关闭电子票箱b", "开启电子票箱b", "d013签认电子票箱b"):
        assert each in told


def test_a_box_that_too_few_came_to_open_says_that_it_stays_shut_and_what_follows(luqiao: Path) -> None:
    here = issued(hall().given(sealing()), 3).given(closing(3)).given(GiveUpBox(box="b", holders=("d011",)))
    said = paper_of(here, luqiao, "box").text
    assert "到场的持钥人不足2人,票箱不再开启,另设票箱重新投票" in said
    assert "到场的持钥人1人,不足2人" in minutes(here, luqiao)


# elections ---------------------------------------------------------------------------------------------------------------


def test_a_primary_is_counted_on_two_sheets_that_name_every_nominee_and_again_among_the_tied(luqiao: Path) -> None:
    here = meeting(town(election("township-vice-chair", 1, "change_of_term")))
    here.given(by_presidium("1", "d020"))
    for n, person in enumerate(("d021", "d022", "d023", "d024")):
        here.given(joint(str(n + 2), (person,), ids(10, 10 * n + 1)))
    here = adopted(deliberated(here), ("e", 1))
    said = paper_of(here, luqiao, "primary-count", "e")
    assert [row[1] for row in said.tables[1][1:]] == ["d020", "d021", "d022", "d023", "d024"]
    assert said.text.count("预选计票单") == 2
    lines = tuple(PrimaryLine(person=f"d0{20 + n}", votes=v) for n, v in enumerate((50, 20, 20, 5, 1)))
    ballots = {"issued": 61, "returned": 61, "valid": 61}
    here.given(HoldPrimary(election="e", lines=lines, sheets_agree=True, **ballots))
    again = paper_of(here, luqiao, "primary-count", "e")
    assert [row[1] for row in again.tables[1][1:]] == ["d021", "d022"]
    assert "进入正式候选人1人" in again.text


def test_the_sheet_says_who_has_still_to_take_the_oath_and_nothing_more_once_all_have(luqiao: Path) -> None:
    here = elected(house(elections=(election("sc-vice-chair"),)), "d002")
    (before,) = standing_of_elections(source_from(here, luqiao))
    assert before.zh.endswith("下一步:就职时宣誓:d002(take-oath)")
    here.given(TakeOath(persons=("d002",), text="oath_2018", place="flag", anthem=True))
    (after,) = standing_of_elections(source_from(here, luqiao))
    assert after.zh.endswith("下一步:没有,选举已经完成")
    assert "d002宪法宣誓" in minutes(here, luqiao)


def test_the_sheet_says_that_a_chief_procurator_waits_for_approval_before_the_oath(luqiao: Path) -> None:
    here = elected(house(elections=(election("chief-procurator"),)), "d002")
    (before,) = standing_of_elections(source_from(here, luqiao))
    assert "下一步:报请批准:d002(record-approval),批准后宣誓" in before.zh
    here.given(RecordApproval(matter="e", holder="d002", approved=True))
    (after,) = standing_of_elections(source_from(here, luqiao))
    assert after.zh.endswith("下一步:就职时宣誓:d002(take-oath)")
