"""The best work in each project: its score beside the baselines, its place on the board within its uncertainty."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import assignment_of, program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.contents import title_in
from saem.apps.projects.metric_names import direction_of, name_of
from saem.apps.projects.models import BoardRow, ProjectRun, Submission, SubmissionState, Verdict
from saem.apps.projects.queries import LISTED
from saem.lib.grading import Assignment, Measure


@dataclass(frozen=True)
class BoardPlace:
    """`best` to `worst` of `total`: bands of 95 % that overlap share their ranks."""

    best: int
    worst: int
    total: int

    @property
    def is_single(self) -> bool:
        return self.best == self.worst


@dataclass(frozen=True)
class RankedScore:
    """The best public score with what surrounds it; `baselines` are titles and scores, the best first."""

    metric: Promise | str
    direction: Promise | str
    higher_is_better: bool
    value: float
    low: float | None
    high: float | None
    baselines: tuple[tuple[str, float], ...]
    place: BoardPlace | None

    @property
    def beaten(self) -> int:
        """How many of the baselines the score is better than."""
        return sum(
            self.value > score if self.higher_is_better else self.value < score for _title, score in self.baselines
        )


@dataclass(frozen=True)
class ProjectWork:
    """One project of one learner: the best of `tries`, and the days of the first and the last of them.

    `score` is what a board ranks by; without one, `points` of `most` are what the work was worth.
    """

    enrolment: Enrolment
    project: str
    title: str
    course: str
    submission: Submission
    tries: int
    first: dt.date
    last: dt.date
    score: RankedScore | None
    points: float
    most: float

    @property
    def ref(self) -> str:
        return f"project:{self.enrolment.pk}:{self.project}"


@dataclass(frozen=True)
class Rule:
    """What a project is graded by in one cohort."""

    title: str
    measure: Measure | None
    baselines: tuple[tuple[str, float], ...]


def project_works(enrolments: Sequence[Enrolment], language: str) -> list[ProjectWork]:
    """The graded projects of these enrolments in the programs' order: three queries, however much was handed in."""
    handed = handed_in(enrolments)
    rules = rules_of(enrolments, {(each, project) for each, project in handed}, language)
    rows = {(row.enrolment_id, row.project): row for row in board_rows(enrolments)}
    works = []
    for enrolment in enrolments:
        for step in program_of(enrolment.classroom.cohort.version).steps:
            key = (enrolment.pk, step.id)
            if step.kind == "project" and key in handed and key in rules:
                works.append(work_of(enrolment, step.id, handed[key], rules[key], rows.get(key)))
    return works


def handed_in(enrolments: Iterable[Enrolment]) -> dict[tuple[int, str], list[Submission]]:
    """Scored submissions by enrolment and project, the oldest first."""
    scored = Submission.objects.filter(enrolment__in=[each.pk for each in enrolments], state=SubmissionState.SCORED)
    found: dict[tuple[int, str], list[Submission]] = {}
    for row in scored.select_related("verdict").only(*LISTED, "verdict__intervals").order_by("created_at", "pk"):
        if row.verdict is not None:
            found.setdefault((row.enrolment_id, row.project), []).append(row)
    return found


def rules_of(
    enrolments: Sequence[Enrolment], wanted: set[tuple[int, str]], language: str
) -> dict[tuple[int, str], Rule]:
    """By enrolment and project: the rule that holds in its cohort, which a regrade may have changed."""
    runs = ProjectRun.objects.filter(cohort__in={each.classroom.cohort_id for each in enrolments})
    changed = {
        (run.cohort_id, run.project): run.graded_by
        for run in runs.exclude(graded_by=None).select_related("graded_by")
        if run.graded_by is not None
    }
    rules = {}
    for enrolment in enrolments:
        cohort = enrolment.classroom.cohort
        for project in (project for pk, project in wanted if pk == enrolment.pk):
            rule = rule_of(cohort.version, changed.get((cohort.pk, project)), project, language)
            if rule is not None:
                rules[enrolment.pk, project] = rule
    return rules


def rule_of(version: Version, graded_by: Version | None, project: str, language: str) -> Rule | None:
    found = program_of(version).projects.get(project)
    if found is None:
        return None
    assignment = assignment_of(graded_by or version, project)
    return Rule(found.title.in_(language), assignment.spec.measure, baselines_of(assignment, language))


def baselines_of(assignment: Assignment, language: str) -> tuple[tuple[str, float], ...]:
    """Titles and public scores, the best first."""
    table = assignment.spec.table
    if table is None:
        return ()
    found = [
        (title_in(each.title.as_dict(), language), float(assignment.baselines[each.id]["public"]))
        for each in table.baselines
        if each.id in assignment.baselines
    ]
    return tuple(sorted(found, key=lambda pair: pair[1], reverse=table.measure.higher_is_better))


def board_rows(enrolments: Iterable[Enrolment]) -> QuerySet[BoardRow]:
    """The learner's rows with how many bands lie wholly above and below theirs, counted by the database.

    A board in memory (`projects.standings`) would be loaded whole, and one after the other, for a single place.
    """
    mine = BoardRow.objects.filter(enrolment__in=[each.pk for each in enrolments])
    return mine.annotate(above=others(low__gt=OuterRef("high")), below=others(high__lt=OuterRef("low")), total=others())


def others(**bounds: F | OuterRef) -> Coalesce:
    """How many rows of the same board, of those present, fit."""
    rows = BoardRow.objects.filter(
        cohort=OuterRef("cohort"), project=OuterRef("project"), enrolment__left_at=None, **bounds
    )
    counted = rows.order_by().values("cohort").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def work_of(
    enrolment: Enrolment, project: str, tries: Sequence[Submission], rule: Rule, row: BoardRow | None
) -> ProjectWork:
    best = best_of(tries, rule.measure)
    assert best.verdict is not None
    return ProjectWork(
        enrolment=enrolment,
        project=project,
        title=rule.title,
        course=enrolment.classroom.cohort.version.local_title,
        submission=best,
        tries=len(tries),
        first=timezone.localdate(tries[0].created_at),
        last=timezone.localdate(tries[-1].created_at),
        score=score_of(best.verdict, rule, row),
        points=best.verdict.score,
        most=best.verdict.max_score,
    )


def score_of(verdict: Verdict, rule: Rule, row: BoardRow | None) -> RankedScore | None:
    measure = rule.measure
    if measure is None or measure not in verdict.metrics:
        return None
    low, high = verdict.intervals.get(measure, (None, None))
    return RankedScore(
        metric=name_of(measure),
        direction=direction_of(measure),
        higher_is_better=measure.higher_is_better,
        value=verdict.metrics[measure],
        low=low,
        high=high,
        baselines=rule.baselines,
        place=place_of(row, measure),
    )


def best_of(tries: Sequence[Submission], measure: Measure | None) -> Submission:
    """The best public score; where no metric ranks, the most points; of equals the first."""
    if measure is not None:
        ranked = [each for each in tries if each.verdict is not None and measure in each.verdict.metrics]
        sign = 1 if measure.higher_is_better else -1
        if ranked:
            return max(ranked, key=lambda each: sign * each.verdict.metrics[measure] if each.verdict else 0)
    return max(tries, key=lambda each: each.verdict.score if each.verdict else 0)


def place_of(row: BoardRow | None, measure: Measure) -> BoardPlace | None:
    if row is None:
        return None
    above, below, total = (int(getattr(row, name)) for name in ("above", "below", "total"))
    better, worse = (above, below) if measure.higher_is_better else (below, above)
    return BoardPlace(better + 1, total - worse, total)
