"""Applications go when their time is over, not a day before, and nothing of a person stays anywhere."""

import datetime as dt
import json
from collections.abc import Iterable
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import connection
from django.utils import timezone

from saem.apps.cohorts.calls import documents, queries, vouching
from saem.apps.cohorts.calls.forms import CallForm
from saem.apps.cohorts.calls.vouching import Evidence, Guardian, Recommender
from saem.apps.cohorts.completion import due
from saem.apps.cohorts.models import (
    Application,
    Call,
    Cohort,
    ConsentWay,
    Decision,
    DocumentFile,
    GuardianConsent,
    Offer,
    RetentionBasis,
    RunAct,
    ScoreChange,
    Selection,
    SelectionSheet,
    SheetKind,
)
from saem.apps.cohorts.retention.applications import purge_applications
from saem.apps.cohorts.retention.periods import last_day, years_after
from saem.apps.cohorts.selection import appealing, assigning, deciding, offering, runs, settling, sheets
from saem.apps.cohorts.selection.appealing import Answer
from saem.apps.events.models import Event
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Delivery, Notice
from saem.apps.people.models import User
from saem.errors import SaemError
from tests.apps.cohorts.calls.a_call import CHILD, PDF, a_call, an_application, client_of, submitted
from tests.apps.cohorts.selection.a_selection import (
    a_reviewer,
    a_selection,
    applicants,
    drawn,
    falling,
    of,
    read_all,
    staff_of,
)
from tests.apps.cohorts.selection.test_deciding import published
from tests.apps.cohorts.selection.test_offering import answer
from tests.cast import a_classroom, a_cohort, a_person, a_staff_member

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)
NAME, MAIL = "남궁유일", "only.one@example.org"
GUARDIAN, CONTACT = "남궁보호", "guardian.of@example.org"
TEACHER, TEACHER_MAIL = "황보추천", "teacher.of@example.org"
OF_THE_PERSON = (NAME, MAIL, GUARDIAN, CONTACT, TEACHER, TEACHER_MAIL)


def somebody_imported() -> User:
    """An account that a spreadsheet made and nobody has signed in to."""
    user = User.objects.create_account(display_name=NAME, email=MAIL)
    assert not user.has_usable_password()
    return user


def with_everything(selection: Selection) -> Application:
    """An application with all that may belong to one, each part with the name in it."""
    user, call = somebody_imported(), selection.call
    application = an_application(call, user, born=CHILD, motive=f"저는 {NAME}이에요.")
    documents.attach(application, by=user, field_id="record", name=f"{NAME}.pdf", data=PDF + NAME.encode())
    type(application).objects.filter(pk=application.pk).update(name=NAME)
    application = submitted(call, user, born=CHILD, motive=f"저는 {NAME}이에요.")
    asked, _token = vouching.ask_recommender(application, Recommender(TEACHER, TEACHER_MAIL, "담임"), by=user)
    vouching.answer_recommendation(asked, statement=f"{NAME} 학생을 추천해요.", is_recommended=True)
    first, _token = vouching.ask_guardian(application, Guardian(GUARDIAN, CONTACT, "어머니"), by=user)
    vouching.answer_consent(first, agrees=True)
    vouching.withdraw_consent(application, by=staff_of(selection))
    evidence = Evidence(
        way=ConsentWay.SIGNED_PAPER,
        guardian=Guardian(GUARDIAN, CONTACT, "어머니"),
        given_at=timezone.now(),
        note=f"{GUARDIAN} 님과 통화",
        file=(f"{NAME} 동의서.pdf", PDF),
    )
    vouching.record_consent(application, evidence, by=staff_of(selection))
    return application


def decided(selection: Selection, people: Iterable[Application]) -> Selection:
    """Read, drawn, settled and published."""
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    staff = staff_of(selection)
    assigning.assign(selection, "s1", by=staff)
    read_all(selection, falling(list(people)))
    selection = drawn(selection)
    settling.settle(selection, by=staff)
    deciding.publish(of(selection.call), by=staff)
    return of(selection.call)


def appealed(application: Application) -> Decision:
    decision = Decision.objects.select_related("candidate__selection", "candidate__application").get(
        candidate__application=application
    )
    appealing.send_appeal(decision, text=f"{NAME}이에요. 다시 봐 주세요.", by=application.applicant)
    return decision


