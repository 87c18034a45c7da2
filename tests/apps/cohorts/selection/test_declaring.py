"""Rules are declared with a hash, before opening freely and later only with a reason."""

import datetime as dt
import hashlib

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import RulesDeclaration, Selection
from saem.apps.cohorts.selection import declaring
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.events.models import Event
from saem.errors import SaemError
from saem.lib.selection import Code, commitment
from tests.apps.cohorts.calls.a_call import a_call
from tests.apps.cohorts.selection.a_selection import (
    MANNER,
    a_selection,
    applicants,
    drawn,
    of,
    rules,
    staff_of,
    women_first,
)
from tests.cast import a_staff_member

pytestmark = pytest.mark.django_db
TOMORROW = dt.timedelta(days=1)


def test_what_is_kept_is_the_text_that_the_hash_is_of():
    selection = a_selection(data=rules(**women_first()))
    kept = selection.rules
    assert hashlib.sha256(kept.text.encode()).hexdigest() == kept.sha256 == rules_of(selection).digest
    assert Event.objects.get(verb="selection.declared").facts["sha256"] == kept.sha256
    assert commitment(selection.secret) == selection.commitment


def test_before_the_call_opens_rules_change_freely():
    call = a_call(opens_at=timezone.now() + TOMORROW, closes_at=timezone.now() + 2 * TOMORROW)
    staff = a_staff_member(call.cohort)
    for seats in (3, 4, 4):
        assert declaring.declare(call, by=staff, data=rules(seats=seats), manner=MANNER) == ()
    assert [one.number for one in of(call).declarations.order_by("number")] == [1, 2]
    assert of(call).rules.number == 2


def test_once_it_is_open_a_change_needs_a_reason_that_stays():
    selection = a_selection()
    staff = staff_of(selection)
    with pytest.raises(SaemError, match="reason_needed"):
        declaring.declare(selection.call, by=staff, data=rules(seats=3), manner=MANNER, reason="  ")
    declaring.declare(selection.call, by=staff, data=rules(seats=3), manner=MANNER, reason="예산이 늘었어요.")
    assert of(selection.call).rules.reason == "예산이 늘었어요."
    assert rules_of(of(selection.call)).seats == 3


def test_rules_with_a_problem_are_not_declared():
    call = a_call()
    wrong = rules(quotas=[{**women_first()["quotas"][0], "where": {"hat": ["red"]}}])
    problems = declaring.declare(call, by=a_staff_member(call.cohort), data=wrong, manner=MANNER, reason="x")
    assert [one.code for one in problems] == [Code.UNKNOWN_ATTRIBUTE]
    assert not Selection.objects.exists()


def test_after_the_draw_only_seats_and_quotas_may_change():
    selection = a_selection()
    applicants(selection, 2)
    selection = drawn(selection)
    staff = staff_of(selection)
    other = rules(seats=2)
    other["stages"][0]["weight"] = 50
    with pytest.raises(SaemError, match="stages_fixed"):
        declaring.declare(selection.call, by=staff, data=other, manner=MANNER, reason="x")
    assert declaring.declare(selection.call, by=staff, data=rules(seats=5), manner=MANNER, reason="x") == ()


def test_declared_rules_are_never_written_again():
    kept = a_selection().rules
    kept.text = "{}"
    with pytest.raises(TypeError):
        kept.save()
    assert RulesDeclaration.objects.get(pk=kept.pk).text != "{}"
