import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0011_no_crossing_by_sheet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0003_showcase"),
    ]

    operations = [
        migrations.CreateModel(
            name="MarkingSample",
            fields=[
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sample",
                        serialize=False,
                        to="projects.team",
                    ),
                ),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PeerRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                ("each", models.PositiveSmallIntegerField()),
                ("samples", models.PositiveSmallIntegerField(default=0)),
                ("seed", models.CharField(max_length=32)),
                ("secret", models.BinaryField()),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closes_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="peer_rounds", to="cohorts.classroom"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["classroom", "project", "-opened_at"], name="peer_round_by_class")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("told_at", None)),
                        fields=("classroom", "project"),
                        name="peer_round_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeerTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_sample", models.BooleanField(default=False)),
                ("alias", models.CharField(max_length=8)),
                ("reviewer_alias", models.CharField(max_length=8)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("comment", models.TextField(blank=True, default="", max_length=2000)),
                ("begun_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="peer_tasks", to="cohorts.enrolment"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="projects.peerround"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="peer_tasks", to="projects.team"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["enrolment", "dropped_at"], name="peer_task_by_reviewer")],
                "constraints": [models.UniqueConstraint(fields=("round", "enrolment", "team"), name="peer_task_once")],
            },
        ),
        migrations.CreateModel(
            name="PeerMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=60)),
                ("level", models.PositiveSmallIntegerField()),
                ("comment", models.TextField(blank=True, default="", max_length=2000)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="projects.peertask"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("task", "criterion"), name="peer_mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 4)), name="peer_mark_level_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SimilarityRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "견주는 중"), ("done", "마침"), ("failed", "마치지 못함")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("earlier", models.PositiveIntegerField(default=0)),
                ("unreadable", models.JSONField(default=list)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="similarity_runs", to="cohorts.cohort"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["cohort", "project", "-asked_at"], name="similarity_run_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("cohort", "project"),
                        name="similarity_run_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "done", "failed"])), name="similarity_state_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SimilarPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("of_first", models.FloatField()),
                ("of_second", models.FloatField()),
                ("tokens", models.PositiveIntegerField()),
                ("passages", models.JSONField(default=list)),
                (
                    "first_classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.classroom"
                    ),
                ),
                (
                    "first_evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.evidence"
                    ),
                ),
                (
                    "first_submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.submission",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairs", to="projects.similarityrun"
                    ),
                ),
                (
                    "second_classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.classroom"
                    ),
                ),
                (
                    "second_evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="projects.evidence"
                    ),
                ),
                (
                    "second_submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.submission",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "place"), name="similar_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_submission", None), ("first_evidence", None), _connector="XOR"),
                        name="similar_pair_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("second_submission", None), ("second_evidence", None), _connector="XOR"),
                        name="similar_pair_second",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMarking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("comment", models.TextField(blank=True, default="", max_length=2000)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "marker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="markings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="markings", to="projects.team"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("team", "marker"), name="team_marking_once")],
            },
        ),
        migrations.CreateModel(
            name="CriterionMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=60)),
                ("level", models.PositiveSmallIntegerField()),
                ("comment", models.TextField(blank=True, default="", max_length=2000)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.evidence",
                    ),
                ),
                (
                    "marking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="projects.teammarking"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("marking", "criterion"), name="criterion_mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 4)), name="criterion_mark_level_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamResult",
            fields=[
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="result",
                        serialize=False,
                        to="projects.team",
                    ),
                ),
                ("mark", models.FloatField()),
                ("levels", models.JSONField(default=dict)),
                ("board", models.JSONField(default=dict)),
                ("comments", models.JSONField(default=list)),
                ("number", models.PositiveIntegerField(default=1)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgreedLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=60)),
                ("level", models.PositiveSmallIntegerField()),
                ("reason", models.TextField(blank=True, default="", max_length=2000)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreed", to="projects.team"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("team", "criterion"), name="agreed_level_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 4)), name="agreed_level_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AiUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("none", "쓰지 않았어요"),
                            ("idea", "생각을 넓히려고"),
                            ("search", "알아보고 배우려고"),
                            ("code", "코드를 쓰거나 고치려고"),
                            ("data", "데이터를 모으거나 다듬으려고"),
                            ("text", "글이나 발표를 다듬으려고"),
                            ("picture", "그림이나 영상을 만들려고"),
                        ],
                        max_length=8,
                    ),
                ),
                ("milestone", models.CharField(blank=True, default="", max_length=60)),
                ("tool", models.CharField(blank=True, default="", max_length=80)),
                ("asked", models.TextField(blank=True, default="", max_length=2000)),
                ("kept", models.TextField(blank=True, default="", max_length=2000)),
                ("checked", models.TextField(blank=True, default="", max_length=2000)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ai_uses", to="cohorts.enrolment"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ai_uses", to="projects.team"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["team", "withdrawn_at", "written_at"], name="ai_use_by_team")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["none", "idea", "search", "code", "data", "text", "picture"])
                        ),
                        name="ai_use_purpose_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AnchoredComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("cell", "칸"), ("line", "줄"), ("figure", "그림")], max_length=6)),
                ("cell", models.PositiveIntegerField(default=0)),
                ("line", models.PositiveIntegerField(default=0)),
                ("text", models.TextField(max_length=2000)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "author",
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
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="anchored", to="projects.evidence"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["evidence", "cell", "line"], name="anchor_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["cell", "line", "figure"])), name="anchor_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cell__gte", 1), ("kind", "cell"), ("line", 0)),
                            models.Q(("kind", "line"), ("line__gte", 1)),
                            models.Q(("cell", 0), ("kind", "figure"), ("line", 0)),
                            _connector="OR",
                        ),
                        name="anchor_fits_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Marker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "appointed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="markers", to="cohorts.classroom"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks_for",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "until"], name="marker_by_user")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("classroom", "project", "user"), name="marker_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MarkerBar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("relative", "가족이나 친척이 있어요"),
                            ("close", "그 밖에 공정하게 보기 어려운 사이예요"),
                        ],
                        max_length=8,
                    ),
                ),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bars", to="projects.team"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("team", "user"), name="marker_bar_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["relative", "close"])), name="marker_bar_reason_known"
                    ),
                ],
            },
        ),
    ]
