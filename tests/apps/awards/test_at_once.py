"""Presses and workers at the same moment: one batch, one certificate, one key."""

from pathlib import Path

import pytest

from saem.apps.awards.certificates import batches, issuing
from saem.apps.awards.issuers.services import rotate, signer_for
from saem.apps.awards.models import Badge, Batch, Certificate, IssuerKey
from saem.apps.jobs.worker import drain
from saem.errors import SaemError
from tests.apps.awards.a_completion import a_certificate, a_finished_cohort
from tests.at_once import at_once, database_that_threads_share

pytestmark = pytest.mark.django_db(transaction=True)


def test_pressed_twice_it_is_one_batch_and_two_workers_make_each_once(tmp_path: Path) -> None:
    cohort, staff, _people = a_finished_cohort(45, badge=True)
    with database_that_threads_share(tmp_path):
        made = at_once(lambda _number: batches.start(cohort, by=staff).pk)
        assert made[0] == made[1]
        at_once(lambda _number: drain())
        assert Batch.objects.count() == 1
        assert Certificate.objects.count() == Badge.objects.count() == 45
        assert Certificate.objects.values("completion").distinct().count() == 45


def test_two_staff_members_reissue_and_revoke_at_once(tmp_path: Path) -> None:
    old, staff = a_certificate()

    def act(number: int) -> str:
        try:
            if number:
                issuing.revoke(old, by=staff, reason="취소")
            else:
                batches.reissue(old, by=staff, reason="오타", name="김바다")
        except SaemError as refused:
            return refused.code
        return ""

    with database_that_threads_share(tmp_path):
        at_once(act)
        drain()
        # Whoever came first, what was revoked has no successor that nobody asked for.
        assert Certificate.objects.unrevoked().count() == 0
        assert Certificate.objects.count() == 1


def test_the_first_key_and_a_new_key_are_made_once(tmp_path: Path) -> None:
    cohort, staff, _people = a_finished_cohort(0)
    with database_that_threads_share(tmp_path):
        first = at_once(lambda _number: signer_for(cohort.institution).row.pk)
        assert first[0] == first[1]
        at_once(lambda _number: rotate(cohort.institution, by=staff).pk)
        assert IssuerKey.objects.filter(retired_at=None).count() == 1
        assert IssuerKey.objects.count() == 3
        assert not IssuerKey.objects.exclude(retired_at=None).exclude(locked="").exists()
