"""Proposals: branches of a program, their revisions, what was checked and said, and who approved."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.people.models import Agreement, Institution
from saem.web.languages import reader_language

LONGEST_TITLE = 120
LONGEST_TEXT = 4000


class Blob(models.Model):
    """The bytes of one file, named by their SHA-256; files of many revisions share them."""

    digest = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return self.digest[:12]


class VersionFiles(models.Model):
    """A version's files as digests by name, kept from the first proposal on."""

    version = models.OneToOneField("catalog.Version", models.CASCADE, related_name="files")
    files = models.JSONField()

    def __str__(self) -> str:
        return f"{self.version_id}"


class ProposalState(models.TextChoices):
    OPEN = "open", _("의논하는 중")
    PUBLISHED = "published", _("새 판으로 나옴")
    CLOSED = "closed", _("그만둠")


class Proposal(models.Model):
    """A branch of a program; `version` is what it was published as."""

    program = models.ForeignKey("catalog.Program", models.PROTECT, related_name="proposals")
    title = models.CharField(_("제목"), max_length=LONGEST_TITLE)
    why = models.TextField(_("왜 고치나요?"), max_length=LONGEST_TEXT)
    state = models.CharField(max_length=9, choices=ProposalState.choices, default=ProposalState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    version = models.OneToOneField("catalog.Version", models.SET_NULL, null=True, related_name="proposal")

    class Meta:
        verbose_name = _("제안")
        verbose_name_plural = _("제안")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["program", "-opened_at"], name="proposal_by_program")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ProposalState.values), name="proposal_state_known")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN


class Revision(models.Model):
    """One saving of a proposal. `files` are digests by name, `base` is the version it changes.

    `writers` says who wrote a passage last: by file and key, the person's number; nobody for what `base` has.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    base = models.ForeignKey("catalog.Version", models.PROTECT, related_name="+")
    files = models.JSONField()
    writers = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["proposal", "-number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.number}"


class CheckState(models.TextChoices):
    WAITING = "waiting", _("확인하는 중")
    PASSED = "passed", _("문제 없음")
    PROBLEMS = "problems", _("고칠 곳 있음")
    FAILED = "failed", _("확인하지 못함")


class RevisionCheck(models.Model):
    """What checking a revision came to: its problems with file, line, code and parameters."""

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="check_result")
    state = models.CharField(max_length=8, choices=CheckState.choices, default=CheckState.WAITING)
    problems = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=CheckState.values), name="revision_check_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.state}"


class RevisionBuild(models.Model):
    """What checking built of a revision without errors, as publishing stores it: publishing need not check again."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="builds")
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=60, blank=True)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "kind", "name"], name="revision_build_once")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.kind} {self.name}"


class IncomingKind(models.TextChoices):
    SAVED = "saved", _("올린 것")
    VERSION = "version", _("새로 나온 판")


class Incoming(models.Model):
    """Files that could not be taken in at once: somebody has to say what becomes of the passages that clash.

    `base_files` is what `files` began from; both meet the newest revision whenever the question is looked at.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="incoming")
    kind = models.CharField(max_length=7, choices=IncomingKind.choices)
    base_files = models.JSONField()
    files = models.JSONField()
    version = models.ForeignKey("catalog.Version", models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=IncomingKind.values), name="incoming_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"


class ProposalComment(models.Model):
    """A word about a passage of a revision (`file` and `key`), or about the whole proposal where both are empty.

    `quote` keeps the passage's words as they were: it may be gone by now. Answers have a `parent`, which is settled.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="comments")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    file = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=400, blank=True)
    quote = models.TextField(blank=True)
    text = models.TextField(max_length=LONGEST_TEXT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="answers")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["said_at", "pk"]
        indexes = [models.Index(fields=["proposal", "said_at"], name="comment_by_proposal")]

    def __str__(self) -> str:
        return self.text[:40]


class ReviewDecision(models.TextChoices):
    APPROVE = "approve", _("찬성해요")
    CHANGES = "changes", _("고쳐 주세요")


class ProposalReview(models.Model):
    """What one person decided on one revision, for one institution; a later decision of theirs takes its place."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    decision = models.CharField(max_length=7, choices=ReviewDecision.choices)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "reviewer"], name="proposal_review_once"),
            models.CheckConstraint(
                condition=models.Q(decision__in=ReviewDecision.values), name="proposal_review_decision_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.decision}"


class ReviewRule(models.Model):
    """How many approvals an agreement asks of each of its institutions; without a row, one."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="review_rule", verbose_name=_("협약"))
    approvals = models.PositiveSmallIntegerField(_("기관마다 필요한 찬성 수"), default=1)

    class Meta:
        verbose_name = _("검토 규칙")
        verbose_name_plural = _("검토 규칙")
        constraints = [models.CheckConstraint(condition=models.Q(approvals__gte=1), name="review_rule_asks_somebody")]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.approvals}"


class ReleaseNotes(models.Model):
    """What is new in a version, in both languages."""

    version = models.OneToOneField("catalog.Version", models.CASCADE, related_name="notes")
    ko = models.TextField(max_length=LONGEST_TEXT)
    en = models.TextField(max_length=LONGEST_TEXT)

    def __str__(self) -> str:
        return self.ko[:40]

    @property
    def local(self) -> str:
        return self.en if reader_language() == "en" else self.ko
