"""Adding to files that authors have written: nothing else of them changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content.documents import read_document
from saem.lib.content.growing import ITEM_KINDS, item_text, lesson_texts, with_item, with_lesson
from saem.lib.content.schema import Text

MAIN = "# 과정 / the program\nid: tiny\nsteps:\n  - lesson: first\n  # 둘째 / the second\n  - project: rain  # 비\n\nlicence: CC0\n"
IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5})?", fullmatch=True)


@given(st.lists(IDS, max_size=4), st.booleans(), st.booleans())
def test_a_step_is_added_and_every_other_line_stays(ids, is_last, is_indented):
    main = MAIN if is_indented else MAIN.replace("  -", "-").replace("  #", "#")
    if is_last:
        main = main.replace("\nlicence: CC0\n", "")
    grown = main
    for each in ids:
        after = with_lesson(grown, each)
        assert after is not None
        grown = after
    document, problems = read_document("", grown)
    assert problems == []
    assert document.items("steps")[2:] == [{"lesson": each} for each in ids]
    lines = grown.splitlines()
    assert [line for line in main.splitlines() if line not in lines] == []
    assert len(lines) == len(main.splitlines()) + len(ids)


@pytest.mark.parametrize("main", ["", "steps: [{lesson: first}]\n", "steps: 3\n", "steps:\n", "steps: [\n", "id: a\n"])
def test_steps_that_are_not_lines_are_left_alone(main):
    assert with_lesson(main, "second") is None


@pytest.mark.parametrize("kind", ITEM_KINDS)
@pytest.mark.parametrize("before", ["", "# 문항 / items\n", "- id: one  # 하나\n  kind: text\n\n\n"])
def test_an_item_is_added_at_the_end(kind, before):
    after = with_item(before, item_text("two", kind, "read"))
    assert after is not None
    assert after.startswith(before.rstrip())
    document, problems = read_document("", after)
    assert problems == []
    assert document.items()[-1]["id"] == "two"


@pytest.mark.parametrize("before", ["id: one\n", "[{id: one}]\n", "- [\n", "words\n"])
def test_what_is_no_list_of_lines_is_left_alone(before):
    assert with_item(before, item_text("two", "choice", "read")) is None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_title_is_written_as_it_was_given(title):
    texts = lesson_texts("a", title=Text(ko=title, en=title), goal=Text(ko="가", en="A"), minutes=5, skills=[])
    document, problems = read_document("", texts["lessons/a/lesson.yaml"])
    assert problems == []
    assert document.get("title") == {"ko": title, "en": title}
