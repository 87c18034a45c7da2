"""Grading on another machine: what was handed in goes out, a verdict comes back as bytes that are not trusted."""

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.checkers.pictures import clean_png
from saem.lib.grading.errors import AssignmentError, ReportError
from saem.lib.grading.grading import grade
from saem.lib.grading.spec import Spec
from saem.lib.grading.verdict import CheckResult, Figure, QuestionResult, Submission, Verdict
from saem.lib.sandbox import Sandbox

MOST_BYTES = 24 * 2**20
# Bounds on what a report may hold; an honest verdict stays far below each.
MOST_VALUES, DEEPEST, LONGEST_TEXT, LONGEST_NAME = 50_000, 12, 20_000, 120
MOST_FIGURES, MOST_POINTS, LONGEST_MS = 64, 1000, 3_600_000
RUNGS = ("", "A", "B", "C")
# An assignment may weigh some megabytes; a process rarely grades more projects than this at a time.
ASSIGNMENTS_KEPT = 16


class Parcel(Protocol):
    """What grading needs: `facts` has kind and name, `data` the file, `supply` names the assignment."""

    @property
    def facts(self) -> Mapping[str, Any]: ...

    @property
    def data(self) -> bytes: ...

    @property
    def supply(self) -> str: ...


class Report(BaseModel):
    """A verdict on its way, with the time that it took."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    verdict: Verdict
    took_ms: float

    def to_bytes(self) -> bytes:
        return self.model_dump_json().encode()


class Grader:
    """Grades parcels; `sandbox` is asked for with each, not before the first. Assignments are kept by their names."""

    def __init__(self, sandbox: Callable[[], Sandbox]) -> None:
        self._sandbox = sandbox
        self._fetch: Callable[[], bytes] = bytes
        self._assignment = lru_cache(maxsize=ASSIGNMENTS_KEPT)(self._fetched)

    def __call__(self, parcel: Parcel, supply: Callable[[], bytes]) -> bytes:
        self._fetch = supply
        assignment = self._assignment(parcel.supply)
        handed_in = Submission(str(parcel.facts["kind"]), str(parcel.facts["name"]), parcel.data)
        began = time.perf_counter()
        verdict = grade(assignment, handed_in, sandbox=self._sandbox())
        return Report(verdict=finite(verdict), took_ms=(time.perf_counter() - began) * 1000).to_bytes()

    def _fetched(self, name: str) -> Assignment:
        assignment = Assignment.from_bytes(self._fetch())
        # The rule changed after the parcel was packed: its assignment must not be kept under the old one's name.
        if not name.startswith(assignment.content_version):
            raise AssignmentError(f"{name} was asked for, {assignment.content_version} came")
        return assignment


def finite(verdict: Verdict) -> Verdict:
    """Without scores that are no numbers: JSON has no word for them, and no board shows them."""
    return replace(
        verdict,
        metrics={name: value for name, value in verdict.metrics.items() if math.isfinite(value)},
        intervals={name: ends for name, ends in verdict.intervals.items() if all(map(math.isfinite, ends))},
    )


def read_report(raw: bytes, spec: Spec, *, content_version: str) -> Report:
    """A report that may come from another machine, bounded and with every word of the author's put back.

    What is left to trust is the outcome itself. Titles, hints and points come from `spec`, so a false report can only
    be a wrong verdict: no text of its sender's choice stands on a page but what student code could have printed. Raises
    ReportError.
    """
    if len(raw) > MOST_BYTES:
        raise ReportError("too large")
    try:
        body = json.loads(raw, parse_constant=_no_constant)
        # Figures are text on the way, too long for any other; each is looked at below.
        bound({**body, "verdict": {**body["verdict"], "figures": len(body["verdict"]["figures"])}})
        report = Report.model_validate_json(raw)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ReportError(str(error)[:300]) from error
    verdict = report.verdict
    if not 0 <= report.took_ms < LONGEST_MS or verdict.isolation not in RUNGS:
        raise ReportError("time or isolation")
    if len(verdict.figures) > MOST_FIGURES:
        raise ReportError("figures")
    authored = Authored(spec)
    checks = tuple(map(authored.check, verdict.checks))
    whole = replace(
        verdict,
        checks=checks,
        questions=tuple(map(authored.question, verdict.questions)),
        figures=tuple(map(clean, verdict.figures)),
        score=round(sum(check.earned for check in checks), 9),
        max_score=sum(check.points for check in checks),
        content_version=content_version,
    )
    return report.model_copy(update={"verdict": whole})


class Authored:
    """What the author wrote about each check and question, by its id."""

    def __init__(self, spec: Spec) -> None:
        found = list(_entries(spec.model_dump(mode="json")))
        # A baseline, a question and a check may share an id; only what is checked has points.
        self._titled = {entry["id"]: entry for _owner, entry in found}
        self._checks = {entry["id"]: entry for _owner, entry in found if "points" in entry}
        self._checks_of = {(owner, entry["id"]): entry for owner, entry in found if "points" in entry}

    def check(self, found: CheckResult) -> CheckResult:
        entry = self._checks_of.get((found.question or "", found.id)) or self._checks.get(found.id, {})
        points = float(entry.get("points", found.points))
        if not 0 <= found.earned <= points <= MOST_POINTS:
            raise ReportError(f"points of {found.id}")
        hint = entry.get("hint") if found.hint else None
        return replace(found, title=_title(entry, found.id), points=points, hint=hint)

    def question(self, found: QuestionResult) -> QuestionResult:
        return replace(found, title=_title(self._titled.get(found.id, {}), found.id))


def _entries(value: object, owner: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything in a spec that has an id and a title, however deep, with the id of what it belongs to."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str) and isinstance(value.get("title"), dict):
            yield owner, value
            owner = value["id"]
        for inner in value.values():
            yield from _entries(inner, owner)
    elif isinstance(value, list):
        for inner in value:
            yield from _entries(inner, owner)


def _title(entry: Mapping[str, Any], name: str) -> dict[str, str]:
    return dict(entry.get("title") or {"ko": name, "en": name})


def bound(value: object) -> None:
    """Raise ReportError where parsed JSON is deeper, longer or more than any verdict."""
    left, level = MOST_VALUES, [value]
    for _depth in range(DEEPEST):
        left -= len(level)
        if left < 0:
            break
        for one in level:
            _bound_text(one)
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return
    raise ReportError("too much or too deep")


def _bound_text(one: object) -> None:
    if isinstance(one, dict) and any(len(name) > LONGEST_NAME for name in one):
        raise ReportError("a name is too long")
    if isinstance(one, str) and len(one) > LONGEST_TEXT:
        raise ReportError("a text is too long")


def clean(figure: Figure) -> Figure:
    """The figure with nothing in it but the picture: readers' browsers must not unfold a giant, or more than a PNG."""
    png = clean_png(figure.png)
    if png is None:
        raise ReportError("a figure")
    return replace(figure, png=png)


def _no_constant(name: str) -> float:
    raise ReportError(f"{name} is no score")
