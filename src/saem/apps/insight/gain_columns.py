"""What learners gained, as columns of files: both diagnoses and the difference, each with its standard error."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from saem.apps.cohorts.models import Cohort
from saem.apps.insight.gains import StudentGain, gains_of
from saem.apps.insight.queries import EXPORT_CHUNK, students_of_cohort
from saem.lib.learners.adaptive import Gain
from saem.web.downloads import Value

NOTHING: tuple[Value, Value] = (None, None)


def cohort_lines(cohort: Cohort) -> Iterator[list[Value]]:
    """The titles, then a line for each student of the cohort. Diagnoses are scored as lines are taken, in chunks."""
    yield [_("학급"), _("학생"), *gain_heads()]
    students = students_of_cohort(cohort)
    keys = list(students.values_list("pk", flat=True))
    for start in range(0, len(keys), EXPORT_CHUNK):
        for gain in gains_of(students.filter(pk__in=keys[start : start + EXPORT_CHUNK]), cohort.version):
            yield [gain.enrolment.classroom.name, gain.enrolment.nickname, *gain_values(gain)]


def gain_heads() -> list[str]:
    """Each number with its standard error beside it."""
    names = [
        _("시작할 때 (문항 100개 가운데)"),
        _("마칠 때 (문항 100개 가운데)"),
        _("성장 폭 (문항 100개 가운데)"),
        _("성장 폭 (로짓)"),
    ]
    return [title for name in names for title in (name, _("%s: 표준오차") % name)]


def gain_values(gain: StudentGain | None) -> list[Value]:
    if gain is None:
        return [*NOTHING] * 4
    moments = [(each.value, each.error) if each else NOTHING for each in (gain.before, gain.after)]
    gained = [of_gain(gain.pair.items), of_gain(gain.pair.logits)] if gain.pair else [NOTHING] * 2
    return [value for pair in (*moments, *gained) for value in pair]


def of_gain(gain: Gain) -> tuple[Value, Value]:
    return gain.value, gain.error
