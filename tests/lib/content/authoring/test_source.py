"""One notebook in, a project's files and every problem out."""

import json

import pytest

from saem.lib.content.authoring import make
from saem.lib.content.problems import Severity
from tests.lib.content.authoring.notebooks import (
    CHECK,
    FILE,
    HEADING,
    LOAD,
    QUESTION,
    asked,
    cells_of,
    code,
    found,
    made,
    notebook,
    sources,
    words,
)


def test_one_source_becomes_starters_solution_and_questions():
    result = asked(CHECK)
    assert found(result) == []
    assert sources(result.starters["ko"]) == ["## 1. 평균 구하기", LOAD, "# q1\nmean_height = ...\nmean_height"]
    assert sources(result.starters["en"])[0] == "## 1. Finding a **mean**"
    assert sources(result.solution)[2] == '# q1\nmean_height = beans["height"].mean()\nmean_height'
    assert cells_of(result.starters["en"])[2]["metadata"] == {"saem": {"question": "q1"}}
    assert result.questions == [
        {
            "id": "q1",
            "title": {"ko": "평균 구하기", "en": "Finding a mean"},
            "cell": "q1",
            "checks": [
                {
                    "id": "q1-mean",
                    "title": {"ko": "평균 구하기", "en": "Finding a mean"},
                    "value": "mean_height",
                    "tolerance": 0.01,
                    "points": 2,
                    "hint": {"ko": "모두 더해요.", "en": "Add them all."},
                }
            ],
        }
    ]


def test_checks_hidden_cells_outputs_and_foreign_metadata_never_reach_students():
    secret = "0.123456"
    output = {"output_type": "stream", "name": "stdout", "text": [secret]}
    result = made(
        words(HEADING),
        code(LOAD, outputs=[output], execution_count=7, metadata={"tags": [secret], "collapsed": True}),
        QUESTION,
        CHECK,
        f"# 숨김\nprint({secret})",
        f"# 풀이만\nprint({secret})",
        words(f"<!-- 풀이 -->\n{secret}"),
    )
    assert found(result) == []
    for data in result.starters.values():
        assert secret not in data.decode()
        assert "확인" not in data.decode()
        assert len(cells_of(data)) == 3
    assert result.solution.decode().count(secret) == 2


def test_written_notebooks_are_the_same_for_any_editor():
    plain = made(words(HEADING), LOAD, QUESTION, CHECK)
    edited = make(
        FILE,
        notebook(
            words(HEADING),
            code(LOAD.replace("\n", "\r\n") + "\n", execution_count=3),
            QUESTION,
            CHECK,
            metadata={"kernelspec": {"name": "conda-env", "display_name": "내 커널"}, "vscode": {}},
            nbformat_minor=4,
        ),
    )
    assert edited.starters == plain.starters
    assert json.loads(plain.solution)["metadata"]["kernelspec"]["name"] == "python3"


def test_a_question_says_its_own_words_and_limits():
    header = "# 문항: q1\n# 제목: 키의 평균을\n#   구해요\n# title: Mean height\n# 시간: 5초\n# memory: 256 MB\n# 칸: first\n"
    question = asked(CHECK, question=QUESTION.replace("# 문항: q1\n", header)).questions[0]
    assert question["title"] == {"ko": "키의 평균을 구해요", "en": "Mean height"}
    assert question["limits"] == {"wall_s": 5, "memory_mb": 256}
    assert question["cell"] == "first"


def test_a_misspelt_directive_of_a_question_is_not_handed_to_students():
    result = asked(CHECK, question=QUESTION.replace("q1\n", "q1\n# 제믁: 가\n"))
    assert found(result) == [("unknown_directive", 3, 2)]
    assert result.problems[0].params["suggestion"] == "제목"
    remark = asked(CHECK, question=QUESTION.replace("q1\n", "q1\n# 자료를 보세요: 두 열이 있어요.\n"))
    assert found(remark) == []
    assert sources(remark.starters["ko"])[2].startswith("# q1\n# 자료를 보세요: 두 열이 있어요.\n")


