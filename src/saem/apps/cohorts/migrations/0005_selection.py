import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0004_sessions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("receipt", models.CharField(max_length=20)),
                ("attributes", models.JSONField(default=dict)),
                ("draw_place", models.PositiveIntegerField()),
                ("stage", models.CharField(blank=True, max_length=40)),
                ("total", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("rank", models.PositiveIntegerField(null=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="candidate", to="cohorts.application"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[("accepted", "합격"), ("reserve", "예비 합격"), ("declined", "불합격")], max_length=8
                    ),
                ),
                ("rank", models.PositiveIntegerField(null=True)),
                ("total", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("reserve_place", models.PositiveIntegerField(null=True)),
                ("reasons", models.JSONField(default=list)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="cohorts.candidate"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("told_at", None)), fields=["id"], name="decision_untold")],
                "constraints": [
                    models.UniqueConstraint(fields=("candidate", "number"), name="decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["accepted", "reserve", "declined"])),
                        name="decision_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "답을 기다림"), ("upheld", "받아들임"), ("rejected", "받아들이지 않음")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appeal", to="cohorts.decision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "upheld", "rejected"])), name="appeal_state_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "답을 기다림"),
                            ("accepted", "등록함"),
                            ("declined", "등록하지 않음"),
                            ("expired", "기한 지남"),
                            ("withdrawn", "등록을 취소함"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "candidate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offer", to="cohorts.candidate"
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
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "open")), fields=["expires_at"], name="offer_running_out")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "accepted", "declined", "expired", "withdrawn"])),
                        name="offer_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("limit", models.PositiveIntegerField(default=100)),
                ("ties", models.JSONField(default=list)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviewing",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=40)),
                ("comment", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("assigned_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="cohorts.application"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="cohorts.reviewer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="cohorts.application"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="cohorts.reviewer"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("reviewer", "application"), name="conflict_once")],
            },
        ),
        migrations.CreateModel(
            name="ReviewScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40)),
                ("value", models.DecimalField(decimal_places=4, max_digits=13)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="cohorts.reviewassignment",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("reading", "criterion"), name="score_once")],
            },
        ),
        migrations.CreateModel(
            name="RulesDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.TextField(blank=True)),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "declared_by",
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
            name="ScoreChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=40)),
                ("before", models.DecimalField(decimal_places=4, max_digits=13, null=True)),
                ("after", models.DecimalField(decimal_places=4, max_digits=13, null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "심사 화면"), ("sheet", "엑셀"), ("appeal", "이의 신청")],
                        default="page",
                        max_length=6,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
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
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="cohorts.reviewassignment",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["reading", "changed_at"], name="score_change_by_reading")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["page", "sheet", "appeal"])), name="score_source_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Selection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("declared", "심사하는 중"), ("drawn", "추첨을 마침"), ("published", "결과를 발표함")],
                        default="declared",
                        max_length=10,
                    ),
                ),
                ("is_blind", models.BooleanField(default=True)),
                ("reply_days", models.PositiveSmallIntegerField(default=7)),
                ("appeal_days", models.PositiveSmallIntegerField(default=7)),
                ("commitment", models.CharField(max_length=64)),
                ("secret", models.CharField(max_length=64)),
                ("public_source", models.CharField(max_length=200)),
                ("public_value", models.CharField(blank=True, max_length=200)),
                ("drawn_at", models.DateTimeField(null=True)),
                ("settled_stage", models.CharField(blank=True, max_length=40)),
                ("settled_at", models.DateTimeField(null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="selection", to="cohorts.call"
                    ),
                ),
                ("classrooms", models.ManyToManyField(blank=True, related_name="+", to="cohorts.classroom")),
                (
                    "rules",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohorts.rulesdeclaration",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["declared", "drawn", "published"])),
                        name="selection_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("drawn_at", None), models.Q(("public_value", ""), _negated=True), _connector="OR"
                        ),
                        name="selection_drawn_in_public",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="rulesdeclaration",
            name="selection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="cohorts.selection"
            ),
        ),
        migrations.AddField(
            model_name="reviewer",
            name="selection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reviewers", to="cohorts.selection"
            ),
        ),
        migrations.AddField(
            model_name="reviewassignment",
            name="selection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="cohorts.selection"
            ),
        ),
        migrations.AddField(
            model_name="candidate",
            name="selection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="candidates", to="cohorts.selection"
            ),
        ),
        migrations.CreateModel(
            name="SelectionSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("scores", "점수"), ("applications", "지원서")], max_length=12)),
                ("stage", models.CharField(blank=True, max_length=40)),
                ("name", models.CharField(max_length=200)),
                ("data", models.BinaryField()),
                ("rows", models.BinaryField(default=bytes)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "읽는 중"),
                            ("read", "확인을 기다림"),
                            ("applying", "반영하는 중"),
                            ("applied", "반영함"),
                            ("failed", "읽지 못함"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("report", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="cohorts.call"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["call", "-sent_at"], name="sheet_by_call")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["scores", "applications"])), name="sheet_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "read", "applying", "applied", "failed"])),
                        name="sheet_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StageOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stage", models.CharField(max_length=40)),
                ("place", models.PositiveSmallIntegerField()),
                ("points", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("total", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                ("rank", models.PositiveIntegerField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=60)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("waiting", "심사 기다림"),
                            ("below_minimum", "기준 점수 미만"),
                            ("advanced", "통과"),
                            ("not_advanced", "통과하지 못함"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outcomes", to="cohorts.candidate"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["stage", "result"], name="outcome_by_stage")],
                "constraints": [
                    models.UniqueConstraint(fields=("candidate", "stage"), name="outcome_once"),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["waiting", "below_minimum", "advanced", "not_advanced"])),
                        name="outcome_result_known",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="rulesdeclaration",
            constraint=models.UniqueConstraint(fields=("selection", "number"), name="declaration_once"),
        ),
        migrations.AddConstraint(
            model_name="reviewer",
            constraint=models.UniqueConstraint(fields=("selection", "user"), name="reviewer_once"),
        ),
        migrations.AddIndex(
            model_name="reviewassignment",
            index=models.Index(fields=["selection", "stage", "submitted_at"], name="reading_by_stage"),
        ),
        migrations.AddIndex(
            model_name="reviewassignment",
            index=models.Index(fields=["reviewer", "stage", "submitted_at"], name="reading_by_reviewer"),
        ),
        migrations.AddConstraint(
            model_name="reviewassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reviewer__isnull", False)),
                fields=("application", "stage", "reviewer"),
                name="reading_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reviewer", None)), fields=("application", "stage"), name="reading_of_office_once"
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["selection", "rank"], name="candidate_by_rank"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(fields=("selection", "draw_place"), name="candidate_drawn_once"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(fields=("selection", "receipt"), name="candidate_receipt_once"),
        ),
    ]
