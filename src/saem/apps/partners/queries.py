"""What partners, staff and everybody may see of challenges and opportunities, and where somebody acts for whom."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from saem.apps.cohorts.models import Enrolment
from saem.apps.cohorts.queries import classrooms_seen_by
from saem.apps.partners.contact.queries import pairings_in_contact
from saem.apps.partners.models import (
    Challenge,
    ChallengeFile,
    ChallengeState,
    ChallengeUse,
    Mentor,
    Opportunity,
    OpportunityState,
    Vetting,
)
from saem.apps.people.models import Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.queries import granted_ids, institutions_run_by
from saem.apps.projects.models import Membership, Team

SPEAKS = (Role.PARTNER, Role.STAFF)


def institutions_spoken_for(user: User) -> QuerySet[Institution]:
    """Partners that `user` acts for: as their contact, or as staff there."""
    return Institution.objects.filter(pk__in=granted_ids(user, roles=SPEAKS, scope=Scope.INSTITUTION))


def institution_spoken_for(user: User, pk: int) -> Institution:
    return get_object_or_404(institutions_spoken_for(user), pk=pk)


def institution_run_for(user: User, pk: int) -> Institution:
    return get_object_or_404(institutions_run_by(user), pk=pk)


def hosts() -> QuerySet[Institution]:
    """Who may take in a challenge or an opportunity: offices and universities run programs."""
    return Institution.objects.filter(kind__in=[InstitutionKind.OFFICE, InstitutionKind.UNIVERSITY]).order_by("name")


def mentor_run_for(user: User, host: int, pk: int) -> Mentor:
    """A mentor of an institution whose staff `user` is."""
    rows = Mentor.objects.filter(host__in=institutions_run_by(user)).select_related("user", "home", "host")
    return get_object_or_404(rows, pk=pk, host_id=host)


def vetting_run_for(user: User, host: int, mentor: int, pk: int) -> Vetting:
    rows = Vetting.objects.filter(mentor__host__in=institutions_run_by(user)).select_related("mentor")
    return get_object_or_404(rows, pk=pk, mentor_id=mentor, mentor__host_id=host)


def open_challenges() -> QuerySet[Challenge]:
    """What everybody may read."""
    shown = Challenge.objects.filter(state__in=[ChallengeState.APPROVED, ChallengeState.CLOSED])
    return shown.select_related("institution").order_by("state", "-decided_at", "-pk")


def challenges_seen_by(user: User | None) -> QuerySet[Challenge]:
    """Open ones; one's own institution's in every state; those sent to an institution whose staff one is."""
    seen = Q(state__in=[ChallengeState.APPROVED, ChallengeState.CLOSED])
    if user is not None:
        waits = Q(state__in=[ChallengeState.SENT, ChallengeState.RETURNED], host__in=institutions_run_by(user))
        seen |= Q(institution__in=institutions_spoken_for(user)) | waits
    return Challenge.objects.filter(seen).select_related("institution", "host")


def challenge_for(user: User | None, pk: int) -> Challenge:
    return get_object_or_404(challenges_seen_by(user), pk=pk)


def challenge_own_for(user: User, pk: int) -> Challenge:
    """One of a partner that `user` acts for."""
    rows = Challenge.objects.filter(institution__in=institutions_spoken_for(user))
    return get_object_or_404(rows.select_related("institution", "host"), pk=pk)


def challenge_run_for(user: User, pk: int) -> Challenge:
    """One that was sent to an institution whose staff `user` is."""
    rows = Challenge.objects.filter(host__in=institutions_run_by(user)).exclude(state=ChallengeState.DRAFT)
    return get_object_or_404(rows.select_related("institution", "host"), pk=pk)


def challenge_file_for(user: User, pk: int, file: int) -> ChallengeFile:
    """A file of a challenge: for teams that work on it, their teachers and mentors, the partner, and staff of the host.

    Once it is withdrawn, also for those who worked on it before: they read that it is gone.
    """
    uses = challenge_uses_seen_by(user).filter(Q(ended_at=None) | Q(challenge__data_withdrawn_at__isnull=False))
    runs = Q(challenge__host__in=institutions_run_by(user)) & ~Q(challenge__state=ChallengeState.DRAFT)
    seen = Q(challenge__in=uses.values("challenge")) | runs
    rows = ChallengeFile.objects.filter(seen | Q(challenge__institution__in=institutions_spoken_for(user)))
    return get_object_or_404(rows.select_related("challenge__institution"), pk=file, challenge_id=pk)


def challenge_uses_seen_by(user: User) -> QuerySet[ChallengeUse]:
    """What teams that `user` is in, teaches, runs or may meet as their mentor work or worked on."""
    mine = Membership.objects.current().filter(enrolment__user_id=user.pk)
    return ChallengeUse.objects.filter(
        Q(team__in=mine.values("team"))
        | Q(team__classroom__in=classrooms_seen_by(user).values("pk"))
        | Q(team__in=pairings_in_contact(user).values("team"))
    )


def challenge_file_own_for(user: User, pk: int, file: int) -> ChallengeFile:
    """One of a partner that `user` acts for."""
    rows = ChallengeFile.objects.filter(challenge__institution__in=institutions_spoken_for(user))
    return get_object_or_404(rows.select_related("challenge"), pk=file, challenge_id=pk)


def own_teams(user: User) -> QuerySet[Team]:
    """Teams at work that `user` is in."""
    mine = Membership.objects.current().filter(enrolment__user_id=user.pk)
    return Team.objects.working().filter(pk__in=mine.values("team")).select_related("classroom__cohort").order_by("pk")


def opportunities_seen_by(user: User) -> QuerySet[Opportunity]:
    """Open and cancelled ones; those that wait, for whoever offers or approves them."""
    seen = Q(state__in=[OpportunityState.OPEN, OpportunityState.CANCELLED])
    seen |= Q(institution__in=institutions_spoken_for(user)) | Q(host__in=institutions_run_by(user))
    return Opportunity.objects.filter(seen).select_related("institution", "host")


def opportunity_for(user: User, pk: int) -> Opportunity:
    return get_object_or_404(opportunities_seen_by(user), pk=pk)


def opportunities_kept_by(user: User) -> QuerySet[Opportunity]:
    """Those that `user` offers, or whose host's staff `user` is: who sees who signed up."""
    kept = Q(institution__in=institutions_spoken_for(user)) | Q(host__in=institutions_run_by(user))
    return Opportunity.objects.filter(kept).select_related("institution", "host")


def opportunity_kept_for(user: User, pk: int) -> Opportunity:
    return get_object_or_404(opportunities_kept_by(user), pk=pk)


def opportunity_run_for(user: User, pk: int) -> Opportunity:
    return get_object_or_404(
        Opportunity.objects.filter(host__in=institutions_run_by(user)).select_related("institution", "host"), pk=pk
    )


def is_learner(user: User) -> bool:
    return Enrolment.objects.present().filter(user_id=user.pk).exists()
