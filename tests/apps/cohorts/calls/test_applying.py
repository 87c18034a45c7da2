"""From a draft to a submission that counts: two tabs, the deadline, versions of a form, everything kept."""

import datetime as dt

import pytest
from django.utils import timezone

from saem.apps.cohorts.calls import applying, documents, queries, running, vouching
from saem.apps.cohorts.calls.applying import Outcome, Seen
from saem.apps.cohorts.calls.vouching import Evidence, Guardian, Recommender
from saem.apps.cohorts.models import (
    Application,
    ApplicationRevision,
    ApplicationState,
    Call,
    CallState,
    ConsentWay,
    DocumentFile,
    GuardianConsent,
    RecommendationState,
)
from saem.apps.events.models import Event
from saem.errors import SaemError
from tests.apps.cohorts.calls.a_call import (
    ANSWERS,
    CHILD,
    FORM,
    GROWN_UP,
    PDF,
    a_call,
    an_application,
    question,
    submitted,
)
from tests.cast import a_person, a_staff_member

pytestmark = pytest.mark.django_db
MOTHER = Guardian("김엄마", "mother@example.org", "어머니")


def saying(**answers: object):
    return lambda before: {**before, **answers}


def submit(application: Application, *, read=dict, form=None, revision: int | None = None):
    application = Application.objects.select_related("call__form", "applicant").get(pk=application.pk)
    seen = Seen(application.revision if revision is None else revision)
    return applying.submit(
        application, by=application.applicant, read=read, seen=seen, form=form or application.call.form
    )


def past(call: Call, *, minutes: int = 1) -> None:
    now = timezone.now()
    Call.objects.filter(pk=call.pk).update(
        opens_at=now - dt.timedelta(days=30), closes_at=now - dt.timedelta(minutes=minutes)
    )


def test_a_submission_gets_a_receipt_a_version_and_an_event():
    application = submitted(a_call())
    assert application.receipt == f"{timezone.localdate().year}-{application.pk:06d}"
    revision = ApplicationRevision.objects.get()
    assert (application.sent, revision.number, revision.answers) == (revision, 1, ANSWERS)
    assert list(Event.objects.filter(object_kind="application").values_list("verb", flat=True)) == [
        "application.started",
        "application.submitted",
    ]


def test_beginning_twice_is_one_application():
    call, person = a_call(), a_person()
    facts = {"name": "김하늘", "birth_date": GROWN_UP, "grade": "m1"}
    assert applying.start(call, by=person, **facts) == applying.start(call, by=person, **facts)
    assert Application.objects.count() == 1


def test_two_tabs_never_overwrite_each_other():
    application = an_application(a_call())
    first = applying.save(application, read=saying(motive="첫 창"), seen=Seen(application.revision, "tab-1"))
    second = applying.save(application, read=saying(motive="둘째 창"), seen=Seen(application.revision, "tab-2"))
    assert (first.outcome, second.outcome) == (Outcome.SAVED, Outcome.CONFLICT)
    assert Application.objects.get().answers["motive"] == "첫 창"
    assert applying.save(application, read=saying(motive="둘째 창"), seen=Seen(None, "tab-2")).outcome is Outcome.SAVED
    assert Application.objects.get().answers["motive"] == "둘째 창"


def test_one_tab_is_no_conflict_with_itself():
    application = an_application(a_call())
    for text in ("가", "가나", "가나다"):
        assert (
            applying.save(application, read=saying(motive=text), seen=Seen(application.revision, "tab")).outcome
            is Outcome.SAVED
        )
    assert Application.objects.get().answers["motive"] == "가나다"


