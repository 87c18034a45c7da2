"""Plain Python and short directives become checks of the program format."""

import pytest

from saem.lib.grading import parse_spec
from tests.lib.content.authoring.notebooks import HEADING, LOAD, asked, found, made, words

FUNCTION = (
    "# 문항: q1\n# 풀이 시작\nimport numpy as np\ndef double(x):\n    return 2 * x\nfit = valid = double(1)\n# 풀이 끝"
)


def kind_of(body: str) -> dict[str, object]:
    """What the check asks, without what every check has; grading must understand it."""
    result = asked(f"# 확인: q1-a\n{body}", question=FUNCTION)
    assert found(result) == []
    assert parse_spec({"notebook": {"questions": result.questions}})[1] == []
    check = result.questions[0]["checks"][0]
    return {key: value for key, value in check.items() if key not in ("id", "title", "points", "hint")}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("fit", {"value": "fit"}),
        ("# 오차: 0.5\nfit", {"value": "fit", "tolerance": 0.5}),
        ("assert fit == 2", {"value": "fit", "expect": 2}),
        ("fit == 2", {"value": "fit", "expect": 2}),
        ("assert -2.5 == fit", {"value": "fit", "expect": -2.5}),
        ("assert fit is None", {"value": "fit", "expect": None}),
        ('assert fit == {"a": (1, 2)}, "왜"', {"value": "fit", "expect": {"a": [1, 2]}}),
        ("assert abs(fit - 2) < 0.1", {"value": "fit", "expect": 2, "tolerance": 0.1}),
        ("assert np.isclose(fit, 2)", {"value": "fit", "expect": 2}),
        ("assert np.isclose(fit, 2, atol=0.1)", {"value": "fit", "expect": 2, "tolerance": 0.1}),
        ('"""둘이어야 해요."""\nassert_equal(fit, 2)', {"value": "fit", "expect": 2}),
        ("double(1)\ndouble(-2.5)", {"call": "double", "cases": [[1], [-2.5]]}),
        ("assert double(1) == 2\nassert double(2) == 4", {"call": "double", "cases": [[1], [2]], "expect": [2, 4]}),
        ("assert abs(double(1) - 2) <= 0.1", {"call": "double", "cases": [[1]], "expect": [2], "tolerance": 0.1}),
        ("# 그림", {"figure": True}),
        ("# 함수: check_split\n# 값: fit, valid", {"python": "check_split", "values": ["fit", "valid"]}),
        (
            "# predict: double\n# input: features.csv\n# against: answers.csv\n# column: y\n# metric: accuracy\n# at least: 0.9",
            {"predict": "double", "input": "features.csv", "against": "answers.csv", "column": "y", "metric": "accuracy", "at_least": 0.9},
        ),
    ],
)  # fmt: skip
def test_what_a_check_looks_at(body: str, kind: dict[str, object]):
    assert kind_of(body) == kind


def test_other_assertions_become_a_function_of_checks_py():
    body = 'rows = len(fit)\nassert rows > 2, "적어요"\nassert np.max(fit) < valid'
    result = asked(f"# 확인: q1-rows 3점\n\n# 앞과 뒤\n{body}", question=FUNCTION)
    assert found(result) == []
    check = result.questions[0]["checks"][0]
    assert (check["python"], check["values"], check["points"]) == ("check_q1_rows", ["fit", "valid"], 3)
    space: dict[str, object] = {}
    exec(compile(result.checks, "checks.py", "exec"), space)  # our own code
    assert callable(space["check_q1_rows"])
    assert space["check_q1_rows"]({"fit": [1, 2, 3], "valid": 4}) is True
    assert space["check_q1_rows"]({"fit": [1, 2], "valid": 4}) is False
    assert space["check_q1_rows"]({"fit": [1, 2, 5], "valid": 4}) is False


def test_generated_functions_follow_the_authors_own_checks_py():
    own = "# checks.py\nimport numpy as np\n\nBORDER = 3\n\n\ndef is_long(found):\n    return len(found) > BORDER"
    result = made(words(HEADING), LOAD, FUNCTION, "# 확인: q1-a\nassert is_long(fit) and np.max(fit) < 9", own)
    assert found(result) == []
    assert result.questions[0]["checks"][0]["values"] == ["fit"]
    assert result.checks.startswith("import numpy as np\n\nBORDER = 3\n")
    assert result.checks.count("import numpy") == 1


def test_several_checks_in_one_cell():
    result = asked("# 확인: q1-a 1점\nfit\n\n# check: q1-b 0.5 points\nvalid", question=FUNCTION)
    assert found(result) == []
    assert [(each["id"], each["points"]) for each in result.questions[0]["checks"]] == [("q1-a", 1), ("q1-b", 0.5)]


def test_keys_that_have_no_words_here_are_given_as_they_are():
    assert kind_of("# 설정: {expect: [1, 2]}\nfit") == {"value": "fit", "expect": [1, 2]}


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        ("# 확인: q1-a", ("check_empty", 2)),
        ("# 확인: q1-a\n# 오차: 0.1", ("check_empty", 1)),
        ("# 확인: q1-a\n# 그림\nfit", ("check_two_kinds", 1)),
        ("# 확인: q1-a\ndouble(fit)", ("call_arguments", 2)),
        ("# 확인: q1-a\n\nx = 1\nassert double(x) > 1", ("calls_student", 4)),
        ("# 확인: q1-a\nassert 1 < 2", ("check_names_nothing", 2)),
        ("# 확인: q1-a\nfti", ("unknown_name", 1)),
        ("# 확인: q1-a\n# 힌뜨: 아\nfit", ("unknown_directive", 2)),
        ("# 확인: q1-a\n# 오차: 조금\nfit", ("bad_number", 2)),
        ("# 확인: q1-a\n# 오차: 1\n# 오차: 2\nfit", ("duplicate_directive", 3)),
        ("# 확인: q1-a\n# 설정: [\nfit", ("bad_options", 2)),
        ("# 확인: q1-a\n# 힌트: 한국어만\nfit", ("missing_words", 2)),
        ("# 확인: 물음표? 1점\nfit", ("bad_id", 1)),
        ("# 확인:\nfit", ("bad_id", 1)),
    ],
)
def test_what_is_wrong_with_a_check(check: str, expected: tuple[str, int]):
    result = asked(check, question=FUNCTION)
    told = [(code, line) for code, cell, line in found(result) if cell == 4]
    assert told == [expected]


def test_a_misspelt_name_is_guessed():
    remedy = next(each for each in asked("# 확인: q1-a\nfti", question=FUNCTION).problems)
    assert (remedy.remedy, remedy.params["suggestion"]) == ("authoring.unknown_name.near", "fit")


def test_names_cannot_be_listed_where_a_star_imports_them():
    result = asked("# 확인: q1-a\nanything", question="# 문항: q1\nfrom numpy import *\n# 풀이 시작\na = 1\n# 풀이 끝")
    assert found(result) == []
