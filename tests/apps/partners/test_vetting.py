"""Until when a mentor may meet pupils, and what ends in the moment in which they may not."""

import datetime as dt

import pytest
from django.utils import timezone

from saem.apps.events.models import Event
from saem.apps.jobs.models import Job
from saem.apps.notices.models import Notice
from saem.apps.partners.contact import booking, thread
from saem.apps.partners.handlers import NIGHTLY
from saem.apps.partners.mentors import inviting, vetting
from saem.apps.partners.mentors.clearance import Clearance, Span, clearance_from, clearance_of, common, joined
from saem.apps.partners.models import Booking, Mentor, Pairing, Post, Vetting, VettingKind
from saem.apps.projects.models import TeamMentor
from saem.errors import SaemError
from saem.lib.fleet import Claim
from tests.apps.partners.a_partnership import (
    DAY,
    a_member,
    a_mentor,
    a_pair,
    a_person,
    a_slot,
    a_team,
    check,
    host_of,
    staff_of,
    today,
)
from tests.cast import a_school, a_teacher

FIRST = dt.date(2026, 3, 1)


def span(first: int, last: int) -> Span:
    return Span(FIRST + first * DAY, FIRST + last * DAY)


def test_spans_that_touch_are_one_and_a_gap_stays() -> None:
    assert joined([span(10, 20), span(0, 5), span(6, 9), span(30, 31)]) == [span(0, 20), span(30, 31)]
    assert joined([span(0, 9), span(2, 3)]) == [span(0, 9)]
    assert joined([]) == []


def test_only_days_of_both_kinds_count() -> None:
    assert common([span(0, 10), span(20, 30)], [span(5, 25)]) == [span(5, 10), span(20, 25)]
    both = clearance_from([("sex_offence", FIRST, FIRST + 9 * DAY), ("child_abuse", FIRST + 5 * DAY, FIRST + 20 * DAY)])
    assert both.spans == (span(5, 9),)
    assert clearance_from([("sex_offence", FIRST, FIRST + 9 * DAY)]).spans == ()


def test_the_span_around_a_day() -> None:
    clearance = Clearance((span(0, 5), span(10, 15)))
    assert clearance.around(FIRST + 3 * DAY) == span(0, 5)
    assert clearance.around(FIRST + 7 * DAY) == span(10, 15)
    assert clearance.around(FIRST + 99 * DAY) == span(10, 15)
    assert Clearance().around(FIRST) is None
    assert (clearance.is_over(FIRST + 15 * DAY), clearance.is_over(FIRST + 16 * DAY)) == (False, True)
    assert not Clearance().is_over(FIRST)
    assert (clearance.until(FIRST + 5 * DAY), clearance.until(FIRST + 6 * DAY)) == (FIRST + 5 * DAY, None)


pytestmark = pytest.mark.django_db


def test_the_database_and_the_spans_agree_on_who_is_cleared() -> None:
    host = a_school()
    whole, half = a_mentor(host), a_mentor(host, checked=check(VettingKind.SEX_OFFENCE))
    over = a_mentor(host, checked=check(last=today() - DAY))
    last_day = a_mentor(host, checked=check(last=today()))
    cleared = set(Mentor.objects.cleared_on(today()))
    assert cleared == {whole, last_day}
    for mentor in (whole, half, over, last_day):
        assert clearance_of(mentor).holds_on(today()) == (mentor in cleared)


def test_nobody_records_their_own_check() -> None:
    mentor = a_mentor(a_school())
    with pytest.raises(SaemError, match=r"vetting\.own"):
        vetting.record(mentor, check(), by=mentor.user)


def test_a_withdrawn_check_ends_contact_in_the_same_moment() -> None:
    team = a_team()
    teacher = a_teacher(team.classroom)
    pairing = a_pair(team)
    mentor, staff = pairing.mentor, staff_of(host_of(team))
    booked = booking.book(a_slot(mentor), team, about="데이터", by=a_member(team))
    assert TeamMentor.objects.filter(team=team, until=None).count() == 1
    vetting.withdraw(Vetting.objects.filter(mentor=mentor)[0], reason="잘못 적음", by=staff)
    booked.refresh_from_db()
    assert booked.cancelled_at is not None
    assert booked.why == "vetting"
    assert thread.contact_of(team) is None
    assert TeamMentor.objects.filter(team=team, until=None).count() == 0
    assert Pairing.objects.get(pk=pairing.pk).until is None
    told = set(Notice.objects.filter(kind="vetting.lapsed").values_list("recipient", flat=True))
    assert {staff.pk, mentor.user_id, teacher.pk, a_member(team).pk} <= told
    assert {"contact.paused", "contact.cancelled"} <= set(Post.objects.filter(team=team).values_list("code", flat=True))
    with pytest.raises(SaemError, match=r"contact\.none"):
        booking.book(a_slot(mentor, days=4), team, about="모델", by=a_member(team))
    assert Event.objects.filter(verb="partners.vetting_withdrawn").count() == 1


