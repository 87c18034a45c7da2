import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0002_calls_and_applications"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TraineeRecord",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="trainee",
                        serialize=False,
                        to="cohorts.enrolment",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="성명")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="생년월일")),
                ("neis_number", models.CharField(blank=True, max_length=20, verbose_name="NEIS 개인번호")),
                ("designation_number", models.CharField(blank=True, max_length=60, verbose_name="연수지명번호")),
                ("school", models.CharField(blank=True, max_length=100, verbose_name="학교명")),
                ("office", models.CharField(blank=True, max_length=60, verbose_name="시도교육청")),
                ("district", models.CharField(blank=True, max_length=60, verbose_name="관할교육청")),
                ("kind", models.CharField(blank=True, max_length=30, verbose_name="구분")),
            ],
        ),
        migrations.CreateModel(
            name="CompletionRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="completion_rules",
                        to="cohorts.cohort",
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
                "constraints": [models.UniqueConstraint(fields=("cohort", "number"), name="completion_rules_once")],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.institution"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("institution", "year"), name="number_series_once")],
            },
        ),
        migrations.CreateModel(
            name="RecordChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=20)),
                ("field", models.CharField(max_length=60)),
                ("before", models.CharField(blank=True, max_length=200)),
                ("after", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="record_changes",
                        to="cohorts.enrolment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["enrolment", "-changed_at"], name="record_change_by_person")],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("not_yet", "진행 중"), ("completed", "이수"), ("no_longer_possible", "이수 불가")],
                        default="not_yet",
                        max_length=20,
                    ),
                ),
                ("is_at_risk", models.BooleanField(default=False)),
                ("findings", models.JSONField(default=dict)),
                ("rule", models.CharField(max_length=60)),
                ("rule_hash", models.CharField(max_length=64)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decide_again_at", models.DateTimeField(blank=True, null=True)),
                (
                    "rules",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cohorts.completionrules"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["decide_again_at"], name="standing_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["not_yet", "completed", "no_longer_possible"])),
                        name="standing_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingCourse",
            fields=[
                (
                    "cohort",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="training",
                        serialize=False,
                        to="cohorts.cohort",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40, verbose_name="과정코드")),
                ("area", models.CharField(default="직무연수", max_length=60, verbose_name="연수영역")),
                (
                    "mode",
                    models.CharField(
                        choices=[("remote", "원격"), ("in_person", "집합"), ("blended", "혼합")],
                        default="blended",
                        max_length=10,
                        verbose_name="연수 방식",
                    ),
                ),
                ("hours", models.PositiveSmallIntegerField(default=15, verbose_name="이수 시간")),
                ("is_job_related", models.BooleanField(default=True, verbose_name="직무 관련")),
                ("needs_designation", models.BooleanField(default=True, verbose_name="연수지명번호가 있어야 이수")),
                ("number_name", models.CharField(max_length=60, verbose_name="이수번호에 쓰는 기관 이름")),
                (
                    "retention_years",
                    models.PositiveSmallIntegerField(default=10, verbose_name="이수 기록 보존 기간(년)"),
                ),
                (
                    "personal_retention_years",
                    models.PositiveSmallIntegerField(default=3, verbose_name="개인 번호 보존 기간(년)"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["remote", "in_person", "blended"])), name="course_mode_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=60)),
                ("points", models.DecimalField(decimal_places=3, max_digits=8)),
                ("most", models.DecimalField(decimal_places=3, max_digits=8)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessment_scores",
                        to="cohorts.enrolment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "part"), name="assessment_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("most__gt", 0), ("points__gte", 0), ("points__lte", models.F("most"))),
                        name="assessment_points_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("sequence", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=160)),
                ("name", models.CharField(max_length=60)),
                ("completed_on", models.DateField()),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("credits", models.PositiveSmallIntegerField(default=0)),
                ("total", models.DecimalField(decimal_places=3, max_digits=7, null=True)),
                ("rule", models.CharField(max_length=60)),
                ("rule_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawal_reason", models.CharField(blank=True, max_length=200)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="completions", to="cohorts.enrolment"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="completions", to="people.institution"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["completed_on"], name="completion_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("institution", "year", "sequence"), name="completion_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)), fields=("enrolment",), name="completion_valid_once"
                    ),
                ],
            },
        ),
    ]
