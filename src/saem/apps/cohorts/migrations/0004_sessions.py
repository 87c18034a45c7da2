import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0003_completion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AttendanceOutlook",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="attendance_outlook",
                        serialize=False,
                        to="cohorts.enrolment",
                    ),
                ),
                ("chance", models.CharField(max_length=10)),
                ("turns", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("chance__in", ["met", "yes", "at_risk", "no"])), name="outlook_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="제목")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="영어 제목")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("breaks", models.JSONField(blank=True, default=list)),
                ("room", models.CharField(blank=True, max_length=120, verbose_name="장소")),
                ("online_url", models.URLField(blank=True, max_length=500, verbose_name="온라인 주소")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "classroom",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="cohorts.classroom",
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="cohorts.cohort"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [
                    models.Index(fields=["cohort", "starts_at", "id"], name="session_by_cohort"),
                    models.Index(fields=["classroom", "starts_at"], name="session_by_class"),
                    models.Index(fields=["ends_at"], name="session_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="session_ends_later"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Crossing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("way", models.CharField(max_length=3)),
                ("happened_at", models.DateTimeField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("qr", "QR 코드"),
                            ("list", "명단"),
                            ("offline", "명단(연결 없이)"),
                            ("sheet", "엑셀"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("key", models.CharField(max_length=100, unique=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="crossings", to="cohorts.enrolment"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="crossings", to="cohorts.session"
                    ),
                ),
            ],
            options={
                "ordering": ["happened_at", "pk"],
                "indexes": [models.Index(fields=["enrolment", "session", "happened_at"], name="crossing_of_person")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("way__in", ["in", "out"])), name="crossing_way_known"),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["qr", "list", "offline", "sheet"])), name="crossing_how_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendancePress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("choice", models.CharField(max_length=10)),
                ("pressed_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("refused", models.CharField(blank=True, max_length=60)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presses", to="cohorts.enrolment"
                    ),
                ),
                (
                    "pressed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presses", to="cohorts.session"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AttendanceMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(blank=True, max_length=10)),
                ("late_minutes", models.PositiveSmallIntegerField(default=0)),
                ("early_minutes", models.PositiveSmallIntegerField(default=0)),
                ("excuse", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("marked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="cohorts.enrolment"
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="cohorts.session"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["enrolment", "session"], name="mark_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "enrolment"), name="mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["", "present", "absent", "excused"])),
                        name="mark_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "present"), models.Q(("early_minutes", 0), ("late_minutes", 0)), _connector="OR"
                        ),
                        name="mark_minutes_of_present",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "excused"), _negated=True),
                            models.Q(("excuse", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="mark_excuse_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_links",
                        to="cohorts.cohort",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_links",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cohort", None), ("revoked_at", None)),
                        fields=("owner",),
                        name="calendar_own_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("owner", "cohort"),
                        name="calendar_cohort_once",
                    ),
                ],
            },
        ),
    ]
