"""Offers: accepted into the emptiest class, declined and expired ones pass on, and nobody loses one."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import Decision, Enrolment, Offer, OfferState, Selection
from saem.apps.cohorts.selection import deciding, declaring, offering
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from saem.lib.selection import Note
from tests.apps.cohorts.selection.a_selection import MANNER, of, rules, staff_of
from tests.apps.cohorts.selection.test_deciding import kinds, published
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_classroom, a_student

pytestmark = pytest.mark.django_db


def offer_of(application) -> Offer:
    return Offer.objects.select_related("candidate__selection__call", "candidate__application__applicant").get(
        candidate__application=application
    )


def answer(application, *, accept: bool) -> Offer:
    return offering.answer_offer(offer_of(application), accept=accept, by=application.applicant)


def test_who_accepts_comes_into_the_emptiest_class():
    selection, people = published(3)
    full, empty = a_classroom(selection.call.cohort), a_classroom(selection.call.cohort)
    a_student(full)
    offering.choose_classrooms(selection, [full, empty], by=staff_of(selection))
    accepted = answer(people[0], accept=True)
    assert accepted.enrolment.classroom == empty
    assert answer(people[0], accept=True).enrolment == accepted.enrolment
    assert Enrolment.objects.filter(user=people[0].applicant).count() == 1


def test_who_accepts_before_there_is_a_class_is_placed_later_and_namesakes_are_told_apart():
    selection, people = published(3)
    for one in people[:2]:
        type(one).objects.filter(pk=one.pk).update(name="김하늘")
        assert answer(one, accept=True).enrolment is None
    room = a_classroom(selection.call.cohort)
    assert offering.choose_classrooms(selection, [room], by=staff_of(selection)) == 2
    assert set(room.enrolments.values_list("nickname", flat=True)) == {"김하늘", "김하늘 2"}


def test_a_declined_seat_passes_on_to_the_first_of_the_reserve():
    _selection, people = published(5)
    assert kinds(people) == ["accepted", "accepted", "reserve", "reserve", "declined"]
    answer(people[0], accept=False)
    assert kinds(people) == ["accepted", "accepted", "accepted", "reserve", "declined"]
    assert (
        Decision.objects.get(candidate__application=people[2], number=2).reasons[0]["code"] == "selection.from_reserve"
    )
    drain()
    assert Notice.objects.filter(recipient=people[2].applicant, kind="selection.decided").count() == 2


def test_a_seat_that_is_given_back_ends_the_enrolment_and_passes_on():
    selection, people = published(4)
    offering.choose_classrooms(selection, [a_classroom(selection.call.cohort)], by=staff_of(selection))
    answer(people[0], accept=True)
    answer(people[0], accept=False)
    assert offer_of(people[0]).state == OfferState.WITHDRAWN
    assert not Enrolment.objects.present().filter(user=people[0].applicant).exists()
    assert offer_of(people[2]).state == OfferState.OPEN
    with pytest.raises(SaemError, match=r"offer\.over"):
        answer(people[0], accept=True)


def test_an_offer_runs_out_at_night_and_passes_on_once():
    _selection, people = published(4)
    Offer.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(SaemError, match=r"offer\.over"):
        answer(people[0], accept=True)
    assert offering.pass_all_on() == 2
    assert offering.pass_all_on() == 0
    assert [offer_of(one).state for one in people] == ["expired", "expired", "open", "open"]


def test_with_fewer_seats_than_offers_nobody_loses_one_and_it_is_said():
    selection, people = published(5)
    declaring.declare(
        selection.call, by=staff_of(selection), data=rules(seats=1), manner=MANNER, reason="교실이 작아요."
    )
    passing = offering.pass_on(of(selection.call))
    assert [said.note for said in passing.notes] == [Note.SEATS_BELOW_HELD]
    assert [offer_of(one).state for one in people[:2]] == ["open", "open"]
    answer(people[0], accept=False)
    assert Offer.objects.count() == 2


def test_with_more_seats_the_reserve_moves_up():
    selection, people = published(5)
    declaring.declare(
        selection.call, by=staff_of(selection), data=rules(seats=3), manner=MANNER, reason="자리가 늘었어요."
    )
    assert offering.pass_on(of(selection.call)).offers == (people[2].receipt,)


def test_whoever_withdraws_the_application_gives_up_the_seat():
    selection, people = published(4)
    type(people[0]).objects.filter(pk=people[0].pk).update(state="withdrawn")
    type(people[2]).objects.filter(pk=people[2].pk).update(state="withdrawn")
    assert offering.pass_on(selection).offers == (people[3].receipt,)


@pytest.mark.django_db(transaction=True)
def test_two_who_decline_at_once_pass_two_seats_on(tmp_path: Path):
    _selection, people = published(5)
    with database_that_threads_share(tmp_path):
        at_once(lambda number: answer(people[number], accept=False).state)
        assert sorted(Offer.objects.values_list("state", flat=True)) == ["declined", "declined", "open", "open"]


@pytest.mark.parametrize(
    ("now", "until"),
    [
        # The clocks of New York go back on 1 November 2026 and forward on 14 March 2027.
        ("2026-10-30T23:30:00-04:00", "2026-11-06T23:59:59-05:00"),
        ("2027-03-12T00:30:00-05:00", "2027-03-19T23:59:59-04:00"),
    ],
)
def test_an_offer_runs_until_the_end_of_a_day_across_a_clock_change(
    now: str, until: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime.fromisoformat(now))
    with timezone.override(ZoneInfo("America/New_York")):
        assert deciding.expiry(Selection(reply_days=7)) == dt.datetime.fromisoformat(until)
