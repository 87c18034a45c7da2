"""Teams of one project in one class: who is in them in which role, who helps, what they write down each week."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Classroom, Enrolment, new_join_code
from saem.apps.projects.models.submissions import Submission

LONGEST_NAME = 40
LONGEST_LINE = 300
LONGEST_REFLECTION = 4000


class TeamQuerySet(models.QuerySet["Team"]):
    """Filters that every list of teams starts from."""

    def working(self) -> Self:
        """Teams that somebody is still in."""
        return self.filter(closed_at=None)


class Team(models.Model):
    """A team (모둠) of one project in one class. It is never deleted: the last one leaves, or it joins another."""

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="teams")
    project = models.CharField(max_length=60)
    name = models.CharField(max_length=LONGEST_NAME)
    join_code = models.CharField(max_length=12, unique=True, default=new_join_code)
    # Whether the code still lets somebody in; an invitation does, whatever this says.
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    # The team that its people went on in; always one that is not merged itself.
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")

    objects = TeamQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "classroom",
                "project",
                Lower("name"),
                condition=models.Q(closed_at=None),
                name="team_name_once",
            ),
        ]
        indexes = [models.Index(fields=["classroom", "project", "closed_at"], name="team_by_class")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        return self.closed_at is None


class TeamRole(models.TextChoices):
    """What somebody looks after in a team for a while; the order is the order of turns."""

    DATA = "data", _("자료 담당")
    MODEL = "model", _("모델 담당")
    USER = "user", _("사용자 담당")
    RECORD = "record", _("기록 담당")
    TALK = "talk", _("발표 담당")


class MembershipEnd(models.TextChoices):
    """Why a stretch of membership is over."""

    LEFT = "left", _("모둠에서 나감")
    REMOVED = "removed", _("선생님이 모둠에서 뺌")
    MERGED = "merged", _("모둠을 합침")
    TURNED = "turned", _("역할을 바꿈")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is in a team now."""

    def current(self) -> Self:
        """Those in their team now; whoever was taken out of the class is in none until they are back."""
        return self.filter(until=None, enrolment__left_at=None)


class Membership(models.Model):
    """One stretch of time that somebody was in a team in one role. Never deleted; a new role is a new row."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    # The team's project once more, because nobody may be in two teams of one project and a constraint has to hold it.
    project = models.CharField(max_length=60)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=TeamRole.choices)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=MembershipEnd.choices, blank=True, default="")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "project"], condition=models.Q(until=None), name="membership_once"
            ),
            models.CheckConstraint(condition=models.Q(role__in=TeamRole.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=models.Q(until=None, ended="")
                | models.Q(until__isnull=False, ended__in=MembershipEnd.values),
                name="membership_end_known",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "until"], name="membership_by_team"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.enrolment_id} {self.role}"


class TeamMentor(models.Model):
    """A person given to a team as its mentor, from one moment to another. The rooms above give and take them."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="mentors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentored_teams")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], condition=models.Q(until=None), name="team_mentor_once")
        ]
        indexes = [models.Index(fields=["user", "until"], name="team_mentor_by_user")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.user_id}"


class TeamInvitation(models.Model):
    """A classmate asked into a team. Open until answered; `is_accepted` says how it was."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="invitations")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="team_invitations")
    invited_by = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "enrolment"], condition=models.Q(answered_at=None), name="team_invitation_open_once"
            )
        ]
        indexes = [models.Index(fields=["enrolment", "answered_at"], name="team_invitation_by_person")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.enrolment_id}"


class TeamMerge(models.Model):
    """A team's proposal to go on in another team, answered by that other one."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="proposals")
    into = models.ForeignKey(Team, models.CASCADE, related_name="proposed")
    proposed_by = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=models.Q(answered_at=None), name="team_merge_open_once"),
            models.CheckConstraint(condition=~models.Q(team=models.F("into")), name="team_merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.into_id}"


class LogEntry(models.Model):
    """The three lines of a team's week, as one saving left them. Never changed: a correction is the next number."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="log")
    week = models.DateField()  # its Monday
    number = models.PositiveIntegerField()
    done = models.CharField(max_length=LONGEST_LINE)
    learned = models.CharField(max_length=LONGEST_LINE)
    plan = models.CharField(max_length=LONGEST_LINE)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "week", "number"], name="log_entry_once")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.week} {self.number}"


class ExperimentNote(models.Model):
    """What a team says about one submission in its list of experiments: the one thing that was changed, and why."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="note", primary_key=True)
    text = models.CharField(max_length=LONGEST_LINE)
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.submission_id)


class TeamReflection(models.Model):
    """What one person thinks of their part and the team; only they and the teachers of the class read it."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="reflections")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="team_reflections")
    text = models.TextField(max_length=LONGEST_REFLECTION)
    number = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "enrolment"], name="team_reflection_once")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.enrolment_id}"
