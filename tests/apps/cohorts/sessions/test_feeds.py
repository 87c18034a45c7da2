"""Calendar feeds behind secret links."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.models import CalendarLink
from saem.apps.cohorts.sessions import feeds, limits, planning
from saem.apps.people.limits import Limit
from tests.apps.cohorts.sessions.a_session import a_cohort_session, a_session, client_of
from tests.cast import a_classroom, a_staff_member, a_student, a_teacher

pytestmark = pytest.mark.django_db


def get(token: str, **headers: str) -> object:
    return Client().get(reverse("sessions:feed", args=[token]), headers=headers)


def test_a_participant_follows_their_own_sessions_and_no_other():
    room = a_classroom()
    student = a_student(room)
    mine = a_session(room, title="날씨, 자료", online_url="https://example.org/meet")
    everybodys = a_cohort_session(room.cohort, title="여는 모임")
    a_session(a_classroom(room.cohort), title="다른 반")
    answer = get(feeds.new_link(student.user, None))
    text = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 2
    assert f"UID:{mine.uid}@saem" in text
    assert f"UID:{everybodys.uid}@saem" in text
    assert "날씨\\, 자료" in text
    assert "다른 반" not in text
    assert "DTSTART;TZID=Asia/Seoul:" in text


def test_a_calendar_that_has_it_is_told_in_a_few_bytes_until_something_changes():
    room = a_classroom()
    session = a_session(room, starts=dt.timedelta(days=1))
    token = feeds.new_link(a_student(room).user, None)
    first = get(token)
    again = get(token, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    planning.cancel(session, by=a_teacher(room))
    changed = get(token, **{"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert b"STATUS:CANCELLED" in changed.content
    assert b"SEQUENCE:1" in changed.content


def test_a_link_is_kept_as_a_hash_and_a_new_one_closes_the_old():
    student = a_student(a_classroom())
    first, second = feeds.new_link(student.user, None), feeds.new_link(student.user, None)
    assert not CalendarLink.objects.filter(sha256__in=[first, second]).exists()
    assert (get(first).status_code, get(second).status_code) == (404, 200)
    assert feeds.take_back(student.user, None)
    assert not feeds.take_back(student.user, None)
    assert get(second).status_code == 404


def test_a_cohorts_link_closes_with_the_role_of_its_owner():
    room = a_classroom()
    staff = a_staff_member(room.cohort)
    a_session(room)
    token = feeds.new_link(staff, room.cohort)
    assert get(token).content.count(b"BEGIN:VEVENT") == 1
    staff.grants.all().delete()
    assert get(token).status_code == 404


def test_who_left_the_class_sees_its_sessions_no_more():
    room = a_classroom()
    student = a_student(room)
    a_session(room)
    token = feeds.new_link(student.user, None)
    student.left_at = "2026-10-01T00:00:00Z"
    student.save()
    assert b"BEGIN:VEVENT" not in get(token).content


def test_the_link_is_shown_once_on_the_page():
    student = a_student(a_classroom())
    client = client_of(student.user)
    page = client.post(reverse("sessions:calendar"), {"action": "open"}).content.decode()
    (token,) = set(re.findall(r"/calendar/([\w-]+)\.ics", page))
    assert get(token).status_code == 200
    assert token not in client.get(reverse("sessions:mine")).content.decode()
    client.post(reverse("sessions:calendar"), {"action": "close"})
    assert get(token).status_code == 404


def test_guesses_and_greedy_calendars_are_slowed_down(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "FEED_FROM_ADDRESS", Limit("calendar.address", times=2, seconds=3600))
    monkeypatch.setattr(limits, "FEED_OF_LINK", Limit("calendar.link", times=3, seconds=3600))
    token = feeds.new_link(a_student(a_classroom()).user, None)
    assert [get(token).status_code for _ask in range(4)] == [200, 200, 200, 429]
    assert [get("guess").status_code for _ask in range(3)] == [404, 404, 429]
