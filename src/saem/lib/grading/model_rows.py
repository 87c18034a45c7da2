"""The rows that a model is asked about: without key and answer, in an order that nobody outside knows."""

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import replace

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.inventory import header_of
from saem.lib.grading.notebooks import file_of
from saem.lib.grading.predictions import SOLUTION
from saem.lib.grading.problems import SpecProblem
from saem.lib.grading.spec import ModelCode

ROWS, PLACES = "model-rows.csv", "model-places.json"


def with_rows(assignment: Assignment) -> tuple[Assignment, list[SpecProblem]]:
    """Keep the rows, and for each its place in the hidden table; they are mixed once for a version."""
    spec: ModelCode = assignment.spec.model  # type: ignore[assignment]  # callers made sure of it
    problems = _column_problems(assignment, spec)
    if problems or spec.id not in header_of(assignment, SOLUTION):
        return assignment, problems  # what the hidden table lacks has been told by whoever scored the baselines
    columns = columns_of(assignment, spec)
    known = {row[spec.id].strip(): place for place, row in enumerate(_rows(file_of(assignment, SOLUTION)))}
    rows = _rows(file_of(assignment, spec.test))
    if sorted(row[spec.id].strip() for row in rows) != sorted(known):
        params = {"file": spec.test, "found": len(rows), "expected": len(known)}
        return assignment, [SpecProblem("grading.model.test", "grading.rows_differ", params)]
    random.Random(assignment.content_version).shuffle(rows)  # noqa: S311  # an order, not a secret: answers are not in it
    kept = {
        ROWS: _table(columns, rows),
        PLACES: json.dumps([known[row[spec.id].strip()] for row in rows]).encode(),
    }
    return replace(assignment, reference={**assignment.reference, **kept}), []


def columns_of(assignment: Assignment, spec: ModelCode) -> list[str]:
    """What a model may look at: the columns that both tables have, without key and answer."""
    asked = header_of(assignment, spec.test)
    return [name for name in header_of(assignment, spec.train) if name in asked and name not in (spec.id, spec.target)]


def _column_problems(assignment: Assignment, spec: ModelCode) -> list[SpecProblem]:
    problems = []
    for key, wanted in (("train", spec.target), ("test", spec.id)):
        name = getattr(spec, key)
        found = header_of(assignment, name)
        if wanted not in found:
            params = {"column": wanted, "file": name, "found": found[:20]}
            problems.append(SpecProblem(f"grading.model.{key}", "grading.unknown_column", params))
    if not columns_of(assignment, spec):
        params = {"train": spec.train, "test": spec.test}
        problems.append(SpecProblem("grading.model.test", "grading.no_shared_columns", params))
    return problems


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")))


def _table(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
