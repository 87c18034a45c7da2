"""What staff see of a selection as it goes on: the way, each stage's progress, where reviewers disagree."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from saem.apps.cohorts.calls.pages import Step
from saem.apps.cohorts.models import Selection, SelectionRun, SelectionState
from saem.apps.cohorts.selection import loading
from saem.apps.cohorts.selection.assigning import coming_to
from saem.apps.cohorts.selection.rule_pages import problem_words, stage_titles
from saem.lib.selection import Code, Problem
from saem.web.messages import message


@dataclass(frozen=True, kw_only=True)
class StageProgress:
    """How far one stage is."""

    id: str
    title: str
    people: int
    given: int
    done: int
    wanted: int
    is_settled: bool
    is_open: bool

    @property
    def share(self) -> int:
        return min(100, self.done * 100 // self.wanted) if self.wanted else 0


def progress_of(selection: Selection) -> list[StageProgress]:
    """One row for each stage that somebody has come to; two queries a stage and one for all."""
    rules, titles = loading.rules_of(selection), stage_titles(loading.rules_of(selection))
    stages = [stage.id for stage in rules.stages]
    counted = selection.readings.filter(withdrawn_at=None).values_list("stage")
    numbers = counted.annotate(given=Count("pk"), done=Count("pk", filter=Q(submitted_at__isnull=False)))
    rows = {stage: (given, done) for stage, given, done in numbers.order_by()}
    settled = stages.index(selection.settled_stage) if selection.settled_stage in stages else -1
    found = []
    for place, stage in enumerate(rules.stages):
        people = coming_to(selection, stage.id).count() if place <= settled + 1 else 0
        given, done = rows.get(stage.id, (0, 0))
        found.append(
            StageProgress(
                id=stage.id,
                title=titles[stage.id],
                people=people,
                given=given,
                done=done,
                wanted=max(people * stage.reviews, given),
                is_settled=place <= settled,
                is_open=place == settled + 1,
            )
        )
    return found


def steps_of(selection: Selection, progress: list[StageProgress]) -> list[Step]:
    """The way of a selection as a strip: rules, the draw, each stage, the result."""
    is_published = selection.state == SelectionState.PUBLISHED
    steps = [Step(_("기준 선언"), "done"), Step(_("추첨"), "done" if selection.is_drawn else "now")]
    for one in progress:
        is_now = one.is_open and selection.is_drawn
        steps.append(Step(one.title, "done" if one.is_settled else "now" if is_now else "todo"))
    is_ready = all(one.is_settled for one in progress)
    return [*steps, Step(_("결과 발표"), "done" if is_published else "now" if is_ready else "todo")]


def run_words(run: SelectionRun | None) -> str:
    """What came of an act, in the reader's language; empty while it is computed."""
    if run is None or not run.code:
        return ""
    return message(run.code, **run.params)


def run_problems(run: SelectionRun | None) -> list[str]:
    """What stands in the way of a draw, application by application."""
    found = run.params.get("problems", []) if run is not None else []
    problems = [Problem(**{**one, "code": Code(one["code"])}) for one in found]
    return [f"{one.place}: {problem_words(one, {})}" for one in problems]
