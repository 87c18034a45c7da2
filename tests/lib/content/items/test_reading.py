"""Files of items: found, read, and everything wrong with them told at its line."""

from pathlib import Path

import pytest

from saem.lib.content import Problem, content_hash, load, pack, unpack
from saem.lib.content.items import KINDS, explanation, variant
from tests.lib.content.folders import write_program
from tests.lib.content.items.authored import FILE, authored, line_of, problems_with, program_with, told_of

NUMBER = authored("number", "answer: 12")


def test_items_of_all_files_are_read_in_order(tmp_path: Path) -> None:
    files = {
        FILE: NUMBER,
        "items/more.yaml": authored("text", "answers: [a]", name="two") + authored("number", "answer: 1", name="three"),
    }
    program = load(write_program(tmp_path, **files)).program
    assert program is not None
    assert list(program.items) == ["one", "two", "three"]
    three = program.items["three"]
    assert (three.file, three.place, three.kind, three.skills, three.difficulty) == (
        "items/more.yaml",
        1,
        "number",
        ("read-table",),
        0,
    )
    assert three.is_for("practice")
    assert three.is_for("diagnosis")


def test_a_program_without_items_has_none(tmp_path: Path) -> None:
    program = load(write_program(tmp_path)).program
    assert program is not None
    assert program.items == {}


def test_an_item_can_be_kept_for_one_use(tmp_path: Path) -> None:
    item = program_with(tmp_path, authored("number", "answer: 12\nuse: diagnosis\ndifficulty: -1.5\nminutes: 2")).items[
        "one"
    ]
    assert (item.is_for("practice"), item.is_for("diagnosis"), item.difficulty) == (False, True, -1.5)


def test_a_version_is_another_when_an_item_changes(tmp_path: Path) -> None:
    first = write_program(tmp_path / "a", **{FILE: NUMBER})
    other = write_program(tmp_path / "b", **{FILE: NUMBER.replace("12", "13")})
    assert content_hash(first) != content_hash(other)
    unpack(pack(first), tmp_path / "copy" / "tiny")
    copied = load(tmp_path / "copy" / "tiny").program
    assert copied is not None
    assert list(copied.items) == ["one"]


def test_texts_are_markdown_with_the_pictures_of_the_program(tmp_path: Path) -> None:
    text = NUMBER.replace("A question.", "'**Look** at ![a map](../images/map.png) and $x^2$.'")
    files = {FILE: text, "images/map.png": b"png"}
    program = load(write_program(tmp_path, **files)).program
    assert program is not None
    html = variant(program.items["one"], 0).prompt.html("en-gb")
    assert "<strong>Look</strong>" in html
    assert 'src="asset:images/map.png"' in html
    assert "<math" in html
    assert explanation(program.items["one"], 0).html("fr") == "<p>풀이예요.</p>"


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        ("kind: number", "kind: nummer", "kind", "unknown_item_kind"),
        ("  kind: number\n", "", "id: one", "missing_key"),
        ("[read-table]", "[raed-table]", "skills", "unknown_skill"),
        ("[read-table]", "[]", "skills", "empty_value"),
        ("id: one", "id: One", "id: One", "bad_id"),
        (", en: A question.", "", "prompt", "missing_translation"),
        ("explanation: {ko: 풀이예요., en: An explanation.}", "difficulty: 4", "difficulty", "out_of_range"),
        ("explanation: {ko: 풀이예요., en: An explanation.}", "difficulty: 1", "id: one", "missing_key"),
        ("answer: 12", "answer: 12\n  use: exam", "use: exam", "not_choice"),
        ("answer: 12", "answer: 12\n  hint: []", "hint:", "unknown_key"),
        ("A question.", "'See $\\frac{$'", "prompt", "bad_math"),
        ("A question.", "'![](x.png)'", "prompt", "missing_image"),
        ("A question.", "'{{twelve}}?'", "prompt", "unknown_parameter"),
        ("- id: one\n  kind: number\n", "id: one\nkind:\n", "id: one", "items_not_list"),
        ("- id: one\n", "- &a id\n- id: one\n", "- &a id", "not_mapping"),
    ],
)  # fmt: skip
def test_what_an_author_may_get_wrong(tmp_path: Path, old: str, new: str, at: str, code: str) -> None:
    assert old in NUMBER
    text = NUMBER.replace(old, new)
    assert (line_of(text, at), code) in told_of(tmp_path, text)


def test_the_line_within_a_long_prompt_is_told(tmp_path: Path) -> None:
    text = NUMBER.replace(
        "  prompt: {ko: 물음이에요., en: A question.}",
        "  prompt:\n    ko: |\n      물음.\n\n      ![](y.png)\n    en: A question.",
    )
    assert (line_of(text, "![]"), "missing_alt") in told_of(tmp_path, text)


def test_an_id_is_one_items_in_all_files(tmp_path: Path) -> None:
    found = load(write_program(tmp_path, **{FILE: NUMBER, "items/other.yaml": NUMBER})).problems
    assert [(each.file, each.code, each.params["first"]) for each in found] == [
        ("items/other.yaml", "content.item_twice", f"{FILE}:1")
    ]


def test_every_problem_names_its_remedy(tmp_path: Path) -> None:
    found: list[Problem] = problems_with(tmp_path, NUMBER.replace("number", "numbr"))
    assert found[0].remedy == "content.unknown_item_kind.near"


def test_a_file_that_is_not_yaml_is_told_of_once(tmp_path: Path) -> None:
    assert told_of(tmp_path, "- id: [")[0][1] == "yaml_syntax"
    assert told_of(tmp_path / "b", "") == [(1, "items_not_list")]


def test_each_kind_has_its_test_file() -> None:
    here = Path(__file__).parent
    assert [kind for kind in KINDS if not (here / f"test_{kind}.py").is_file()] == []
