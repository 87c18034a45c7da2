"""From responses to a table of skills: climbs from several starts, then items and bands, then how sure it all is."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ResponsesError
from saem.lib.learners.findings import Finding
from saem.lib.learners.model import Fit, describe
from saem.lib.learners.responses import Responses

from .choices import Choices
from .degenerate import covariance_of, degenerate, findings_of
from .kernels import climb_tags, information_tags
from .naming import tag_names
from .refining import Refined, Rows, bands_before, refine
from .sequences import Booleans, Floats, Integers, Narrow, Sequences, rows_by, sequences_of
from .spreading import over_tags
from .table import Table, population
from .task import PRIOR, Task


@dataclass(frozen=True)
class Climbed:
    """What the climbs of every tag found: `summit` (tags, starts, 5), the rest (tags, starts)."""

    summit: Floats
    likelihood: Floats
    steps: Integers
    converged: Booleans

    def best(self, values: NDArray[Any]) -> NDArray[Any]:
        """Of each tag the value of its best start."""
        return np.asarray(values[np.arange(len(values)), self.likelihood.argmax(axis=1)])


def fit_table(responses: Responses, choices: Choices) -> tuple[Fit, dict[str, Any], Table]:
    """How it went, what it was trained on, and every tag's parameters."""
    began = time.perf_counter()
    choices.check()
    names, rows = _rows(responses, choices)
    task = _task(rows, choices)
    climbed = Climbed(*over_tags(climb_tags, task, choices.jobs, choices.first_guesses()))
    theta = climbed.best(climbed.summit)
    covariance = covariance_of(information_tags(task, theta), theta)
    why = degenerate(theta, task.totals, covariance, climbed.summit, climbed.likelihood)
    refined = _refined(rows, task, climbed, choices)
    middle, spread = population(refined.theta, task.totals, why)
    table = Table(
        names=names,
        why=why,
        items=responses.items if choices.item_effects else (),
        theta=np.vstack([refined.theta, middle]),
        covariance=np.concatenate([covariance, spread[None]]),
        prior=np.vstack([refined.prior, np.full(refined.prior.shape[1], middle[PRIOR])]),
        cuts=rows.cuts,
        pair=refined.pair,
        emission=refined.emission,
        totals=task.totals,
        likelihood=refined.likelihood,
        spread=climbed.likelihood.std(axis=1),
    )
    findings = (
        *responses.findings,
        *_order_findings(responses, rows.by_student),
        *findings_of(names, why, theta, refined.converged),
    )
    fit = Fit(
        log_likelihood=float(refined.likelihood.sum()),
        converged=bool(refined.converged.all()),
        iterations=int(refined.steps.max()),
        seconds=time.perf_counter() - began,
        starts=choices.starts,
        spread=float(climbed.likelihood.sum(axis=0).std()),
        findings=findings,
    )
    return fit, describe(responses), table


def _rows(responses: Responses, choices: Choices) -> tuple[tuple[str, ...], Rows]:
    """The names of the tags that have responses (chosen rows keep the vocabulary of all), and the columns."""
    right, students = responses.right_or_wrong(), len(responses.students)
    if not len(right):
        raise ResponsesError("no_responses")
    present = np.bincount(responses.tag, minlength=len(responses.tag_sets)) > 0
    names = tuple(name for name, there in zip(tag_names(responses), present, strict=True) if there)
    tag = responses.tag if present.all() else (np.cumsum(present) - 1).astype(np.int32)[responses.tag]
    by_student = rows_by(responses.student, students)
    cuts, band = bands_before(by_student, responses.student, right, wanted=choices.individual_prior)
    return names, Rows(
        right,
        tag,
        responses.student,
        responses.item,
        len(names),
        students,
        len(responses.items),
        by_student,
        band,
        cuts,
    )


def _task(rows: Rows, choices: Choices) -> Task:
    """The first stage: every skill's own parameters."""
    data = sequences_of(rows.right, rows.tag, rows.student, tags=rows.tags, students=rows.students)
    return Task(
        data=data,
        totals=_totals(data, rows.tag, rows.right),
        plain=not choices.forgetting,
        forgetting=bool(choices.forgetting),
        pull=0.0,
        centre=np.empty(0),
        place=np.zeros(rows.tags + 1, dtype=np.int64),
        tolerance=float(choices.tolerance),
        most=int(choices.most_iterations),
    )


def _totals(data: Sequences, tag: Narrow, right: Booleans) -> Floats:
    tags = len(data.tag_sequence) - 1
    students = np.concatenate([[0.0], np.cumsum(data.counts)])[data.tag_sequence]
    responses = np.bincount(tag, minlength=tags)
    return np.stack([np.diff(students), responses, np.bincount(tag, weights=right, minlength=tags)], axis=1)


def _refined(rows: Rows, task: Task, climbed: Climbed, choices: Choices) -> Refined:
    """The second stage where one was asked for, else what the first found."""
    theta, converged, steps = (climbed.best(each) for each in (climbed.summit, climbed.converged, climbed.steps))
    if choices.item_effects or choices.individual_prior:
        found = refine(rows, task, theta, choices)
        return Refined(
            found.theta, found.prior, found.pair, found.emission, found.likelihood, found.steps + steps,
            found.converged & converged,
        )  # fmt: skip
    prior, pair = theta[:, PRIOR : PRIOR + 1], np.empty((0, 2), dtype=np.int64)
    return Refined(theta, prior, pair, np.empty((0, 2)), climbed.best(climbed.likelihood), steps, converged)


def _order_findings(responses: Responses, by_student: Narrow) -> list[Finding]:
    """The first row whose time is before that of the same student's row above it."""
    if responses.time is None:
        return []
    time_of, student = responses.time[by_student], responses.student[by_student]
    back = np.flatnonzero((np.diff(time_of) < 0) & (np.diff(student) == 0))
    return [Finding("time_goes_back", row=int(by_student[back[0] + 1]))] if len(back) else []
