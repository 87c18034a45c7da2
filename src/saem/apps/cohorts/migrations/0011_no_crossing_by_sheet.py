"""Attendance by sheet writes marks, no crossings: the way was never used."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0010_runs_for_every_long_act"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="crossing",
            name="crossing_how_known",
        ),
        migrations.AlterField(
            model_name="crossing",
            name="how",
            field=models.CharField(
                choices=[("qr", "QR 코드"), ("list", "명단"), ("offline", "명단(연결 없이)")], max_length=10
            ),
        ),
        migrations.AddConstraint(
            model_name="crossing",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["qr", "list", "offline"])), name="crossing_how_known"
            ),
        ),
    ]
