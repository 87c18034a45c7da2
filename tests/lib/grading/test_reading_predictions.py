"""What is said of a predictions file, whatever it is. Runs the checker's code right here, on files of our own."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from saem.lib.grading import checkers
from tests.lib.grading.builders import csv_of, predictions, solution_csv

VALUES = [round(10 + 3 * np.sin(place), 3) for place in range(40)]
GOOD = csv_of((place, value + 1) for place, value in enumerate(VALUES))
LABELS = predictions(type="label", metric="accuracy", labels=[0, 1])


def answer_to(
    folder: Path, data: bytes | str, spec: dict[str, Any] | None = None, solution: bytes | None = None
) -> Any:
    raw = data.encode() if isinstance(data, str) else data
    (folder / "submission.csv").write_bytes(raw)
    (folder / "solution.csv").write_bytes(solution if solution is not None else solution_csv(VALUES))
    task = {
        "kind": "predictions",
        "predictions": {**predictions(), **(spec or {})},
        "solution": "solution.csv",
        "files": ["submission.csv"],
        "intervals": True,
    }
    (folder / "task.json").write_text(json.dumps(task))
    checkers.run(folder)
    answer = json.loads((folder / "answer.json").read_text())
    return answer.get("submission.csv", answer)


def reasons_for(folder: Path, data: bytes | str, **rest: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(one["code"], one["params"]) for one in answer_to(folder, data, **rest)["reasons"]]


def notes_for(folder: Path, data: bytes | str) -> list[str]:
    answer = answer_to(folder, data)
    assert answer["metrics"]["rmse"] == pytest.approx(1.0)
    return [note["code"] for note in answer["notes"]]


def test_scores_both_parts_with_an_interval(tmp_path: Path) -> None:
    answer = answer_to(tmp_path, GOOD, {"also": ["mae"]})
    assert answer["metrics"] == pytest.approx({"rmse": 1.0, "private:rmse": 1.0, "mae": 1.0, "private:mae": 1.0})
    assert answer["intervals"]["rmse"] == pytest.approx([1.0, 1.0])


def test_public_rows_do_not_touch_the_private_part(tmp_path: Path) -> None:
    half = csv_of((place, value + (1 if place % 2 == 0 else 5)) for place, value in enumerate(VALUES))
    answer = answer_to(tmp_path, half)
    assert answer["metrics"]["rmse"] == pytest.approx(1.0)
    assert answer["metrics"]["private:rmse"] == pytest.approx(5.0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "euc-kr", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_korean_spreadsheets(tmp_path: Path, encoding: str) -> None:
    with_korean = GOOD.replace("id,y", "id,y,비고").replace("\n", ",가\n").replace("비고,가", "비고")
    notes = notes_for(tmp_path, with_korean.encode(encoding))
    assert "extra_column" in notes
    assert ("other_encoding" in notes) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (lambda text: text.replace("\n", "\r\n"), None),
        (lambda text: text.replace("\n", "\r"), None),
        (lambda text: text.replace("id,y", " id , y "), "header_spaces"),
        (lambda text: text.replace(",", "\t"), "other_delimiter"),
        (lambda text: text.replace(",", ";"), "other_delimiter"),
        (lambda text: "\n".join(f'"{a}","{b}"' for a, b in (line.split(",") for line in text.split())), None),
        (lambda text: "\n".join(",".join(reversed(line.split(","))) for line in text.split()), None),
        (lambda text: text.replace("\n", "\n\n"), None),
        (lambda text: text + ",\n,\n", None),
        (lambda text: "\n".join([text.split()[0], *(line + ",," for line in text.split()[1:])]), None),
        (lambda text: "\n".join([text.split()[0], *(line.replace(",", ".0,", 1) for line in text.split()[1:])]), None),
        (lambda text: "\n".join([text.split()[0], *(f"00{line}" for line in text.split()[1:])]), None),
        (lambda text: pd.read_csv(io.StringIO(text)).to_csv(), "extra_column"),
        (lambda text: "\n".join([text.split()[0], *sorted(text.split()[1:], reverse=True)]), None),
    ],
)
def test_forgiven(tmp_path: Path, change: Any, note: str | None) -> None:
    assert notes_for(tmp_path, change(GOOD)) == ([note] if note else [])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"PK\x03\x04rest", "xlsx"),
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x80\x04\x95", "pickle"),
        (b"<!DOCTYPE html><html>", "html"),
        (b'{"cells": [], "nbformat": 4}', "notebook"),
        (b'{"a": 1}', "json"),
        (b"hello\nworld\n", "text"),
        (b"id,y\n1,\x002\n", "binary"),
        (b"id,y\n1," + b"9" * 200_000, "line"),
    ],
)
def test_not_a_table(tmp_path: Path, data: bytes, found: str) -> None:
    ((code, params),) = reasons_for(tmp_path, data)
    assert (code, params["found"]) == ("not_csv", found)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"   ", b"\xef\xbb\xbf", b"id,y\n"])
def test_empty(tmp_path: Path, data: bytes) -> None:
    assert [code for code, _ in reasons_for(tmp_path, data)] == ["empty"]


def test_unreadable_characters_name_their_row(tmp_path: Path) -> None:
    assert reasons_for(tmp_path, b"id,y\n1,2\n3,\xff\xff\n") == [("bad_encoding", {"row": 3})]


def test_columns(tmp_path: Path) -> None:
    missing = reasons_for(tmp_path, GOOD.replace("id,y", "id,z"))
    assert missing == [("missing_column", {"column": "y", "row": 1, "found": ["id", "z"]})]
    assert reasons_for(tmp_path, "id,y,y\n1,2,3\n") == [("duplicate_column", {"column": "y", "row": 1})]
    headless = GOOD.split("\n", 1)[1]
    assert [code for code, _ in reasons_for(tmp_path, headless)] == ["missing_column", "missing_column"]


def test_torn_rows(tmp_path: Path) -> None:
    assert reasons_for(tmp_path, "id,y\n0,1,5\n1\n") == [
        ("ragged_row", {"row": 2, "expected": 2, "found": 3, "count": 2}),
        ("ragged_row", {"row": 3, "expected": 2, "found": 1, "count": 2}),
    ]
    assert reasons_for(tmp_path, 'id,y\n0,1\n1,"2\n2,3\n') == [("broken_quote", {"row": 3})]


def test_a_quoted_line_break_does_not_shift_the_rows(tmp_path: Path) -> None:
    data = 'id,y,note\n0,1,"two\nlines"\nx,2,\n'
    assert ("unknown_id", {"row": 4, "column": "id", "value": "x", "count": 1}) in reasons_for(tmp_path, data)


def test_everything_at_once_with_row_and_column(tmp_path: Path) -> None:
    lines = GOOD.split("\n")
    lines[3] = "2,abc"
    lines[5] = "4,"
    lines[6] = "5,inf"
    lines[8] = "6,1.0"  # 6 again, so 7 is missing
    lines[10] = "x9,1.0"
    del lines[40]
    reasons = reasons_for(tmp_path, "\n".join(lines))
    assert reasons == [
        ("row_count", {"expected": 40, "found": 39}),
        ("unknown_id", {"row": 11, "column": "id", "value": "x9", "count": 1}),
        ("duplicate_id", {"row": 9, "column": "id", "value": "6", "first_row": 8, "count": 1}),
        ("missing_id", {"column": "id", "count": 3, "examples": ["7", "9", "39"]}),
        ("missing_value", {"row": 6, "column": "y", "value": "", "count": 1}),
        ("not_a_number", {"row": 4, "column": "y", "value": "abc", "count": 1}),
        ("not_finite", {"row": 7, "column": "y", "value": "inf", "count": 1}),
    ]


@pytest.mark.parametrize("cell", ["nan", "NaN", "NA", "null", "None", " "])
def test_missing_values(tmp_path: Path, cell: str) -> None:
    assert reasons_for(tmp_path, GOOD.replace("0,11.0", f"0,{cell}", 1))[0][0] == "missing_value"


@pytest.mark.parametrize("cell", ["1_000", "1.2.3", "３px", "十"])
def test_not_numbers(tmp_path: Path, cell: str) -> None:
    assert reasons_for(tmp_path, GOOD.replace("0,11.0", f"0,{cell}", 1))[0][0] == "not_a_number"


def test_reasons_are_few_but_counted(tmp_path: Path) -> None:
    reasons = reasons_for(tmp_path, csv_of((f"x{place}", "?") for place in range(500)))
    assert len(reasons) <= 20
    assert ("unknown_id", {"row": 2, "column": "id", "value": "x0", "count": 500}) in reasons


def test_far_too_many_rows_are_not_even_read(tmp_path: Path) -> None:
    reasons = reasons_for(tmp_path, "id,y\n" + "1,1\n" * 50_000)
    assert reasons == [("row_count", {"expected": 40, "found": 50_001})]


def test_labels(tmp_path: Path) -> None:
    solution = solution_csv([place % 2 for place in range(10)])
    kind = {"spec": LABELS, "solution": solution}
    for zero, one in (("0", "1"), ("0.0", "1.0"), ("False", "True"), (" 0", "1 ")):
        rows = csv_of((place, one if place % 2 else zero) for place in range(10))
        assert answer_to(tmp_path, rows, **kind)["metrics"]["accuracy"] == 1.0
    rows = csv_of((place, "rain" if place == 3 else 0.5 if place == 4 else 1) for place in range(10))
    assert reasons_for(tmp_path, rows, **kind) == [
        ("unknown_label", {"row": 5, "column": "y", "value": "rain", "count": 2, "expected": ["0", "1"]}),
        ("unknown_label", {"row": 6, "column": "y", "value": "0.5", "count": 2, "expected": ["0", "1"]}),
    ]


def test_probabilities(tmp_path: Path) -> None:
    solution = solution_csv([place % 2 for place in range(10)])
    spec = predictions(metric="log_loss", also=["auc"])
    answer = answer_to(tmp_path, csv_of((place, 0.9 if place % 2 else 0.1) for place in range(10)), spec, solution)
    assert "rmse" not in answer["metrics"]
    reasons = reasons_for(tmp_path, csv_of((place, place) for place in range(10)), spec=spec, solution=solution)
    assert reasons[0] == ("not_a_probability", {"row": 4, "column": "y", "value": "2", "count": 8})


def test_rows_out_of_bounds_are_named(tmp_path: Path) -> None:
    answer = answer_to(tmp_path, GOOD.replace("1,13.524", "1,99").replace("3,11.423", "3,-5"), {"min": 0, "max": 50})
    found = [(one["code"], one["params"]["row"]) for one in answer["out_of_bounds"]]
    assert found == [("below_min", 5), ("above_max", 3)]


def test_date_keys_keep_no_midnight(tmp_path: Path) -> None:
    days = [f"2024-01-{day:02d}" for day in range(1, 11)]
    solution = csv_of(((day, place) for place, day in enumerate(days)), "id,y").encode()
    rows = csv_of((f"{day} 00:00:00", place) for place, day in enumerate(days))
    assert answer_to(tmp_path, rows, solution=solution)["metrics"]["rmse"] == 0.0


def test_keys_that_differ_only_in_spelling_stay_apart(tmp_path: Path) -> None:
    solution = csv_of([("1", 5), ("01", 6)], "id,y").encode()
    assert answer_to(tmp_path, csv_of([("01", 6), ("1", 5)]), solution=solution)["metrics"]["rmse"] == 0.0
    codes = [code for code, _ in reasons_for(tmp_path, csv_of([("1.0", 5), ("01", 6)]), solution=solution)]
    assert codes == ["unknown_id", "missing_id"]


@pytest.mark.parametrize(
    "solution", [b"id,y\n1,2\n1,3\n", b"id,y\n1,\n", b"id,z\n1,2\n", b"", b"id,y,split\n1,2,test\n"]
)
def test_a_broken_hidden_table_is_the_authors_affair(tmp_path: Path, solution: bytes) -> None:
    assert answer_to(tmp_path, GOOD, solution=solution)["broken"]


def test_groups_change_the_interval_only(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    rows = [(place, 0.0, "public", place // 10) for place in range(200)]
    solution = csv_of(rows, "id,y,split,group").encode()
    plain = csv_of((row[:3] for row in rows), "id,y,split").encode()
    shift = rng.normal(0, 3, 20)
    data = csv_of((place, 1 + shift[place // 10] + rng.normal()) for place in range(200))
    grouped, single = answer_to(tmp_path, data, solution=solution), answer_to(tmp_path, data, solution=plain)
    assert grouped["metrics"] == single["metrics"]
    assert np.ptp(grouped["intervals"]["rmse"]) > 1.5 * np.ptp(single["intervals"]["rmse"])
