"""Contact in the open: everybody around a team reads, half hours are booked once, minutes are counted."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import Http404
from django.utils import timezone

from saem.apps.notices.models import Notice
from saem.apps.partners.contact import booking, needs, queries, reviews, thread
from saem.apps.partners.contact.hours import Month, month_of, planned_in, used_in
from saem.apps.partners.contact.pages import free_slots
from saem.apps.partners.contact.pairs import end_pairing
from saem.apps.partners.contact.queue import queue_of
from saem.apps.partners.models import Booking, PairingEnd, Post, ReviewRequest, Slot, Vetting, Why
from saem.apps.projects.models import Team, TeamMilestone
from saem.errors import SaemError
from tests.apps.partners.a_partnership import (
    DAY,
    a_member,
    a_mentor,
    a_pair,
    a_slot,
    a_team,
    a_token,
    back,
    check,
    host_of,
    staff_of,
    today,
)
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_classroom, a_stranger, a_student, a_teacher

pytestmark = pytest.mark.django_db


def test_everybody_around_the_team_reads_and_nobody_else() -> None:
    team = a_team()
    pairing = a_pair(team)
    for user in (a_member(team), a_teacher(team.classroom), staff_of(host_of(team)), pairing.mentor.user):
        assert queries.team_for(user, team.pk)[0] == team
    outsiders = (a_stranger(), a_student(team.classroom).user, a_teacher(a_classroom()), a_mentor(host_of(team)).user)
    for user in outsiders:
        with pytest.raises(Http404):
            queries.team_for(user, team.pk)


def test_a_mentor_whose_check_ran_out_reads_nothing_from_that_day_on() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    Vetting.objects.filter(mentor=mentor).update(holds_until=today() - DAY)
    with pytest.raises(Http404):
        queries.team_for(mentor.user, team.pk)
    assert queue_of(mentor.user) == []


def test_a_post_is_told_to_all_others_and_once() -> None:
    team = a_team()
    teacher, pairing = a_teacher(team.classroom), a_pair(team)
    token, writer = a_token(), a_member(team)
    first = thread.write(team, text="안녕하세요", token=token, by=writer)
    assert thread.write(team, text="안녕하세요", token=token, by=writer) == first
    told = set(Notice.objects.filter(kind="mentor.post").values_list("recipient", flat=True))
    others = {row.enrolment.user_id for row in team.memberships.all()} - {writer.pk}
    assert told == others | {teacher.pk, pairing.mentor.user_id}
    assert Post.objects.filter(team=team, kind="message").count() == 1


def test_a_closed_team_is_read_and_not_written_to() -> None:
    team = a_team()
    a_pair(team)
    Team.objects.filter(pk=team.pk).update(closed_at=timezone.now())
    team.refresh_from_db()
    with pytest.raises(SaemError, match=r"contact\.closed"):
        thread.write(team, text="안녕", token=a_token(), by=a_member(team))
    assert thread.contact_of(team) is None


def test_a_slot_is_for_the_teams_of_its_mentor_and_only_ahead() -> None:
    team, other = a_team(), a_team()
    mentor = a_pair(team).mentor
    slot = a_slot(mentor)
    with pytest.raises(SaemError, match=r"contact\.none"):
        booking.book(slot, other, about="?", by=a_member(other))
    back(slot)
    with pytest.raises(SaemError, match=r"slot\.over"):
        booking.book(slot, team, about="?", by=a_member(team))


def test_a_slot_after_the_last_day_of_the_check_is_neither_shown_nor_booked() -> None:
    team = a_team()
    mentor = a_mentor(host_of(team), checked=check(last=today() + 5 * DAY))
    pairing = a_pair(team, mentor)
    inside, outside = a_slot(mentor, days=4), a_slot(mentor, days=7)
    assert free_slots(pairing) == [inside]
    with pytest.raises(SaemError, match=r"slot\.not_vetted"):
        booking.book(outside, team, about="?", by=a_member(team))


def test_a_team_has_two_meetings_ahead_at_most() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    for day in (2, 3):
        booking.book(a_slot(mentor, days=day), team, about="?", by=a_member(team))
    with pytest.raises(SaemError, match=r"slot\.enough"):
        booking.book(a_slot(mentor, days=4), team, about="?", by=a_member(team))


def test_a_cancelled_half_hour_is_free_again_and_said() -> None:
    team = a_team()
    pairing = a_pair(team)
    slot = a_slot(pairing.mentor)
    first = booking.book(slot, team, about="데이터", by=a_member(team))
    booking.cancel(first, Why.TEAM, by=a_member(team))
    assert free_slots(pairing) == [slot]
    booking.book(slot, team, about="모델", by=a_member(team))
    mine = Notice.objects.filter(kind="booking.cancelled", recipient=pairing.mentor.user)
    assert mine.get().facts["why"] == "team"


def test_a_mentor_who_closes_a_half_hour_cancels_what_is_booked() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    slot = a_slot(mentor)
    booked = booking.book(slot, team, about="데이터", by=a_member(team))
    booking.close(slot, by=mentor.user)
    booking.close(slot, by=mentor.user)
    booked.refresh_from_db()
    assert booked.why == "mentor"
    assert Notice.objects.filter(kind="booking.cancelled", recipient=a_member(team)).count() == 1


def test_offered_half_hours_touch_no_other_and_lie_ahead() -> None:
    mentor = a_mentor(host_of(a_team()))
    start = timezone.now() + 2 * DAY
    slots = booking.offer(mentor, starts_at=start, count=3, where="연구실", by=mentor.user)
    assert [slot.starts_at - start for slot in slots] == [dt.timedelta(minutes=30 * number) for number in range(3)]
    with pytest.raises(SaemError, match=r"slot\.overlaps"):
        booking.offer(mentor, starts_at=start + dt.timedelta(minutes=89), count=1, where="연구실", by=mentor.user)
    booking.offer(mentor, starts_at=start + dt.timedelta(minutes=90), count=1, where="연구실", by=mentor.user)
    with pytest.raises(SaemError, match=r"slot\.past"):
        booking.offer(mentor, starts_at=timezone.now() - DAY, count=1, where="연구실", by=mentor.user)


def test_a_meeting_is_reported_once_after_it_began_and_counts_its_minutes() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    slot = a_slot(mentor)
    booked = booking.book(slot, team, about="데이터", by=a_member(team))
    with pytest.raises(SaemError, match=r"slot\.not_yet"):
        booking.report(booked, minutes=30, words="잘했어요", by=mentor.user)
    back(slot, days=0)
    booked.refresh_from_db()
    month = month_of(timezone.localtime(slot.starts_at).date())
    assert planned_in([mentor.pk], month) == {mentor.pk: 30}
    booking.report(booked, minutes=25, words="잘했어요", by=mentor.user)
    with pytest.raises(SaemError, match=r"slot\.reported"):
        booking.report(booked, minutes=90, words="?", by=mentor.user)
    assert used_in([mentor.pk], month) == {mentor.pk: 25}
    assert planned_in([mentor.pk], month) == {}
    assert Post.objects.filter(team=team, code="contact.met", text="잘했어요").count() == 1


def test_nobody_came_is_no_time_used() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    slot = a_slot(mentor)
    booked = booking.book(slot, team, about="데이터", by=a_member(team))
    back(slot, days=0)
    booked.refresh_from_db()
    booking.report(booked, minutes=0, words="", by=mentor.user)
    assert used_in([mentor.pk], month_of(today())) == {}
    assert Post.objects.filter(team=team, code="contact.missed").count() == 1


def test_one_review_waits_and_is_answered_once_into_the_thread() -> None:
    team = a_team()
    mentor = a_pair(team).mentor
    token = a_token()
    row = reviews.ask(team, text="이 그래프가 맞나요?", link="", token=token, by=a_member(team))
    assert reviews.ask(team, text="이 그래프가 맞나요?", link="", token=token, by=a_member(team)) == row
    with pytest.raises(SaemError, match=r"review\.waits"):
        reviews.ask(team, text="하나 더", link="", token=a_token(), by=a_member(team))
    reviews.answer(row, text="축을 봐요", minutes=20, by=mentor.user)
    with pytest.raises(SaemError, match=r"review\.answered"):
        reviews.answer(row, text="또", minutes=20, by=mentor.user)
    assert used_in([mentor.pk], month_of(today())) == {mentor.pk: 20}
    assert Notice.objects.filter(kind="mentor.review_answered", recipient=a_member(team)).count() == 1


def test_a_used_up_month_moves_a_review_to_the_next_one() -> None:
    team = a_team()
    mentor = a_pair(team, a_mentor(host_of(team), minutes=30)).mentor
    day = dt.date(2026, 5, 3)
    assert reviews.due_day(mentor, day) == dt.date(2026, 5, 10)
    slot = a_slot(mentor)
    booked = booking.book(slot, team, about="?", by=a_member(team))
    Slot.objects.filter(pk=slot.pk).update(
        starts_at=dt.datetime(2026, 5, 20, 9, tzinfo=dt.UTC), ends_at=dt.datetime(2026, 5, 20, 9, 30, tzinfo=dt.UTC)
    )
    assert booked.pk
    assert reviews.due_day(mentor, day) == dt.date(2026, 6, 7)
    assert reviews.due_day(mentor, dt.date(2026, 6, 1)) == dt.date(2026, 6, 8)


def test_a_month_begins_and_ends_in_the_time_zone_of_the_site() -> None:
    begin, end = Month(2026, 2).span
    zone = timezone.get_current_timezone()
    assert (begin, end) == (dt.datetime(2026, 2, 1, tzinfo=zone), dt.datetime(2026, 3, 1, tzinfo=zone))
    assert Month(2028, 2).last == dt.date(2028, 2, 29)


def test_the_queue_is_in_the_order_in_which_things_are_due() -> None:
    team, other = a_team(), a_team()
    mentor = a_pair(team).mentor
    a_pair(other, mentor)
    over = a_slot(mentor)
    booking.book(over, team, about="지난 것", by=a_member(team))
    back(over)
    booking.book(a_slot(mentor, days=3), team, about="데이터", by=a_member(team))
    reviews.ask(other, text="그래프", link="", token=a_token(), by=a_member(other))
    TeamMilestone.objects.create(team=other, milestone="find", status="waiting", since=timezone.now())
    TeamMilestone.objects.create(team=other, milestone="define", status="passed")
    tasks = queue_of(mentor.user)
    assert [task.kind for task in tasks] == ["report", "meeting", "gate", "review"]
    assert [task.is_late for task in tasks] == [True, False, False, False]


def test_the_queue_asks_as_often_for_many_as_for_few(django_assert_num_queries) -> None:
    mentor = None
    for number in range(4):
        team = a_team(name=f"모둠 {number}")
        mentor = mentor or a_mentor(host_of(team), places=9)
        a_pair(team, mentor)
        booking.book(a_slot(mentor, days=2, minutes=40 * number), team, about="?", by=a_member(team))
        reviews.ask(team, text="?", link="", token=a_token(), by=a_member(team))
    assert mentor is not None
    with django_assert_num_queries(4):
        assert len(queue_of(mentor.user)) == 8


def test_when_a_pair_parts_what_was_agreed_ends_with_words() -> None:
    team = a_team()
    pairing = a_pair(team)
    booked = booking.book(a_slot(pairing.mentor), team, about="데이터", by=a_member(team))
    asked = reviews.ask(team, text="?", link="", token=a_token(), by=a_member(team))
    end_pairing(pairing, PairingEnd.STAFF, by=None)
    booked.refresh_from_db()
    asked.refresh_from_db()
    assert (booked.why, asked.why) == ("pairing", "pairing")
    with pytest.raises(SaemError, match=r"contact\.none"):
        reviews.answer(asked, text="늦었지만", minutes=5, by=pairing.mentor.user)
    assert Post.objects.filter(team=team, code="contact.parted").count() == 1


def test_wishes_are_kept_for_the_form_and_only_of_cleared_mentors() -> None:
    team = a_team()
    mentor, over = a_mentor(host_of(team)), a_mentor(host_of(team), checked=check(last=today() - DAY))
    assert needs.mentors_to_wish_for(team) == [mentor]
    said = needs.Need(topics=["image"], languages=["ko"], times=[], wishes=[mentor.pk, over.pk])
    needs.say(team, said, by=a_member(team))
    assert needs.kept(team)["wish2"] == over.pk


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture(autouse=True)
    def _shared(self, transactional_db: None, tmp_path: Path) -> Iterator[None]:
        with database_that_threads_share(tmp_path):
            yield

    def test_two_teams_book_the_last_half_hour(self) -> None:
        teams = [a_team(name="하나")]
        teams.append(a_team(teams[0].classroom, name="둘"))
        mentor = a_pair(teams[0]).mentor
        a_pair(teams[1], mentor)
        slot = a_slot(mentor)

        def book(number: int) -> str:
            try:
                booking.book(slot, teams[number], about="?", by=a_member(teams[number]))
            except SaemError as refused:
                return refused.code
            return "booked"

        assert sorted(at_once(book)) == ["booked", "slot.taken"]
        assert Booking.objects.filter(slot=slot, cancelled_at=None).count() == 1

    def test_one_team_presses_twice_and_asks_once(self) -> None:
        team = a_team()
        a_pair(team)
        token, member = a_token(), a_member(team)
        rows = at_once(lambda _number: reviews.ask(team, text="?", link="", token=token, by=member))
        assert rows[0] == rows[1]
        assert ReviewRequest.objects.count() == 1
