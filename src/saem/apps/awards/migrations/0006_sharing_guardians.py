"""Expand: a question to a guardian about the portfolio keeps its words and the evidence itself, as every other does."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WAYS = [
    ("web_sms", "인터넷에서 동의하고 문자로 확인"),
    ("web_card", "인터넷에서 동의하고 카드 정보로 확인"),
    ("web_phone", "인터넷에서 동의하고 휴대전화 본인인증으로 확인"),
    ("signed_paper", "서명한 동의서(직접, 우편, 팩스)"),
    ("email_reply", "이메일 회신"),
    ("phone_call", "전화로 알리고 동의 확인"),
    ("equivalent", "그 밖에 이에 준하는 방법"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("awards", "0005_badge_holder_required"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("SharingQuestion", "SharingGuardian"),
        # It speaks of the consent in the other table, and the two are about to be one row.
        migrations.RemoveConstraint("sharingguardian", "sharing_question_open_once"),
        migrations.RenameField("sharingguardian", "text", "kept_text"),
        migrations.AddField("sharingguardian", "text", models.TextField(default=""), preserve_default=False),
        migrations.AddField("sharingguardian", "text_en", models.TextField(default=""), preserve_default=False),
        migrations.AddField(
            "sharingguardian", "way", models.CharField(blank=True, choices=WAYS, default="", max_length=12)
        ),
        migrations.AddField("sharingguardian", "given_on", models.DateField(null=True)),
        migrations.AddField("sharingguardian", "note", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField(
            "sharingguardian",
            "recorded_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField("sharingguardian", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "sharingguardian",
            "withdrawn_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            "sharingguardian", "withdrawn_note", models.CharField(blank=True, default="", max_length=300)
        ),
        migrations.AlterField("sharingguardian", "relation", models.CharField(blank=True, max_length=30)),
        migrations.AlterField("sharingguardian", "contact", models.CharField(blank=True, max_length=120)),
        migrations.AlterField(
            "sharingguardian", "token_sha256", models.CharField(max_length=64, null=True, unique=True)
        ),
        migrations.AlterField("sharingguardian", "expires_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "sharingguardian",
            "kept_text",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="awards.sharingtext",
            ),
        ),
        migrations.AlterField(
            "sharingguardian",
            "user",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sharing_guardians",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