def test_a_conflict_is_not_submitted():
    application = an_application(a_call())
    applying.save(application, read=saying(motive="다른 창"), seen=Seen(application.revision, "other"))
    assert submit(application, read=saying(motive="이 창"), revision=application.revision).outcome is Outcome.CONFLICT
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_what_the_same_page_saved_before_it_submitted_arrives_too_late():
    application = an_application(a_call())
    before = Seen(application.revision, "page")
    sent = applying.submit(
        application, by=application.applicant, read=saying(motive="다 쓴 글"), seen=before, form=application.call.form
    )
    assert sent.outcome is Outcome.SUBMITTED
    assert applying.save(application, read=saying(motive="다 쓰기 전"), seen=before).outcome is Outcome.CONFLICT
    assert not Application.objects.get().has_unsent_changes


def test_the_deadline_refuses_the_submission_and_keeps_what_was_written():
    application = an_application(a_call())
    past(application.call)
    assert submit(application, read=saying(motive="마감 직전에 쓴 글")).outcome is Outcome.CLOSED
    kept = Application.objects.get()
    assert (kept.state, kept.answers["motive"], kept.receipt) == (ApplicationState.DRAFT, "마감 직전에 쓴 글", None)


def test_the_declared_grace_still_counts_and_ends():
    application = an_application(a_call(grace_minutes=10))
    past(application.call, minutes=5)
    assert Call.objects.get().state is CallState.CLOSED
    assert submit(application).outcome is Outcome.SUBMITTED
    past(application.call, minutes=11)
    assert submit(application, read=saying(motive="너무 늦음")).outcome is Outcome.CLOSED
    assert Application.objects.get().sent.answers == ANSWERS


def test_before_it_opens_nobody_begins():
    call = a_call(opens_at=timezone.now() + dt.timedelta(hours=1))
    assert call.state is CallState.COMING
    with pytest.raises(SaemError, match="not_open"):
        an_application(call)


def test_what_is_missing_keeps_a_draft_a_draft():
    application = an_application(a_call(), agree=False)
    result = submit(application)
    assert (result.outcome, [one.where for one in result.problems]) == (Outcome.INCOMPLETE, ["agree"])


def test_facts_that_do_not_fit_are_a_problem_of_the_submission_too():
    application = an_application(a_call())
    Call.objects.update(born_from=GROWN_UP + dt.timedelta(days=1), grades=["h1"])
    assert [one.where for one in submit(application).problems] == ["birth_date", "grade"]


def test_every_submitted_version_is_kept_and_the_last_one_counts():
    application = submitted(a_call())
    applying.save(application, read=saying(motive="고침"), seen=Seen(application.revision))
    assert Application.objects.get().has_unsent_changes
    assert Application.objects.get().sent.answers["motive"] == ANSWERS["motive"]
    assert submit(application).outcome is Outcome.SUBMITTED
    assert list(ApplicationRevision.objects.order_by("number").values_list("answers__motive", flat=True)) == [
        ANSWERS["motive"],
        "고침",
    ]
    assert not Application.objects.get().has_unsent_changes


def test_a_new_form_keeps_old_answers_readable_and_moves_a_draft_without_loss():
    call = a_call()
    old, draft = submitted(call), an_application(call)
    staff, first = a_staff_member(call.cohort), call.form
    fewer = [one for one in FORM["questions"] if one["id"] != "school"] + [question("why_now", "short", required=True)]
    call = running.edit_form(call, by=staff, revision=call.form_draft_revision, edit=lambda _questions: fewer)
    assert running.publish_form(call, by=staff) == []
    call.refresh_from_db()
    assert (call.form.number, Application.objects.get(pk=old.pk).sent.form) == (2, first)
    assert submit(draft, form=first).outcome is Outcome.FORM_CHANGED
    result = submit(draft)
    assert [one.where for one in result.problems] == ["why_now"]
    assert submit(draft, read=saying(why_now="지금이라서")).outcome is Outcome.SUBMITTED
    assert Application.objects.get(pk=draft.pk).sent.answers["school"] == ANSWERS["school"]


