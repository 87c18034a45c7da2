"""What a team has tried: its members' submissions in order, what changed from one to the next, and the scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from saem.apps.projects.milestones.formats import RefusedFileError, rows_of, text_of
from saem.apps.projects.models import (
    ExperimentNote,
    Membership,
    Submission,
    SubmissionFile,
    SubmissionKind,
    SubmissionState,
    Team,
)
from saem.apps.projects.teams.noting import note
from saem.apps.projects.workspace.differences import Difference, of_cells, of_texts
from saem.lib.content import NotebookError, read_notebook

A_PAGE = 10
LISTED = (
    *("id", "enrolment", "project", "kind", "name", "state", "created_at", "sha256"),
    *("enrolment__nickname", "verdict__score", "verdict__max_score", "verdict__metrics", "verdict__status"),
)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """How much of a file is other than in the one before: lines of code, or predictions of so many."""

    added: int = 0
    removed: int = 0
    values: int = 0
    of: int = 0

    @property
    def is_same(self) -> bool:
        return not (self.added or self.removed or self.values)


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """One submission of the team; `changed` is None for the first of its kind and where it cannot be told."""

    submission: Submission
    before: Submission | None
    changed: Changed | None
    score: float | None
    note: str


def submissions_of(team: Team) -> QuerySet[Submission]:
    """What members handed in while they were in the team, or in one that went into it, newest first."""
    then = Membership.objects.filter(
        Q(team=team) | Q(team__merged_into=team),
        enrolment=OuterRef("enrolment"),
        since__lte=OuterRef("created_at"),
    ).filter(Q(until=None) | Q(until__gt=OuterRef("created_at")))
    found = Submission.objects.filter(Exists(then), project=team.project)
    return found.select_related("verdict", "enrolment").only(*LISTED).order_by("-created_at", "-pk")


def submission_in(team: Team, pk: int) -> Submission:
    """One submission of the team, or Http404."""
    found = submissions_of(team).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def before_in(team: Team, submission: Submission) -> Submission | None:
    """The team's submission of the same kind just before this one."""
    earlier = Q(created_at__lt=submission.created_at) | Q(created_at=submission.created_at, pk__lt=submission.pk)
    return submissions_of(team).filter(earlier, kind=submission.kind).first()


def experiments_page(
    team: Team, metric: str | None, number: str | int | None
) -> tuple[Page[Submission], list[Experiment]]:
    """One page of experiments with what changed, in a fixed number of queries."""
    page = Paginator(submissions_of(team), A_PAGE).get_page(number)
    shown = list(page.object_list)
    pairs = {each.pk: _before(team, each, shown) for each in shown}
    files = _files([*shown, *(each for each in pairs.values() if each is not None)])
    notes = dict(ExperimentNote.objects.filter(submission__in=shown).values_list("submission", "text"))
    return page, [
        Experiment(
            submission=each,
            before=pairs[each.pk],
            changed=changed(each, pairs[each.pk], files),
            score=score_of(each, metric),
            note=notes.get(each.pk, ""),
        )
        for each in shown
    ]


def score_of(submission: Submission, metric: str | None) -> float | None:
    """The public value of the metric, or the points where the project has none; None while there is no score."""
    verdict = submission.verdict
    if verdict is None or submission.state != SubmissionState.SCORED:
        return None
    value = verdict.metrics.get(metric) if metric is not None else verdict.score
    return float(value) if isinstance(value, int | float) else None


def changed(submission: Submission, before: Submission | None, files: Mapping[int, bytes]) -> Changed | None:
    """What is other in a file than in the one before it."""
    if before is None or submission.pk not in files or before.pk not in files:
        return None
    old, new = files[before.pk], files[submission.pk]
    if submission.kind == SubmissionKind.PREDICTIONS:
        return _values(old, new)
    difference = difference_of(submission.kind, old, new)
    return Changed(added=difference.added, removed=difference.removed) if difference is not None else None


def difference_of(kind: str, old: bytes, new: bytes) -> Difference | None:
    """Line by line, of code and notebooks; None of what is neither, or broken."""
    try:
        if kind == SubmissionKind.NOTEBOOK:
            before, after = ([cell.source for cell in read_notebook(data)] for data in (old, new))
            return of_cells(before, after)
        if kind != SubmissionKind.PREDICTIONS:
            return of_texts(text_of(old), text_of(new))
    except (NotebookError, RefusedFileError):
        return None
    return None


def write_note(team: Team, submission: Submission, *, by: Membership, text: str) -> None:
    """Say what the one change was; the last words count."""
    with transaction.atomic():
        ExperimentNote.objects.update_or_create(
            submission=submission,
            defaults={"text": text, "enrolment": by.enrolment, "written_at": timezone.now()},
        )
        note("experiment.noted", team, by=by.enrolment.user, submission=submission.pk)


def _before(team: Team, submission: Submission, shown: Sequence[Submission]) -> Submission | None:
    """On the same page where it is there; only the last of each kind needs a query."""
    place = shown.index(submission)
    nearby = next((each for each in shown[place + 1 :] if each.kind == submission.kind), None)
    return nearby or before_in(team, submission)


def _files(submissions: Sequence[Submission]) -> dict[int, bytes]:
    rows = SubmissionFile.objects.filter(submission__in=[each.pk for each in submissions])
    return {key: bytes(data) for key, data in rows.values_list("submission", "data")}


def _values(old: bytes, new: bytes) -> Changed | None:
    try:
        before, after = ({row[0]: row[1:] for row in rows_of(data)[1:]} for data in (old, new))
    except RefusedFileError:
        return None
    return Changed(values=sum(before.get(key) != value for key, value in after.items()), of=len(after))
