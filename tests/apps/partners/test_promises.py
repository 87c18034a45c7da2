"""What a mentor promised has a history, and each month counts what was promised in it."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from saem.apps.partners.impact.numbers import impact_of
from saem.apps.partners.mentors import inviting
from saem.apps.partners.models import Mentor, MentorPromise
from tests.apps.partners.a_partnership import a_company, a_mentor, client_of, promise, staff_of
from tests.cast import a_school

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)


def since(number: int, *day: int) -> None:
    """The number-th promise, oldest first, was made on that day."""
    row = MentorPromise.objects.order_by("pk")[number]
    moment = dt.datetime(*day, 9, tzinfo=timezone.get_current_timezone())
    MentorPromise.objects.filter(pk=row.pk).update(since=moment)


def months(mentor: Mentor) -> dict[str, int]:
    assert mentor.home is not None
    return {f"{row.first:%Y-%m}": row.promised for row in impact_of(mentor.home, TODAY).months}


def test_each_month_counts_what_was_promised_last_in_it() -> None:
    mentor = a_mentor(a_school(), minutes=120)
    inviting.declare(mentor, promise(minutes=300), by=mentor.user)
    inviting.declare(mentor, promise(minutes=60), by=mentor.user)
    since(0, 2026, 8, 10)
    since(1, 2026, 10, 2)
    since(2, 2026, 10, 30)
    assert months(mentor) == {"2026-11": 60, "2026-10": 60, "2026-09": 120, "2026-08": 120}
    since(2, 2026, 11, 1)
    assert months(mentor) == {"2026-11": 60, "2026-10": 300, "2026-09": 120, "2026-08": 120}


def test_who_left_promises_nothing_after_the_month_in_which_they_did() -> None:
    mentor = a_mentor(a_school(), minutes=120)
    since(0, 2026, 9, 1)
    left = dt.datetime(2026, 10, 3, 9, tzinfo=timezone.get_current_timezone())
    Mentor.objects.filter(pk=mentor.pk).update(left_at=left)
    assert months(mentor) == {"2026-10": 120, "2026-09": 120}


def test_only_another_number_is_a_change_and_it_is_shown() -> None:
    host = a_school()
    mentor = a_mentor(host, minutes=120)
    inviting.declare(mentor, promise(minutes=120, topics=["sound"]), by=mentor.user)
    assert MentorPromise.objects.count() == 1
    own = client_of(mentor.user)
    given = {"places": "3", "minutes": "90", "topics": ["image"], "languages": ["ko"], "times": ["mon"], "about": ""}
    profile = reverse("partners:profile", args=[mentor.pk])
    assert "약속이 바뀐 기록" not in own.get(profile).content.decode()
    assert own.post(profile, {**given, "minutes": "0"}).status_code == 422
    own.post(profile, given)
    shown = (own.get(profile), client_of(staff_of(host)).get(reverse("partners:mentor", args=[host.pk, mentor.pk])))
    for page in shown:
        assert "모둠 3개, 한 달 90분" in page.content.decode()
        assert "모둠 2개, 한 달 120분" in page.content.decode()
    assert a_company() == mentor.home


def test_a_site_that_kept_no_history_begins_it_with_what_was_promised() -> None:
    mentor, silent = a_mentor(a_school(), minutes=240), a_mentor(a_school(), "말없는 멘토")
    Mentor.objects.filter(pk=silent.pk).update(declared_at=None)
    MentorPromise.objects.all().delete()
    import_module("saem.apps.partners.migrations.0003_files_and_promises").keep_promises(apps, None)
    row = MentorPromise.objects.get()
    assert (row.mentor, row.minutes, row.since) == (mentor, 240, mentor.invited_at)
