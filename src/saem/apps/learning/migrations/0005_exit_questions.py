from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0004_first_calibration"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attempt",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("practice", "연습"),
                    ("before", "사전 진단"),
                    ("after", "사후 진단"),
                    ("exit", "나가기 문항"),
                ],
                default="practice",
                max_length=8,
            ),
        ),
        migrations.RemoveConstraint(model_name="attempt", name="attempt_purpose_known"),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["practice", "before", "after", "exit"])),
                name="attempt_purpose_known",
            ),
        ),
    ]
