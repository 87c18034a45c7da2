"""Badges for results of projects, certificates that make themselves, and guardians asked by mail."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0002_portfolio"),
        ("cohorts", "0005_selection"),
        ("projects", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.CharField(max_length=60)),
                (
                    "level",
                    models.CharField(
                        choices=[("share", "점수가 정한 비율 이상"), ("baseline", "기준 모델보다 나음")], max_length=8
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("baseline", models.CharField(blank=True, max_length=60)),
                ("is_automatic", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="GoalBatch",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="for_goal",
                        serialize=False,
                        to="awards.batch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoalItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "기다리는 중"), ("made", "만들었어요"), ("failed", "만들지 못했어요")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="SharingQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guardian_name", models.CharField(max_length=60)),
                ("relation", models.CharField(max_length=30)),
                ("contact", models.EmailField(max_length=120)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("declined_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="SharingText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("text", models.TextField()),
                ("text_en", models.TextField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name="badge",
            name="holder",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="badges",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="is_automatic",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="sharingconsent",
            name="contact",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="badge",
            name="completion",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="badges", to="cohorts.completion"
            ),
        ),
        migrations.AlterField(
            model_name="sharingconsent",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.CreateModel(
            name="Automation",
            fields=[
                (
                    "cohort",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="award_automation",
                        serialize=False,
                        to="cohorts.cohort",
                    ),
                ),
                ("is_on", models.BooleanField(default=False)),
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
            ],
        ),
        migrations.CreateModel(
            name="Earning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facts", models.JSONField()),
                ("earned_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("fell_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="earnings", to="cohorts.enrolment"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.submission",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="badge",
            name="earning",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="badge", to="awards.earning"
            ),
        ),
        migrations.AddConstraint(
            model_name="badge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("completion__isnull", True), ("earning__isnull", False)),
                    models.Q(("completion__isnull", False), ("earning__isnull", True)),
                    _connector="OR",
                ),
                name="badge_for_one_thing",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="cohort",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="badge_goals", to="cohorts.cohort"
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="created_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="earning",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="earnings", to="awards.goal"
            ),
        ),
        migrations.AddField(
            model_name="badgetemplate",
            name="goal",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="templates", to="awards.goal"
            ),
        ),
        migrations.AddField(
            model_name="goalbatch",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="batches", to="awards.goal"
            ),
        ),
        migrations.AddField(
            model_name="goalitem",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="goal_items", to="cohorts.enrolment"
            ),
        ),
        migrations.AddField(
            model_name="goalitem",
            name="goal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="awards.goal"
            ),
        ),
        migrations.AddField(
            model_name="goalitem",
            name="part",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="goal_items", to="awards.batchpart"
            ),
        ),
        migrations.AddField(
            model_name="sharingquestion",
            name="consent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="awards.sharingconsent",
            ),
        ),
        migrations.AddField(
            model_name="sharingquestion",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sharing_questions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharingquestion",
            name="text",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="awards.sharingtext"
            ),
        ),
        migrations.AddField(
            model_name="sharingconsent",
            name="text",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="awards.sharingtext"
            ),
        ),
        migrations.AddIndex(
            model_name="goal",
            index=models.Index(fields=["cohort", "project"], name="badge_goal_by_project"),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("baseline", ""), ("level", "share"), ("percent__gte", 1), ("percent__lte", 100)),
                    models.Q(("level", "baseline"), ("percent", 0), models.Q(("baseline", ""), _negated=True)),
                    _connector="OR",
                ),
                name="badge_goal_level_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("cohort", "project", "level", "percent", "baseline"),
                name="badge_goal_open_once",
            ),
        ),
        migrations.AddIndex(
            model_name="earning",
            index=models.Index(fields=["goal", "fell_at"], name="earning_by_fall"),
        ),
        migrations.AddConstraint(
            model_name="earning",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("goal", "enrolment"), name="earning_in_force_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="goalitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")), fields=("goal", "enrolment"), name="goal_item_waits_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="goalitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "made", "failed"])), name="goal_item_state_known"
            ),
        ),
        migrations.AddIndex(
            model_name="sharingquestion",
            index=models.Index(fields=["user", "-asked_at"], name="sharing_question_latest"),
        ),
        migrations.AddConstraint(
            model_name="sharingquestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None), ("consent", None), ("declined_at", None)),
                fields=("user",),
                name="sharing_question_open_once",
            ),
        ),
    ]
