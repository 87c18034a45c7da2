"""Three versions become one, and only what people must decide is asked."""

import json

import pytest

from saem.lib.content.merging import Choice, Merge, Resolution, Trouble, merge
from tests.lib.content.passages.test_splitting import cell, notebook

PAGE = "# 제목\n\n하나\n\n둘\n\n셋\n"


def merged(base: str, ours: str, theirs: str, name: str = "ko.md") -> Merge:
    return merge({name: base.encode()}, {name: ours.encode()}, {name: theirs.encode()})


def text(found: Merge, name: str = "ko.md", **chosen: Resolution) -> str:
    return found.settled(chosen)[name].decode()


def change(old: str, new: str, source: str = PAGE) -> str:
    assert old in source
    return source.replace(old, new, 1)


def test_neighbouring_paragraphs_changed_by_different_people_are_no_conflict():
    found = merged(PAGE, change("하나", "하나!"), change("둘", "둘!"))
    assert found.conflicts == ()
    assert text(found) == "# 제목\n\n하나!\n\n둘!\n\n셋\n"


def test_what_both_add_at_one_place_stays_ours_first():
    found = merged(PAGE, change("둘", "하나 반\n\n둘"), change("둘", "하나 더\n\n둘"))
    assert text(found) == "# 제목\n\n하나\n\n하나 반\n\n하나 더\n\n둘\n\n셋\n"


def test_the_same_change_on_both_sides_is_made_once():
    ours = change("둘", "둘!\n\n새 글")
    assert text(merged(PAGE, ours, ours + "\n넷\n")) == ours + "\n넷\n"


def test_a_moved_paragraph_follows_and_keeps_what_the_other_wrote_in_it():
    ours = "# 제목\n\n셋\n\n하나\n\n둘\n"
    found = merged(PAGE, ours, change("셋", "셋!"))
    assert found.conflicts == ()
    assert text(found) == "# 제목\n\n셋!\n\n하나\n\n둘\n"
    assert text(merged(PAGE, change("둘", "둘!"), ours)) == "# 제목\n\n셋\n\n하나\n\n둘!\n"


def test_a_paragraph_that_came_last_is_parted_from_what_follows_it_now():
    found = merged("하나\n", "하나\n\n둘", "하나\n\n셋")
    assert text(found) == "하나\n\n둘\n\n셋"
    tight = "문단\n- 목록\n"
    assert text(merged(tight, "문단!\n- 목록\n", "문단\n\n새 문단\n- 목록\n")) == "문단!\n\n새 문단\n- 목록\n"


def test_two_changes_of_one_paragraph_are_asked():
    found = merged(PAGE, change("둘", "둘 가"), change("둘", "둘 나"))
    (conflict,) = found.conflicts
    assert (conflict.trouble, conflict.base, conflict.ours, conflict.theirs) == (
        Trouble.BOTH_CHANGED,
        "둘",
        "둘 가",
        "둘 나",
    )
    assert found.left_open({}) == (conflict,)
    answers = {
        Choice.OURS: "둘 가",
        Choice.THEIRS: "둘 나",
        Choice.BOTH: "둘 가\n\n둘 나",
        Choice.OWN: "둘 다",
    }
    assert set(conflict.choices) == set(answers)
    for choice, expected in answers.items():
        chosen = {conflict.id: Resolution(choice, "둘 다\r\n")}
        assert found.left_open(chosen) == ()
        assert found.settled(chosen)["ko.md"].decode() == change("둘", expected)
    assert found.settled({conflict.id: Resolution(Choice.OWN, " ")})["ko.md"].decode() == "# 제목\n\n하나\n\n셋\n"


def test_a_paragraph_written_anew_by_both_is_asked_however_little_is_left_of_it():
    found = merged(PAGE, change("둘", "전혀 다른 글"), change("둘", "또 다른 말씀"))
    assert [each.trouble for each in found.conflicts] == [Trouble.BOTH_CHANGED]


