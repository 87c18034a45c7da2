"""What of a code cell reaches students and what does not."""

import pytest

from saem.lib.content.authoring.composing import compose_code
from saem.lib.content.authoring.regions import cut_code


def test_a_region_becomes_a_gap_for_students_and_stays_in_the_solution():
    cut = cut_code("# 풀이 시작\na = 1 + 1\nprint(a)\n# 풀이 끝\na")
    assert cut.starter == {"ko": "...\na", "en": "...\na"}
    assert cut.solution == "a = 1 + 1\nprint(a)\na"
    assert cut.secret == ((2, "a = 1 + 1"), (3, "print(a)"))


@pytest.mark.parametrize(
    ("begin", "end"),
    [("### BEGIN SOLUTION", "### END SOLUTION"), ("# begin solution", "# end solution"), ("#풀이시작", "#풀이끝")],
)
def test_marks_of_other_graders_are_understood(begin: str, end: str):
    assert cut_code(f"{begin}\na = 2\n{end}").starter["ko"] == "a = ..."


def test_checked_names_are_kept_as_gaps():
    source = "# 풀이 시작\nhalf = 2\nmean = half * 2\n# 풀이 끝"
    assert cut_code(source, checked={"mean"}).starter["en"] == "mean = ..."


def test_a_gap_keeps_the_indentation_of_its_region():
    cut = cut_code("def f(x):\n    # 풀이 시작\n    return x + 1\n    # 풀이 끝")
    assert cut.starter["ko"] == "def f(x):\n    ..."


def test_an_author_says_what_students_see_instead_in_each_language():
    cut = cut_code(
        "# 풀이 시작\na = 1\n# 대신: a = 0\n# 대신: # 고치세요\n# instead: a = 0\n# instead: # mend it\n# 풀이 끝"
    )
    assert cut.starter == {"ko": "a = 0\n# 고치세요", "en": "a = 0\n# mend it"}
    alone = cut_code("# 풀이 시작\na = 1\n# instead: a = 0\n# 풀이 끝")
    assert alone.starter == {"ko": "a = 0", "en": "a = 0"}


def test_nothing_instead_leaves_no_line():
    assert cut_code("b = 1\n# 풀이 시작\na = 1\n# 대신 없음\n# 풀이 끝").starter["ko"] == "b = 1"


def test_lines_for_one_language():
    cut = cut_code('# @ko\nprint("안녕")\n# @en\nprint("hello")\n# @end\na')
    assert cut.starter == {"ko": 'print("안녕")\na', "en": 'print("hello")\na'}
    assert cut.solution == 'print("안녕")\na'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\n# 풀이 시작\nb", [("region_unclosed", 2)]),
        ("a\n# 풀이 끝", [("region_unopened", 2)]),
        ("# 풀이 시작\n# 풀이 시작\n# 풀이 끝", [("region_nested", 2)]),
        ("# 대신: a", [("instead_outside", 1)]),
        ("# @ko\na", [("language_unclosed", 1)]),
        ("# 풀이 시작!\na\n", [("near_mark", 1)]),
        ("### BEGIN SOLUTIONS\na", [("near_mark", 1)]),
        ("# BEGIN SOLUTION NO PROMPT\na", [("near_mark", 1)]),
        ("### BEGIN HIDDEN TESTS\na", [("near_mark", 1)]),
        ("a\nb = 1 # SOLUTION", [("near_mark", 2)]),
        ("# 확인 q1 2점\na", [("near_mark", 1)]),
    ],
)
def test_broken_marks_are_named_with_their_line(source: str, expected: list[tuple[str, int]]):
    troubles = cut_code(source).troubles
    assert [(each.code.removeprefix("authoring."), each.line) for each in troubles] == expected


@pytest.mark.parametrize(
    ("solution", "korean", "english"),
    [
        ("a = 1\na", "a = ...\na", "a = ...\na"),
        ("a = 1", "# 여기에", "# here"),
        ("def f(x):\n    return x", "def f(x):\n    return ...", "def f(x):\n    return ..."),
        ("a = 1\n\n\nb = 2\nc", "c", "c"),
        ("a = 1", "a = 1\n# 더 해 보세요\n\n", "a = 1\n# try more\n# and more"),
        ("x = 1\nprint('가')\ny = 2", "x = ...\nprint('가')\ny = ...", "x = ...\nprint('a')\ny = ..."),
        ("", "a", "b"),
        ("# 풀이 끝\na", "# 풀이 끝\nb", "c"),
    ],
)
def test_a_cell_is_written_so_that_it_is_cut_into_the_same_three(solution: str, korean: str, english: str):
    cut = cut_code(compose_code(solution, korean, english))
    if not cut.troubles:
        assert (cut.solution, cut.starter) == (solution, {"ko": korean, "en": english})
    assert bool(cut.troubles) == ("풀이 끝" in solution)
