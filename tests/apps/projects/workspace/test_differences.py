"""What changed between two texts, and between two notebooks cell by cell."""

import pytest

from saem.apps.projects.workspace.differences import MOST_LINES, Change, of_cells, of_texts


def signs(part) -> list[str]:
    marks = {Change.SAME: " ", Change.ADDED: "+", Change.REMOVED: "-", Change.GAP: "…"}
    return [marks[line.change] + line.text for line in part.lines]


def test_lines_added_and_removed_with_a_few_round_them():
    before = "\n".join("abcdefghij")
    after = before.replace("e", "E")
    (part,) = of_texts(before, after).parts
    assert signs(part) == ["…", " c", " d", "-e", "+E", " f", " g", "…"]
    assert (part.added, part.removed) == (1, 1)


def test_numbers_are_those_of_each_version():
    (part,) = of_texts("a\nb", "x\na\nb").parts
    assert [(line.before, line.after) for line in part.lines] == [(0, 1), (1, 2), (2, 3)]


def test_the_same_is_empty():
    assert of_texts("a\nb", "a\nb").is_empty
    assert of_cells(["a"], ["a"]).is_empty


def test_a_cell_put_between_others_changes_only_itself():
    difference = of_cells(["import x", "fit()"], ["import x", "clean()", "fit()"])
    assert [part.name for part in difference.parts] == ["2"]
    assert (difference.added, difference.removed) == (1, 0)


def test_a_changed_cell_and_one_that_is_gone():
    difference = of_cells(["a = 1\nb = 2", "print(a)"], ["a = 1\nb = 3"])
    assert [part.name for part in difference.parts] == ["1", "-2"]
    assert signs(difference.parts[0]) == [" a = 1", "-b = 2", "+b = 3"]
    assert signs(difference.parts[1]) == ["-print(a)"]


@pytest.mark.parametrize("lines", [[str(n) for n in range(MOST_LINES)], ["a"] * 500])
def test_texts_that_would_take_too_long_to_compare_are_shown_as_replaced(lines: list[str]):
    difference = of_texts("\n".join(lines), "\n".join([*lines, "b"]))
    assert (difference.removed, difference.added) == (len(lines), len(lines) + 1)
