import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_promises(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """What is promised now counted for every month since somebody came, until promises had a history."""
    promise = apps.get_model("partners", "MentorPromise")
    mentors = apps.get_model("partners", "Mentor").objects.exclude(declared_at=None)
    promise.objects.bulk_create(
        promise(mentor_id=pk, places=places, minutes=minutes, since=since)
        for pk, places, minutes, since in mentors.values_list("pk", "places", "minutes", "invited_at")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0002_guardians_of_opportunities"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChallengeFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "format",
                    models.CharField(choices=[("csv", "표(CSV)"), ("zip", "표와 그림의 묶음(ZIP)")], max_length=3),
                ),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("tables", models.PositiveIntegerField(default=0)),
                ("pictures", models.PositiveIntegerField(default=0)),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("cc-by", "CC BY (출처를 밝히면 자유롭게)"),
                            ("cc-by-nc", "CC BY-NC (돈을 벌지 않는 데에만)"),
                            ("kogl-1", "공공누리 제1유형 (출처를 밝히면 자유롭게)"),
                            ("public", "누구나 자유롭게 (CC0)"),
                            ("challenge", "이 과제를 하는 동안에만"),
                        ],
                        max_length=12,
                        verbose_name="이용 조건",
                    ),
                ),
                ("checklist", models.JSONField(default=list)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="partners.challenge"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("challenge", "sha256"), name="challenge_file_once"),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["csv", "zip"])), name="challenge_file_format_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence__in", ["cc-by", "cc-by-nc", "kogl-1", "public", "challenge"])),
                        name="challenge_file_licence_known",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="challenge",
            name="data_url",
            field=models.URLField(blank=True, max_length=500, verbose_name="데이터를 받는 곳"),
        ),
        migrations.CreateModel(
            name="ChallengeFileData",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="bytes",
                        serialize=False,
                        to="partners.challengefile",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="MentorPromise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("places", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="promises", to="partners.mentor"
                    ),
                ),
            ],
            options={
                "ordering": ["-since", "-pk"],
                "indexes": [models.Index(fields=["mentor", "-since", "-id"], name="mentor_promise_latest")],
            },
        ),
        migrations.RunPython(keep_promises, migrations.RunPython.noop),
    ]
