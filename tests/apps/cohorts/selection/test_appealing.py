"""Appeals: in time, once, answered by somebody else, and a wrong number is put right with its trail."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import Decision, Offer, ScoreChange, ScoreSource
from saem.apps.cohorts.selection import appealing
from saem.apps.cohorts.selection.appealing import Answer
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from tests.apps.cohorts.selection.a_selection import staff_of
from tests.apps.cohorts.selection.test_deciding import published

pytestmark = pytest.mark.django_db


def newest(application) -> Decision:
    found = Decision.objects.filter(candidate__application=application)
    return found.select_related("candidate__selection__call", "candidate__application").latest("number")


def appealed(application):
    return appealing.send_appeal(newest(application), text="점수를 잘못 더한 것 같아요.", by=application.applicant)


def corrected(selection, application, mark: str) -> dict[int, dict[str, Decimal]]:
    readings = selection.readings.filter(application=application)
    return {one.pk: {"c1": Decimal(mark), "c2": Decimal(mark)} for one in readings}


def test_an_appeal_that_is_right_wins_a_place_beside_those_who_hold_one():
    selection, people = published(5)
    appeal = appealed(people[4])
    given = Answer(
        text="두 항목의 점수를 바꿔 적었어요.", is_upheld=True, corrections=corrected(selection, people[4], "10")
    )
    decision = appealing.answer_appeal(appeal, given, by=staff_of(selection))
    assert (decision.kind, decision.number, decision.reasons[0]["code"]) == ("accepted", 2, "selection.appeal_won")
    assert Offer.objects.filter(state="open").count() == 3
    trail = ScoreChange.objects.filter(source=ScoreSource.APPEAL)
    assert trail.count() == 4
    assert set(trail.values_list("reason", flat=True)) == {"두 항목의 점수를 바꿔 적었어요."}
    drain()
    assert Notice.objects.filter(recipient=people[4].applicant, kind="selection.decided").count() == 2


def test_an_appeal_that_moves_somebody_up_the_reserve_changes_nobody_else():
    selection, people = published(5)
    before = {one.pk: newest(one).pk for one in people[:4]}
    given = Answer(text="한 점 올려요.", is_upheld=True, corrections=corrected(selection, people[4], "8"))
    decision = appealing.answer_appeal(appealed(people[4]), given, by=staff_of(selection))
    assert decision.kind == "reserve"
    assert {one.pk: newest(one).pk for one in people[:4]} == before


def test_a_rejected_appeal_changes_no_number_whatever_was_typed():
    selection, people = published(5)
    given = Answer(text="맞게 계산했어요.", is_upheld=False, corrections=corrected(selection, people[4], "10"))
    assert appealing.answer_appeal(appealed(people[4]), given, by=staff_of(selection)) is None
    assert not ScoreChange.objects.filter(source=ScoreSource.APPEAL).exists()
    assert Notice.objects.filter(recipient=people[4].applicant, kind="appeal.answered").count() == 1


def test_whoever_reviewed_does_not_answer():
    selection, people = published(5)
    reviewer = selection.readings.filter(application=people[4]).first().reviewer.user
    with pytest.raises(SaemError, match="own_review"):
        appealing.answer_appeal(appealed(people[4]), Answer(text="x", is_upheld=False, corrections={}), by=reviewer)


def test_one_appeal_for_one_decision_in_time_and_none_against_a_seat():
    _selection, people = published(5)
    assert appealed(people[4]).pk == appealed(people[4]).pk
    with pytest.raises(SaemError, match=r"appeal\.over"):
        appealed(people[0])
    Decision.objects.filter(candidate__application=people[3]).update(made_at=timezone.now() - dt.timedelta(days=9))
    with pytest.raises(SaemError, match=r"appeal\.over"):
        appealed(people[3])


def test_an_appeal_is_answered_once():
    selection, people = published(5)
    appeal, given = appealed(people[4]), Answer(text="아니요.", is_upheld=False, corrections={})
    appealing.answer_appeal(appeal, given, by=staff_of(selection))
    with pytest.raises(SaemError, match="answered_already"):
        appealing.answer_appeal(appeal, given, by=staff_of(selection))