def test_every_problem_is_listed_at_once_with_cell_and_line():
    result = made(
        words("## 1. 제목만 한국어"),
        "# 문항: q1\n# 풀이 시작\na = 1\n",
        "# 확인: q1-a 둘점\na",
        "# 문항: q1\n# 풀이 시작\nb = 1\n# 풀이 끝",
        "# 확인: q1-a 1점\nc",
        "# 문항: q 2\n# 제목: 하나\n# 시간: 다섯\n# 풀이 시작\nd = 1\n# 풀이 끝",
    )
    assert found(result) == [
        ("missing_language", 1, 1),
        ("region_unclosed", 2, 2),
        ("bad_number", 3, 1),
        ("duplicate_question", 4, 1),
        ("duplicate_check", 5, 1),
        ("unknown_name", 5, 1),
        ("bad_id", 6, 1),
        ("question_without_check", 6, 1),
        ("missing_words", 6, 2),
        ("bad_number", 6, 3),
    ]
    assert not result.ok


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([CHECK], [("no_question", 0, 1), ("check_without_question", 1, 1)]),
        ([words(HEADING), LOAD, QUESTION, CHECK, "a = ("], [("python", 5, 1)]),
        ([words(HEADING), LOAD, f"{QUESTION}\n# 확인: q1-b 1점", CHECK], [("near_mark", 3, 6)]),
        ([words(HEADING), LOAD, QUESTION, f"{CHECK}\n\n# 문항: q2"], [("near_mark", 4, 7)]),
        ([words(HEADING), LOAD, QUESTION, CHECK, words("### BEGIN SOLUTION\n답")], [("region_in_markdown", 5, 1), ("missing_language", 5, 1)]),
        ([LOAD, QUESTION, CHECK], [("missing_title", 2, 1)]),
        ([words(HEADING), LOAD, QUESTION, CHECK, "# checks.py\nA = 1", "# checks.py\nB = 2"], [("checks_twice", 6, 1)]),
        (
            [words(HEADING), LOAD, "# 문항: q1\ndef f(x):\n    # 풀이 시작\n    return x\n    # 대신 없음\n    # 풀이 끝", "# 확인: q1-f\nf(1)"],
            [("starter_python", 3, 1)],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_source(cells: list, expected: list[tuple[str, int, int]]):
    assert sorted(found(made(*cells))) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# 확인: q1-b 2점\nmean", True),
        ("# 문항: q2", True),
        ("# 숨김\n정답", True),
        ("# 확인: 요약", False),
        ("## 숨김", False),
    ],
)
def test_a_mark_in_a_text_cell_is_not_handed_to_students(text: str, told: bool):
    result = made(words(HEADING), LOAD, QUESTION, CHECK, words(text))
    assert [each for each in found(result) if each[0] == "mark_in_markdown"] == [("mark_in_markdown", 5, 1)] * told


def test_pictures_of_the_solution_stay_with_it():
    pictures = {"a.png": {"image/png": "QUFB"}, "b.png": {"image/png": "QkJC"}}
    text = "![가](attachment:a.png)\n\n<!-- 풀이 -->\n![나](attachment:b.png)"
    result = made(words(HEADING), LOAD, QUESTION, CHECK, words(text) | {"attachments": pictures})
    assert "QUFB" in result.starters["en"].decode()
    assert "QkJC" not in result.starters["en"].decode()
    assert "QkJC" in result.solution.decode()


def test_a_comment_in_an_example_is_no_heading():
    text = "# 가 | A\n\n```python\n# not a title\n```"
    result = made(words(text), LOAD, QUESTION, CHECK)
    assert result.questions[0]["title"]["en"] == "가 | A"


