"""The portfolio: choices, reflections, links and consents."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("awards", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Portfolio",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="portfolio",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="제목")),
                ("introduction", models.TextField(blank=True, max_length=1500, verbose_name="소개")),
                ("of_age_since", models.DateTimeField(null=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prompt", models.CharField(max_length=20)),
                ("about", models.CharField(blank=True, max_length=120)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField()),
                ("number", models.PositiveIntegerField(default=1)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "portfolio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reflections", to="awards.portfolio"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["portfolio", "-begun_at"], name="reflection_latest")],
            },
        ),
        migrations.CreateModel(
            name="ReflectionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "reflection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="awards.reflection"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("reflection", "number"), name="reflection_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShareLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=60, verbose_name="누구에게 주는 링크인가요?")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("with_name", models.BooleanField(default=False)),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="마지막 날")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("openings", models.PositiveIntegerField(default=0)),
                (
                    "portfolio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to="awards.portfolio"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["portfolio", "-created_at"], name="share_link_latest")],
            },
        ),
        migrations.CreateModel(
            name="SharingConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guardian_name", models.CharField(max_length=60, verbose_name="보호자 이름")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("web_sms", "인터넷에서 동의하고 문자로 확인"),
                            ("web_card", "인터넷에서 동의하고 카드 정보로 확인"),
                            ("web_phone", "인터넷에서 동의하고 휴대전화 본인인증으로 확인"),
                            ("signed_paper", "서명한 동의서(직접, 우편, 팩스)"),
                            ("email_reply", "이메일 회신"),
                            ("phone_call", "전화로 알리고 동의 확인"),
                            ("equivalent", "그 밖에 이에 준하는 방법"),
                        ],
                        max_length=12,
                        verbose_name="동의를 확인한 방법",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="동의한 날")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="메모")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sharing_consents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("user",),
                        name="sharing_consent_in_force_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
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
                            )
                        ),
                        name="sharing_consent_way_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=120)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("nobody", "나만"),
                            ("teachers", "나와 우리 반 선생님"),
                            ("link", "링크를 받은 사람까지"),
                        ],
                        default="nobody",
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveIntegerField(null=True)),
                ("remark", models.CharField(blank=True, max_length=300)),
                (
                    "portfolio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="awards.portfolio"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("portfolio", "ref"), name="portfolio_entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["nobody", "teachers", "link"])),
                        name="portfolio_entry_audience_known",
                    ),
                ],
            },
        ),
    ]
