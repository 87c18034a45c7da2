"""Who hears of what: the people around a team, those who answer for a mentor, staff, those who speak for a partner."""

from collections.abc import Iterable

from saem.apps.cohorts.models import Classroom
from saem.apps.people.models import Institution, Role, Scope, User
from saem.apps.projects.models import Membership, Team


def members_of(teams: Iterable[Team]) -> dict[int, list[User]]:
    """The pupils in each team now, by team, in one query."""
    found: dict[int, list[User]] = {team.pk: [] for team in teams}
    rows = Membership.objects.current().filter(team__in=list(found)).select_related("enrolment__user")
    for row in rows.order_by("pk"):
        found[row.team_id].append(row.enrolment.user)
    return found


def teachers_of(classroom: Classroom) -> list[User]:
    """Of the class, and of its cohort."""
    return list(
        User.objects.filter(grants__role=Role.TEACHER, grants__scope=Scope.CLASSROOM, grants__scope_id=classroom.pk)
        | User.objects.filter(
            grants__role=Role.TEACHER, grants__scope=Scope.COHORT, grants__scope_id=classroom.cohort_id
        )
    )


def around(team: Team) -> list[User]:
    """Everybody who reads along with a team, but its mentor: members and teachers."""
    people = members_of([team])[team.pk] + teachers_of(team.classroom)
    return list({person.pk: person for person in people}.values())


def staff_of(institution: Institution) -> list[User]:
    return holders_at(institution, Role.STAFF)


def speakers_of(institution: Institution) -> list[User]:
    """Who acts for a partner."""
    return holders_at(institution, Role.PARTNER)


def holders_at(institution: Institution, role: Role) -> list[User]:
    return list(
        User.objects.filter(
            grants__role=role, grants__scope=Scope.INSTITUTION, grants__scope_id=institution.pk, is_active=True
        )
    )
