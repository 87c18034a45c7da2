"""Every long act on a selection is a run, with what it is of; what was computed for a page is kept."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0009_recommendations_by_sheet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SelectionSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("points", "전형 점수"), ("preview", "결과 미리 보기")], max_length=8),
                ),
                ("stage", models.CharField(blank=True, max_length=40)),
                ("revision", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("content", models.JSONField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="selectionrun",
            name="selection_run_act_known",
        ),
        migrations.AddField(
            model_name="selectionrun",
            name="asked",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="selectionrun",
            name="act",
            field=models.CharField(
                choices=[
                    ("assign", "심사 맡기기"),
                    ("extra", "심사자 한 명 더 맡기기"),
                    ("points", "점수 계산"),
                    ("draw", "공개 추첨"),
                    ("settle", "전형 결과 계산"),
                    ("preview", "결과 미리 계산"),
                    ("publish", "결과 발표"),
                    ("conclude", "이의 신청에 따른 다시 계산"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("act__in", ["assign", "extra", "points", "draw", "settle", "preview", "publish", "conclude"])
                ),
                name="selection_run_act_known",
            ),
        ),
        migrations.AddField(
            model_name="selectionsnapshot",
            name="selection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="snapshots", to="cohorts.selection"
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionsnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["points", "preview"])), name="snapshot_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionsnapshot",
            constraint=models.UniqueConstraint(fields=("selection", "kind", "stage"), name="snapshot_once"),
        ),
    ]
