"""Projects: answers stay hidden, nothing leaks, and the author's submissions do what is said of them."""

import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from saem.lib.content import load
from saem.lib.grading import Assignment, prepare
from saem.lib.sandbox import Sandbox
from tests.programs.conftest import CheckOf

PROJECTS = (
    ("rain-tomorrow", "rain", "rain_tomorrow"),
    ("digits", "read-digits", "digit"),
    ("seoul-bike", "rentals", "rented_count"),
)
pytestmark = pytest.mark.sandbox


def table(files: Mapping[str, bytes], name: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(files[name]))


def root_mean_square(errors: pd.Series) -> float:
    return float((errors**2).mean() ** 0.5)


@pytest.mark.parametrize("program", [program for program, _, _ in PROJECTS])
def test_solutions_pass_and_wrong_answers_fail_as_stated(report_of: CheckOf, program: str) -> None:
    assert report_of(program).problems == ()


@pytest.mark.parametrize(("program", "project", "target"), PROJECTS)
def test_answers_are_in_no_file_that_pupils_get(report_of: CheckOf, program: str, project: str, target: str) -> None:
    assignment = report_of(program).assignments[project]
    train, test = table(assignment.public, "train.csv"), table(assignment.public, "test.csv")
    assert target in train
    assert target not in test
    assert not set(train["id"]) & set(test["id"])
    assert len(set(table(assignment.public, "sample_submission.csv")[target])) == 1
    assert set(assignment.public) == {"train.csv", "test.csv", "sample_submission.csv"}


@pytest.mark.parametrize(("program", "project", "target"), PROJECTS)
def test_public_and_private_part_are_about_equal(report_of: CheckOf, program: str, project: str, target: str) -> None:
    solution = table(report_of(program).assignments[project].hidden, "solution.csv")
    share = (solution["split"] == "public").mean()
    assert 0.45 < share < 0.55


def test_the_day_after_a_test_day_is_seen_nowhere(report_of: CheckOf) -> None:
    assignment = report_of("rain-tomorrow").assignments["rain"]
    dates = {name: pd.to_datetime(table(assignment.public, name)["date"]) for name in ("train.csv", "test.csv")}
    one_day = pd.Timedelta(days=1)
    seen = {day - back for days in dates.values() for day in days for back in (0 * one_day, one_day)}
    assert not seen & {day + one_day for day in dates["test.csv"]}


def test_rain_refuses_test_days_that_give_answers_away(
    report_of: CheckOf, programs_folder: Path, sandbox: Sandbox
) -> None:
    report = report_of("rain-tomorrow")
    assert isinstance(report.assignments["rain"], Assignment)
    program = load(programs_folder / "rain-tomorrow").program
    assert program is not None
    code = program.projects["rain"].prepare
    assert "GAP = 3" in code
    prepared = prepare(
        spec=report.assignments["rain"].spec,
        prepare_code=code.replace("GAP = 3", "GAP = 2"),
        checks_code="",
        source_files=report.lesson_data["reading-the-table"],
        solution_notebook=None,
        content_version="",
        sandbox=sandbox,
    )
    assert prepared.assignment is None
    assert "can be read from other rows" in str(prepared.problems)


def test_the_order_of_digits_tells_nothing(report_of: CheckOf) -> None:
    report = report_of("digits")
    source = table(report.lesson_data["pixels"], "digits.csv")["target"]
    hidden = table(report.assignments["read-digits"].hidden, "solution.csv")["digit"]
    assert share_of_next(source) > 0.3
    assert share_of_next(hidden) < 0.15


def share_of_next(digits: pd.Series) -> float:
    """How often a digit is followed by the next one, as in 0, 1, 2; a tenth by chance."""
    return float(((digits.shift(-1) - digits) % 10 == 1).mean())


def test_bike_keeps_days_whole(report_of: CheckOf) -> None:
    assignment = report_of("seoul-bike").assignments["rentals"]
    train, test = table(assignment.public, "train.csv"), table(assignment.public, "test.csv")
    assert not set(train["date"]) & set(test["date"])
    parts = table(assignment.hidden, "solution.csv").groupby("group")["split"].nunique()
    assert (parts == 1).all()
    assert set(parts.index) == set(test["date"])


@pytest.mark.parametrize(("baseline", "error"), [("median", 654.7), ("hour-mean", 518.4), ("ridge", 349.3)])
def test_bike_baselines_are_the_known_ones(report_of: CheckOf, baseline: str, error: float) -> None:
    hidden = report_of("seoul-bike").assignments["rentals"].hidden
    truth, predicted = table(hidden, "solution.csv"), table(hidden, f"baseline-{baseline}.csv")
    both = truth.merge(predicted, on="id", suffixes=("", "_predicted"))
    errors = both["rented_count"] - both["rented_count_predicted"]
    assert root_mean_square(errors) == pytest.approx(error, abs=0.06)