def a_whole_life() -> tuple[Selection, Application]:
    """Of five people the last is not taken, appeals in vain, and has left words everywhere."""
    selection = a_selection(cohort_that_ends())
    people = [*applicants(selection, 4), with_everything(selection)]
    SelectionSheet.objects.create(
        call=selection.call, kind=SheetKind.APPLICATIONS, name=f"{NAME}.csv", data=NAME.encode(), report={"x": NAME}
    )
    selection = decided(selection, people)
    found = people[-1]
    selection.readings.filter(application=found).update(comment=f"{NAME}: 또렷해요.")
    ScoreChange.objects.filter(reading__application=found).update(reason=f"{NAME}의 점수")
    decision = appealed(found)
    said = Answer(text=f"{NAME} 님, 맞게 계산했어요.", is_upheld=False, corrections={})
    appealing.answer_appeal(decision.appeal, said, by=staff_of(selection))
    drain()
    return selection, found


def cohort_that_ends() -> Cohort:
    return a_cohort(ends_on=timezone.localdate() + dt.timedelta(days=200))


def the_last_day(selection: Selection) -> dt.date:
    found = last_day(Call.objects.select_related("cohort").get(pk=selection.call_id), is_participant=False)
    assert found == years_after(timezone.localdate(), 1)
    return found


def where_words_stand(words: Iterable[str]) -> list[str]:
    """Tables of the whole database in which any of the words stands, in whatever column, also escaped as in JSON."""
    needles = [spelt for word in words for spelt in (word, json.dumps(word)[1:-1])]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            texts = [text_of(cell) for row in cursor.fetchall() for cell in row]
            if any(needle in text for text in texts for needle in needles):
                found.append(table)
    return sorted(found)


def text_of(cell: object) -> str:
    return bytes(cell).decode(errors="replace") if isinstance(cell, bytes | memoryview) else str(cell)


def test_nothing_of_a_person_stays_in_any_table_and_no_day_earlier():
    selection, application = a_whole_life()
    last = the_last_day(selection)
    before = where_words_stand(OF_THE_PERSON)
    assert {"cohorts_application", "cohorts_documentfile", "notices_delivery", "people_user"} <= set(before)
    assert purge_applications(last) == 0
    assert where_words_stand(OF_THE_PERSON) == before
    offers = Offer.objects.values("pk")
    assert purge_applications(last + A_DAY) == 5 - offers.count()
    assert where_words_stand(OF_THE_PERSON) == []
    assert purge_applications(last + A_DAY) == 0
    assert not User.objects.filter(pk=application.applicant_id).exists()


def test_numbers_results_and_the_trail_stay_without_names():
    selection, application = a_whole_life()
    staff = staff_of(selection)
    scores = list(ScoreChange.objects.filter(reading__application=application).values("pk", "before", "after"))
    counts = queries.counts_of(selection.call)
    purge_applications(the_last_day(selection) + A_DAY)
    kept = Application.objects.get(pk=application.pk)
    assert (kept.name, kept.birth_date, kept.applicant, kept.answers) == (application.receipt, None, None, {})
    assert (kept.state, kept.submitted_at, kept.grade) == ("submitted", application.submitted_at, "m1")
    assert kept.candidate.total is not None
    assert list(kept.candidate.decisions.values_list("kind", "reasons")) == [("declined", [])]
    assert list(ScoreChange.objects.filter(reading__application=kept).values("pk", "before", "after")) == scores
    assert GuardianConsent.objects.filter(application=kept, given_at__isnull=False).count() == 2
    assert queries.counts_of(selection.call) == {**counts, "purged": 3}
    events = Event.objects.filter(object_kind="application", object_id=str(kept.pk))
    assert set(events.filter(verb="application.submitted").values_list("actor", flat=True)) == {None}
    assert events.get(verb="consent.recorded").actor is not None
    assert Event.objects.get(verb="applications.purged").facts == {"applications": 3, "accounts": 1}
    page = client_of(staff).get(f"/calls/{selection.call_id}/selection/candidates/{kept.pk}/").content.decode()
    assert application.receipt in page
    assert NAME not in page


def test_an_own_account_stays_and_its_inbox_forgets():
    selection, people = published(3)
    applicant = people[2].applicant
    drain()
    assert Notice.objects.filter(recipient=applicant).count() == 2
    purge_applications(the_last_day(selection) + A_DAY)
    assert User.objects.filter(pk=applicant.pk).exists()
    assert not Notice.objects.filter(recipient=applicant).exists()
    assert not Delivery.objects.filter(recipient=applicant).exists()
    assert client_of(applicant).get(f"/applications/{people[2].pk}/").status_code == 404


