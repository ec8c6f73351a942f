"""Before the session: the date, its notice and papers, voters heard, a petition, the two months of a new term (rulebook §1)."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.arithmetic import Number
from domain.calendar import at_clock
from domain.session.dates import (
    AnswerPetition,
    DateDecided,
    DatePublished,
    DecideDate,
    Petition,
    PetitionAnswered,
    Petitioned,
    PublishDate,
)
from domain.session.moving import DateMoved, MoveDate
from domain.session.notice import (
    GiveNotice,
    HearVoters,
    InviteObservers,
    NoticeGiven,
    ObserversInvited,
    PapersSent,
    PartyStepRecorded,
    Prepare,
    Prepared,
    RecordPartyStep,
    SendPapers,
    VotersHeard,
)
from domain.session.parts import AgendaItem
from domain.session.record import DeadlineMissed, MissDeadline, RecordIrregularity
from domain.session.registration import SessionRegistered
from domain.session.roll import ConfirmCredentials, CredentialsConfirmed
from domain.session.sign_in import SignIn
from domain.session.sittings import CloseSitting, OpenSitting, SittingOpened
from tests.domain.chamber import WEDNESDAY, Chamber, council, ids, statutes, township
from tests.domain.test_quorum import own_quorum

PAPERS = SendPapers(papers=("政府工作报告",))


def decided(opens: date = WEDNESDAY, days: int = 2) -> DecideDate:
    return DecideDate(opens=opens, closes=opens + timedelta(days=days - 1))


# registration


@pytest.mark.rule("OL22-19-convener", "ZJT23-8-convener", "I-deputy-base")
def test_a_session_is_registered_once() -> None:
    town = Chamber(61)
    town.when(town.registering).then(SessionRegistered, kind="year_start").citing("OL22-19-convener", "I-deputy-base")
    town.and_again_nothing()


def test_a_roll_names_each_deputy_once_and_a_presidium_only_of_deputies() -> None:
    town = Chamber(3)
    twice = town.registering.model_copy(update={"roll": town.registering.roll * 2})
    town.when(twice).then_refused("DeputyTwice", deputy="d001")
    town.when(town.registering.model_copy(update={"previous_presidium": ("d001", "d009")}))
    town.then_refused("UnknownOnRoll", deputy="d009")
    town.when(town.registering.model_copy(update={"agenda": town.registering.agenda * 2}))
    town.then_refused("CodeTwice", code="gov")


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        ("agenda", "会议议程"),
        ("presidium", "主席团名单"),
        ("project-method", "民生实事项目票决办法"),
        ("credentials-committee", "代表资格审查委员会名单"),
    ],
)
def test_no_agenda_item_bears_the_code_of_another_subject_of_a_vote(code: str, subject: str) -> None:
    town = Chamber(3, agenda=(AgendaItem(code=code, kind="other", title="其他"),))
    town.when(town.registering).then_refused("CodeReserved", code=code, subject=subject)


def test_a_session_is_not_registered_under_an_edition_that_is_not_on_file() -> None:
    town = Chamber(3, edition="0" * 64)
    town.when(town.registering).then_refused("UnknownEdition", edition="0" * 64, newest=statutes().edition)
    assert not town.session.registered


def test_nothing_is_done_in_a_session_nobody_registered() -> None:
    Chamber(3).when(decided()).then_refused("NotRegistered")


# the date


@pytest.mark.rule("OL22-14-1-date", "ZJT23-16-sessions-date", "OL22-19-convener")
def test_the_presidium_decides_the_date_and_it_is_published() -> None:
    town = township("registered")
    town.when(decided()).then(DateDecided, opens=WEDNESDAY).citing(
        "OL22-14-1-date", "ZJT23-16-sessions-date", "OL22-19-convener"
    )
    town.without_finding().and_again_nothing()
    town.when(PublishDate(where="公开栏")).then(DatePublished, where="公开栏").citing(
        "OL22-14-1-date"
    ).and_again_nothing()


@pytest.mark.rule("OL22-14-1-date")
def test_a_date_is_not_published_before_it_is_decided() -> None:
    township("registered").when(PublishDate()).then_refused("StepMissing", "OL22-14-1-date")


def test_a_session_neither_closes_before_it_opens_nor_opens_before_it_was_decided_on() -> None:
    town = township("registered")
    town.when(DecideDate(opens=WEDNESDAY, closes=WEDNESDAY - timedelta(days=1))).then_refused(
        "DatesOutOfOrder", opens="2024-01-17", closes="2024-01-16"
    )
    town.on(date(2024, 1, 18)).when(decided()).then_refused("DateInThePast", opens="2024-01-17", decided="2024-01-18")
    town.when(decided(date(2024, 1, 18))).then(DateDecided)


@pytest.mark.rule("OL22-14-2-move")
def test_who_wants_another_date_than_the_one_decided_has_to_move_it() -> None:
    town = township("papers sent").when(decided(WEDNESDAY + timedelta(days=5)))
    town.then_refused("DateAlreadyDecided", "OL22-14-2-move", opens="2024-01-17")
    assert town.session.has("notice-given")


@pytest.mark.rule("OL22-14-2-move", "ZJT23-16-move")
def test_moving_the_date_takes_back_publication_notice_and_papers() -> None:
    town = township("papers sent")
    later = WEDNESDAY + timedelta(days=7)
    move = MoveDate(opens=later, closes=later, why="防汛")
    town.when(move).then(DateMoved, opens=later).citing("OL22-14-2-move", "ZJT23-16-move").and_again_nothing()
    assert town.session.has("date-moved")
    assert not any(town.session.has(f) for f in ("date-published", "notice-given", "papers-sent"))
    town.given(SignIn(sitting="s1", present=61)).on(later).when(OpenSitting(sitting="s1")).then_refused("StepMissing")
    town.on(later - timedelta(days=7)).given(PublishDate(), GiveNotice(), PAPERS)
    town.on(later).when(OpenSitting(sitting="s1")).then(SittingOpened)


def test_a_date_cannot_be_moved_before_it_is_decided_nor_into_the_past_nor_backwards() -> None:
    town = township("registered")
    move = MoveDate(opens=WEDNESDAY + timedelta(days=1), closes=WEDNESDAY + timedelta(days=1), why="防汛")
    town.when(move).then_refused("StepMissing")
    town = township("date published").on(date(2024, 1, 5))
    town.when(MoveDate(opens=date(2024, 1, 4), closes=date(2024, 1, 9), why="防汛")).then_refused("DateInThePast")
    town.when(MoveDate(opens=date(2024, 1, 9), closes=date(2024, 1, 8), why="防汛")).then_refused("DatesOutOfOrder")


# once the congress meets


@pytest.mark.rule("ZJT23-20-notice", "BL18-45")
def test_what_was_due_before_the_session_is_judged_when_it_opens_and_not_at_its_further_sittings() -> None:
    town = township("date published").given(GiveNotice(), PAPERS, SignIn(sitting="s1", present=61)).on(WEDNESDAY)
    town.when(OpenSitting(sitting="s1")).then(SittingOpened).with_finding("StepMissing", "BL18-45")
    town.given(CloseSitting(), SignIn(sitting="s2", present=61)).when(OpenSitting(sitting="s2"))
    town.then(SittingOpened, sitting="s2").without_finding("StepMissing")


@pytest.mark.rule("OL22-14-1-date")
def test_a_date_left_unpublished_may_still_be_published_while_the_congress_meets() -> None:
    town = township("registered").given(decided(), RecordIrregularity(fact="date-published", why="漏公布"))
    town.given(*(RecordIrregularity(fact=fact, why="电话通知") for fact in ("notice-given", "papers-sent")))
    town.on(WEDNESDAY, 8).given(SignIn(sitting="s1", present=61), OpenSitting(sitting="s1"))
    town.when(PublishDate()).then(DatePublished).citing("OL22-14-1-date").and_again_nothing()


@pytest.mark.rule("OL22-14-2-move")
def test_once_the_congress_meets_only_its_end_may_move_and_its_notice_stands() -> None:
    town = township("opened")
    day, later = town.closes, town.closes + timedelta(days=1)
    town.when(MoveDate(opens=WEDNESDAY, closes=later, why="议程未完")).then(DateMoved, closes=later, in_session=True)
    town.and_again_nothing()
    assert town.session.closes == later
    assert all(town.session.has(f) for f in ("date-published", "notice-given", "papers-sent"))
    town.when(MoveDate(opens=day, closes=later, why="防汛")).then_refused("OnlyTheEndMoves", opens="2024-01-17")
    town.on(day).when(MoveDate(opens=WEDNESDAY, closes=WEDNESDAY, why="提前结束")).then_refused(
        "OnlyTheEndMoves", "OL22-14-2-move"
    )
    town.when(MoveDate(opens=WEDNESDAY, closes=day, why="提前结束")).then(DateMoved, closes=day)


@pytest.mark.rule("ZJT23-16-length", "CQT16-8-length", "ZJT16-16-length")
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [
        ("zhejiang-township", WEDNESDAY, "ZJT23-16-length"),
        ("zhejiang-township", date(2019, 1, 16), "ZJT16-16-length"),
        ("chongqing-township", WEDNESDAY, "CQT16-8-length"),
    ],
)
def test_a_day_is_enough_unless_the_congress_gives_itself_two(profile: str, opens: date, rule: str) -> None:
    township("registered", profile=profile, opens=opens).when(decided(opens, 1)).then(DateDecided).without_finding()
    two = own_quorum(
        2, 3, inclusive=True, level="township", topic="session.length", value=Number(at_least=2), consequence="warn"
    )
    town = (
        township("registered", profile=profile, opens=opens, own_rules=(two,)).when(decided(opens, 1)).then(DateDecided)
    )
    town.with_finding("FewerThanUsual", (rule, "OWN-8"), found=1, needed=2)
    assert town.findings[0].basis[0].rule == "OWN-8"  # what binds is cited first
    town = township("registered", profile=profile, opens=opens, own_rules=(two,)).when(decided(opens, 2))
    town.then(DateDecided).without_finding()


# notice and papers


@pytest.mark.rule("ZJT23-20-notice", "CNT-days")
def test_notice_on_the_seventh_day_before_is_in_time() -> None:
    town = township("date published").on(date(2024, 1, 10), 23, 59)
    town.when(GiveNotice()).then(NoticeGiven, days_before=7).citing("ZJT23-20-notice", "CNT-days").without_finding()
    town.and_again_nothing()


@pytest.mark.rule("ZJT23-20-notice")
def test_notice_on_the_sixth_day_before_is_too_late() -> None:
    town = township("date published").on(date(2024, 1, 11), 0)
    town.when(GiveNotice()).then_refused(
        "NoticeTooLate", "ZJT23-20-notice", needed=7, opens="2024-01-17", latest="2024-01-10", given="2024-01-11"
    )


@pytest.mark.rule("ZJT16-20-notice", "ZJT16-20-notice-papers")
def test_zhejiang_asked_for_the_same_seven_days_and_one_under_its_text_of_2016() -> None:
    opens = date(2020, 5, 20)
    town = township("date published", opens=opens).on(opens - timedelta(days=6))
    town.when(GiveNotice()).then_refused("NoticeTooLate", "ZJT16-20-notice", needed=7)
    town.on(opens).when(PAPERS).then_refused("PapersTooLate", "ZJT16-20-notice-papers", needed=1)


@pytest.mark.rule("CQT16-11-notice")
@pytest.mark.parametrize(("days", "in_time"), [(10, True), (9, False)])
def test_chongqing_asks_for_ten_days(days: int, *, in_time: bool) -> None:
    town = (
        township("date published", profile="chongqing-township").on(WEDNESDAY - timedelta(days=days)).when(GiveNotice())
    )
    if in_time:
        town.then(NoticeGiven, days_before=10).citing("CQT16-11-notice")
    else:
        town.then_refused("NoticeTooLate", "CQT16-11-notice", needed=10)


def test_the_nation_sets_no_days_of_notice_and_the_record_says_so() -> None:
    town = township("date published", profile="national-township").on(WEDNESDAY - timedelta(days=1))
    town.when(GiveNotice()).then(NoticeGiven, days_before=1).with_finding(
        "LawSilent", what="通知提前的日数"
    ).and_again_nothing()


def test_an_extraordinary_session_in_zhejiang_waits_for_no_days() -> None:
    town = Chamber(61, kind="extraordinary").registers().on(WEDNESDAY - timedelta(days=2))
    town.given(decided(), PublishDate()).when(GiveNotice()).then(NoticeGiven, days_before=2).with_finding("LawSilent")
    town.given(SignIn(sitting="s1", present=61)).on(WEDNESDAY).when(OpenSitting(sitting="s1")).then(SittingOpened)


@pytest.mark.rule("ZJT23-20-notice", "OL22-14-1-date")
def test_notice_follows_the_published_date_and_a_session_without_notice_does_not_open() -> None:
    town = township("registered").given(decided())
    town.when(GiveNotice()).then_refused("StepMissing", "OL22-14-1-date")
    town.given(PublishDate(), PAPERS, SignIn(sitting="s1", present=61)).on(WEDNESDAY)
    town.when(OpenSitting(sitting="s1")).then_refused("StepMissing", "ZJT23-20-notice")


@pytest.mark.rule("ZJT23-20-notice-papers")
def test_papers_a_day_before_are_in_time_and_on_the_day_too_late() -> None:
    town = township("date published").given(GiveNotice()).on(date(2024, 1, 17), 7)
    town.when(PAPERS).then_refused("PapersTooLate", "ZJT23-20-notice-papers", needed=1, latest="2024-01-16")
    town.given(SignIn(sitting="s1", present=61)).when(OpenSitting(sitting="s1"))
    town.then_refused("StepMissing", "ZJT23-20-notice-papers")
    town = township("date published").on(date(2024, 1, 16), 23, 59)
    town.when(PAPERS).then(PapersSent, days_before=1).citing("ZJT23-20-notice-papers").and_again_nothing()


def test_an_act_cannot_be_dated_before_the_step_it_rests_on() -> None:
    town = township("date published", opens=WEDNESDAY)
    published = town.session.facts["date-published"].at
    town.when(GiveNotice(), at=published - timedelta(hours=1)).then_refused("BeforeItsTime")
    town.when(GiveNotice(), at=published).then(NoticeGiven)


# drafts, voters, observers, the Party's side


@pytest.mark.rule("ZJT23-9-powers", "OL22-19-convener")
def test_the_drafts_are_prepared() -> None:
    town = township("date published").when(Prepare(drafts=("议程草案", "主席团名单草案")))
    town.then(Prepared).citing("ZJT23-9-powers", "OL22-19-convener").and_again_nothing()


@pytest.mark.rule("ZJT23-19-prep", "DL15-7-prepare")
def test_what_deputies_prepare_with_is_what_they_are_sent_and_what_they_hear() -> None:
    rules = ("ZJT23-19-prep", "DL15-7-prepare")
    township("date published").when(HearVoters(what="选区座谈会")).then(VotersHeard).citing(*rules)
    township("date published").when(PAPERS).then(PapersSent).citing(*rules)


@pytest.mark.rule("BL18-45", "ZJT23-19-prep-voters")
def test_voters_are_heard_before_the_budget_and_a_session_that_left_it_out_is_warned() -> None:
    town = (
        township("date published")
        .when(HearVoters(what="选区座谈会"))
        .then(VotersHeard)
        .citing("BL18-45", "ZJT23-19-prep-voters")
    )
    town.and_again_nothing()
    town = township("date published").given(GiveNotice(), PAPERS, SignIn(sitting="s1", present=61)).on(WEDNESDAY)
    town.when(OpenSitting(sitting="s1")).then(SittingOpened).with_finding("StepMissing", "BL18-45")


@pytest.mark.rule("BL14-45")
def test_the_budget_law_of_2014_asked_for_the_same() -> None:
    town = township("date published", opens=date(2018, 12, 20)).when(HearVoters(what="选区座谈会"))
    town.then(VotersHeard).citing("BL14-45", "ZJT16-19-prep-voters")


@pytest.mark.rule("OL22-21", "ZJT23-21-obs", "ZJT23-21-obs-others")
def test_the_government_sits_in_without_a_vote() -> None:
    invite = InviteObservers(who=("副镇长", "市人大代表"), count=5)
    town = township("date published").when(invite).then(ObserversInvited, count=5)
    town.citing("OL22-21", "ZJT23-21-obs", "ZJT23-21-obs-others").and_again_nothing()


@pytest.mark.rule("C-party-report")
def test_a_report_to_the_party_committee_is_evidence_without_effect() -> None:
    town = township("registered").when(RecordPartyStep(what="向镇党委请示"))
    town.then(PartyStepRecorded).with_finding("NoLegalEffect", "C-party-report")
    before = town.session.facts.keys() - {"party-step"}
    assert before == township("registered").session.facts.keys()


# a petition for an extraordinary session (edge case 4)


@pytest.mark.rule("OL22-14-3-extra", "ZJT23-16-extra")
def test_12_of_60_deputies_are_the_fifth_that_may_ask_for_a_session_and_11_are_not() -> None:
    town = Chamber(60, kind="extraordinary").registers()
    town.when(Petition(signatories=ids(11))).then_refused(
        "TooFewSignatories", ("OL22-14-3-extra", "ZJT23-16-extra"), found=11, needed=12
    )
    town.when(Petition(signatories=ids(12))).then(Petitioned, counted=12, needed=12).citing(
        "OL22-14-3-extra"
    ).and_again_nothing()


@pytest.mark.rule("OL22-14-3-extra", "DL25-61", "I-signature-suspended")
def test_with_one_of_the_twelve_suspended_eleven_are_left_and_the_petition_is_refused() -> None:
    town = Chamber(60, kind="extraordinary", suspended=("d012",), opens=date(2026, 1, 14)).registers()
    town.when(Petition(signatories=ids(12)))
    town.then_refused("TooFewSignatories", ("OL22-14-3-extra", "DL25-61", "I-signature-suspended"), found=11, needed=12)
    town.when(Petition(signatories=ids(13))).then(Petitioned, counted=12).citing("DL25-61")


def test_a_signature_twice_counts_once_and_a_strangers_not_at_all() -> None:
    town = Chamber(60, kind="extraordinary").registers()
    town.when(Petition(signatories=(*ids(11), "d001"))).then_refused("TooFewSignatories", found=11)
    town.when(Petition(signatories=(*ids(11), "x1"))).then_refused("SignatoryMayNotAct", "OL22-14-3-extra", deputy="x1")


@pytest.mark.rule("I-petition-opens-decision", "OL22-14-3-extra")
def test_a_petition_calls_for_a_decision_and_convenes_nothing_by_itself() -> None:
    town = Chamber(60, kind="extraordinary").registers().given(Petition(signatories=ids(12)))
    assert not town.session.has("date-decided") and not town.session.has("petition-answered")
    refuse = AnswerPetition(convene=False, why="已列入年中会议")
    town.when(refuse).then(PetitionAnswered, convene=False).citing("OL22-14-3-extra", "I-petition-opens-decision")
    town.and_again_nothing()
    assert not town.session.has("date-decided")


@pytest.mark.rule("OL22-14-3-extra")
def test_a_petition_once_answered_is_not_answered_otherwise() -> None:
    for first in (True, False):
        town = Chamber(60, kind="extraordinary").registers().given(Petition(signatories=ids(12)))
        town.given(AnswerPetition(convene=first, why="经研究"))
        town.when(AnswerPetition(convene=first, why="另有理由")).then_nothing()
        town.when(AnswerPetition(convene=not first, why="经研究"))
        town.then_refused("PetitionAnsweredAlready", "OL22-14-3-extra")


@pytest.mark.rule("OL22-14-3-extra")
def test_a_date_decided_on_after_the_petition_was_declined_says_so() -> None:
    town = Chamber(60, kind="extraordinary").registers().given(Petition(signatories=ids(12)))
    town.given(AnswerPetition(convene=False, why="已列入年中会议")).when(decided())
    town.then(DateDecided).with_finding("PetitionDeclined", "OL22-14-3-extra")
    town = Chamber(60, kind="extraordinary").registers().given(Petition(signatories=ids(12)))
    town.given(AnswerPetition(convene=True, why="必要")).when(decided()).without_finding()


@pytest.mark.rule("OL15-11-extra", "OL22-14-3-extra")
@pytest.mark.parametrize(("opens", "silent"), [(date(2022, 3, 11), True), (date(2022, 3, 12), False)])
def test_before_12_march_2022_no_text_let_the_presidium_call_an_extraordinary_session_by_itself(
    opens: date, *, silent: bool
) -> None:
    town = Chamber(60, kind="extraordinary", profile="national-township", opens=opens, registered=opens).registers()
    town.on(opens, 10).when(decided(opens)).then(DateDecided)
    if silent:
        town.with_finding("LawSilent", what="召集机关自行决定临时召集")
    else:
        town.without_finding("LawSilent")
    town = Chamber(60, kind="extraordinary", profile="national-township", opens=opens, registered=opens).registers()
    town.given(Petition(signatories=ids(12))).on(opens, 10).when(decided(opens)).without_finding("LawSilent")


@pytest.mark.rule("OL22-14-3-extra")
def test_what_nobody_asked_for_cannot_be_answered() -> None:
    town = Chamber(60, kind="extraordinary").registers()
    town.when(AnswerPetition(convene=True, why="必要")).then_refused("StepMissing", "OL22-14-3-extra")


# the first session of a term (edge case 6)


@pytest.mark.rule("OL22-20-first", "ZJT23-15-first", "CNT-days")
def test_elections_done_on_31_december_2026_the_first_session_is_due_by_28_february() -> None:
    about: dict[str, Any] = {"kind": "first", "elections_completed": date(2026, 12, 31), "registered": date(2027, 1, 4)}
    town = Chamber(61, opens=date(2027, 2, 28), **about).registers().when(decided(date(2027, 2, 28)))
    town.then(DateDecided).without_finding("DeadlineMissed")
    clock = town.session.clocks["first-session"]
    assert clock.due == at_clock(date(2027, 3, 1), 0) and clock.met_by == "met"
    assert {"OL22-20-first", "ZJT23-15-first", "CNT-days"} <= {c.rule for c in clock.basis}


@pytest.mark.rule("OL22-20-first")
def test_a_day_later_it_is_flagged_and_held_all_the_same() -> None:
    about: dict[str, Any] = {"kind": "first", "elections_completed": date(2026, 12, 31), "registered": date(2027, 1, 4)}
    town = Chamber(61, opens=date(2027, 3, 1), **about).registers().when(decided(date(2027, 3, 1)))
    town.then(DateDecided).with_finding("DeadlineMissed", "OL22-20-first", due="2027-02-28")
    miss = MissDeadline(clock="first-session")
    town.when(miss, at=at_clock(date(2027, 2, 28), 23, 59)).then_nothing()
    town.when(miss, at=at_clock(date(2027, 3, 1), 0)).then(DeadlineMissed, clock="first-session").citing(
        "OL22-20-first"
    )
    town.with_finding("DeadlineMissed").and_again_nothing()


@pytest.mark.rule("EL20-47", "OL22-37", "ZJT23-13-cred", "ZJT23-10-recess-credentials")
def test_the_old_presidium_confirms_the_credentials_of_the_whole_roll_before_a_first_session() -> None:
    town = Chamber(61, kind="first").registers()
    town.when(ConfirmCredentials(valid=60)).then_refused("CredentialsDoNotMatchRoll", "EL20-47", found=60, needed=61)
    town.when(ConfirmCredentials(valid=61)).then(CredentialsConfirmed, valid=61)
    town.citing("EL20-47", "OL22-37", "ZJT23-13-cred", "ZJT23-10-recess-credentials").and_again_nothing()


# the residents' council


@pytest.mark.rule("ZJ-ST19-17", "ZJ-ST19-17-convener", "ZJ-ST19-16")
def test_the_street_committee_calls_the_council() -> None:
    street = council("registered").on(WEDNESDAY - timedelta(days=10))
    street.when(decided()).then(DateDecided).citing("ZJ-ST19-17-convener").and_again_nothing()
    street.when(PublishDate()).then(DatePublished).and_again_nothing()
    street.when(Prepare(drafts=("议题",))).then(Prepared).citing("ZJ-ST19-17").and_again_nothing()
    street.when(HearVoters(what="走访居民")).then(VotersHeard).citing("ZJ-ST19-16").and_again_nothing()
    street.when(GiveNotice()).then(NoticeGiven).with_finding("LawSilent").and_again_nothing()
    street.when(PAPERS).then(PapersSent).with_finding("LawSilent").and_again_nothing()
    street.when(InviteObservers(who=("社区书记",), count=6)).then(ObserversInvited).and_again_nothing()
    street.when(MoveDate(opens=WEDNESDAY + timedelta(days=1), closes=WEDNESDAY + timedelta(days=1), why="台风"))
    street.then(DateMoved).and_again_nothing()


def test_a_council_without_a_date_does_not_meet() -> None:
    street = council("registered").on(WEDNESDAY).given(SignIn(sitting="s1", present=60))
    street.when(OpenSitting(sitting="s1")).then_refused("StepMissing")
