import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
        ("learning", "0002_practice"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calibration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("items", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calibrations", to="catalog.program"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("program", "number"), name="calibration_number_once")],
            },
        ),
        migrations.AddField(
            model_name="diagnosis",
            name="calibration",
            field=models.ForeignKey(
                help_text="that ability and error are computed with",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="learning.calibration",
            ),
        ),
    ]