def test_whoever_takes_part_is_kept_until_a_year_after_the_course():
    selection, people = published(3)
    offering.choose_classrooms(selection, [a_classroom(selection.call.cohort)], by=staff_of(selection))
    answer(people[0], accept=True)
    answer(people[1], accept=False)
    answer(people[2], accept=False)
    first = the_last_day(selection) + A_DAY
    assert purge_applications(first) == 2
    assert Application.objects.get(purged_at=None) == people[0]
    assert purge_applications(dt.date(2200, 1, 1)) == 0, "the course has no end yet"
    ends = first + dt.timedelta(days=100)
    Cohort.objects.update(ends_on=ends)
    assert purge_applications(years_after(ends, 1)) == 0
    assert purge_applications(years_after(ends, 1) + A_DAY) == 1
    assert User.objects.filter(pk=people[0].applicant_id).exists()


def test_an_open_appeal_keeps_everybody_who_was_ranked_and_nobody_else():
    selection = a_selection()
    draft = an_application(selection.call, a_person("작성 중"))
    people = applicants(selection, 4)
    selection = decided(selection, people)
    decision = appealed(people[3])
    Offer.objects.update(state="declined")
    day = the_last_day(selection) + A_DAY
    assert purge_applications(day) == 1
    draft.refresh_from_db()
    assert draft.purged_at is not None
    appealing.answer_appeal(
        decision.appeal, Answer(text="맞아요.", is_upheld=False, corrections={}), by=staff_of(selection)
    )
    assert purge_applications(day) == 4


def test_an_offer_without_an_answer_waits_and_the_others_do_not():
    selection, people = published(4)
    day = the_last_day(selection) + A_DAY
    assert purge_applications(day) == 2
    assert set(Application.objects.filter(purged_at=None)) == set(people[:2])
    assert not Application.objects.get(pk=people[3].pk).answers


def test_a_call_without_a_result_counts_from_its_closing_and_its_drafts_go_too():
    call = a_call(closes_at=timezone.now() + dt.timedelta(days=1), retention_years=3)
    an_application(call)
    last = years_after(timezone.localdate(call.closes_at), 3)
    assert purge_applications(last) == 0
    assert purge_applications(last + A_DAY) == 1


def test_what_was_emptied_is_computed_no_more_and_its_links_open_nothing():
    selection = a_selection()
    application = with_everything(selection)
    asked, token = vouching.ask_guardian(
        submitted(selection.call, a_person("둘째"), born=CHILD),
        Guardian("가", "a@example.org", "아버지"),
        by=a_person(),
    )
    day = years_after(timezone.localdate(selection.call.closes_at), 1) + A_DAY
    assert purge_applications(day) == 2
    with pytest.raises(SaemError, match="applications_gone"):
        runs.ask(of(selection.call), RunAct.ASSIGN, by=staff_of(selection), asked={"stage": "s1"})
    assert queries.consent_by(token) is None
    assert GuardianConsent.objects.get(pk=asked.pk).token_sha256 is None
    assert not DocumentFile.objects.exists()
    staff = client_of(staff_of(selection))
    assert staff.get(f"/calls/{selection.call_id}/applications/{application.pk}/").status_code == 404
    assert NAME not in staff.get(f"/calls/{selection.call_id}/applications/").content.decode()


def test_the_night_does_it(monkeypatch: pytest.MonkeyPatch):
    call = a_call()
    an_application(call)
    later = last_day(Call.objects.select_related("cohort").get(pk=call.pk), is_participant=False)
    monkeypatch.setattr(due, "timezone", SimpleNamespace(localdate=lambda: later + A_DAY, now=timezone.now))
    due.COMPLETION.perform(None, lambda: b"")
    assert Application.objects.get().purged_at is not None


