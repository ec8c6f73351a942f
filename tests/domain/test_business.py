"""The business of a session: reports heard, deliberation, inquiries, committees, what is put on record, suggestions."""

from datetime import date, timedelta

import pytest

from domain.session.business import (
    CommitteeReported,
    CommitteeReports,
    Deliberate,
    Deliberated,
    HearReport,
    ProceedingRecorded,
    RecordProceeding,
    ReportHeard,
)
from domain.session.handling import HandlingReported, ReportHandling
from domain.session.inquiry import AnswerInquiry, InquiryAnswered
from domain.session.interruptions import PauseSitting
from domain.session.parts import AgendaItem
from domain.session.suggestions import (
    Assignment,
    AssignSuggestions,
    FileSuggestion,
    SuggestionFiled,
    SuggestionsAssigned,
)
from tests.domain.chamber import council, township

ONE = FileSuggestion(number="1", deputies=("d001", "d002"), subject="关于修建村道的建议")
LAMPS = FileSuggestion(number="2", deputies=("d003",), subject="关于路灯的建议")


@pytest.mark.rule(
    "OL22-12-8-9", "OL22-12-8-9-presidium", "ZJT23-17-1-presidium", "OL22-19-2", "ZJT23-10-recess", "BL18-47"
)
@pytest.mark.parametrize(
    ("item", "rules"),
    [
        ("gov", ("OL22-12-8-9",)),
        ("pres", ("OL22-12-8-9-presidium", "ZJT23-17-1-presidium", "OL22-19-2", "ZJT23-10-recess")),
        ("budget", ("BL18-47", "OL22-12-4")),
    ],
)
def test_the_congress_hears_each_report_once_by_its_own_article(item: str, rules: tuple[str, ...]) -> None:
    town = township("presidium elected").when(HearReport(item=item, form="written"))
    town.then(ReportHeard, item=item, form="written", sitting="s1").citing(*rules).and_again_nothing()


@pytest.mark.rule("OL15-9-8", "BL14-47", "OL15-15-2", "ZJT16-10-recess", "ZJT16-17-1-presidium")
def test_so_it_did_under_the_texts_of_2014_and_2015() -> None:
    town = township("presidium elected", opens=date(2018, 1, 17))
    town.when(HearReport(item="gov")).then(ReportHeard).citing("OL15-9-8")
    town.when(HearReport(item="pres")).then(ReportHeard).citing("OL15-15-2", "ZJT16-10-recess", "ZJT16-17-1-presidium")
    town.when(HearReport(item="budget")).then(ReportHeard).citing("BL14-47", "OL15-9-4")


@pytest.mark.rule("OL22-19-1-town")
def test_a_report_is_heard_at_an_open_sitting_under_an_elected_presidium() -> None:
    township("opened").when(HearReport(item="gov")).then_refused("StepMissing", "OL22-19-1-town")
    town = township("presidium elected").given(PauseSitting())
    town.when(HearReport(item="gov")).then_refused("NoSittingOpen", "OL22-12-8-9")
    town.when(HearReport(item="tax")).then_refused("UnknownItem", item="tax")


@pytest.mark.rule("DL15-8-1", "ZJT23-18-rules-record")
def test_the_groups_deliberate_and_their_opinions_are_kept() -> None:
    east = Deliberate(items=("gov", "pres"), group="east", speakers=4, opinions=("建议加快道路建设",))
    town = township("reports heard").when(east).then(Deliberated, group="east", speakers=4)
    town.citing("DL15-8-1", "ZJT23-18-rules-record")
    at = town.events[0].at
    town.when(east, at=at).then_nothing()
    town.when(Deliberate(items=("gov",), group="north")).then_refused("UnknownGroup", group="north")
    town.when(Deliberate(items=("tax",))).then_refused("UnknownItem", item="tax")


@pytest.mark.rule("DL25-14-2")
def test_the_deputies_law_of_2025_says_the_same_in_its_article_14() -> None:
    township("reports heard", opens=date(2026, 1, 14)).when(Deliberate(items=("gov",))).citing("DL25-14-2")


