import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
        ("cohorts", "0001_initial"),
        ("learning", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FittedModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(help_text="the model's name in the registry of lib.learners", max_length=40)),
                ("document", models.BinaryField(help_text="model.json")),
                ("arrays", models.BinaryField(help_text="arrays.npz")),
                ("card", models.JSONField(help_text="what a person must know before accepting it")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "검토 중"),
                            ("in_force", "쓰는 중"),
                            ("retired", "물러남"),
                            ("refused", "쓰지 않기로 함"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
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
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fitted_models", to="catalog.program"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["program", "-created_at"], name="fitted_model_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "in_force", "retired", "refused"])),
                        name="fitted_model_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")), fields=("program",), name="fitted_model_one_in_force"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("responses", models.PositiveIntegerField(default=0)),
                ("right", models.PositiveIntegerField(default=0)),
                ("difficulty", models.FloatField()),
                ("variance", models.FloatField()),
                ("options", models.JSONField(default=dict)),
                ("statistics", models.JSONField(default=dict)),
                ("alarms", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="item_records", to="catalog.program"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("program", "item"), name="item_record_once")],
            },
        ),
        migrations.CreateModel(
            name="PracticeState",
            fields=[
                (
                    "enrolment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="practice",
                        serialize=False,
                        to="cohorts.enrolment",
                    ),
                ),
                ("state", models.JSONField(default=dict)),
                ("known", models.PositiveIntegerField(default=0)),
                (
                    "item",
                    models.CharField(
                        blank=True, default="", help_text="waiting; empty when there is none", max_length=60
                    ),
                ),
                ("seed", models.PositiveIntegerField(default=0)),
                (
                    "why",
                    models.JSONField(
                        default=dict, help_text="the choice: code and parameters of its reason, chance, skill"
                    ),
                ),
                ("hints", models.PositiveSmallIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0, help_text="at the waiting item")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "model",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="learning.fittedmodel",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SkillMastery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("skill", models.CharField(max_length=60)),
                ("value", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("usable", models.BooleanField(default=True)),
                ("why", models.CharField(blank=True, default="", max_length=60)),
                ("responses", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mastery", to="cohorts.enrolment"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("enrolment", "skill"), name="skill_mastery_once")],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=60)),
                ("seed", models.PositiveIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[("practice", "연습"), ("before", "사전 진단"), ("after", "사후 진단")],
                        default="practice",
                        max_length=8,
                    ),
                ),
                ("token", models.UUIDField(help_text="of the form, so that a double click is one attempt")),
                ("answer", models.JSONField()),
                ("score", models.FloatField(help_text="0 to 1")),
                ("chosen", models.JSONField(default=list, help_text="option ids, as the author wrote them")),
                ("is_first", models.BooleanField()),
                ("hints", models.PositiveSmallIntegerField(default=0, help_text="how many were seen before answering")),
                ("took_ms", models.PositiveIntegerField(default=0)),
                ("chance", models.FloatField(help_text="of a right answer, as predicted just before", null=True)),
                (
                    "reason",
                    models.CharField(blank=True, default="", help_text="why the item was chosen", max_length=40),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="cohorts.enrolment"
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
                "indexes": [
                    models.Index(fields=["enrolment", "-created_at"], name="attempt_latest"),
                    models.Index(fields=["enrolment", "item"], name="attempt_by_item"),
                    models.Index(fields=["version", "item", "created_at"], name="attempt_of_item"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("enrolment", "token"), name="attempt_once"),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["practice", "before", "after"])),
                        name="attempt_purpose_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("score__range", (0, 1))), name="attempt_score_0_to_1"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Diagnosis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moment", models.CharField(choices=[("before", "시작할 때"), ("after", "마칠 때")], max_length=8)),
                ("given", models.JSONField(default=list)),
                ("ability", models.FloatField(null=True)),
                ("error", models.FloatField(null=True)),
                ("stopped_by", models.CharField(blank=True, default="", max_length=40)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="diagnoses", to="cohorts.enrolment"
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
                    models.UniqueConstraint(fields=("enrolment", "moment"), name="diagnosis_once"),
                    models.CheckConstraint(
                        condition=models.Q(("moment__in", ["before", "after"])), name="diagnosis_moment_known"
                    ),
                ],
            },
        ),
    ]
