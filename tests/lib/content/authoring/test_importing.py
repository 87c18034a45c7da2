"""Notebooks that were marked for other graders."""

from typing import Any

from saem.lib.content.authoring import import_notebook, make
from tests.lib.content.authoring.notebooks import FILE, code, found, notebook, sources, words


def marked(text: str, kind: str = "code", **meta: Any) -> dict[str, Any]:
    cell = code(text) if kind == "code" else words(text)
    return cell | {"metadata": {"nbgrader": meta}}


def raw(text: str) -> dict[str, Any]:
    return {"cell_type": "raw", "metadata": {}, "source": text}


def test_nbgrader():
    data, problems = import_notebook(
        FILE,
        notebook(
            words("## Squares"),
            marked("def squares(n):\n    ### BEGIN SOLUTION\n    return [i * i for i in range(n)]\n    ### END SOLUTION", solution=True, grade=False, grade_id="squares"),
            marked('"""Check it"""\n# a remark\nassert squares(1) == [0]\n### BEGIN HIDDEN TESTS\nassert squares(3) == [0, 1, 4]\n### END HIDDEN TESTS', solution=False, grade=True, points=2, grade_id="test squares"),
            marked("total = 3\nmean = total / 2", solution=True, grade=False, grade_id="mean"),
            marked("assert mean == 1.5", solution=False, grade=True, points=1.5, grade_id="test-mean"),
            marked("helper = 1", solution=True, grade=False, grade_id="no-test"),
            marked("plot()", solution=True, grade=True, points=3, grade_id="by-hand"),
            marked("A task\n=== BEGIN MARK SCHEME ===\nhow to mark\n=== END MARK SCHEME ===", "markdown", task=True),
            marked("A plain task", "markdown", task=True),
            marked("my own answer", "markdown", solution=True, grade=True),
            marked("Your answer\n### BEGIN SOLUTION\nsecret words\n### END SOLUTION", "markdown", solution=True, grade=True, grade_id="essay"),
        ),
    )  # fmt: skip
    assert data is not None
    assert [(each.code, each.severity.value) for each in problems] == [("authoring.hand_graded", "warning")] * 5
    result = make(FILE, data)
    assert [(each["id"], each["title"]["en"]) for each in result.questions] == [
        ("squares", "Squares"),
        ("mean", "Squares"),
    ]
    squares, mean = (question["checks"][0] for question in result.questions)
    assert (squares["id"], squares["points"]) == ("test-squares", 2)
    assert (squares["cases"], squares["expect"]) == ([[1], [3]], [[0], [0, 1, 4]])
    assert (mean["value"], mean["expect"], mean["points"]) == ("mean", 1.5, 1.5)
    starter = sources(result.starters["en"])
    assert starter[1:] == [
        "# squares\ndef squares(n):\n    ...",
        "# mean\nmean = ...",
        "helper = ...",
        "...",
        "A task",
        "A plain task",
        "Your answer",
    ]
    assert all(text in result.solution.decode() for text in ("secret words", "how to mark", "my own answer"))


def test_otter():
    data, problems = import_notebook(
        FILE,
        notebook(
            raw("# ASSIGNMENT CONFIG\ninit_cell: false"),
            words("# Means"),
            raw("# BEGIN QUESTION\nname: q1\npoints: 3"),
            words("Find the mean."),
            raw("# BEGIN SOLUTION"),
            'half = 1 # SOLUTION NO PROMPT\nmean = half * 2 # SOLUTION\ndef f(x):\n    return x + mean # SOLUTION\n# BEGIN SOLUTION\nsecret = 4\n# END SOLUTION\n""" # BEGIN PROMPT\nother = ...\n""" # END PROMPT',
            raw("# END SOLUTION"),
            raw("# BEGIN TESTS"),
            "mean == 2",
            '""" # BEGIN TEST CONFIG\nhidden: true\npoints: 2\n""" # END TEST CONFIG\nassert f(1) == 3',
            "# HIDDEN\nassert mean > 1",
            raw("# END TESTS"),
            raw("# END QUESTION"),
            raw("# BEGIN QUESTION\nname: q2\nmanual: true"),
            raw("# BEGIN SOLUTION"),
            words("**essay**"),
            raw("# END SOLUTION"),
            raw("# END QUESTION"),
        ),
    )  # fmt: skip
    assert data is not None
    assert [(each.code, each.severity.value) for each in problems] == [("authoring.hand_graded", "warning")]
    result = make(FILE, data)
    checks = result.questions[0]["checks"]
    assert [(each["id"], each["points"]) for each in checks] == [("q1-1", 1.0), ("q1-2", 2), ("q1-3", 1.0)]
    assert (checks[0]["value"], checks[0]["expect"], checks[1]["expect"]) == ("mean", 2, [3])
    assert sources(result.starters["en"])[2] == "# q1\nmean = ...\ndef f(x):\n    return ...\nsecret = ...\nother = ..."
    assert "essay" not in result.starters["ko"].decode()
    assert "essay" in result.solution.decode()


def test_tests_that_need_a_person_are_listed_with_their_cell():
    data, problems = import_notebook(
        FILE,
        notebook(
            marked("def f(x):\n    return x", solution=True, grade=False, grade_id="f"),
            marked("try:\n    f(0)\nexcept ValueError:\n    pass", solution=False, grade=True, points=1, grade_id="t"),
        ),
    )
    assert data is not None
    assert [(each.code, each.params["cell"]) for each in problems] == [
        ("authoring.missing_title", 1),
        ("authoring.calls_student", 2),
    ]


def test_what_carries_no_marks_is_not_guessed():
    data, problems = import_notebook(FILE, notebook("a = 1"))
    assert data is None
    assert [each.code for each in problems] == ["authoring.nothing_marked"]
    assert import_notebook(FILE, b"{")[0] is None
    assert found(make(FILE, notebook()))[0][0] == "no_question"
