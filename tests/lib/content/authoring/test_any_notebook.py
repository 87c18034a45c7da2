"""Whatever an author writes: nothing is raised, and what is marked as a solution does not reach a student."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from saem.lib.content.authoring import import_notebook, make
from tests.lib.content.authoring.notebooks import CHECK, FILE, HEADING, LOAD, QUESTION, code, found, notebook, words

SECRET = "answer_of_the_author"
LINES = st.sampled_from(
    [
        "# 문항: q1", "# question: q2", "# 확인: c1 2점", "# check: c2", "# 확인: c3 x점", "# 숨김", "# 풀이만", "# checks.py",
        "# 풀이 시작", "### BEGIN SOLUTION", "# 풀이 끝", "### END SOLUTION", "# 대신: a = ...", "# instead:", "# 대신 없음",
        "# @ko", "# @en", "# @end", "<!-- ko -->", "<!-- en -->", "<!-- 풀이 -->", "# 제목: 가", "# title: A", "# 오차: 0.1",
        "# 설정: {a: 1}", "# 그림", "# 함수: f", "# 값: a, b", "## 1. 가", "", "a = 1", "def f(x):", "    return x", "a", "f(1)",
        "assert a == 1", "assert len(a) > 2", "%matplotlib inline", "    # 풀이 시작", "    # 풀이 끝", '"""', "'\\d'", "\x0c", "\u2028",
    ]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=9).map("\n".join)
META = st.sampled_from(
    [{}, {"nbgrader": {"solution": True}}, {"nbgrader": {"grade": True, "points": None}}, {"saem": 1}]
)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.booleans(), TEXTS, META), max_size=6))
def test_nothing_is_raised(cells: list[tuple[bool, str, dict]]):
    data = notebook(*(code(text, metadata=meta) if is_code else words(text) for is_code, text, meta in cells))
    made = make(FILE, data)
    for written in (*made.starters.values(), made.solution):
        assert json.loads(written)["nbformat"] == 4
    import_notebook(FILE, data)


AROUND = st.lists(
    st.sampled_from(
        ["", "a = 1", "# @ko\nb = 1\n# @end", "# 풀이 시작\nc = 1\n# 대신: c = 0\n# 풀이 끝", "# 말", "d = 2"]
    ),
    max_size=5,
).map("\n".join)


@settings(max_examples=100)
@given(AROUND, AROUND)
def test_a_marked_solution_does_not_reach_a_student(above: str, below: str):
    cell = f"{above}\n# 풀이 시작\n{SECRET} = 1 + 2\n# 풀이 끝\n{below}"
    answer = words(f"글\n\n<!-- 풀이 -->\n{SECRET} 3")
    made = make(FILE, notebook(words(HEADING), LOAD, QUESTION, CHECK, cell, answer))
    assert [each for each in found(made) if each[0] not in ("leak", "missing_language")] == []
    for data in made.starters.values():
        # The name alone stays, as a gap to be filled.
        assert f"{SECRET} = 1" not in data.decode()
        assert f"{SECRET} 3" not in data.decode()
    assert f"{SECRET} = 1 + 2" in made.solution.decode()
