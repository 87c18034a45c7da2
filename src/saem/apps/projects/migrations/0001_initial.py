import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("cohorts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("predictions", "예측 파일"),
                            ("notebook", "노트북"),
                            ("script", "파이썬 스크립트"),
                            ("functions", "파이썬 함수"),
                            ("model", "모델 코드"),
                        ],
                        max_length=12,
                    ),
                ),
                ("token", models.UUIDField()),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "받음"),
                            ("checking", "확인 중"),
                            ("scored", "채점됨"),
                            ("rejected", "다시 내 주세요"),
                            ("fault", "저희 쪽 문제"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_final", models.BooleanField(default=False)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="submissions", to="cohorts.enrolment"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalog.version"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Regrade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("grading", "미리 채점하는 중"), ("applying", "적용하는 중"), ("applied", "적용함")],
                        default="grading",
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.version"
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="regrades", to="cohorts.cohort"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.version"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["grading", "applying", "applied"])),
                        name="regrade_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["grading", "applying"])),
                        fields=("cohort", "project"),
                        name="regrade_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmissionFile",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="projects.submission",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="RegradeItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "기다리는 중"),
                            ("graded", "채점됨"),
                            ("fault", "저희 쪽 문제"),
                            ("applied", "적용함"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("old", models.JSONField(default=dict)),
                ("new", models.JSONField(default=dict)),
                ("checks", models.JSONField(default=dict)),
                ("is_changed", models.BooleanField(default=False)),
                ("report", models.BinaryField(default=b"")),
                (
                    "regrade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="projects.regrade"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="regrade_items",
                        to="projects.submission",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["regrade", "state"], name="regrade_item_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("regrade", "submission"), name="regrade_item_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "graded", "fault", "applied"])),
                        name="regrade_item_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                ("score", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("private_score", models.FloatField(null=True)),
                ("submissions", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="board", to="cohorts.cohort"
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="board", to="cohorts.enrolment"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.submission"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["cohort", "project", "score"], name="board_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("cohort", "project", "enrolment"), name="board_row_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(max_length=10)),
                ("score", models.FloatField(default=0)),
                ("max_score", models.FloatField(default=0)),
                ("checks", models.JSONField(default=list)),
                ("metrics", models.JSONField(default=dict)),
                ("private_metrics", models.JSONField(default=dict)),
                ("intervals", models.JSONField(default=dict)),
                ("reasons", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
                ("questions", models.JSONField(default=list)),
                ("isolation", models.CharField(max_length=4)),
                ("overhead_ms", models.FloatField(default=0)),
                ("took_ms", models.FloatField(default=0)),
                ("content_version", models.CharField(max_length=71)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "regrade",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="projects.regrade"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="verdicts", to="projects.submission"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["submission", "-created_at"], name="verdict_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["scored", "rejected", "fault"])), name="verdict_status_known"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="submission",
            name="verdict",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="projects.verdict"
            ),
        ),
        migrations.CreateModel(
            name="VerdictFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=60)),
                ("png", models.BinaryField()),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="projects.verdict"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProjectRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                ("revealed_at", models.DateTimeField(null=True)),
                ("board_stamp", models.UUIDField(null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="project_runs", to="cohorts.cohort"
                    ),
                ),
                (
                    "graded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.version"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("cohort", "project"), name="project_run_once")],
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["enrolment", "project", "-created_at"], name="submission_by_student"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["state", "created_at"], name="submission_by_state"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_final", True)), fields=("enrolment", "project"), name="submission_final_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("enrolment", "token"), name="submission_once_per_form"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "checking", "scored", "rejected", "fault"])),
                name="submission_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["predictions", "notebook", "script", "functions", "model"])),
                name="submission_kind_known",
            ),
        ),
    ]
