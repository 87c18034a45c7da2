"""The badges that the main program brings: taken over by staff, to be given with one press once work is graded."""

from saem.apps.awards.goals import declared
from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Cohort
from saem.apps.people.models import User


def take_over(cohort: Cohort, staff: User) -> None:
    for badge in program_of(cohort.version).badges:
        declared.take_over(cohort, badge, by=staff)