def test_a_form_that_did_not_change_makes_no_version_and_versions_never_change():
    call = a_call()
    staff = a_staff_member(call.cohort)
    assert running.publish_form(call, by=staff) == []
    assert call.form_versions.count() == 1
    with pytest.raises(TypeError):
        call.form.save()


def test_two_colleagues_never_overwrite_each_others_form():
    call = a_call()
    staff = a_staff_member(call.cohort)
    running.edit_form(call, by=staff, revision=0, edit=lambda questions: questions[:1])
    with pytest.raises(SaemError, match="changed_by_other"):
        running.edit_form(call, by=staff, revision=0, edit=lambda questions: [])
    assert len(Call.objects.get().form_draft["questions"]) == 1


def test_a_call_with_a_broken_form_is_not_published():
    call = a_call()
    Call.objects.update(published_at=None, form_draft={"questions": []})
    assert [one.code for one in running.publish_call(call, by=a_staff_member(call.cohort))] == ["form.empty"]
    assert Call.objects.get().state is CallState.DRAFT


def test_withdrawing_and_applying_again_keeps_the_answers():
    application = submitted(a_call())
    applying.withdraw(application, by=application.applicant)
    applying.withdraw(application, by=application.applicant)
    assert Event.objects.filter(verb="application.withdrawn").count() == 1
    assert not queries.complete(Application.objects.all()).exists()
    again = applying.start(application.call, by=application.applicant, name="김하늘", birth_date=GROWN_UP, grade="m1")
    assert (again.pk, again.state, again.answers) == (application.pk, ApplicationState.DRAFT, ANSWERS)
    assert submit(again).outcome is Outcome.SUBMITTED


def test_a_replaced_document_stays_with_the_version_that_named_it():
    call = a_call()
    application = an_application(call)
    by = application.applicant
    first = documents.attach(application, by=by, field_id="record", name="C:\\내 문서\\상장.pdf", data=PDF)
    assert submit(application).outcome is Outcome.SUBMITTED
    documents.attach(application, by=by, field_id="record", name="새 상장.pdf", data=PDF + b"%")
    sent = Application.objects.get().sent
    assert (first.name, sent.documents["record"]["id"]) == ("상장.pdf", first.pk)
    assert DocumentFile.objects.count() == 2
    assert documents.detach(application, by=by, field_id="record")
    assert not documents.detach(application, by=by, field_id="record")


@pytest.mark.parametrize("data", [b"", b"MZ program", b"x" * (documents.MOST_BYTES + 1)])
def test_documents_that_are_refused_leave_nothing_behind(data: bytes):
    application = an_application(a_call())
    with pytest.raises(SaemError, match=r"document\."):
        documents.attach(application, by=application.applicant, field_id="record", name="a.pdf", data=data)
    assert not DocumentFile.objects.exists()


def test_an_application_is_complete_only_with_everything_that_is_needed():
    application = submitted(a_call(needs_recommendation=True), born=CHILD)
    assert application.needs_guardian
    assert not queries.complete(Application.objects.all()).exists()
    asked, _token = vouching.ask_recommender(
        application, Recommender("박선생", "t@example.org", "담임"), by=application.applicant
    )
    assert vouching.answer_recommendation(asked, statement="성실해요.", is_recommended=True)
    assert not queries.complete(Application.objects.all()).exists()
    consent, _token = vouching.ask_guardian(application, MOTHER, by=application.applicant)
    assert vouching.answer_consent(consent, agrees=True)
    assert queries.complete(Application.objects.all()).get() == application
    assert vouching.withdraw_consent(application, by=a_staff_member(application.call.cohort))
    assert not queries.complete(Application.objects.all()).exists()
    assert GuardianConsent.objects.get().given_at is not None


def test_the_day_of_application_settles_the_age():
    born = timezone.localdate().replace(year=timezone.localdate().year - 14) + dt.timedelta(days=1)
    application = submitted(a_call(), born=born)
    assert application.needs_guardian
    # A day later the applicant is 14; what was applied for before stays what it was.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(applying, "today", lambda: timezone.localdate() + dt.timedelta(days=1))
        assert submit(application, read=saying(motive="고침")).outcome is Outcome.SUBMITTED
    assert Application.objects.get().needs_guardian


