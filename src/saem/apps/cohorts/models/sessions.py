"""The timetable of a cohort, who came and went, what a teacher wrote of it, and the calendars that follow it."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.classes import Classroom, Cohort, Enrolment
from saem.lib.completion import Mark, Status, Way
from saem.lib.completion import Session as Planned
from saem.web.languages import reader_language


class Session(models.Model):
    """One meeting (차시): of a class, or of the whole cohort where no class is named. Never deleted, only cancelled."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions")
    classroom = models.ForeignKey(Classroom, models.CASCADE, null=True, blank=True, related_name="sessions")
    title = models.CharField(_("제목"), max_length=120)
    title_en = models.CharField(_("영어 제목"), max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Pairs of ISO moments in UTC; breaks are no planned time.
    breaks = models.JSONField(default=list, blank=True)
    room = models.CharField(_("장소"), max_length=120, blank=True)
    online_url = models.URLField(_("온라인 주소"), max_length=500, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # What calendars know the meeting by, and how often it changed since (RFC 5545, 3.8.7.4).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="session_ends_later")
        ]
        indexes = [
            models.Index(fields=["cohort", "starts_at", "id"], name="session_by_cohort"),
            models.Index(fields=["classroom", "starts_at"], name="session_by_class"),
            models.Index(fields=["ends_at"], name="session_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def local_title(self) -> str:
        """The title in the reader's language, Korean where no English one was given."""
        return self.title_en if self.title_en and reader_language() == "en" else self.title

    @property
    def pauses(self) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
        return tuple((dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(end)) for start, end in self.breaks)

    @pauses.setter
    def pauses(self, pairs: Iterable[tuple[dt.datetime, dt.datetime]]) -> None:
        self.breaks = [[moment.astimezone(dt.UTC).isoformat() for moment in pair] for pair in pairs]

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_running(self) -> bool:
        return not self.is_cancelled and self.starts_at <= timezone.now() < self.ends_at

    def as_planned(self) -> Planned:
        """What the rules of attendance count."""
        return Planned(
            id=str(self.pk),
            start=self.starts_at,
            end=self.ends_at,
            breaks=self.pauses,
            cancelled=self.is_cancelled,
        )


class CrossingHow(models.TextChoices):
    """How somebody's coming or going was recorded."""

    QR = "qr", _("QR 코드")
    LIST = "list", _("명단")
    OFFLINE = "offline", _("명단(연결 없이)")


class Crossing(models.Model):
    """A check-in or a check-out; rows are only ever added. `key` makes the same press sent twice one row."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="crossings")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="crossings")
    way = models.CharField(max_length=3)
    happened_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=CrossingHow.choices)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(way__in=[way.value for way in Way]), name="crossing_way_known"),
            models.CheckConstraint(condition=models.Q(how__in=CrossingHow.values), name="crossing_how_known"),
        ]
        indexes = [models.Index(fields=["enrolment", "session", "happened_at"], name="crossing_of_person")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.way} {self.happened_at:%Y-%m-%d %H:%M:%S}"


class AttendanceMark(models.Model):
    """What a teacher wrote of one person in one session; it outranks check-ins. Each change is a RecordChange.

    An empty `status` is a mark that was taken back: its row stays, so that `revision` never begins again.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="marks")
    status = models.CharField(max_length=10, blank=True)
    late_minutes = models.PositiveSmallIntegerField(default=0)
    early_minutes = models.PositiveSmallIntegerField(default=0)
    excuse = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    marked_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="mark_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=["", *(status.value for status in Status)]), name="mark_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.PRESENT.value) | models.Q(late_minutes=0, early_minutes=0),
                name="mark_minutes_of_present",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.EXCUSED.value) | ~models.Q(excuse=""), name="mark_excuse_named"
            ),
        ]
        indexes = [models.Index(fields=["enrolment", "session"], name="mark_of_person")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.status}"

    def as_mark(self) -> Mark | None:
        """What the rules of attendance count; None where the mark was taken back."""
        if not self.status:
            return None
        return Mark(
            status=Status(self.status),
            late_minutes=self.late_minutes,
            early_minutes=self.early_minutes,
            excuse=self.excuse,
        )


class AttendancePress(models.Model):
    """A press on the list as a browser sent it, perhaps long after; each key is taken once, and its answer kept."""

    key = models.CharField(max_length=64, unique=True)
    session = models.ForeignKey(Session, models.CASCADE, related_name="presses")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="presses")
    choice = models.CharField(max_length=10)
    pressed_at = models.DateTimeField()
    pressed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    # A code of the message table where it was refused.
    refused = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.choice}"


class CalendarLink(models.Model):
    """A secret address that calendars follow: of one person's sessions, or of a whole cohort's. Kept as a hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_links")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, blank=True, related_name="calendar_links")
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(revoked_at=None, cohort=None), name="calendar_own_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "cohort"], condition=models.Q(revoked_at=None), name="calendar_cohort_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.cohort_id or ''}"
