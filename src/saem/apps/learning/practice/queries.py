"""Practice as one person may see it: the place, the history, and what is known of the skills."""

from dataclasses import dataclass

from django.http import Http404

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.models import LEARNT_FROM, Attempt, PracticeState, SkillMastery
from saem.apps.learning.practice.bank import has_practice, practice_items
from saem.apps.learning.queries import enrolment_for
from saem.apps.people.models import User
from saem.lib.content import Item
from saem.lib.learners.adaptive import Met

# Older answers say nothing about what is next: a skill's last reviews are among these.
HISTORY = 200


@dataclass(frozen=True)
class Bench:
    """One student's practice: whose it is, and the version that the items are of."""

    enrolment: Enrolment

    @property
    def version(self) -> Version:
        return self.enrolment.classroom.cohort.version

    @property
    def items(self) -> dict[str, Item]:
        return practice_items(self.version)


def bench_for(user: User, pk: int) -> Bench:
    """The student's own practice; it does not exist for anybody else, nor where a program has no items."""
    found = bench_seen_by(user, pk)
    if found.enrolment.user_id != user.pk:
        raise Http404
    return found


def bench_seen_by(user: User, pk: int) -> Bench:
    """Practice that `user` may read about: their own, or that of a student whom they teach."""
    enrolment = enrolment_for(user, pk)
    if not has_practice(enrolment.classroom.cohort.version):
        raise Http404
    return Bench(enrolment)


def first_tries(bench: Bench, limit: int | None = HISTORY) -> tuple[Met, ...]:
    """The newest first tries in order. An item that a newer version no longer has stands for no skill."""
    rows = (
        Attempt.objects.filter(enrolment=bench.enrolment, purpose__in=LEARNT_FROM, is_first=True)
        .order_by("-created_at", "-pk")
        .values_list("item", "score", "created_at", "reason")[:limit]
    )
    items = bench.items
    return tuple(
        Met(item, tuple(items[item].skills) if item in items else (), score >= 1, at.timestamp(), reason)
        for item, score, at, reason in reversed(rows)
    )


def last_try(state: PracticeState) -> Attempt | None:
    """The newest answer to the waiting variant."""
    rows = Attempt.objects.filter(enrolment=state.enrolment_id, item=state.item, seed=state.seed)
    return rows.order_by("-created_at", "-pk").first()


def state_of(bench: Bench) -> PracticeState | None:
    return PracticeState.objects.filter(enrolment=bench.enrolment).first()


def mastery_of(bench: Bench) -> dict[str, SkillMastery]:
    return {row.skill: row for row in SkillMastery.objects.filter(enrolment=bench.enrolment)}
