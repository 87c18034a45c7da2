"""A verdict from another machine: what comes through, and that nothing else does."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from saem.lib.fleet import Parcel
from saem.lib.grading import Assignment, CheckResult, CheckStatus, Figure, Reason, Verdict, VerdictStatus, parse_spec
from saem.lib.grading.errors import AssignmentError, ReportError
from saem.lib.grading.shipping import MOST_BYTES, Grader, Report, finite, read_report
from saem.lib.grading.verdict import QuestionResult, QuestionStatus
from saem.lib.sandbox import Fault, LocalSandbox

TITLE = {"ko": "평균 키", "en": "Mean height"}
HINT = {"ko": "mean을 써 보세요.", "en": "Try mean."}
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SPEC, _PROBLEMS = parse_spec(
    {
        "notebook": {
            "questions": [
                {
                    "id": name,
                    "title": TITLE,
                    "checks": [
                        {
                            "id": f"mean-{name}",
                            "title": TITLE,
                            "hint": HINT,
                            "points": points,
                            "value": "m",
                            "expect": 1,
                        }
                    ],
                }
                for name, points in (("q1", 2), ("q2", 3))
            ]
        }
    }
)
assert SPEC is not None


def a_check(**facts: Any) -> CheckResult:
    basic = {
        "id": "mean-q1",
        "title": TITLE,
        "points": 2.0,
        "earned": 2.0,
        "status": CheckStatus.PASSED,
        "question": "q1",
    }
    return CheckResult(**(basic | facts))


def a_verdict(**facts: Any) -> Verdict:
    fault = Fault(type="NameError", message="m", source="q1", line=1, text="m", traceback="NameError: m")
    basic = {
        "status": VerdictStatus.SCORED,
        "score": 2.0,
        "max_score": 5.0,
        "checks": (
            a_check(),
            a_check(id="mean-q2", question="q2", points=3.0, earned=0.0, status=CheckStatus.FAILED, hint=HINT),
        ),
        "questions": (QuestionResult(id="q1", title=TITLE, status=QuestionStatus.ERROR, cell=2, fault=fault),),
        "figures": (Figure("q1", DOT),),
        "reasons": (Reason("row_count", {"expected": 3, "examples": ["a", "b"]}),),
        "metrics": {"rmse": 1.5, "private:rmse": 2.5},
        "intervals": {"rmse": (1.0, 2.0)},
        "isolation": "A",
        "content_version": "sha256:1",
    }
    return Verdict(**(basic | facts))


def read(raw: bytes) -> Verdict:
    return read_report(raw, SPEC, content_version="sha256:1").verdict


def sent(**facts: Any) -> bytes:
    return Report(verdict=a_verdict(**facts), took_ms=12.5).to_bytes()


def test_an_honest_verdict_comes_through_whole() -> None:
    assert read(sent()) == a_verdict()


def test_scores_that_are_no_numbers_stay_behind() -> None:
    verdict = finite(a_verdict(metrics={"rmse": float("nan"), "mae": 1.0}, intervals={"rmse": (0.0, float("inf"))}))
    assert read(Report(verdict=verdict, took_ms=1.0).to_bytes()) == a_verdict(metrics={"mae": 1.0}, intervals={})


def test_every_word_of_the_author_is_put_back() -> None:
    lie = {"ko": "<script>alert(1)</script>", "en": "Send your PIN to 010-0000-0000"}
    verdict = read(
        sent(
            checks=(a_check(title=lie, hint=lie), a_check(id="invented", title=lie, question=None)),
            questions=(QuestionResult(id="q1", title=lie, status=QuestionStatus.DONE),),
            content_version="sha256:other",
        )
    )
    assert [check.title for check in verdict.checks] == [TITLE, {"ko": "invented", "en": "invented"}]
    assert [check.hint for check in verdict.checks] == [HINT, None]
    assert verdict.questions[0].title == TITLE
    assert verdict.content_version == "sha256:1"


def test_points_and_sums_are_the_specs() -> None:
    verdict = read(sent(score=1000.0, max_score=1.0, checks=(a_check(points=2.0, earned=1.5),)))
    assert (verdict.score, verdict.max_score) == (1.5, 2.0)


def changed(change: Callable[[dict[str, Any]], None]) -> bytes:
    body = json.loads(sent())
    change(body["verdict"])
    return json.dumps(body).encode()


GIANT = DOT[:16] + (60_000).to_bytes(4, "big") * 2 + DOT[24:]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b" " * (MOST_BYTES + 1),
        sent().replace(b"12.5", b"NaN"),
        sent().replace(b"12.5", b"-1"),
        changed(lambda verdict: verdict.update(status="won")),
        changed(lambda verdict: verdict.update(isolation="<b>")),
        changed(lambda verdict: verdict.update(checks="all")),
        changed(lambda verdict: verdict.update(metrics={"rmse": "low"})),
        changed(lambda verdict: verdict.update(metrics={f"m{number}": 1.0 for number in range(60_000)})),
        changed(lambda verdict: verdict.update(metrics={"m" * 200: 1.0})),
        changed(lambda verdict: verdict["reasons"][0]["params"].update(value="x" * 30_000)),
        changed(lambda verdict: verdict["reasons"][0]["params"].update(value="iVBOR" + "x" * 30_000)),
        changed(lambda verdict: verdict["checks"][0].update(earned=2.5)),
        changed(lambda verdict: verdict["checks"][0].update(earned=-1)),
        changed(lambda verdict: verdict["figures"][0].update(png=base64.urlsafe_b64encode(GIANT).decode())),
        changed(lambda verdict: verdict["figures"][0].update(png="PHN2Zz4=")),
        changed(lambda verdict: verdict.update(figures=verdict["figures"] * 100)),
    ],
    ids=range(21),
)
def test_anything_else_is_refused(raw: bytes) -> None:
    with pytest.raises(ReportError):
        read(raw)


def test_an_assignment_is_not_kept_under_the_name_of_another() -> None:
    def unused() -> LocalSandbox:
        raise AssertionError("nothing may be graded")

    grader = Grader(unused)
    wanted = Parcel(facts={"kind": "notebook", "name": "n.ipynb"}, data=b"{}", supply="sha256:1/project")
    other = Assignment(spec=SPEC, public={}, hidden={}, content_version="sha256:2").to_bytes()
    for _time in range(2):
        with pytest.raises(AssignmentError, match="sha256:2 came"):
            grader(wanted, lambda: other)