@pytest.mark.rule("CQT16-15-deliberation")
def test_chongqing_has_an_article_of_its_own_on_deliberation() -> None:
    township("reports heard", profile="chongqing-township").when(Deliberate(items=("gov",))).citing(
        "CQT16-15-deliberation"
    )


def test_what_is_entered_late_twice_stands_once() -> None:
    town = township("reports heard")
    at, tomorrow = town.now, town.now + timedelta(days=1)
    explained = AnswerInquiry(item="gov", question="村道何时修?", answered_by="镇建设办")
    for act, event in ((explained, InquiryAnswered), (Deliberate(items=("gov",)), Deliberated)):
        town.when(act, at=at, recorded=tomorrow).then(event).with_finding("LateEntry", "I-late-entry")
        town.when(act, at=at, recorded=tomorrow + timedelta(hours=1)).then_nothing()


@pytest.mark.rule("OL22-23", "DL15-13", "ZJT23-23-inq")
def test_an_inquiry_is_answered_in_the_session_by_the_organ_that_was_asked() -> None:
    answer = AnswerInquiry(item="gov", question="村道何时修?", answered_by="镇建设办")
    town = (
        township("reports heard")
        .when(answer)
        .then(InquiryAnswered, answered_by="镇建设办")
        .citing("OL22-23", "DL15-13", "ZJT23-23-inq")
    )
    town.when(answer, at=town.events[0].at).then_nothing()
    town.when(AnswerInquiry(item="tax", question="?", answered_by="x")).then_refused("UnknownItem")
    town.when(answer, by="secretariat").then_refused("NotTheirAct", found="secretariat")


@pytest.mark.rule("OL15-29", "DL25-19", "CQT16-19-inquiry", "ZJT16-23-inq")
@pytest.mark.parametrize(
    ("profile", "opens", "rule"),
    [
        ("zhejiang-township", date(2020, 1, 15), "OL15-29"),
        ("zhejiang-township", date(2020, 1, 15), "ZJT16-23-inq"),
        ("national-township", date(2026, 1, 14), "DL25-19"),
        ("chongqing-township", date(2024, 1, 17), "CQT16-19-inquiry"),
    ],
)
def test_at_every_time_and_place_an_inquiry_has_its_article(profile: str, opens: date, rule: str) -> None:
    town = township("reports heard", profile=profile, opens=opens)
    town.when(AnswerInquiry(item="gov", question="村道何时修?", answered_by="镇建设办")).then(InquiryAnswered).citing(
        rule
    )


@pytest.mark.rule("ZJT23-14-budcom", "ZJT16-14-budcom")
@pytest.mark.parametrize(
    ("opens", "rule"), [(date(2024, 1, 17), "ZJT23-14-budcom"), (date(2020, 1, 15), "ZJT16-14-budcom")]
)
def test_a_budget_committee_may_examine_the_budget(opens: date, rule: str) -> None:
    town = township("deliberated", opens=opens).when(CommitteeReports(items=("budget",), text="建议批准"))
    town.then(CommitteeReported, items=("budget",)).citing(rule).and_again_nothing()
    town.when(CommitteeReports(items=("tax",))).then_refused("UnknownItem")


@pytest.mark.rule("C-secretariat-record")
def test_a_speech_is_put_on_record() -> None:
    speech = RecordProceeding(what="镇党委书记讲话")
    town = township("announced").when(speech).then(ProceedingRecorded).citing("C-secretariat-record")
    town.when(speech, at=town.events[0].at).then_nothing()
    town.when(RecordProceeding(what="x", item="tax")).then_refused("UnknownItem")


# suggestions


@pytest.mark.rule("DL15-18", "DL25-24")
@pytest.mark.parametrize(("opens", "rule"), [(date(2024, 1, 17), "DL15-18"), (date(2026, 1, 14), "DL25-24")])
def test_a_deputy_files_a_suggestion_alone_or_with_others(opens: date, rule: str) -> None:
    town = township("opened", opens=opens).when(ONE).then(SuggestionFiled, number="1").citing(rule).and_again_nothing()
    town.when(ONE.model_copy(update={"subject": "另一件事"})).then_refused("SuggestionExists", rule, number="1")


