"""Which versions' rules may grade a project of a cohort: those that change nothing but the grading."""

from dataclasses import dataclass

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import assignment_of, program_of, versions_of
from saem.apps.cohorts.models import Cohort

VERSIONS_LOOKED_AT = 10


@dataclass(frozen=True)
class Rule:
    """A version that staff may choose, and whether its rule grades already."""

    version: Version
    is_current: bool


def rules_for(cohort: Cohort, project: str, current: Version) -> list[Rule]:
    """The newest first: the cohort's own version and newer ones of the program that gave students the same project."""
    own = given(cohort.version, project)
    newer = versions_of(cohort.version.program).filter(number__gte=cohort.version.number)[:VERSIONS_LOOKED_AT]
    # The rule that grades now stays on offer however old it is: grading itself may be what went wrong.
    versions = {version.pk: version for version in [*newer, current]}
    return [
        Rule(version, version.pk == current.pk)
        for version in sorted(versions.values(), key=lambda one: -one.number)
        if given(version, project) == own
    ]


def given(version: Version, project: str) -> object:
    """What students of a project are given and may hand in: all that must not change under them."""
    found = program_of(version).projects.get(project)
    if found is None:
        return None
    assignment = assignment_of(version, project)
    return (
        dict(found.brief),
        found.data_card,
        found.downloads,
        dict(found.starters),
        dict(assignment.public),
        assignment.spec.parts,
    )
