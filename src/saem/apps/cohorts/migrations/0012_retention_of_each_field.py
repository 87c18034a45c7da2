from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0011_no_crossing_by_sheet")]

    operations = [
        migrations.AddField(
            model_name="trainingcourse",
            name="retention_by_field",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AlterField(
            model_name="trainingcourse",
            name="retention_years",
            field=models.PositiveSmallIntegerField(
                blank=True, default=10, null=True, verbose_name="이수 기록 보존 기간(년)"
            ),
        ),
    ]
