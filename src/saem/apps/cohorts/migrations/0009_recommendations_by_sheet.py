"""Recommendations may come in a school's list: how, by whom it was recorded, from which school."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0008_one_outlook"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="selectionsheet",
            name="sheet_kind_known",
        ),
        migrations.AddField(
            model_name="recommendation",
            name="how",
            field=models.CharField(
                choices=[("link", "링크로 직접"), ("sheet", "학교가 보낸 명단")], default="link", max_length=5
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="recorded_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="school",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name="recommendation",
            name="role",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="selectionsheet",
            name="kind",
            field=models.CharField(
                choices=[("scores", "점수"), ("applications", "지원서"), ("recommendations", "추천")], max_length=16
            ),
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["link", "sheet"])), name="recommendation_how_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="selectionsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["scores", "applications", "recommendations"])), name="sheet_kind_known"
            ),
        ),
    ]