def test_a_batch_may_be_smaller_than_a_call(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("saem.apps.cohorts.retention.applications.BATCH", 2)
    call = a_call()
    for number in range(5):
        an_application(call, a_person(f"지원 {number}"))
    assert purge_applications(dt.date(2200, 1, 1)) == 5
    assert list(Event.objects.filter(verb="applications.purged").values_list("facts__applications", flat=True)) == [
        2,
        2,
        1,
    ]


def test_accounts_that_something_else_names_stay():
    call, user = a_call(), somebody_imported()
    an_application(call, user)
    an_application(a_call(call.cohort, title="다른 모집", retention_years=10), user)
    purge_applications(years_after(timezone.localdate(call.closes_at), 1) + A_DAY)
    assert Application.objects.get(purged_at=None).applicant == user


def test_the_period_is_said_in_both_languages_and_on_the_applicants_page():
    application = submitted(a_call(retention_years=3, retention_basis=RetentionBasis.RECORDS))
    client = client_of(application.applicant)
    for address in (f"/calls/{application.call_id}/", f"/applications/{application.pk}/"):
        korean = client.get(address).content.decode()
        assert "결과를 발표한 날부터 3년 동안 보관하고 지워요." in korean
        assert "공공기록물의 보존 기간" in korean
        english = client.get(address, headers={"accept-language": "en"}).content.decode()
        assert "for 3 years from the day the result is published" in english
    assert "결과를 발표한 날부터 3년" in vouching.default_consent_text(application.call, "ko")


def test_the_page_names_the_day():
    selection, people = published(3)
    page = client_of(people[2].applicant).get(f"/applications/{people[2].pk}/").content.decode()
    last = the_last_day(selection)
    assert f"결과를 발표한 날부터 1년, {last.year}년 {last.month}월 {last.day}일까지" in page


def settings_of(call: Call) -> dict[str, str]:
    """What the page of a call's settings sends."""
    form = CallForm(initial={name: getattr(call, name) for name in CallForm.base_fields}, call=call)
    values = {bound.html_name: bound.value() for bound in form}
    moments = {name: timezone.localtime(getattr(call, name)).isoformat() for name in ("opens_at", "closes_at")}
    return {name: value for name, value in values.items() if str(value) not in {"", "None", "False", "[]"}} | moments


def test_a_promised_time_is_made_shorter_and_never_longer():
    call = a_call(retention_years=3)
    staff, address = client_of(a_staff_member(call.cohort)), f"/calls/{call.pk}/settings/"
    answer = staff.post(address, settings_of(call) | {"retention_years": "10"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["retention_years"])
    answer = staff.post(address, settings_of(call) | {"retention_basis": "because"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["retention_basis"])
    assert staff.post(address, settings_of(call) | {"retention_years": "1"}).status_code == 302
    call.refresh_from_db()
    assert call.retention_years == 1
    Call.objects.update(published_at=None)
    assert staff.post(address, settings_of(call) | {"retention_years": "10"}).status_code == 302


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_and_tables_open_afterwards_and_name_nobody(language: str):
    selection, application = a_whole_life()
    reviewer = selection.readings.first().reviewer.user
    Offer.objects.update(state="declined")
    assert purge_applications(the_last_day(selection) + A_DAY) == 5
    staff, headers = client_of(staff_of(selection)), {"Accept-Language": language}
    of_call = f"/calls/{selection.call_id}/"
    for address in (
        *(f"{of_call}{part}" for part in ("", "applications/", "settings/")),
        *(f"{of_call}selection/{part}" for part in ("", "results/", "appeals/", "stages/s1/", "stages/s1/scores.xlsx")),
        f"{of_call}selection/candidates/{application.pk}/",
        f"/selection/{selection.call_id}/lottery/",
    ):
        answer = staff.get(address, headers=headers)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, address
        assert "지원 1" not in content.decode(errors="replace"), address
    book = openpyxl.load_workbook(BytesIO(b"".join(staff.get(f"{of_call}selection/results.xlsx").streaming_content)))
    cells = [str(cell) for row in book.active.iter_rows(min_row=2, values_only=True) for cell in row if cell]
    assert application.receipt in cells
    assert "동의함" not in cells
    assert "동의하지 않음" not in cells
    assert client_of(reviewer).get("/", headers=headers).status_code == 200


def test_the_night_after_nobody_is_offered_a_seat():
    selection, people = published(5)
    offering.choose_classrooms(selection, [a_classroom(selection.call.cohort)], by=staff_of(selection))
    answer(people[0], accept=True)
    answer(people[1], accept=True)
    assert purge_applications(the_last_day(selection) + A_DAY) == 3
    answer(people[0], accept=False)
    assert offering.pass_all_on() == 0
    assert Offer.objects.count() == 2


def test_what_something_else_still_rests_on_waits(monkeypatch: pytest.MonkeyPatch):
    call = a_call()
    first, second = (an_application(call, a_person(f"지원 {number}")) for number in range(2))
    monkeypatch.setattr("saem.apps.cohorts.retention.applications.held", lambda ids: {first.pk} & ids)
    assert purge_applications(dt.date(2200, 1, 1)) == 1
    assert Application.objects.get(purged_at=None) == first
    monkeypatch.undo()
    assert purge_applications(dt.date(2200, 1, 1)) == 1
    assert Application.objects.get(pk=second.pk).purged_at is not None


def test_a_leap_day():
    assert years_after(dt.date(2028, 2, 29), 3) == dt.date(2031, 3, 1)
    assert years_after(dt.date(2028, 2, 29), 4) == dt.date(2032, 2, 29)


def test_a_sheet_goes_with_its_call_and_not_before():
    call = a_call()
    sheets.hand_in(call, kind=SheetKind.APPLICATIONS, stage="", name="지원.csv", data=b"x", by=a_person())
    last = years_after(timezone.localdate(call.closes_at), 1)
    purge_applications(last)
    assert SelectionSheet.objects.exists()
    purge_applications(last + A_DAY)
    assert not SelectionSheet.objects.exists()
