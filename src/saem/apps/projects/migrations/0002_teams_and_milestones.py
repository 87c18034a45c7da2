import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import saem.apps.cohorts.models.classes


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0009_recommendations_by_sheet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ask", models.CharField(max_length=60)),
                ("number", models.PositiveIntegerField()),
                ("based_on", models.PositiveIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "글"),
                            ("file", "파일"),
                            ("link", "링크"),
                            ("notebook", "노트북"),
                            ("data_card", "데이터 카드"),
                            ("model_card", "모델 카드"),
                            ("video", "영상 링크"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True, default="", max_length=8000)),
                ("link", models.CharField(blank=True, default="", max_length=500)),
                ("card", models.JSONField(default=dict)),
                ("findings", models.JSONField(default=list)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("format", models.CharField(blank=True, default="", max_length=10)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="cohorts.enrolment"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="projects.evidence",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="ExperimentNote",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="projects.submission",
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.enrolment",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=40)),
                (
                    "join_code",
                    models.CharField(
                        default=saem.apps.cohorts.models.classes.new_join_code, max_length=12, unique=True
                    ),
                ),
                ("is_open", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="teams", to="cohorts.classroom"
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="projects.team",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["classroom", "project", "closed_at"], name="team_by_class")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("classroom"),
                        models.F("project"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("closed_at", None)),
                        name="team_name_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("data", "자료 담당"),
                            ("model", "모델 담당"),
                            ("user", "사용자 담당"),
                            ("record", "기록 담당"),
                            ("talk", "발표 담당"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("left", "모둠에서 나감"),
                            ("removed", "선생님이 모둠에서 뺌"),
                            ("merged", "모둠을 합침"),
                            ("turned", "역할을 바꿈"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="cohorts.enrolment"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="projects.team"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["team", "until"], name="membership_by_team")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("enrolment", "project"), name="membership_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["data", "model", "user", "record", "talk"])),
                        name="membership_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("until", None)),
                            models.Q(("ended__in", ["left", "removed", "merged", "turned"]), ("until__isnull", False)),
                            _connector="OR",
                        ),
                        name="membership_end_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField()),
                ("number", models.PositiveIntegerField()),
                ("done", models.CharField(max_length=300)),
                ("learned", models.CharField(max_length=300)),
                ("plan", models.CharField(max_length=300)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.enrolment"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="log", to="projects.team"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("team", "week", "number"), name="log_entry_once")],
            },
        ),
        migrations.CreateModel(
            name="TeamInvitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_accepted", models.BooleanField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_invitations",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitations", to="projects.team"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["enrolment", "answered_at"], name="team_invitation_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("team", "enrolment"),
                        name="team_invitation_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMentor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentors", to="projects.team"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentored_teams",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "until"], name="team_mentor_by_user")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("team", "user"), name="team_mentor_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_accepted", models.BooleanField(null=True)),
                (
                    "into",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposed", to="projects.team"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="projects.team"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)), fields=("team",), name="team_merge_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("team", models.F("into")), _negated=True), name="team_merge_of_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMilestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("milestone", models.CharField(max_length=60)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("working", "하는 중"),
                            ("waiting", "확인을 기다려요"),
                            ("returned", "고칠 점이 있어요"),
                            ("passed", "통과"),
                        ],
                        default="working",
                        max_length=8,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="projects.team"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["status", "since"], name="team_milestone_waiting")],
                "constraints": [
                    models.UniqueConstraint(fields=("team", "milestone"), name="team_milestone_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["working", "waiting", "returned", "passed"])),
                        name="team_milestone_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="projects.teammilestone",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["milestone", "written_at"], name="team_comment_in_order")],
            },
        ),
        migrations.CreateModel(
            name="GateDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("passed", "통과"), ("returned", "고칠 점이 있어요"), ("reopened", "다시 열었어요")],
                        max_length=8,
                    ),
                ),
                ("comment", models.TextField(blank=True, default="", max_length=2000)),
                ("revision", models.PositiveIntegerField()),
                ("looked_at", models.JSONField(default=dict)),
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
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="projects.teammilestone",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("milestone", "revision"), name="gate_decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["passed", "returned", "reopened"])),
                        name="gate_outcome_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="evidence",
            name="milestone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="projects.teammilestone"
            ),
        ),
        migrations.CreateModel(
            name="TeamReflection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000)),
                ("number", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_reflections",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reflections", to="projects.team"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("team", "enrolment"), name="team_reflection_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(fields=("milestone", "ask", "number"), name="evidence_version_once"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["text", "file", "link", "notebook", "data_card", "model_card", "video"])
                ),
                name="evidence_kind_known",
            ),
        ),
    ]
