import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cohorts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field_id", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("png", "PNG"),
                            ("jpeg", "JPEG"),
                            ("docx", "워드(DOCX)"),
                            ("hwpx", "한글(HWPX)"),
                        ],
                        max_length=5,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("replaced_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "작성 중"), ("submitted", "제출됨"), ("withdrawn", "지원 취소")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("birth_date", models.DateField()),
                ("grade", models.CharField(blank=True, max_length=2)),
                ("needs_guardian", models.BooleanField(default=False)),
                ("answers", models.JSONField(default=dict)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("saved_tab", models.CharField(blank=True, max_length=36)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("receipt", models.CharField(max_length=20, null=True, unique=True)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ApplicationRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("answers", models.JSONField()),
                ("documents", models.JSONField(default=dict)),
                ("submitted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="cohorts.application"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="application",
            name="sent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cohorts.applicationrevision",
            ),
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="제목")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="영어 제목")),
                ("summary", models.TextField(blank=True, verbose_name="안내")),
                ("summary_en", models.TextField(blank=True, verbose_name="영어 안내")),
                (
                    "audience",
                    models.CharField(
                        choices=[("student", "학생"), ("teacher", "교사")],
                        default="student",
                        max_length=8,
                        verbose_name="지원 대상",
                    ),
                ),
                ("opens_at", models.DateTimeField(verbose_name="시작")),
                ("closes_at", models.DateTimeField(verbose_name="마감")),
                ("grace_minutes", models.PositiveSmallIntegerField(default=0, verbose_name="마감 뒤 여유(분)")),
                ("seats", models.PositiveIntegerField(verbose_name="모집 인원")),
                ("eligibility", models.TextField(blank=True, verbose_name="지원 자격")),
                ("eligibility_en", models.TextField(blank=True, verbose_name="영어 지원 자격")),
                ("born_from", models.DateField(blank=True, null=True, verbose_name="생년월일: 이날부터")),
                ("born_until", models.DateField(blank=True, null=True, verbose_name="생년월일: 이날까지")),
                ("grades", models.JSONField(blank=True, default=list, verbose_name="학년")),
                ("needs_recommendation", models.BooleanField(default=False, verbose_name="추천서 받기")),
                ("recommendation_prompt", models.TextField(blank=True, verbose_name="추천인에게 묻는 말")),
                ("recommendation_prompt_en", models.TextField(blank=True, verbose_name="추천인에게 묻는 말(영어)")),
                (
                    "followup_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="추천서와 동의를 더 받는 날수"),
                ),
                ("guardian_text", models.TextField(blank=True, verbose_name="보호자 동의서")),
                ("guardian_text_en", models.TextField(blank=True, verbose_name="보호자 동의서(영어)")),
                ("form_draft", models.JSONField(blank=True, default=dict)),
                ("form_draft_revision", models.PositiveIntegerField(default=0)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="cohorts.cohort"
                    ),
                ),
            ],
            options={
                "ordering": ["-closes_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="call",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="cohorts.call"
            ),
        ),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("text_en", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consent_texts", to="cohorts.call"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("call", "sha256"), name="consent_text_once")],
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="cohorts.document",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="document",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="cohorts.application"
            ),
        ),
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("definition", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="form_versions", to="cohorts.call"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("call", "number"), name="form_version_once")],
            },
        ),
        migrations.AddField(
            model_name="call",
            name="form",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cohorts.formversion"
            ),
        ),
        migrations.AddField(
            model_name="applicationrevision",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cohorts.formversion"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="form",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cohorts.formversion"
            ),
        ),
        migrations.CreateModel(
            name="GuardianConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guardian_name", models.CharField(max_length=60)),
                ("contact", models.CharField(max_length=120)),
                ("relation", models.CharField(max_length=30)),
                ("token_sha256", models.CharField(max_length=64, null=True, unique=True)),
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
                        max_length=12,
                    ),
                ),
                ("given_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                ("declined_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="cohorts.application"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cohorts.document"
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
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="cohorts.consenttext"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["application", "given_at"], name="consent_by_application")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_at", None),
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
                        name="consent_way_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("given_at__isnull", False), ("withdrawn_at", None)),
                        fields=("application",),
                        name="consent_in_force_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("email", models.EmailField(max_length=254)),
                ("role", models.CharField(max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "부탁함"),
                            ("given", "추천함"),
                            ("declined", "거절함"),
                            ("expired", "기한 지남"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recommendations",
                        to="cohorts.application",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["application", "state"], name="recommendation_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "given", "declined", "expired"])),
                        name="recommendation_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "given"])),
                        fields=("application",),
                        name="recommendation_open_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pdf", "png", "jpeg", "docx", "hwpx"])), name="document_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at", None)),
                fields=("application", "field_id"),
                name="document_current_once",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["closes_at", "opens_at"], name="call_by_dates"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="call_dates_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["student", "teacher"])), name="call_audience_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationrevision",
            constraint=models.UniqueConstraint(fields=("application", "number"), name="application_revision_once"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["call", "state", "-submitted_at"], name="application_by_call"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["call", "name"], name="application_by_name"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["applicant", "-saved_at"], name="application_by_person"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(fields=("call", "applicant"), name="application_once"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "submitted", "withdrawn"])), name="application_state_known"
            ),
        ),
    ]
