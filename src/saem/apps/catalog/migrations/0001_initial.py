import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Program",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="식별자")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programs",
                        to="people.agreement",
                        verbose_name="협약",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programs",
                        to="people.institution",
                        verbose_name="운영 기관",
                    ),
                ),
            ],
            options={
                "verbose_name": "프로그램",
                "verbose_name_plural": "프로그램",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="판 번호")),
                ("content_hash", models.CharField(max_length=71, unique=True)),
                ("title_ko", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("summary_ko", models.TextField()),
                ("summary_en", models.TextField()),
                ("lessons", models.PositiveSmallIntegerField(default=0, verbose_name="수업 수")),
                ("projects", models.PositiveSmallIntegerField(default=0, verbose_name="프로젝트 수")),
                ("minutes", models.PositiveIntegerField(default=0, verbose_name="모두 몇 분")),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="catalog.program",
                        verbose_name="프로그램",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "판",
                "verbose_name_plural": "판",
                "ordering": ["program", "-number"],
                "constraints": [models.UniqueConstraint(fields=("program", "number"), name="version_number_once")],
            },
        ),
        migrations.CreateModel(
            name="Artifact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("folder", "folder"),
                            ("assignment", "assignment"),
                            ("reference", "reference"),
                            ("lesson_data", "lesson_data"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=60)),
                ("data", models.BinaryField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="artifacts", to="catalog.version"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "kind", "name"), name="artifact_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["folder", "assignment", "reference", "lesson_data"])),
                        name="artifact_kind_known",
                    ),
                ],
            },
        ),
    ]