def test_a_new_check_brings_contact_back_but_not_the_booking() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    staff = staff_of(host_of(team))
    booked = booking.book(a_slot(mentor), team, about="데이터", by=a_member(team))
    for one in Vetting.objects.filter(mentor=mentor):
        vetting.withdraw(one, reason="다시 조회", by=staff)
    assert Notice.objects.filter(kind="vetting.lapsed", recipient=mentor.user).count() == 1
    vetting.record(mentor, check(VettingKind.SEX_OFFENCE), by=staff)
    assert thread.contact_of(team) is None
    vetting.record(mentor, check(VettingKind.CHILD_ABUSE), by=staff)
    assert thread.contact_of(team) is not None
    assert TeamMentor.objects.filter(team=team, until=None).count() == 1
    assert Booking.objects.get(pk=booked.pk).cancelled_at is not None
    assert Notice.objects.filter(kind="vetting.resumed", recipient=a_member(team)).count() == 1


def night() -> None:
    NIGHTLY.effect(Claim(job_id=0, kind="partners.nightly", subject_id=0, attempt=1), b"").write()


def lapse(mentor: Mentor) -> None:
    """Time passes: the check ended yesterday, and nobody has touched anything."""
    Vetting.objects.filter(mentor=mentor).update(holds_until=today() - DAY)


def test_when_the_last_day_is_over_contact_is_refused_before_any_job_ran() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    lapse(mentor)
    assert thread.contact_of(team) is None
    assert not Notice.objects.filter(kind="vetting.lapsed").exists()


def test_the_night_tells_it_once_and_takes_the_rights() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    booked = booking.book(a_slot(mentor), team, about="데이터", by=a_member(team))
    lapse(mentor)
    night()
    night()
    booked.refresh_from_db()
    assert booked.why == "vetting"
    assert TeamMentor.objects.filter(team=team, until=None).count() == 0
    assert Notice.objects.filter(kind="vetting.lapsed", recipient=mentor.user).count() == 1
    assert Post.objects.filter(team=team, code="contact.paused").count() == 1


def test_a_month_before_the_end_staff_and_mentor_are_warned_once() -> None:
    host = a_school()
    soon = a_mentor(host, checked=check(last=today() + 30 * DAY))
    a_mentor(host, checked=check(last=today() + 31 * DAY))
    night()
    night()
    warned = Notice.objects.filter(kind="vetting.ends")
    assert warned.filter(recipient=soon.user).count() == 1
    assert set(warned.values_list("facts__mentor", flat=True)) == {"한멘토"}
    assert warned.count() == 1 + len({one.recipient_id for one in warned if one.recipient_id != soon.user_id})


def test_somebody_with_one_kind_only_was_never_cleared_and_nothing_lapses() -> None:
    a_mentor(a_school(), checked=check(VettingKind.SEX_OFFENCE))
    night()
    assert not Notice.objects.filter(kind="vetting.lapsed").exists()


def test_who_leaves_keeps_the_record_and_loses_everything_else() -> None:
    team = a_team()
    pairing = a_pair(team)
    booked = booking.book(a_slot(pairing.mentor), team, about="데이터", by=a_member(team))
    inviting.let_go(pairing.mentor, by=staff_of(host_of(team)))
    inviting.let_go(pairing.mentor, by=staff_of(host_of(team)))
    pairing.refresh_from_db()
    booked.refresh_from_db()
    assert (pairing.ended, booked.why) == ("left", "pairing")
    assert pairing.mentor.slots.filter(closed_at=None, starts_at__gt=timezone.now()).count() == 0
    again = inviting.invite(
        host_of(team), email=str(pairing.mentor.user.email), name="한멘토", home=None, by=a_person()
    )
    assert (again.pk, again.left_at) == (pairing.mentor_id, None)


def test_an_invitation_is_told_once_however_often_it_is_sent() -> None:
    host = a_school()
    mentor = a_mentor(host)
    inviting.invite(host, email=str(mentor.user.email), name="다른 이름", home=None, by=staff_of(host))
    assert Notice.objects.filter(kind="mentor.invited", recipient=mentor.user).count() == 1
    assert Mentor.objects.get(pk=mentor.pk).home is not None
    assert Job.objects.filter(kind="partners.match").count() == 0
