"""Whether `prepare.py` and `checks.py` have what the spec names: files, columns, functions."""

import ast
import csv
from collections.abc import Iterator

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.notebooks import file_of
from saem.lib.grading.predictions import SOLUTION
from saem.lib.grading.problems import SpecProblem
from saem.lib.grading.spec import Check, Predictions, Spec

SAMPLE = "sample_submission.csv"


def missing(assignment: Assignment) -> list[SpecProblem]:
    """Everything that the spec names and nobody made."""
    return [*_missing_files(assignment), *_missing_functions(assignment)]


def baseline_file(name: str) -> str:
    return f"baseline-{name}.csv"


def checks_of(spec: Spec) -> Iterator[tuple[str, Check]]:
    """The checks of notebooks and functions with their paths."""
    for part in ("notebook", "functions"):
        found = getattr(spec, part)
        for place, question in enumerate(found.questions if found else ()):
            for number, check in enumerate(question.checks):
                yield f"grading.{part}.questions.{place}.checks.{number}", check


def _missing_files(assignment: Assignment) -> Iterator[SpecProblem]:
    spec = assignment.spec
    if spec.table and SOLUTION not in assignment.hidden:
        yield _not_written("prepare", f"hidden/{SOLUTION}")
    if spec.predictions and SAMPLE not in assignment.public:
        yield _not_written("prepare", f"public/{SAMPLE}")
    for part in ("predictions", "model"):
        yield from _missing_baselines(assignment, getattr(spec, part), f"grading.{part}.baselines")
    if spec.model and spec.model.train not in assignment.public:
        yield _not_written("grading.model.train", f"public/{spec.model.train}")
    if spec.model and not _has(assignment, spec.model.test):
        yield _not_written("grading.model.test", f"hidden/{spec.model.test}")
    yield from _missing_check_files(assignment)
    yield from _missing_case_files(assignment)


def _missing_check_files(assignment: Assignment) -> Iterator[SpecProblem]:
    for path, check in checks_of(assignment.spec):
        for key, name in (("input", check.input), ("against", check.against)):
            if name and not _has(assignment, name):
                yield _not_written(f"{path}.{key}", f"hidden/{name}")
        if check.against and check.column:
            yield from _missing_column(assignment, check.against, check.column, f"{path}.column")


def _missing_baselines(assignment: Assignment, part: Predictions | None, path: str) -> Iterator[SpecProblem]:
    for place, baseline in enumerate(part.baselines if part else ()):
        if baseline_file(baseline.id) not in assignment.hidden:
            yield _not_written(f"{path}.{place}.id", f"hidden/{baseline_file(baseline.id)}")


def _missing_case_files(assignment: Assignment) -> Iterator[SpecProblem]:
    script = assignment.spec.script
    for place, case in enumerate(script.cases if script else ()):
        named = [(f"files.{name}", source) for name, source in case.files.items()]
        named += [("against", case.against)] if case.against else []
        for key, name in named:
            if not _has(assignment, name):
                yield _not_written(f"grading.script.cases.{place}.{key}", f"hidden/{name}")


def _not_written(path: str, file: str) -> SpecProblem:
    return SpecProblem(path, "grading.file_not_written", {"file": file})


def _has(assignment: Assignment, name: str) -> bool:
    return name in assignment.hidden or name in assignment.public


def header_of(assignment: Assignment, name: str) -> list[str]:
    """The columns of one of the author's files, as far as its first line tells."""
    line = file_of(assignment, name).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    return [column.strip() for column in next(csv.reader([line]), [])]


def _missing_column(assignment: Assignment, name: str, column: str, path: str) -> Iterator[SpecProblem]:
    if not _has(assignment, name):
        return
    found = header_of(assignment, name)
    if column not in found:
        yield SpecProblem(path, "grading.unknown_column", {"column": column, "file": name, "found": found[:20]})


def _missing_functions(assignment: Assignment) -> Iterator[SpecProblem]:
    """Functions that checks name and `checks.py` does not define."""
    try:
        tree = ast.parse(assignment.checks_code)
    except SyntaxError as error:
        yield SpecProblem("grading", "grading.checks_syntax", {"line": error.lineno or 0, "message": error.msg})
        return
    known = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    named = [(f"{path}.python", check.python) for path, check in checks_of(assignment.spec) if check.python]
    for part in ("predictions", "model"):
        table = getattr(assignment.spec, part)
        if table and table.measure.is_own:
            named.append((f"grading.{part}.metric", str(table.measure)))
    for path, name in named:
        if name not in known:
            yield SpecProblem(path, "grading.unknown_function", {"name": name, "known": sorted(known)})
