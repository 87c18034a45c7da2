"""What this room knows for completion: projects with a scored submission, and the best score of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction

from saem.apps.cohorts.completion.sources import Known
from saem.apps.projects.models import Submission, SubmissionState
from saem.lib.completion import ProjectFact, Score


def known_of(enrolments: Sequence[int]) -> Mapping[int, Known]:
    """By enrolment, in one query. A project is passed once one submission was scored; a rule may ask for a share."""
    best: dict[int, dict[str, ProjectFact]] = defaultdict(dict)
    rows = Submission.objects.filter(enrolment__in=enrolments, state=SubmissionState.SCORED).values_list(
        "enrolment_id", "project", "verdict__score", "verdict__max_score"
    )
    for enrolment, project, score, most in rows:
        fact = ProjectFact(passed=True, score=_score(score, most))
        before = best[enrolment].get(project)
        if before is None or _share(fact) > _share(before):
            best[enrolment][project] = fact
    return {
        enrolment: Known(steps=frozenset(f"project:{project}" for project in projects), projects=projects)
        for enrolment, projects in best.items()
    }


def _score(points: float | None, most: float | None) -> Score | None:
    """None where the project gives no points, only a place on the board."""
    if points is None or not most:
        return None
    return Score(min(Fraction(str(points)), Fraction(str(most))), Fraction(str(most)), final=False)


def _share(fact: ProjectFact) -> Fraction:
    return fact.score.share if fact.score is not None else Fraction()
