import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalog", "0001_initial"),
        ("cohorts", "0009_recommendations_by_sheet"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("projects", "0002_teams_and_milestones"),
    ]

    operations = [
        migrations.CreateModel(
            name="MatchRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "계산하는 중"),
                            ("done", "확인을 기다림"),
                            ("giving", "맡기는 중"),
                            ("given", "맡김"),
                            ("failed", "마치지 못함"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("reading", "모둠과 멘토를 읽고 있어요"),
                            ("matching", "가장 좋은 짝을 찾고 있어요"),
                            ("explaining", "모둠마다 까닭을 적고 있어요"),
                        ],
                        default="reading",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("given_at", models.DateTimeField(null=True)),
                ("teams", models.PositiveIntegerField(default=0)),
                ("mentors", models.PositiveIntegerField(default=0)),
                ("matched", models.PositiveIntegerField(default=0)),
                ("seconds", models.FloatField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cohort",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="match_runs", to="cohorts.cohort"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["cohort", "-id"], name="match_run_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "done", "giving", "given", "failed"])),
                        name="match_run_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "giving"])),
                        fields=("cohort",),
                        name="match_run_one_works",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="제목")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="영어 제목")),
                ("problem", models.TextField(max_length=6000, verbose_name="어떤 문제인가요?")),
                ("people", models.CharField(max_length=300, verbose_name="누구의 어려움인가요?")),
                ("topics", models.JSONField(default=list)),
                ("data_name", models.CharField(max_length=120, verbose_name="데이터 이름")),
                ("data_url", models.URLField(max_length=500, verbose_name="데이터를 받는 곳")),
                ("data_about", models.TextField(max_length=3000, verbose_name="데이터 설명")),
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
                ("contact_name", models.CharField(max_length=60, verbose_name="담당자")),
                ("contact_email", models.EmailField(max_length=254, verbose_name="담당자 이메일")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "쓰는 중"),
                            ("sent", "검토를 기다림"),
                            ("returned", "고쳐 달라고 함"),
                            ("approved", "공개함"),
                            ("closed", "끝남"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("comment", models.CharField(blank=True, max_length=1000)),
                ("data_withdrawn_at", models.DateTimeField(null=True)),
                ("data_withdrawn_why", models.CharField(blank=True, max_length=500)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges_hosted",
                        to="people.institution",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="challenges", to="people.institution"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "-decided_at", "-id"], name="challenge_by_state"),
                    models.Index(fields=["host", "state"], name="challenge_by_host"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "sent", "returned", "approved", "closed"])),
                        name="challenge_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence__in", ["cc-by", "cc-by-nc", "kogl-1", "public", "challenge"])),
                        name="challenge_licence_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChallengeUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "challenge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="partners.challenge"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="challenge_uses", to="projects.team"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["challenge", "ended_at"], name="challenge_use_by_challenge")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("team",), name="challenge_use_one_of_team"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topics", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interest",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MatchInput",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="input",
                        serialize=False,
                        to="partners.matchrun",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Mentor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("places", models.PositiveSmallIntegerField(default=0)),
                ("minutes", models.PositiveSmallIntegerField(default=120)),
                ("topics", models.JSONField(default=list)),
                ("languages", models.JSONField(default=list)),
                ("times", models.JSONField(default=list)),
                ("about", models.CharField(blank=True, max_length=500)),
                ("declared_at", models.DateTimeField(null=True)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("left_at", models.DateTimeField(null=True)),
                ("paused_at", models.DateTimeField(null=True)),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentors_sent",
                        to="people.institution",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mentors", to="people.institution"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentoring",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["user__display_name", "pk"],
                "indexes": [models.Index(fields=["host", "left_at"], name="mentor_by_host")],
                "constraints": [models.UniqueConstraint(fields=("user", "host"), name="mentor_once")],
            },
        ),
        migrations.CreateModel(
            name="MatchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_fixed", models.BooleanField(default=False)),
                ("reasons", models.JSONField(default=dict)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="partners.matchrun"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="match_rows", to="projects.team"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_rows",
                        to="partners.mentor",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["run", "mentor"], name="match_row_by_mentor")],
                "constraints": [models.UniqueConstraint(fields=("run", "team"), name="match_row_once")],
            },
        ),
        migrations.CreateModel(
            name="FixedPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fixed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "fixed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fixed_pair", to="projects.team"
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fixed_pairs", to="partners.mentor"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MentorConflict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conflicts", to="partners.mentor"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentor_conflicts", to="projects.team"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mentor", "team"), name="mentor_conflict_once")],
            },
        ),
        migrations.CreateModel(
            name="Opportunity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "강연"),
                            ("visit", "연구실 방문"),
                            ("camp", "캠프"),
                            ("internship", "현장 실습"),
                            ("admission", "진학 설명회"),
                        ],
                        max_length=12,
                        verbose_name="무엇인가요?",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="제목")),
                ("title_en", models.CharField(blank=True, max_length=120, verbose_name="영어 제목")),
                ("about", models.TextField(max_length=4000, verbose_name="안내")),
                ("where", models.CharField(max_length=200, verbose_name="장소")),
                ("starts_at", models.DateTimeField(verbose_name="시작")),
                ("ends_at", models.DateTimeField(verbose_name="끝")),
                ("sign_up_until", models.DateTimeField(verbose_name="신청 마감")),
                ("places", models.PositiveSmallIntegerField(verbose_name="자리")),
                ("topics", models.JSONField(default=list)),
                ("skills", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[("sent", "검토를 기다림"), ("open", "공개함"), ("cancelled", "취소함")], max_length=9
                    ),
                ),
                ("cancelled_why", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities_hosted",
                        to="people.institution",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opportunities",
                        to="people.institution",
                    ),
                ),
                ("programs", models.ManyToManyField(blank=True, related_name="opportunities", to="catalog.program")),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["state", "starts_at", "id"], name="opportunity_coming")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["talk", "visit", "camp", "internship", "admission"])),
                        name="opportunity_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["sent", "open", "cancelled"])), name="opportunity_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="opportunity_ends_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "다른 멘토로 바꿈"),
                            ("left", "멘토가 그만둠"),
                            ("staff", "담당자가 끝냄"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pairings", to="partners.mentor"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pairings",
                        to="partners.matchrun",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pairings", to="projects.team"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["mentor", "until"], name="pairing_by_mentor")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("team",), name="pairing_one_of_team"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("message", "글"),
                            ("booked", "상담 예약"),
                            ("cancelled", "예약 취소"),
                            ("met", "상담"),
                            ("asked", "검토 부탁"),
                            ("answered", "검토"),
                            ("news", "알림"),
                        ],
                        default="message",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=3000)),
                ("code", models.CharField(blank=True, max_length=60)),
                ("params", models.JSONField(default=dict)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("token", models.UUIDField(default=uuid.uuid4)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="projects.team"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["team", "-id"], name="post_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("team", "token"), name="post_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["message", "booked", "cancelled", "met", "asked", "answered", "news"])
                        ),
                        name="post_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=3000)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("token", models.UUIDField(default=uuid.uuid4)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.TextField(blank=True, max_length=3000)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("team", "모둠이 취소했어요"),
                            ("mentor", "멘토가 취소했어요"),
                            ("vetting", "멘토의 경력 조회 기간이 끝나서 취소했어요"),
                            ("pairing", "모둠의 멘토가 바뀌어서 취소했어요"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="requests", to="partners.pairing"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [models.Index(fields=["pairing", "answered_at"], name="review_request_waiting")],
                "constraints": [models.UniqueConstraint(fields=("pairing", "token"), name="review_request_once")],
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("going", "자리 있음"), ("waiting", "대기"), ("cancelled", "취소함")], max_length=9
                    ),
                ),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("moved_up_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("came", models.BooleanField(null=True)),
                (
                    "opportunity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sign_ups", to="partners.opportunity"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["opportunity", "state", "id"], name="sign_up_in_order"),
                    models.Index(fields=["user", "-id"], name="sign_up_of_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["going", "waiting", "cancelled"])), name="sign_up_state_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("opportunity", "user"),
                        name="sign_up_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("where", models.CharField(max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="partners.mentor"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("mentor", "starts_at"), name="slot_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="slot_ends_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=500)),
                ("booked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("cancelled_at", models.DateTimeField(null=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("team", "모둠이 취소했어요"),
                            ("mentor", "멘토가 취소했어요"),
                            ("vetting", "멘토의 경력 조회 기간이 끝나서 취소했어요"),
                            ("pairing", "모둠의 멘토가 바뀌어서 취소했어요"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reported_at", models.DateTimeField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("note", models.TextField(blank=True, max_length=3000)),
                (
                    "booked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pairing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="partners.pairing"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="partners.slot"
                    ),
                ),
            ],
            options={
                "ordering": ["slot__starts_at", "pk"],
                "indexes": [models.Index(fields=["pairing", "cancelled_at"], name="booking_of_pairing")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)), fields=("slot",), name="booking_one_of_slot"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topics", models.JSONField(default=list)),
                ("languages", models.JSONField(default=list)),
                ("times", models.JSONField(default=list)),
                ("wishes", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="need", to="projects.team"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Vetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("sex_offence", "성범죄 경력 조회"), ("child_abuse", "아동학대 관련 범죄 전력 조회")],
                        max_length=16,
                    ),
                ),
                ("holds_from", models.DateField()),
                ("holds_until", models.DateField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="vettings", to="partners.mentor"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-holds_until", "-pk"],
                "indexes": [
                    models.Index(fields=["mentor", "kind", "holds_until"], name="vetting_of_mentor"),
                    models.Index(
                        condition=models.Q(("withdrawn_at", None)), fields=["holds_until"], name="vetting_by_end"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["sex_offence", "child_abuse"])), name="vetting_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holds_until__gte", models.F("holds_from"))), name="vetting_ends_later"
                    ),
                ],
            },
        ),
    ]
