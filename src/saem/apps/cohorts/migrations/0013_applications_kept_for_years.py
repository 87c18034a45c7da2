import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0012_retention_of_each_field"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Calls from before said nothing: of what they hold nothing goes before the longest time is over, or staff say so.
        migrations.AddField(
            model_name="call",
            name="retention_years",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "1"), (3, "3"), (5, "5"), (10, "10")], default=10, verbose_name="지원서 보관 기간"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="purged_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="call",
            name="retention_basis",
            field=models.CharField(
                choices=[
                    ("lawsuit", "결과를 두고 다툴 수 있는 동안 확인하려고 (행정소송법 제20조: 1년)"),
                    ("records", "공공기록물의 보존 기간 (공공기록물 관리에 관한 법률 시행령 제26조)"),
                    ("consent", "지원한 사람의 동의 (개인정보 보호법 제15조)"),
                    ("policy", "기관의 개인정보 처리방침 (개인정보 보호법 제30조)"),
                ],
                default="lawsuit",
                max_length=8,
                verbose_name="보관하는 근거",
            ),
        ),
        migrations.AlterField(
            model_name="call",
            name="retention_years",
            field=models.PositiveSmallIntegerField(
                choices=[(1, "1"), (3, "3"), (5, "5"), (10, "10")], default=1, verbose_name="지원서 보관 기간"
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="applicant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="applications",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="birth_date",
            field=models.DateField(null=True),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(condition=models.Q(("purged_at", None)), fields=["call"], name="application_kept"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("purged_at__isnull", False),
                    models.Q(("applicant__isnull", False), ("birth_date__isnull", False)),
                    _connector="OR",
                ),
                name="application_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("retention_years__in", (1, 3, 5, 10))), name="call_retention_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("retention_basis__in", ["lawsuit", "records", "consent", "policy"])),
                name="call_retention_basis_known",
            ),
        ),
    ]