@pytest.mark.parametrize("is_ours", [True, False])
def test_removing_what_the_other_changed_is_asked(is_ours: bool):
    sides = change("둘\n\n", ""), change("둘", "둘!")
    found = merged(PAGE, *(sides if is_ours else reversed(sides)))
    (conflict,) = found.conflicts
    assert conflict.trouble is (Trouble.OURS_REMOVED if is_ours else Trouble.THEIRS_REMOVED)
    assert Choice.BOTH not in conflict.choices
    kept, gone = (Choice.THEIRS, Choice.OURS) if is_ours else (Choice.OURS, Choice.THEIRS)
    assert found.settled({conflict.id: Resolution(kept)})["ko.md"].decode() == sides[1]
    assert found.settled({conflict.id: Resolution(gone)})["ko.md"].decode() == sides[0]


def test_a_choice_that_is_not_offered_leaves_the_conflict_open():
    found = merged(PAGE, change("둘\n\n", ""), change("둘", "둘!"))
    (conflict,) = found.conflicts
    assert found.left_open({conflict.id: Resolution(Choice.BOTH)}) == (conflict,)
    with pytest.raises(KeyError):
        found.settled()


LISTING = "# 우리 것\nid: tiny\nskills:\n  - id: one\n    title: {ko: 하나}\n  - id: two   # 둘째\nminutes: 45\n"


def test_fields_and_items_of_yaml_merge_with_their_comments():
    ours = change("45", "50", change("하나", "첫째", LISTING))
    theirs = change("minutes", "  - id: three\nlevel: {ko: 고}\nminutes", change("  - id: two   # 둘째\n", "", LISTING))
    found = merged(LISTING, ours, theirs, "program.yaml")
    assert found.conflicts == ()
    assert text(found, "program.yaml") == (
        "# 우리 것\nid: tiny\nskills:\n  - id: one\n    title: {ko: 첫째}\n  - id: three\nlevel: {ko: 고}\nminutes: 50\n"
    )


def test_a_conflict_in_yaml_is_asked_about_the_field():
    found = merged(LISTING, change("하나", "첫째", LISTING), change("하나", "처음", LISTING), "program.yaml")
    (conflict,) = found.conflicts
    assert conflict.key == "skills/one/title"
    assert Choice.BOTH not in conflict.choices
    own = {conflict.id: Resolution(Choice.OWN, "    title: {ko: 으뜸}")}
    assert found.settled(own)["program.yaml"].decode() == change("하나", "으뜸", LISTING)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("skills: [one]\n", "skills:\n  - id: one\n  - id: two\n"),
        ("skills:\n    - id: one\n", "skills:\n  - id: one\n  - id: two\n"),
        ("skills:\n- id: one\n  a: 1\n", "skills:\n  - id: one\n    b: 1\n"),
        ("- id: one\n", "skills:\n  - id: one\n  - id: two\n"),
        ("skills: [\n", "skills:\n  - id: one\n  - id: two\n"),
    ],
)
def test_yaml_that_would_not_fit_together_is_asked_about_and_never_broken(ours: str, theirs: str):
    found = merged("skills:\n  - id: one\n", ours, theirs, "a.yaml")
    (conflict,) = found.conflicts
    for choice, expected in ((Choice.OURS, ours), (Choice.THEIRS, theirs)):
        assert found.settled({conflict.id: Resolution(choice)})["a.yaml"].decode() == expected


def test_one_id_added_by_both_with_different_words_is_asked():
    ours, theirs = (LISTING.replace("minutes", f"  - id: new\n    title: {each}\nminutes") for each in "ab")
    (conflict,) = merged(LISTING, ours, theirs, "a.yaml").conflicts
    assert (conflict.trouble, conflict.base) == (Trouble.BOTH_ADDED, None)


def test_cells_of_a_notebook_merge_and_stay_a_notebook():
    base = notebook(cell("a", id="a"), cell("b", id="b"))
    ours = notebook(cell("a = 1", id="a"), cell("b", id="b"))
    theirs = notebook(cell("a", id="a"), cell("b = 2", id="b"), cell("말", "markdown", id="c"))
    found = merge({"x.ipynb": base}, {"x.ipynb": ours}, {"x.ipynb": theirs})
    assert [each["source"] for each in json.loads(found.settled()["x.ipynb"])["cells"]] == ["a = 1", "b = 2", "말"]


