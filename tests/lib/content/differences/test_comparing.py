"""What a reader is told about two versions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saem.lib.content.differences import Change, FileDifference, compare, compare_words, renames
from saem.lib.content.differences.words import MAX_PRODUCT
from tests.lib.content.passages.test_splitting import cell, notebook

BEFORE = "# 제목\n\n표를 읽어요. 하루의 기온을 찾아요.\n\n둘째 문단\n\n셋째 문단\n"


def only(before: str, after: str, name: str = "ko.md") -> FileDifference:
    (found,) = compare({name: before.encode()}, {name: after.encode()})
    return found


def told(found: FileDifference) -> list[tuple[str, str]]:
    return [(each.change.value, each.shown.text) for each in found.passages]


def test_a_version_does_not_differ_from_itself():
    assert compare({"ko.md": BEFORE.encode(), "a.png": b"\0"}, {"ko.md": BEFORE.encode(), "a.png": b"\0"}) == ()


def test_words_inside_a_changed_paragraph():
    found = only(BEFORE, BEFORE.replace("하루의 기온을", "한 해의 기온을"))
    assert found.change is Change.CHANGED
    assert [each.change for each in found.passages] == [Change.KEPT, Change.CHANGED, Change.KEPT, Change.KEPT]
    assert [(each.change.value, each.text) for each in found.passages[1].words] == [
        ("kept", "표를 읽어요. "), ("removed", "하루의"), ("added", "한 해의"), ("kept", " 기온을 찾아요."),
    ]  # fmt: skip


def test_paragraphs_added_removed_and_moved():
    found = only(BEFORE, "# 제목\n\n셋째 문단\n\n표를 읽어요. 하루의 기온을 찾아요.\n\n둘째 문단\n\n새로 쓴 글\n")
    assert told(found) == [
        ("kept", "# 제목"),
        ("moved", "셋째 문단"),
        ("kept", "표를 읽어요. 하루의 기온을 찾아요."),
        ("kept", "둘째 문단"),
        ("added", "새로 쓴 글"),
    ]
    assert told(only("가\n\n나 다\n", "가\n")) == [("kept", "가"), ("removed", "나 다")]
    assert only("가\n", "가\n\n나\n").count(Change.ADDED) == 1


def test_yaml_is_told_field_by_field():
    before = "skills:\n  - id: one\n    title: {ko: 하나, en: One}\n  - id: two\n"
    found = only(
        before, before.replace("하나", "첫째").replace("  - id: two\n", "  - id: two\n  - id: three\n"), "p.yaml"
    )
    (skills,) = found.passages
    assert [(each.change.value, each.key) for each in skills.children] == [
        ("kept", "skills/@head"), ("changed", "skills/one"), ("kept", "skills/two"), ("added", "skills/three"),
    ]  # fmt: skip
    assert [(each.change.value, each.key) for each in skills.children[1].children] == [
        ("kept", "skills/one/id"),
        ("changed", "skills/one/title"),
    ]


def test_a_notebook_is_told_cell_by_cell():
    before, after = (notebook(cell("a = 1", id="one"), cell(text, id="two")) for text in ("b = 1", "b = 2"))
    (found,) = compare({"a.ipynb": before}, {"a.ipynb": after})
    assert [each.change.value for each in found.passages] == ["kept", "kept", "changed"]


def test_a_cell_whose_settings_alone_changed_shows_no_words():
    before, after = (notebook(cell("a", id="x") | {"metadata": each}) for each in ({}, {"saem": {"question": "q"}}))
    (found,) = compare({"a.ipynb": before}, {"a.ipynb": after})
    assert (found.passages[1].change, found.passages[1].words) == (Change.CHANGED, ())


def test_files_that_are_no_text_have_no_passages():
    (found,) = compare({"a.png": b"\0"}, {"a.png": b"\1\0"})
    assert (found.change, found.is_text, found.passages) == (Change.CHANGED, False, ())


def test_files_added_removed_and_renamed():
    page, picture = BEFORE.encode(), b"\0picture"
    before = {"lessons/a/ko.md": page, "lessons/a/images/x.png": picture, "gone.py": b"print(1)\n"}
    after = {"lessons/b/ko.md": page + "\n넷째\n".encode(), "lessons/b/images/x.png": picture, "new.csv": b"a,b\n"}
    found = {each.name: (each.change.value, each.old_name) for each in compare(before, after)}
    assert found == {
        "lessons/b/ko.md": ("renamed", "lessons/a/ko.md"),
        "lessons/b/images/x.png": ("renamed", "lessons/a/images/x.png"),
        "gone.py": ("removed", ""),
        "new.csv": ("added", ""),
    }


def test_of_several_equal_files_each_is_renamed_once():
    assert renames({"a/x.svg": b"s", "b/x.svg": b"s"}, {"c/x.svg": b"s", "b/y.svg": b"s"}) == {
        "a/x.svg": "c/x.svg",
        "b/x.svg": "b/y.svg",
    }
    assert renames({"a": b""}, {"b": b""}) == {}


@settings(max_examples=150, derandomize=True)
@given(st.text(alphabet="가나 다.\n", max_size=60), st.text(alphabet="가나 다.\n", max_size=60))
def test_runs_of_words_joined_are_the_texts(before: str, after: str):
    found = compare_words(before, after)
    assert "".join(each.text for each in found if each.change is not Change.ADDED) == before
    assert "".join(each.text for each in found if each.change is not Change.REMOVED) == after


@pytest.mark.parametrize("unit", ["가 ", "가\n"])
def test_a_text_too_long_to_compare_is_told_as_gone_and_come(unit: str):
    long = unit * (int(MAX_PRODUCT**0.5) + 1)
    found = compare_words(long, long + "나")
    assert "".join(each.text for each in found if each.change is not Change.REMOVED) == long + "나"
