"""The rules of progress, on plain values."""

from saem.apps.learning.states import CellFacts, State, cells_above, lesson_count, section_states
from saem.lib.content import CodeCell, Html, Page, Section

RAN, PASSED, FAILED = CellFacts(True, False), CellFacts(True, True), CellFacts(False, False)


def a_page(*sections: str) -> Page:
    """Sections by the letters of their cells; an empty word is a section of text."""
    return Page(
        tuple(
            Section(f"s{at}", f"S{at}", (Html("<p>text</p>"), *(CodeCell(letter, "1") for letter in cells)))
            for at, cells in enumerate(sections)
        )
    )


def test_a_lesson_with_exercises_is_done_when_they_have_passed() -> None:
    facts = {"a": RAN, "b": PASSED, "c": RAN}
    count = lesson_count(["a", "b", "c"], ["b", "c"], facts)
    assert (count.passed, count.exercises, count.left, count.is_complete) == (1, 2, 1, False)
    assert lesson_count(["a", "b", "c"], ["b", "c"], facts | {"c": PASSED}).is_complete


def test_a_lesson_without_exercises_is_done_when_every_cell_has_run_to_its_end() -> None:
    assert not lesson_count(["a", "b"], [], {"a": RAN, "b": FAILED}).is_complete
    assert lesson_count(["a", "b"], [], {"a": RAN, "b": RAN}).is_complete


def test_a_lesson_of_text_alone_is_complete_at_once() -> None:
    assert lesson_count([], [], {}).is_complete


def test_nothing_begun_means_the_first_section_is_now() -> None:
    assert section_states(a_page("", "a", "b"), [], {}) == [State.NOW, State.LATER, State.LATER]


def test_a_section_of_text_is_done_once_a_later_one_is_reached() -> None:
    assert section_states(a_page("", "ab", "c"), [], {"a": RAN}) == [State.DONE, State.NOW, State.LATER]


def test_an_exercise_needs_its_checks() -> None:
    page = a_page("a", "b")
    assert section_states(page, ["a"], {"a": RAN}) == [State.NOW, State.LATER]
    assert section_states(page, ["a"], {"a": PASSED}) == [State.DONE, State.NOW]


def test_what_was_done_further_down_stays_done() -> None:
    states = section_states(a_page("a", "b", "c", ""), [], {"b": RAN})
    assert states == [State.NOW, State.DONE, State.LATER, State.LATER]


def test_everything_run_means_every_section_is_done() -> None:
    assert section_states(a_page("a", "", "b", ""), [], {"a": RAN, "b": RAN}) == [State.DONE] * 4


def test_cells_above_are_those_before_in_the_page() -> None:
    assert cells_above(a_page("ab", "", "c"), "c") == ["a", "b"]
    assert cells_above(a_page("ab"), "a") == []