def test_a_python_file_in_percent_format_is_the_same_source():
    def commented(text: str) -> str:
        return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))

    parts = [
        "# ---\n# jupyter: 1\n# ---",
        "# %% [markdown]",
        commented(HEADING),
        "# %%",
        LOAD,
        "",
        "# %% q1",
        QUESTION,
        "",
        "# %%",
        CHECK,
    ]
    result = make("source.py", "\n".join(parts).encode())
    expected = asked(CHECK)
    assert found(result) == []
    assert (result.starters, result.solution) == (expected.starters, expected.solution)
    assert result.questions == expected.questions
    assert [found(make("source.py", bad)) for bad in (b"a = 1", b"\xff")] == [[("not_notebook", 0, 1)]] * 2


def test_two_checks_are_never_one_function():
    bodies = [f"# 확인: {name}\nassert mean_height > {at}" for at, name in enumerate(("q1-a", "q1_a", "q1-b"))]
    own = "# checks.py\ndef check_q1_b(values):\n    return False"
    result = asked(*bodies, own)
    assert found(result) == [("duplicate_check", 5, 1)]
    assert result.questions[0]["checks"][2]["python"] == "check_q1_b_"
    assert found(asked("\n\n".join(bodies))) == [("duplicate_check", 4, 4)]


def test_a_question_that_asks_nothing_is_doubted():
    result = asked(CHECK, question='# 문항: q1\nmean_height = beans["height"].mean()')
    assert found(result) == [("question_without_solution", 3, 1)]
    assert result.ok


@pytest.mark.parametrize("bad", [b"", b"{", b"[]", b'{"cells": 1}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_notebook_is_said_and_never_raised(bad: bytes):
    assert found(make(FILE, bad)) == [("not_notebook", 0, 1)]


def test_old_large_and_odd_notebooks():
    assert found(make(FILE, json.dumps({"worksheets": [], "nbformat": 3}).encode())) == [("old_notebook", 0, 1)]
    assert found(make(FILE, b" " * (10 * 2**20 + 1))) == [("too_large", 0, 1)]
    odd = made(
        words(HEADING),
        {"cell_type": "heading", "source": "a"},
        "# 문항: q1\na = 1",
        {"cell_type": "code", "source": [1]},
    )
    assert [each for each in found(odd) if each[0] == "bad_cell"] == [("bad_cell", 2, 1), ("bad_cell", 4, 1)]


@pytest.mark.parametrize(
    ("shown", "leaks"),
    [
        (words("답은 `mean_height = beans['height'].mean()`이에요.\n\n<!-- en -->\na"), True),
        (words("답은 beans[ 'height' ].mean() 이에요."), True),
        ('other = beans["height"].mean()', True),
        ("mean_height = 0", False),
        ("mean_height", False),
        ('beans["height"].max()', False),
    ],
)
def test_a_line_of_a_solution_in_the_starter_is_found(shown: object, leaks: bool):
    result = made(words(HEADING), LOAD, QUESTION, CHECK, shown)  # type: ignore[arg-type]  # a text or a cell
    told = [each for each in result.problems if each.code == "authoring.leak"]
    assert bool(told) == leaks
    if leaks:
        assert (told[0].params["cell"], told[0].line, told[0].params["starter_cell"]) == (3, 3, 4)
        assert told[0].severity is Severity.ERROR


def test_what_everybody_writes_is_no_leak():
    question = "# 문항: q1\n# 풀이 시작\nimport math\nmean_height = 7\nif mean_height:\n    pass\nplt.show()\n# 풀이 끝"
    result = made(
        words(HEADING), "import matplotlib.pyplot as plt\nimport math\nplt.show()\nif True:\n    pass", question, CHECK
    )
    assert found(result) == []


def test_an_author_may_show_a_line_on_purpose():
    question = QUESTION.replace(".mean()", ".mean()  # 보여도 됨")
    result = made(words(HEADING), LOAD, question, CHECK, 'other = beans["height"].mean()')
    assert found(result) == []
    assert "보여도" not in result.solution.decode()
