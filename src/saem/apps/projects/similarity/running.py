"""A run: asked for on a page, computed by a job outside any transaction, written in the one that ends its claim."""

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Cohort
from saem.apps.events.services import record
from saem.apps.jobs.kinds import Effect, Kind, load_pages
from saem.apps.jobs.services import enqueue
from saem.apps.people.models import User
from saem.apps.projects.models import Evidence, SimilarityRun, SimilarityState, SimilarPair, Submission
from saem.apps.projects.similarity.works import Source, Unreadable, read_works, sources_of
from saem.lib import similarity
from saem.lib.content import NotebookError, read_notebook
from saem.lib.fleet import Claim

JOB = "similarity"
# Behind everything that somebody waits for.
PRIORITY = -10
MOST_PAIRS = 500
MOST_EARLIER = 5
STEP = 25


def ask(cohort: Cohort, project: str, *, by: User) -> SimilarityRun:
    """Have a project's code compared; a second press finds the run that waits."""
    with transaction.atomic():
        # The cohort is held: two teachers who press at once ask once.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        waiting = SimilarityRun.objects.filter(cohort=cohort, project=project, state=SimilarityState.WAITING).first()
        if waiting is not None:
            return waiting
        run = SimilarityRun.objects.create(cohort=cohort, project=project, asked_by=by)
        record(
            "similarity.asked", actor=by, object_kind="similarity_run", object_id=run.pk, cohort_id=cohort.pk,
            facts={"project": project},
        )  # fmt: skip
        enqueue(JOB, run.pk, owner_key=f"similarity:{cohort.pk}", priority=PRIORITY)
    return run


def compute(pk: int) -> Callable[[], None]:
    """Read and compare; what is returned writes it, inside the transaction that ends the claim."""
    run = SimilarityRun.objects.select_related("cohort__version__program").filter(pk=pk).first()
    if run is None or run.state != SimilarityState.WAITING:
        return lambda: None
    own = sources_of(run.cohort, run.project)
    before = [source for cohort in _earlier(run.cohort) for source in sources_of(cohort, run.project)]
    SimilarityRun.objects.filter(pk=pk).update(done=0, total=len(own) + len(before), earlier=len(before))
    reading = _Reading(pk)
    starter = _starter(run)
    index = similarity.Index.of(reading.works(own), starter=starter)
    earlier = similarity.Index.of(reading.works(before), starter=starter)
    pairs = similarity.compare(index, earlier=[earlier], ranking=similarity.Ranking(most=MOST_PAIRS))
    by_key = {source.key: source for source in (*own, *before)}
    return lambda: _write(pk, pairs, by_key, reading.unreadable)


class _Reading:
    """Counts on the page what has been read, and keeps what could not be."""

    def __init__(self, run: int) -> None:
        self._run, self._done = run, 0
        self.unreadable: list[Source] = []

    def works(self, sources: Sequence[Source]) -> Iterator[similarity.Work]:
        for found in read_works(sources):
            self._done += 1
            if self._done % STEP == 0:
                SimilarityRun.objects.filter(pk=self._run).update(done=self._done)
            if isinstance(found, Unreadable):
                self.unreadable.append(found.source)
            else:
                yield found


def _earlier(cohort: Cohort) -> list[Cohort]:
    """Earlier cohorts of the same program at the same institution, the newest first."""
    found = Cohort.objects.filter(
        version__program=cohort.version.program_id, institution=cohort.institution_id, starts_on__lt=cohort.starts_on
    )
    return list(found.order_by("-starts_on", "-pk")[:MOST_EARLIER])


def _starter(run: SimilarityRun) -> list[similarity.Work]:
    """What everybody was given, in both languages."""
    project = program_of(run.cohort.version).projects.get(run.project)
    found = []
    for language, data in project.starters.items() if project is not None else ():
        try:
            cells = tuple(cell.source for cell in read_notebook(data) if cell.is_code)
        except NotebookError:
            continue
        found.append(similarity.Work(id=f"starter {language}", owner="", cells=cells))
    return found


def _write(pk: int, pairs: Sequence[similarity.Pair], sources: dict[str, Source], unreadable: Sequence[Source]) -> None:
    run = SimilarityRun.objects.select_for_update().get(pk=pk)
    if run.state != SimilarityState.WAITING:
        return
    there = _still_there(pairs)
    kept = [pair for pair in pairs if {pair.first, pair.second} <= there]
    SimilarPair.objects.bulk_create(
        [_row(run, place, pair, sources) for place, pair in enumerate(kept, start=1)], batch_size=100
    )
    run.unreadable = [{"name": each.name, "who": each.who, "classroom": each.classroom} for each in unreadable]
    run.state, run.finished_at, run.done = SimilarityState.DONE, timezone.now(), run.total
    run.save(update_fields=["unreadable", "state", "finished_at", "done"])


def _still_there(pairs: Sequence[similarity.Pair]) -> set[str]:
    """Somebody may have been erased while we read."""
    keys = {key for pair in pairs for key in (pair.first, pair.second)}
    submissions = Submission.objects.filter(pk__in=[int(key[1:]) for key in keys if key.startswith("s")])
    versions = Evidence.objects.filter(pk__in=[int(key[1:]) for key in keys if key.startswith("e")])
    return {f"s{found}" for found in submissions.values_list("pk", flat=True)} | {
        f"e{found}" for found in versions.values_list("pk", flat=True)
    }


def _row(run: SimilarityRun, place: int, pair: similarity.Pair, sources: dict[str, Source]) -> SimilarPair:
    first, second = sources[pair.first], sources[pair.second]
    return SimilarPair(
        run=run,
        place=place,
        first_submission_id=first.pk if first.is_submission else None,
        first_evidence_id=None if first.is_submission else first.pk,
        first_classroom_id=first.classroom,
        second_submission_id=second.pk if second.is_submission else None,
        second_evidence_id=None if second.is_submission else second.pk,
        second_classroom_id=second.classroom,
        of_first=pair.of_first,
        of_second=pair.of_second,
        tokens=pair.tokens,
        passages=[[each.tokens, *vars(each.first).values(), *vars(each.second).values()] for each in pair.passages],
    )


def set_aside(pk: int) -> None:
    """The job failed too often: teachers read it and may press again."""
    SimilarityRun.objects.filter(pk=pk, state=SimilarityState.WAITING).update(
        state=SimilarityState.FAILED, finished_at=timezone.now()
    )


def wait_again(pk: int) -> None:
    """An operator sends the job on. Where somebody asked again meanwhile, the database refuses it."""
    SimilarityRun.objects.filter(pk=pk, state=SimilarityState.FAILED).update(
        state=SimilarityState.WAITING, finished_at=None
    )


def comparing(claim: Claim, _result: bytes) -> Effect:
    return Effect(write=compute(claim.subject_id))


COMPARING = Kind(name=JOB, perform=load_pages, effect=comparing, on_set_aside=set_aside, on_retry=wait_again)