def test_both_cells_get_ids_of_their_own():
    versions = [{"x.ipynb": notebook(cell(text, id="a"))} for text in ("a", "a = 1", "a = 2")]
    found = merge(*versions)
    (conflict,) = found.conflicts
    cells = json.loads(found.settled({conflict.id: Resolution(Choice.BOTH)})["x.ipynb"])["cells"]
    assert [(each["id"], each["source"]) for each in cells] == [("a", "a = 1"), ("a-2", "a = 2")]
    own = json.loads(found.settled({conflict.id: Resolution(Choice.OWN, "a = 3")})["x.ipynb"])["cells"]
    assert [(each["id"], "".join(each["source"])) for each in own] == [("a", "a = 3")]


def test_files_that_are_not_cut_are_asked_about_as_wholes():
    found = merge(
        {"a.py": b"1\n", "b.png": b"\0"}, {"a.py": b"2\n", "b.png": b"\1\0"}, {"a.py": b"3\n", "b.png": b"\2\0"}
    )
    script, picture = found.conflicts
    assert (script.ours, script.choices) == ("2\n", (Choice.OURS, Choice.THEIRS, Choice.OWN))
    assert (picture.ours, picture.choices) == (None, (Choice.OURS, Choice.THEIRS))
    chosen = {script.id: Resolution(Choice.OWN, "4\r\n"), picture.id: Resolution(Choice.THEIRS)}
    assert found.settled(chosen) == {"a.py": b"4\n", "b.png": b"\2\0"}


def test_files_added_and_removed():
    found = merge(
        {"old": b"1", "both": b"1"}, {"old": b"1", "ours": b"x", "same": b"s"}, {"theirs": b"y", "same": b"s"}
    )
    assert found.settled() == {"ours": b"x", "theirs": b"y", "same": b"s"}
    (conflict,) = merge({}, {"a.md": b"1"}, {"a.md": b"2"}).conflicts
    assert conflict.trouble is Trouble.BOTH_ADDED
    (conflict,) = merge({"a.md": b"0"}, {"a.md": b"1"}, {}).conflicts
    assert conflict.trouble is Trouble.THEIRS_REMOVED


def test_a_renamed_file_takes_the_other_sides_changes_along():
    base, changed = {"lessons/a/ko.md": PAGE.encode()}, {"lessons/a/ko.md": change("둘", "둘!").encode()}
    renamed = {"lessons/b/ko.md": PAGE.encode()}
    for sides in ((renamed, changed), (changed, renamed)):
        assert merge(base, *sides).settled() == {"lessons/b/ko.md": change("둘", "둘!").encode()}
    (conflict,) = merge(base, renamed, {}).conflicts
    assert conflict.trouble is Trouble.THEIRS_REMOVED


def test_two_new_names_for_one_file_are_asked():
    found = merge({"a.md": PAGE.encode()}, {"b.md": PAGE.encode()}, {"c.md": change("둘", "둘!").encode()})
    (conflict,) = found.conflicts
    assert (conflict.trouble, conflict.ours, conflict.theirs) == (Trouble.BOTH_RENAMED, "b.md", "c.md")
    for choice, name in ((Choice.OURS, "b.md"), (Choice.THEIRS, "c.md")):
        assert found.settled({conflict.id: Resolution(choice)}) == {name: change("둘", "둘!").encode()}


def test_a_new_name_that_is_another_file_there_loses_neither():
    base, ours = {"a.md": PAGE.encode()}, {"b.md": PAGE.encode()}
    theirs = {"a.md": change("둘", "둘!").encode(), "b.md": "다른 글\n".encode()}
    found = merge(base, ours, theirs)
    assert {(each.file, each.trouble) for each in found.conflicts} == {
        ("a.md", Trouble.OURS_REMOVED),
        ("b.md", Trouble.BOTH_ADDED),
    }


def test_line_ends_are_nobodys_change():
    assert text(merged(PAGE, PAGE.replace("\n", "\r\n"), change("둘", "둘!"))) == change("둘", "둘!")


def test_ids_of_conflicts_are_the_same_each_time_and_each_once():
    ours, theirs = PAGE.replace("\n\n", " 가\n\n"), PAGE.replace("\n\n", " 나\n\n")
    first, second = merged(PAGE, ours, theirs), merged(PAGE, ours, theirs)
    assert [each.id for each in first.conflicts] == [each.id for each in second.conflicts]
    assert len({each.id for each in first.conflicts}) == len(first.conflicts) == 3
