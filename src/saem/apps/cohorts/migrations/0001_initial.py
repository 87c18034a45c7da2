import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import saem.apps.cohorts.models.classes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="이름")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="영어 이름")),
                ("starts_on", models.DateField(verbose_name="시작일")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="종료일")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="people.institution",
                        verbose_name="기관",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cohorts",
                        to="catalog.version",
                        verbose_name="프로그램 판",
                    ),
                ),
            ],
            options={
                "verbose_name": "기수",
                "verbose_name_plural": "기수",
                "ordering": ["-starts_on", "title"],
            },
        ),
        migrations.CreateModel(
            name="Classroom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="이름")),
                (
                    "join_code",
                    models.CharField(
                        default=saem.apps.cohorts.models.classes.new_join_code,
                        max_length=12,
                        unique=True,
                        verbose_name="참여 코드",
                    ),
                ),
                ("join_open", models.BooleanField(default=True, verbose_name="새 학생 받기")),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="classrooms",
                        to="cohorts.cohort",
                        verbose_name="기수",
                    ),
                ),
            ],
            options={
                "verbose_name": "학급",
                "verbose_name_plural": "학급",
                "ordering": ["cohort", "name"],
                "constraints": [models.UniqueConstraint(fields=("cohort", "name"), name="classroom_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nickname", models.CharField(max_length=30, verbose_name="별명")),
                ("pin_hash", models.CharField(blank=True, default="", max_length=128)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "classroom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrolments",
                        to="cohorts.classroom",
                        verbose_name="학급",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="학생",
                    ),
                ),
            ],
            options={
                "verbose_name": "참여 학생",
                "verbose_name_plural": "참여 학생",
                "ordering": ["classroom", "nickname"],
                "indexes": [
                    models.Index(fields=["user", "-last_seen_at"], name="enrolment_by_user"),
                    models.Index(
                        condition=models.Q(("left_at", None)),
                        fields=["classroom", "nickname", "id"],
                        name="enrolment_by_name",
                    ),
                    models.Index(
                        condition=models.Q(("left_at__isnull", False)), fields=["classroom"], name="enrolment_left"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("classroom", "user"), name="enrolment_once"),
                    models.UniqueConstraint(
                        models.F("classroom"),
                        django.db.models.functions.text.Lower("nickname"),
                        condition=models.Q(("left_at", None)),
                        name="enrolment_nickname_once",
                    ),
                ],
            },
        ),
    ]
