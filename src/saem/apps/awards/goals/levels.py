"""Who reaches a goal, and with what: read from the verdicts that count now, whoever was graded again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from saem.apps.awards.models import Goal, Level
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import assignment_of, program_of, spec_of
from saem.apps.cohorts.models import Cohort
from saem.apps.projects.metric_names import direction_of, name_of
from saem.apps.projects.models import ProjectRun, Submission, SubmissionState, Verdict
from saem.apps.projects.queries import rule_of
from saem.lib.content import Project
from saem.lib.grading import Assignment, Measure

# Shares are compared in points; sums of decimal points are not exact.
ROUNDING = 1e-9
SHOWN_DIGITS = 6
READ = (
    *("id", "enrolment", "created_at", "verdict__score", "verdict__max_score", "verdict__metrics"),
    "verdict__content_version",
)


@dataclass(frozen=True)
class Beaten:
    """A baseline as a bar: its public score, and by which measure somebody is better."""

    id: str
    title: dict[str, str]
    score: float
    measure: Measure


@dataclass(frozen=True)
class Reached:
    """A scored submission at or above a goal's level, and what the badge says of it."""

    submission: Submission
    facts: dict[str, Any]


def projects_in(cohort: Cohort) -> dict[str, Project]:
    """The projects of the cohort's version, in its order."""
    program = program_of(cohort.version)
    return {step.id: program.projects[step.id] for step in program.steps if step.id in program.projects}


def rules_in(cohort: Cohort) -> dict[str, Version]:
    """The rule that grades each project now, in one query."""
    runs = ProjectRun.objects.filter(cohort=cohort, graded_by__isnull=False).select_related("graded_by")
    changed = {run.project: run.graded_by for run in runs if run.graded_by is not None}
    return {project: changed.get(project, cohort.version) for project in projects_in(cohort)}


def baselines_of(rule: Version, project: str) -> list[Beaten]:
    """The baselines that a project is compared with."""
    assignment: Assignment = assignment_of(rule, project)
    table = assignment.spec.table
    if table is None:
        return []
    scores = assignment.baselines
    return [
        Beaten(each.id, each.title.as_dict(), scores[each.id]["public"], table.measure)
        for each in table.baselines
        if each.id in scores
    ]


def gives_points(rule: Version, project: str) -> bool:
    """Whether the rule has checks with points, of which a share may be asked for."""
    return spec_of(rule, project).gives_points


def reached(goal: Goal, enrolments: Collection[int] | None = None) -> dict[int, Reached]:
    """The best submission of each enrolment, of all or of these, where it is at or above the level."""
    project = program_of(goal.cohort.version).projects.get(goal.project)
    if project is None:
        return {}
    rows = submissions_to(goal, enrolments)
    if goal.level == Level.SHARE:
        return by_share(goal, project, rows)
    bars = baselines_of(rule_of(goal.cohort, goal.project), goal.project)
    baseline = next((each for each in bars if each.id == goal.baseline), None)
    return by_baseline(project, baseline, rows) if baseline is not None else {}


def submissions_to(goal: Goal, enrolments: Collection[int] | None) -> Iterable[Submission]:
    """Scored submissions, the first one first: of equals the first counts."""
    rows = Submission.objects.filter(project=goal.project, state=SubmissionState.SCORED, verdict__isnull=False)
    rows = rows.filter(enrolment__classroom__cohort=goal.cohort_id)
    if enrolments is not None:
        rows = rows.filter(enrolment__in=enrolments)
    return rows.select_related("verdict").only(*READ).order_by("created_at", "pk")


def by_share(goal: Goal, project: Project, rows: Iterable[Submission]) -> dict[int, Reached]:
    best: dict[int, tuple[float, Submission, Verdict]] = {}
    for row in rows:
        verdict = row.verdict
        if verdict is None or not verdict.max_score:
            continue
        share = verdict.score / verdict.max_score
        if share * 100 + ROUNDING >= goal.percent and share > best.get(row.enrolment_id, (-1.0,))[0]:
            best[row.enrolment_id] = (share, row, verdict)
    return {
        enrolment: Reached(row, facts_of(project, row, verdict) | points_of(share, verdict))
        for enrolment, (share, row, verdict) in best.items()
    }


def points_of(share: float, verdict: Verdict) -> dict[str, float]:
    percent = rounded(share * 100)
    return {"score": percent, "percent": percent, "points": rounded(verdict.score), "most": rounded(verdict.max_score)}


def by_baseline(project: Project, bar: Beaten, rows: Iterable[Submission]) -> dict[int, Reached]:
    best: dict[int, tuple[float, Submission, Verdict]] = {}
    for row in rows:
        value = row.verdict.metrics.get(bar.measure) if row.verdict is not None else None
        if row.verdict is None or value is None or not bar.measure.is_better(value, bar.score):
            continue
        if row.enrolment_id not in best or bar.measure.is_better(value, best[row.enrolment_id][0]):
            best[row.enrolment_id] = (value, row, row.verdict)
    return {
        enrolment: Reached(row, facts_of(project, row, verdict) | scores_of(value, bar))
        for enrolment, (value, row, verdict) in best.items()
    }


def scores_of(value: float, bar: Beaten) -> dict[str, Any]:
    name = bar.measure.words or str(bar.measure)
    metric = dict(name) if not isinstance(name, str) else name
    found = {"score": rounded(value), "value": rounded(value), "beaten": rounded(bar.score)}
    return {**found, "metric": metric, "baseline": bar.title}


def facts_of(project: Project, row: Submission, verdict: Verdict) -> dict[str, Any]:
    """What the badge says of the work; nothing of whose it is."""
    return {
        "project": project.id,
        "title": project.title.model_dump(),
        "version": verdict.content_version,
        "day": timezone.localdate(row.created_at).isoformat(),
    }


def rounded(value: float) -> float:
    return float(f"{value:.{SHOWN_DIGITS}g}")


def told_of(goal: Goal, rules: Mapping[str, Version]) -> dict[str, object]:
    """A goal in the parts of a sentence, in the reader's language; `rules` are those of its cohort."""
    is_ranked = goal.level == Level.BASELINE and goal.project in rules
    bars = {each.id: each for each in baselines_of(rules[goal.project], goal.project)} if is_ranked else {}
    bar = bars.get(goal.baseline)
    return {
        "level": goal.level,
        "percent": goal.percent,
        "baseline": bar.title if bar is not None else {"ko": goal.baseline, "en": goal.baseline},
        "score": bar.score if bar is not None else None,
        "metric": name_of(bar.measure) if bar is not None else "",
        "direction": direction_of(bar.measure) if bar is not None else "",
    }
