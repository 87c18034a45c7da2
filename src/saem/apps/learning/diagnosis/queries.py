"""A learner's diagnoses as one person may see them, and which of them may begin."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.diagnosis.bank import DiagnosisBank, bank_of, has_diagnosis
from saem.apps.learning.models import Diagnosis, DiagnosisMoment, LessonProgress
from saem.apps.learning.queries import enrolment_for, graded_projects
from saem.apps.people.models import User


@dataclass(frozen=True)
class Sitting:
    """One moment of one learner: the row where it has begun, and the other moment's."""

    enrolment: Enrolment
    moment: DiagnosisMoment
    is_owner: bool
    is_open: bool
    row: Diagnosis | None
    other: Diagnosis | None

    @property
    def is_finished(self) -> bool:
        return self.row is not None and self.row.finished_at is not None

    @property
    def is_running(self) -> bool:
        return self.row is not None and self.row.finished_at is None

    @property
    def newest(self) -> Version:
        return self.enrolment.classroom.cohort.version

    @property
    def version(self) -> Version:
        """A diagnosis goes on with the version it began with."""
        return self.row.version if self.row is not None else self.newest

    @cached_property
    def bank(self) -> DiagnosisBank:
        """The bank that items are chosen from."""
        return bank_for(self.version)

    @cached_property
    def newest_bank(self) -> DiagnosisBank:
        """The bank that results are told on."""
        return self.bank if self.version == self.newest else bank_for(self.newest)


def bank_for(version: Version) -> DiagnosisBank:
    """The bank of a version, or Http404 where it has no diagnosis."""
    bank = bank_of(version)
    if bank is None:
        raise Http404
    return bank


def sittings_for(user: User, pk: int) -> dict[DiagnosisMoment, Sitting]:
    """Both moments of an enrolment that `user` may read; Http404 where its program has no diagnosis."""
    enrolment = enrolment_for(user, pk)
    if not has_diagnosis(enrolment.classroom.cohort.version):
        raise Http404
    rows = rows_of(enrolment)
    is_begun = any_step_done(enrolment)
    before, after = DiagnosisMoment.BEFORE, DiagnosisMoment.AFTER
    return {
        moment: Sitting(
            enrolment,
            moment,
            is_owner=enrolment.user_id == user.pk,
            is_open=is_open(moment, rows, any_step_done=is_begun),
            row=rows.get(moment),
            other=rows.get(before if moment == after else after),
        )
        for moment in (before, after)
    }


def sitting_for(user: User, pk: int, moment: str) -> Sitting:
    if moment not in DiagnosisMoment.values:
        raise Http404
    return sittings_for(user, pk)[DiagnosisMoment(moment)]


def rows_of(enrolment: Enrolment) -> dict[str, Diagnosis]:
    rows = Diagnosis.objects.filter(enrolment=enrolment).select_related("version__program")
    return {row.moment: row for row in rows}


def any_step_done(enrolment: Enrolment) -> bool:
    """Whether the program has begun to teach: a lesson is done, or a project graded."""
    done = LessonProgress.objects.filter(enrolment=enrolment, done_at__isnull=False)
    return done.exists() or bool(graded_projects(enrolment))


def is_open(moment: str, rows: Mapping[str, Diagnosis], *, any_step_done: bool) -> bool:
    """Whether a diagnosis may begin or go on.

    The first one begins until a step of the program is done, for afterwards it would measure what was taught; the
    second one begins from then on, with or without a first one. Each is taken once. A first one that has begun may be
    finished until the second one begins.
    """
    row = rows.get(moment)
    if row is not None and row.finished_at is not None:
        return False
    if moment == DiagnosisMoment.AFTER:
        return row is not None or any_step_done
    return DiagnosisMoment.AFTER not in rows and (row is not None or not any_step_done)
