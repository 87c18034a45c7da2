"""Every way in which a file can be wrong: a clear sentence in both languages, nothing lost, no attempt counted."""

import io
import json
import zipfile

import pytest

from saem.apps.projects.models import Submission, SubmissionState
from saem.web.messages import UNKNOWN
from tests.apps.projects.conftest import Stage, heights, predictions
from tests.sample import notebook

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]


def second_line(text: str):
    """A change that puts `text` in place of the second row (line 3 of the file)."""
    return lambda lines: [*lines[:2], text, *lines[3:]]


def evil_zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("../../etc/evil.csv", "id,height\n")
    return held.getvalue()


def huge_notebook() -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1\n" * 200_000, "outputs": []}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell] * 12}).encode()


# What is sent, its name, the code it is refused with, and words that must stand in the Korean and English sentence.
REFUSED = {
    "missing column": (
        predictions(change=lambda lines: [line.split(",")[0] for line in lines]),
        "missing_column",
        ["height"],
    ),
    "wrong id": (predictions(change=second_line("9999,1.0")), "unknown_id", ["9999", "3"]),
    "duplicate id": (predictions(change=second_line("2,1.0")), "duplicate_id", ["2"]),
    "nan": (predictions(change=second_line("4,NaN")), "missing_value", ["3", "height"]),
    "infinite": (predictions(change=second_line("4,inf")), "not_finite", ["3", "height"]),
    "text for a number": (predictions(change=second_line("4,tall")), "not_a_number", ["3", "height", "tall"]),
    "wrong row count": (predictions(change=lambda lines: lines[:-3]), "row_count", ["20", "17"]),
    "not a csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not_csv", []),
    "zip with ..": (evil_zip(), "not_csv", []),
    "a web page": (b"<!doctype html><html><body><p>hello</p></body></html>", "", []),
    "only a header": (b"id,height\n", "", []),
    "blank lines": (b"\n\n\n", "empty", []),
}
NOTEBOOKS = {
    "broken notebook": (b'{"cells": [', "not_a_notebook", []),
    "not a notebook at all": (b'{"a": 1}', "not_a_notebook", []),
    "huge notebook": (huge_notebook(), "too_large", []),
    "no code": (json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}).encode(), "no_code", []),
    "nested without end": (b'{"cells":' + b"[" * 100_000, "not_a_notebook", []),
}


def refused(stage: Stage, case: tuple, *, name: str, language: str) -> None:
    data, code, words = case
    submission, page = stage.hand_in(data, name=name, language=language)
    verdict = submission.verdict
    assert submission.state == SubmissionState.REJECTED
    assert verdict is not None
    assert code in {reason["code"] for reason in verdict.reasons} or not code
    sentences = "".join(page.split('aria-labelledby="why"')[1].split("</ul>")[0])
    assert str(UNKNOWN) not in sentences, verdict.reasons
    assert "Something went wrong" not in sentences
    for word in words:
        assert word in sentences
    assert ("제출 횟수는 줄지 않았어요" if language == "ko" else "No attempt was used") in page
    left = stage.client(stage.student.user).get(stage.address()).context["left"]
    assert left == 5
    sent = data.encode() if isinstance(data, str) else data
    assert bytes(submission.file.data) == sent


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_wrong_csv_is_told_where_it_is_wrong(stage: Stage, language: str):
    for case in REFUSED.values():
        refused(stage, case, name="submission.csv", language=language)
    assert Submission.objects.count() == len(REFUSED)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_wrong_notebook_is_told_what_is_wrong(stage: Stage, language: str):
    for case in NOTEBOOKS.values():
        refused(stage, case, name="work.ipynb", language=language)


def test_at_most_twenty_reasons_are_listed(stage: Stage):
    submission, page = stage.hand_in(
        predictions(change=lambda lines: [lines[0], *(f"{line.split(',')[0]},tall" for line in lines[1:])])
    )
    assert submission.state == SubmissionState.REJECTED
    assert page.split('aria-labelledby="why"')[1].split("</ul>")[0].count("<li>") <= 20


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_korean_spreadsheets_are_read_or_told(stage: Stage, encoding: str):
    text = "id,height,메모\n" + "".join(f"{key},{value},좋음\n" for key, value in heights().items())
    submission, _page = stage.hand_in(text.encode(encoding))
    if encoding == "utf-16":
        assert submission.state in {SubmissionState.SCORED, SubmissionState.REJECTED}
    else:
        assert submission.state == SubmissionState.SCORED


def test_windows_line_ends_and_names_with_anything_in_them(stage: Stage):
    submission, page = stage.hand_in(predictions().replace("\n", "\r\n"), name="내 <b>예측 '1'.csv")
    assert submission.state == SubmissionState.SCORED
    assert "<b>예측" not in page
    answer = stage.client(stage.student.user).get(f"/submissions/{submission.pk}/file")
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%EB%82%B4")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("tallest = trian['height'].max()", ["2번째 코드 칸 1번째 줄", "trian"]),
        ("tallest = (1", ["2번째 코드 칸"]),
        ("import os\nos._exit(0)", ["2번째 코드 칸"]),
    ],
)
def test_a_notebook_that_stops_is_scored_and_explained(stage: Stage, answer: str, words: list[str]):
    submission, page = stage.hand_in(notebook(answer), name="work.ipynb")
    assert submission.state == SubmissionState.SCORED
    assert submission.verdict is not None
    assert submission.verdict.score == 0
    for word in words:
        assert word in page
    assert str(UNKNOWN) not in page
    assert "max()를 써 보세요" in page, "the hint"
    assert "60.9" not in page, "the expected value stays hidden"
