"""The code of a project in a cohort as `lib.similarity` reads it: newest files only, owners by team."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from saem.apps.cohorts.models import Cohort
from saem.apps.projects.milestones.formats import RefusedFileError, text_of
from saem.apps.projects.models import Evidence, EvidenceFile, Membership, Submission, SubmissionFile, SubmissionKind
from saem.lib.content import NotebookError, read_notebook
from saem.lib.similarity import Work

CODE = (SubmissionKind.NOTEBOOK, SubmissionKind.SCRIPT, SubmissionKind.FUNCTIONS, SubmissionKind.MODEL)
FORMATS = ("notebook", "python")
# Files are read so many at a time.
BATCH = 50


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file: `key` is `s` or `e` with the number of a submission or a version of evidence."""

    key: str
    owner: str
    classroom: int
    name: str
    who: str
    is_notebook: bool

    @property
    def pk(self) -> int:
        return int(self.key[1:])

    @property
    def is_submission(self) -> bool:
        return self.key.startswith("s")


@dataclass(frozen=True, kw_only=True)
class Unreadable:
    """A file that could not be read; it is named, and the others are compared all the same."""

    source: Source


def sources_of(cohort: Cohort, project: str) -> list[Source]:
    """Every newest file of code, in three queries."""
    teams = dict(
        Membership.objects.filter(project=project, until=None, enrolment__classroom__cohort=cohort).values_list(
            "enrolment", "team"
        )
    )
    return [*_submitted(cohort, project, teams), *_evidence(cohort, project)]


def _submitted(cohort: Cohort, project: str, teams: dict[int, int]) -> Iterator[Source]:
    rows = Submission.objects.filter(enrolment__classroom__cohort=cohort, project=project, kind__in=CODE)
    listed = rows.order_by("enrolment", "kind", "-created_at", "-pk").values_list(
        "pk", "enrolment", "kind", "enrolment__classroom", "name", "enrolment__nickname"
    )
    seen: set[tuple[int, str]] = set()
    for pk, enrolment, kind, classroom, name, nickname in listed.iterator():
        if (enrolment, kind) in seen:
            continue
        seen.add((enrolment, kind))
        owner = f"t{teams[enrolment]}" if enrolment in teams else f"p{enrolment}"
        yield Source(
            key=f"s{pk}", owner=owner, classroom=classroom, name=name, who=nickname,
            is_notebook=kind == SubmissionKind.NOTEBOOK,
        )  # fmt: skip


def _evidence(cohort: Cohort, project: str) -> Iterator[Source]:
    same = Evidence.objects.filter(milestone=OuterRef("milestone"), ask=OuterRef("ask")).order_by("-number")
    rows: QuerySet[Evidence] = Evidence.objects.filter(
        milestone__team__classroom__cohort=cohort,
        milestone__team__project=project,
        format__in=FORMATS,
        number=Subquery(same.values("number")[:1]),
    )
    listed = rows.order_by("pk").values_list(
        "pk", "milestone__team", "milestone__team__merged_into", "milestone__team__classroom", "name",
        "milestone__team__name", "format",
    )  # fmt: skip
    for pk, team, merged_into, classroom, name, team_name, format_ in listed:
        yield Source(
            key=f"e{pk}", owner=f"t{merged_into or team}", classroom=classroom, name=name, who=team_name,
            is_notebook=format_ == "notebook",
        )  # fmt: skip


def read_works(sources: Iterable[Source]) -> Iterator[Work | Unreadable]:
    """Each file as its code cells, in the order of `sources`; a few files are in memory at once."""
    batch: list[Source] = []
    for source in sources:
        batch.append(source)
        if len(batch) == BATCH:
            yield from _read(batch)
            batch = []
    yield from _read(batch)


def _read(batch: list[Source]) -> Iterator[Work | Unreadable]:
    submitted = SubmissionFile.objects.filter(submission__in=[each.pk for each in batch if each.is_submission])
    given = EvidenceFile.objects.filter(evidence__in=[each.pk for each in batch if not each.is_submission])
    files = {f"s{pk}": bytes(data) for pk, data in submitted.values_list("submission", "data")}
    files |= {f"e{pk}": bytes(data) for pk, data in given.values_list("evidence", "data")}
    for source in batch:
        cells = cells_of(files.get(source.key, b""), is_notebook=source.is_notebook)
        if cells is None:
            yield Unreadable(source=source)
        else:
            yield Work(id=source.key, owner=source.owner, cells=cells)


def cells_of(data: bytes, *, is_notebook: bool) -> tuple[str, ...] | None:
    """The code cells of a notebook, or a file as one cell; None where it cannot be read."""
    try:
        if is_notebook:
            return tuple(cell.source for cell in read_notebook(data) if cell.is_code)
        return (text_of(data),) if data else None
    except (NotebookError, RefusedFileError):
        return None