@pytest.mark.rule("DL25-61")
def test_neither_a_stranger_nor_a_suspended_deputy_files_one() -> None:
    town = township("opened", suspended=("d061",), present=60, opens=date(2026, 1, 14))
    town.when(ONE.model_copy(update={"deputies": ("d061",)})).then_refused("DutiesSuspended", "DL25-61", deputy="d061")
    town.when(ONE.model_copy(update={"deputies": ("x1",)})).then_refused("NotADeputy", deputy="x1")


@pytest.mark.rule("OL22-42", "ZJT23-40-sg", "DL25-51-1")
def test_the_presidium_assigns_each_suggestion_once_to_one_unit() -> None:
    town = township("closed", opens=date(2026, 1, 14)).given(ONE, LAMPS)
    both = AssignSuggestions(assignments=(Assignment(number="1", unit="建设办"), Assignment(number="2", unit="电力所")))
    town.when(both.model_copy(update={"assignments": both.assignments[:1]})).then(SuggestionsAssigned)
    town.citing("OL22-42", "ZJT23-40-sg", "DL25-51-1").and_again_nothing()
    town.when(both).then(SuggestionsAssigned, assignments=both.assignments[1:]).and_again_nothing()
    town.when(AssignSuggestions(assignments=(Assignment(number="9", unit="x"),))).then_refused(
        "NoSuchSuggestion", "OL22-42", number="9"
    )


def test_one_suggestion_is_not_assigned_to_two_units_at_once() -> None:
    town = township("opened").given(ONE)
    twice = AssignSuggestions(
        assignments=(Assignment(number="1", unit="建设办"), Assignment(number="1", unit="电力所"))
    )
    town.when(twice).then_refused("AssignedTwice", number="1")


@pytest.mark.rule("OL15-19-2", "CQT16-16-assigned")
def test_before_2022_and_in_chongqing_the_presidium_assigned_as_well() -> None:
    assign = AssignSuggestions(assignments=(Assignment(number="1", unit="建设办"),))
    township("opened", opens=date(2020, 1, 15)).given(ONE).when(assign).citing("OL15-19-2")
    township("opened", profile="chongqing-township").given(ONE).when(assign).citing("CQT16-16-assigned")


@pytest.mark.rule("OL22-42-3", "ZJT23-40-sg-report", "DL15-42-3", "CQT16-16-report", "DL25-51-3")
def test_the_presidium_reports_how_suggestions_were_handled() -> None:
    for profile, opens, rules in (
        ("zhejiang-township", date(2024, 1, 17), ("OL22-42-3", "ZJT23-40-sg-report", "DL15-42-3")),
        ("chongqing-township", date(2026, 1, 14), ("OL22-42-3", "CQT16-16-report", "DL25-51-3")),
    ):
        town = township("closed", profile=profile, opens=opens).when(ReportHandling(text="已全部答复"))
        town.then(HandlingReported).citing(*rules).and_again_nothing()


@pytest.mark.rule("ZJ-ST19-18", "ZJ-ST19-17")
def test_a_councils_opinions_go_to_the_street_office() -> None:
    works = AgendaItem(code="works", kind="other", title="实事进展")
    street = council("opened", agenda=(works,)).when(HearReport(item="works"), by="street_office").then(ReportHeard)
    street.citing("ZJ-ST19-17").and_again_nothing()
    street.when(Deliberate(items=("works",)), by="council").then(Deliberated).citing("ZJ-ST19-18")
    street.when(AnswerInquiry(item="works", question="何时完工?", answered_by="城建科"), by="street_office").then(
        InquiryAnswered
    )
    street.when(RecordProceeding(what="致辞")).then(ProceedingRecorded)
    street.when(ONE, by="council").then(SuggestionFiled).citing("ZJ-ST19-18").and_again_nothing()
    street.when(AssignSuggestions(assignments=(Assignment(number="1", unit="街道办事处"),)))
    street.then(SuggestionsAssigned).citing("ZJ-ST19-18").and_again_nothing()
