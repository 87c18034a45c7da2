"""Deadlines that pass while a page of somebody else is open, and deadlines across a clock change."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.calls import vouching
from saem.apps.cohorts.calls.forms import CallForm
from saem.apps.cohorts.calls.vouching import Guardian, Recommender
from saem.apps.cohorts.models import Application, Call, GuardianConsent, Recommendation
from tests.apps.cohorts.calls.a_call import CHILD, a_call, client_of, submitted

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")


def over(application: Application) -> None:
    """The last moment for others to answer is over."""
    past = timezone.now() - dt.timedelta(seconds=1)
    Recommendation.objects.filter(application=application).update(expires_at=past)
    GuardianConsent.objects.filter(application=application).update(expires_at=past)
    Call.objects.filter(pk=application.call_id).update(closes_at=past, followup_days=0)


def asked_to_recommend(application: Application) -> str:
    who = Recommender("박선생", "t@example.org", "담임")
    _asked, token = vouching.ask_recommender(application, who, by=application.applicant)
    return reverse("calls:recommend", args=[token])


def test_a_recommendation_that_comes_too_late_is_not_taken_and_its_words_are_shown(client: Client):
    application = submitted(a_call(needs_recommendation=True))
    link = asked_to_recommend(application)
    assert "추천하는 까닭" in client.get(link).content.decode()
    over(application)
    late = client.post(link, {"answer": "recommend", "statement": "세 해 동안 <지켜본> 학생이에요."})
    text = late.content.decode()
    assert late.status_code == 409
    assert "추천서를 받는 기간이 끝났거나" in text
    assert "방금 쓴 글은 보내지 않았어요" in text
    assert "세 해 동안 &lt;지켜본&gt; 학생이에요." in text
    assert Recommendation.objects.get().answers == {}


def test_a_second_answer_of_a_recommender_changes_nothing_and_is_shown(client: Client):
    link = asked_to_recommend(submitted(a_call(needs_recommendation=True)))
    assert client.post(link, {"answer": "recommend", "statement": "좋아요."}).status_code == 302
    again = client.post(link, {"answer": "decline", "statement": "아니에요."})
    assert again.status_code == 409
    assert "아니에요." in again.content.decode()
    assert (Recommendation.objects.get().state, Recommendation.objects.get().answers) == (
        "given",
        {"statement": "좋아요."},
    )


def test_a_guardian_who_answers_too_late_reads_so_and_nothing_is_recorded(client: Client):
    application = submitted(a_call(), born=CHILD)
    who = Guardian("김보호", "guardian@example.org", "어머니")
    _asked, token = vouching.ask_guardian(application, who, by=application.applicant)
    link = reverse("calls:consent", args=[token])
    assert "읽었고 동의해요" in client.get(link).content.decode()
    over(application)
    late = client.post(link, {"answer": "agree"}, follow=True).content.decode()
    assert "동의를 받는 기간이 끝났어요" in late
    assert GuardianConsent.objects.get().given_at is None


@pytest.mark.parametrize("page", ["recommender", "guardian"])
def test_who_asks_too_late_reads_so_and_nobody_is_written_to(page: str):
    application = submitted(a_call(needs_recommendation=True), born=CHILD)
    client, address = client_of(application.applicant), reverse(f"calls:{page}", args=[application.pk])
    assert client.get(address).status_code == 200
    over(application)
    asked = {
        "name": "박선생",
        "email": "t@example.org",
        "role": "담임",
        "relation": "어머니",
        "contact": "g@example.org",
    }
    late = client.post(address, asked)
    assert late.status_code == 409
    assert "추천서와 동의를 받는 기간이 끝났어요" in late.content.decode()
    assert not Recommendation.objects.exists()
    assert not GuardianConsent.objects.exists()


def test_facts_are_not_corrected_after_the_deadline():
    application = submitted(a_call())
    address = reverse("calls:facts", args=[application.pk])
    over(application)
    late = client_of(application.applicant).post(
        address, {"name": "다른 이름", "birth_date": "2009-05-05", "grade": "m1"}
    )
    assert late.status_code == 409
    assert Application.objects.get().name == "김하늘"


@pytest.mark.parametrize(
    ("closes", "until"),
    [
        # The clocks of New York go back on 1 November 2026 and forward on 14 March 2027.
        ("2026-10-30T18:00:00-04:00", "2026-11-06T18:00:00-05:00"),
        ("2027-03-12T18:00:00-05:00", "2027-03-19T18:00:00-04:00"),
    ],
)
def test_days_for_others_end_at_the_same_time_of_day_across_a_clock_change(closes: str, until: str):
    call = Call(closes_at=dt.datetime.fromisoformat(closes).astimezone(dt.UTC), followup_days=7)
    with timezone.override(NEW_YORK):
        assert call.followup_until == dt.datetime.fromisoformat(until)


def test_minutes_of_grace_are_minutes_in_the_hour_that_comes_twice():
    closes = dt.datetime.fromisoformat("2026-11-01T01:50:00-04:00")
    call = Call(opens_at=closes - dt.timedelta(days=9), closes_at=closes, grace_minutes=30, published_at=closes)
    with timezone.override(NEW_YORK):
        assert call.takes_submissions_at(closes + dt.timedelta(minutes=29))
        assert not call.takes_submissions_at(closes + dt.timedelta(minutes=30))


@pytest.mark.parametrize("moment", ["2027-03-14T02:30", "2026-11-01T01:30"])
def test_a_deadline_at_a_time_that_is_left_out_or_comes_twice_is_refused_at_its_field(moment: str):
    facts = {"title": "모집", "audience": "student", "opens_at": "2026-10-01T09:00", "closes_at": moment, "seats": "5"}
    with timezone.override(NEW_YORK):
        assert "closes_at" in CallForm(facts).errors
    assert "closes_at" not in CallForm(facts).errors
