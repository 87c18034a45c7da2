import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What these are by their nature; staff had no way to say so until now.
OUTSIDE = ("visit", "camp", "internship")


def say_where(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("partners", "Opportunity").objects.filter(kind__in=OUTSIDE).update(is_outside=True)


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_partners"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpportunityGuardian",
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
                ("withdrawn_note", models.CharField(blank=True, default="", max_length=300)),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guardians", to="partners.opportunity"
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opportunity_guardians",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["opportunity", "user", "-asked_at"], name="opportunity_guardian_latest")
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
                        name="opportunity_guardian_way_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("given_on__isnull", False), ("withdrawn_at", None)),
                        fields=("opportunity", "user"),
                        name="opportunity_guardian_once",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="signup",
            name="sign_up_state_known",
        ),
        migrations.AddField(
            model_name="opportunity",
            name="is_outside",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="signup",
            name="held_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="signup",
            name="is_of_age",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="signup",
            name="state",
            field=models.CharField(
                choices=[
                    ("going", "자리 있음"),
                    ("held", "보호자 동의를 기다림"),
                    ("waiting", "대기"),
                    ("cancelled", "취소함"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddIndex(
            model_name="signup",
            index=models.Index(condition=models.Q(("state", "held")), fields=["held_until"], name="sign_up_held"),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["going", "held", "waiting", "cancelled"])), name="sign_up_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), _negated=True), ("held_until__isnull", False), _connector="OR"
                ),
                name="sign_up_held_until",
            ),
        ),
        migrations.RunPython(say_where, migrations.RunPython.noop),
    ]