def test_a_recommendation_is_answered_once_and_only_by_the_newest_link():
    application = submitted(a_call(needs_recommendation=True))
    first, old = vouching.ask_recommender(
        application, Recommender("박선생", "t@example.org", "담임"), by=application.applicant
    )
    second, new = vouching.ask_recommender(
        application, Recommender("이선생", "u@example.org", "정보"), by=application.applicant
    )
    assert queries.recommendation_by(old).state_now is RecommendationState.EXPIRED
    assert not vouching.answer_recommendation(first, statement="늦음", is_recommended=True)
    assert queries.recommendation_by(new) == second
    assert vouching.answer_recommendation(second, statement="좋아요.", is_recommended=True)
    assert not vouching.answer_recommendation(second, statement="두 번", is_recommended=False)
    with pytest.raises(SaemError, match="given_already"):
        vouching.ask_recommender(application, Recommender("최선생", "v@example.org", "교장"), by=application.applicant)


def test_links_end_with_the_days_that_the_call_gives():
    application = submitted(a_call(followup_days=2))
    asked, token = vouching.ask_recommender(
        application, Recommender("박선생", "t@example.org", "담임"), by=application.applicant
    )
    assert asked.expires_at == application.call.closes_at + dt.timedelta(days=2)
    past(application.call, minutes=3 * 24 * 60)
    asked.expires_at = timezone.now()
    asked.save()
    assert queries.recommendation_by(token).state_now is RecommendationState.EXPIRED
    with pytest.raises(SaemError, match="followup_over"):
        vouching.ask_guardian(application, MOTHER, by=application.applicant)


def test_a_recorded_consent_is_evidence():
    application = submitted(a_call(), born=CHILD)
    staff = a_staff_member(application.call.cohort)
    evidence = Evidence(ConsentWay.SIGNED_PAPER, MOTHER, timezone.now(), "우편으로 옴", ("동의서.pdf", PDF))
    consent = vouching.record_consent(application, evidence, by=staff)
    assert (consent.way, consent.recorded_by, consent.evidence.kind) == ("signed_paper", staff, "pdf")
    assert "만 14세 미만" in consent.text.text
    assert consent.text.text_en.startswith(application.call.cohort.institution.name_en)
    with pytest.raises(SaemError, match="given_already"):
        vouching.record_consent(application, evidence, by=staff)
    with pytest.raises(TypeError):
        consent.text.save()


def test_other_words_are_another_version_of_the_consent():
    call = a_call()
    first = vouching.consent_text_of(call)
    assert vouching.consent_text_of(call) == first
    call.guardian_text = "새 동의서"
    assert vouching.consent_text_of(call).sha256 != first.sha256


def test_a_guardian_may_say_no_and_be_asked_again():
    application = submitted(a_call(), born=CHILD)
    asked, token = vouching.ask_guardian(application, MOTHER, by=application.applicant)
    assert vouching.answer_consent(asked, agrees=False)
    assert not vouching.answer_consent(queries.consent_by(token), agrees=True)
    again, _token = vouching.ask_guardian(application, MOTHER, by=application.applicant)
    assert vouching.answer_consent(again, agrees=True)


def test_links_of_a_withdrawn_application_open_nothing():
    application = submitted(a_call(needs_recommendation=True), born=CHILD)
    _asked, one = vouching.ask_recommender(
        application, Recommender("박선생", "t@example.org", "담임"), by=application.applicant
    )
    _asked, two = vouching.ask_guardian(application, MOTHER, by=application.applicant)
    applying.withdraw(application, by=application.applicant)
    assert (queries.recommendation_by(one), queries.consent_by(two)) == (None, None)
