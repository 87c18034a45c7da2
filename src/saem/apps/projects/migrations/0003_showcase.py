import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import saem.apps.projects.models.showcase


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0011_no_crossing_by_sheet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0002_teams_and_milestones"),
    ]

    operations = [
        migrations.CreateModel(
            name="Showcase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.CharField(
                        default=saem.apps.projects.models.showcase.new_address, max_length=12, unique=True
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("writing", "글을 쓰는 중"),
                            ("waiting", "답과 확인을 기다려요"),
                            ("returned", "고칠 점이 있어요"),
                            ("approved", "확인받음"),
                        ],
                        default="writing",
                        max_length=8,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0)),
                ("comment", models.TextField(blank=True, default="", max_length=1500)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="showcase", to="projects.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShowcaseGuardian",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guardian_name", models.CharField(max_length=60)),
                ("relation", models.CharField(blank=True, max_length=30)),
                ("contact", models.CharField(blank=True, max_length=120)),
                ("token_sha256", models.CharField(max_length=64, null=True, unique=True)),
                ("text", models.TextField()),
                ("text_en", models.TextField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("web_sms", "인터넷에서 동의하고 문자로 확인"),
                            ("web_card", "인터넷에서 동의하고 카드 정보로 확인"),
                            ("web_phone", "인터넷에서 동의하고 휴대전화 본인인증으로 확인"),
                            ("signed_paper", "서명한 동의서(직접, 우편, 팩스)"),
                            ("email_reply", "이메일 회신"),
                            ("phone_call", "전화로 알리고 동의 확인"),
                            ("equivalent", "그 밖에 이에 준하는 방법"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("given_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("declined_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="showcase_guardians",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "showcase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guardians", to="projects.showcase"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["showcase", "enrolment", "-asked_at"], name="showcase_guardian_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_on", None),
                            (
                                "way__in",
                                [
                                    "web_sms",
                                    "web_card",
                                    "web_phone",
                                    "signed_paper",
                                    "email_reply",
                                    "phone_call",
                                    "equivalent",
                                ],
                            ),
                            _connector="OR",
                        ),
                        name="showcase_guardian_way_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("given_on__isnull", False), ("withdrawn_at", None)),
                        fields=("showcase", "enrolment"),
                        name="showcase_guardian_in_force_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShowcasePicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("data", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.enrolment"
                    ),
                ),
                (
                    "showcase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="projects.showcase"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("showcase", "sha256"), name="showcase_picture_once")],
            },
        ),
        migrations.CreateModel(
            name="ShowcaseTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("word", "Word"), ("area", "Area"), ("method", "Method"), ("skill", "Skill")],
                        max_length=6,
                    ),
                ),
                ("term", models.CharField(db_index=True, max_length=40)),
                ("title", models.CharField(blank=True, default="", max_length=200)),
                ("title_en", models.CharField(blank=True, default="", max_length=200)),
                (
                    "showcase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="projects.showcase"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "term"], name="showcase_term_by_kind")],
                "constraints": [
                    models.UniqueConstraint(fields=("showcase", "kind", "term"), name="showcase_term_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShowcaseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=80)),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("school", "학교생활"),
                            ("safety", "안전"),
                            ("climate", "날씨와 환경"),
                            ("health", "몸과 마음의 건강"),
                            ("traffic", "길과 교통"),
                            ("town", "우리 동네"),
                            ("access", "누구나 쓸 수 있게"),
                            ("culture", "문화와 놀이"),
                            ("nature", "생물과 과학"),
                            ("other", "그 밖의 문제"),
                        ],
                        max_length=10,
                    ),
                ),
                ("methods", models.JSONField(default=list)),
                ("skills", models.JSONField(default=list)),
                ("problem", models.TextField(max_length=1500)),
                ("whose", models.CharField(max_length=300)),
                ("method", models.TextField(max_length=1500)),
                ("found", models.TextField(max_length=1500)),
                ("limits", models.TextField(max_length=1500)),
                ("ai_use", models.TextField(max_length=1500)),
                ("reflection", models.TextField(max_length=1500)),
                ("link", models.CharField(blank=True, default="", max_length=500)),
                ("picture_alt", models.CharField(blank=True, default="", max_length=200)),
                ("data_card", models.JSONField(default=dict)),
                ("model_card", models.JSONField(default=dict)),
                ("is_cleared", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cohorts.enrolment"
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.showcasepicture",
                    ),
                ),
                (
                    "showcase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="projects.showcase"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("showcase", "number"), name="showcase_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "area__in",
                                [
                                    "school",
                                    "safety",
                                    "climate",
                                    "health",
                                    "traffic",
                                    "town",
                                    "access",
                                    "culture",
                                    "nature",
                                    "other",
                                ],
                            )
                        ),
                        name="showcase_area_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShowcasePublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("member", "함께 만든 사람이 동의를 거두어들임"),
                            ("guardian", "보호자가 동의를 거두어들임"),
                            ("staff", "선생님이나 운영 담당자가 내림"),
                            ("replaced", "새 판으로 바꿈"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("comment", models.TextField(blank=True, default="", max_length=1500)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="projects.showcaseversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended", ""), ("until", None)),
                            models.Q(
                                ("ended__in", ["member", "guardian", "staff", "replaced"]), ("until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="showcase_publication_end_known",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="showcase",
            name="public",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="projects.showcaseversion"
            ),
        ),
        migrations.CreateModel(
            name="ShowcaseVoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("allows", models.BooleanField(null=True)),
                ("shown_name", models.CharField(blank=True, default="", max_length=30)),
                ("is_of_age", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "application_consent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cohorts.guardianconsent",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="showcase_voices",
                        to="cohorts.enrolment",
                    ),
                ),
                (
                    "guardian",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.showcaseguardian",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="projects.showcaseversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "enrolment"), name="showcase_voice_once"),
                    models.CheckConstraint(
                        condition=models.Q(("shown_name", ""), ("allows", True), _connector="OR"),
                        name="showcase_name_only_of_who_allows",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="showcase",
            index=models.Index(fields=["-published_at", "-id"], name="showcase_latest"),
        ),
        migrations.AddConstraint(
            model_name="showcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["writing", "waiting", "returned", "approved"])),
                name="showcase_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="showcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("public", None), ("published_at__isnull", False), _connector="OR"),
                name="showcase_public_since",
            ),
        ),
    ]
