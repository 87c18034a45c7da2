"""Presses that waited on a phone: taken once, in order, with the phone's clock put right, or refused with a reason."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import AttendancePress, Crossing, Session
from saem.apps.cohorts.sessions import marking
from saem.apps.cohorts.sessions.marking import Wanted
from saem.apps.cohorts.sessions.presses import Answer, Batch, take
from saem.lib.completion import Mark, Status
from tests.apps.cohorts.sessions.a_session import a_session
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


class Phone:
    """A teacher's phone whose clock is wrong by `skew`."""

    def __init__(self, skew: dt.timedelta = dt.timedelta()) -> None:
        self.room = a_classroom()
        self.student, self.teacher = a_student(self.room), a_teacher(self.room)
        self.session: Session = a_session(self.room)
        self.skew = skew

    def press(self, key: str = "key-00000001", *, ago: dt.timedelta = MINUTE, **facts: Any) -> dict[str, Any]:
        moment = timezone.now() + self.skew - ago
        return {"key": key, "enrolment": self.student.pk, "choice": "present", "at": moment.isoformat(), **facts}

    def send(self, *presses: dict[str, Any]) -> list[Answer]:
        now = timezone.now() + self.skew
        batch = Batch.model_validate({"now": now.isoformat(), "presses": list(presses)})
        return take(self.session, batch, {self.student.pk: self.student}, by=self.teacher)


def test_the_same_sync_twice_changes_nothing():
    phone = Phone()
    press = phone.press(choice="in")
    first, again = phone.send(press), phone.send(press)
    assert first == again == [Answer("key-00000001", phone.student.pk)]
    assert Crossing.objects.count() == AttendancePress.objects.count() == 1


@pytest.mark.parametrize("skew", [dt.timedelta(hours=-9), dt.timedelta(days=400), dt.timedelta(minutes=7)])
def test_a_wrong_clock_shifts_nothing(skew: dt.timedelta):
    phone = Phone(skew)
    before = timezone.now()
    assert phone.send(phone.press(choice="in", ago=10 * MINUTE))[0].refused == ""
    crossing = Crossing.objects.get()
    assert abs(crossing.happened_at - (before - 10 * MINUTE)) < dt.timedelta(seconds=5)
    assert crossing.how == "offline"


def test_the_future_and_the_day_before_are_refused_and_stay_refused():
    phone = Phone()
    future, early = phone.press("key-future", ago=-5 * MINUTE), phone.press("key-early-1", ago=dt.timedelta(days=2))
    answers = {answer.key: answer.refused for answer in phone.send(future, early)}
    assert answers == {"key-future": "press.future", "key-early-1": "press.too_early"}
    assert [answer.refused for answer in phone.send(future)] == ["press.future"]
    assert not phone.session.marks.exists()


def test_late_is_counted_to_the_moment_of_the_press():
    phone = Phone()
    phone.send(phone.press(choice="late", ago=20.5 * MINUTE))
    assert phone.session.marks.get().late_minutes == 10


def test_another_teachers_mark_is_not_overwritten():
    phone = Phone()
    absent = Wanted(enrolment=phone.student.pk, mark=Mark(status=Status.ABSENT))
    marking.save_marks(phone.session, [absent], by=a_teacher(phone.room, "정선생"))
    assert phone.send(phone.press(seen=0))[0].refused == "press.conflict"
    assert phone.session.marks.get().status == "absent"
    assert phone.send(phone.press("key-00000002", seen=1))[0].refused == ""


def test_presses_are_taken_in_the_order_of_their_moments():
    phone = Phone()
    out, came = (
        phone.press("key-out-001", choice="out", ago=MINUTE),
        phone.press("key-in-0001", choice="in", ago=9 * MINUTE),
    )
    phone.send(out, came)
    assert [row.way for row in Crossing.objects.order_by("pk")] == ["in", "out"]


def test_a_stranger_and_a_cancelled_session_are_refused():
    phone = Phone()
    stranger = a_student(a_classroom())
    assert phone.send(phone.press(enrolment=stranger.pk))[0].refused == "press.unknown_person"
    phone.session.cancelled_at = timezone.now()
    assert phone.send(phone.press())[0].refused == "press.cancelled"


def test_what_is_missing_is_refused_with_its_reason():
    phone = Phone()
    assert phone.send(phone.press(choice="excused"))[0].refused == "roll.excuse"
