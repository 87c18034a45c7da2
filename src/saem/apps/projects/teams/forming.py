"""How a team comes about and how people come into it and leave it. Every act appends its event."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Enrolment, new_join_code
from saem.apps.people.models import User
from saem.apps.projects.models import Membership, MembershipEnd, Team, TeamInvitation, TeamMerge
from saem.apps.projects.teams import telling
from saem.apps.projects.teams.noting import note
from saem.apps.projects.teams.roles import role_for
from saem.errors import SaemError

CODE_TRIES = 5


def form_team(enrolment: Enrolment, *, project: str, name: str) -> Team:
    """Found a team and be its first member. Raises SaemError `team.already` or `team.name_taken`."""
    with transaction.atomic():
        _free(enrolment, project)
        team = _named(enrolment.classroom, project, name)
        note("team.formed", team, by=enrolment.user, name=name)
        _enter(team, enrolment)
    return team


def arrange_team(classroom: Classroom, students: Sequence[Enrolment], *, project: str, name: str, by: User) -> Team:
    """A teacher puts students of the class together. Raises SaemError `team.already`, or `team.name_taken`."""
    with transaction.atomic():
        for student in sorted(students, key=lambda each: each.pk):
            _free(student, project)
        team = _named(classroom, project, name)
        note("team.arranged", team, by=by, name=name)
        for student in students:
            _enter(team, student)
        telling.tell_arranged(team)
    return team


def join_team(enrolment: Enrolment, *, project: str, code: str, most: int) -> Team:
    """Come into a team of one's class by its code.

    Raises SaemError `team.code_unknown`, `team.code_closed`, `team.full` or `team.already`.
    """
    with transaction.atomic():
        _free(enrolment, project)
        team = _locked(Team.objects.filter(join_code=code, project=project, classroom_id=enrolment.classroom_id))
        if team is None or not team.is_working:
            raise SaemError("team.code_unknown", status=422)
        if not team.is_open:
            raise SaemError("team.code_closed", status=409, team=team.name)
        _admit(team, enrolment, most=most)
    return team


def invite(team: Team, enrolment: Enrolment, *, by: Membership) -> TeamInvitation:
    """Ask a classmate into the team; asking again changes nothing. Raises SaemError `team.not_classmate`."""
    if enrolment.classroom_id != team.classroom_id or enrolment.left_at is not None:
        raise SaemError("team.not_classmate", status=422)
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        invitation, is_new = TeamInvitation.objects.get_or_create(
            team=team, enrolment=enrolment, answered_at=None, defaults={"invited_by": by.enrolment}
        )
        if is_new:
            note("team.invited", team, by=by.enrolment.user, enrolment=enrolment.pk)
            telling.tell_invited(invitation)
    return invitation


def answer_invitation(invitation: TeamInvitation, *, accepts: bool, most: int) -> Team:
    """Come into the team, or not. Raises SaemError `team.answered`, `team.full`, `team.already` or `team.closed`."""
    enrolment = invitation.enrolment
    with transaction.atomic():
        if accepts:
            _free(enrolment, invitation.team.project)
        team = _locked(Team.objects.filter(pk=invitation.team_id))
        answered = TeamInvitation.objects.filter(pk=invitation.pk, answered_at=None).update(
            answered_at=timezone.now(), is_accepted=accepts
        )
        if team is None or not answered:
            raise SaemError("team.answered", status=409)
        if not accepts:
            note("team.declined", team, by=enrolment.user, enrolment=enrolment.pk)
        elif not team.is_working:
            raise SaemError("team.closed", status=409)
        else:
            _admit(team, enrolment, most=most)
    return team


def leave_team(membership: Membership) -> None:
    """Go out of the team; what one did there stays. The last one who leaves closes the team."""
    _end(membership, by=membership.enrolment.user, ended=MembershipEnd.LEFT)


def remove_member(membership: Membership, *, by: User) -> None:
    """A teacher takes somebody out of the team."""
    _end(membership, by=by, ended=MembershipEnd.REMOVED)


def set_open(team: Team, *, is_open: bool, by: User) -> None:
    """Whether the code lets somebody in."""
    with transaction.atomic():
        if Team.objects.filter(pk=team.pk).exclude(is_open=is_open).update(is_open=is_open):
            note("team.opened" if is_open else "team.shut", team, by=by)


def renew_code(team: Team, *, by: User) -> None:
    """Give the team a new code; the old one opens nothing from then on."""
    for _try in range(CODE_TRIES):
        try:
            with transaction.atomic():
                Team.objects.filter(pk=team.pk).update(join_code=new_join_code())
                note("team.code_renewed", team, by=by)
        except IntegrityError:
            continue
        return
    raise RuntimeError("no free join code was found")


def close(team: Team) -> None:
    """End what is open of a team that nobody works in any more. Call inside the transaction of the act."""
    now = timezone.now()
    Team.objects.filter(pk=team.pk).update(closed_at=now)
    # Of those who are out of the class for now: else they could never be in another team of this project.
    team.memberships.filter(until=None).update(until=now, ended=MembershipEnd.LEFT)
    TeamInvitation.objects.filter(team=team, answered_at=None).update(answered_at=now, is_accepted=False)
    for merges in (TeamMerge.objects.filter(team=team), TeamMerge.objects.filter(into=team)):
        merges.filter(answered_at=None).update(answered_at=now, is_accepted=False)


def seats_taken(team: Team) -> int:
    return Membership.objects.current().filter(team=team).count()


def _free(enrolment: Enrolment, project: str) -> None:
    """Two tabs of one student meet at their row, so together they cannot come into two teams."""
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if Membership.objects.filter(enrolment=enrolment, project=project, until=None).exists():
        raise SaemError("team.already", status=409, who=enrolment.nickname)


def _named(classroom: Classroom, project: str, name: str) -> Team:
    taken = Team.objects.working().filter(classroom=classroom, project=project, name__iexact=name)
    if taken.exists():
        raise SaemError("team.name_taken", status=422, name=name)
    try:
        with transaction.atomic():
            return Team.objects.create(classroom=classroom, project=project, name=name)
    except IntegrityError as clash:
        # A classmate took the name a moment ago.
        raise SaemError("team.name_taken", status=422, name=name) from clash


def _locked(teams: QuerySet[Team]) -> Team | None:
    return teams.select_for_update(of=("self",)).select_related("classroom").first()


def _admit(team: Team, enrolment: Enrolment, *, most: int) -> None:
    """Take one more in, while there is a place. The team's row is held, so two who come at once are counted."""
    if seats_taken(team) >= most:
        raise SaemError("team.full", status=409, team=team.name, most=most)
    _enter(team, enrolment)


def _enter(team: Team, enrolment: Enrolment) -> None:
    role = role_for(list(Membership.objects.current().filter(team=team)))
    Membership.objects.create(team=team, project=team.project, enrolment=enrolment, role=role)
    TeamInvitation.objects.filter(team=team, enrolment=enrolment, answered_at=None).update(
        answered_at=timezone.now(), is_accepted=True
    )
    note("team.joined", team, by=enrolment.user, enrolment=enrolment.pk, role=role)


def _end(membership: Membership, *, by: User, ended: MembershipEnd) -> None:
    with transaction.atomic():
        team = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=membership.team_id)
        # A turn of roles meanwhile made it another row: it is the person who goes, not the row.
        gone = team.memberships.filter(enrolment=membership.enrolment_id, until=None).update(
            until=timezone.now(), ended=ended
        )
        if not gone:
            return
        note(f"team.{ended}", team, by=by, enrolment=membership.enrolment_id)
        if not seats_taken(team):
            close(team)
            note("team.closed", team, by=by)
