"""YAML, its values and the lines they stand on."""

import pytest

from saem.lib.content.documents import read_document, split_path


def test_plain_words_stay_words():
    text = "a: no\nb: 2012-01-01\nc: 12:30\nd: 007\ne: 1_000\nf: 0o17\ng: on\nh: =\ni: 1e3\nj: -2.5\nk: true\nl:\nm: ~\nn: '3'"
    document, problems = read_document("f.yaml", text)
    assert problems == []
    assert document.value == {
        "a": "no", "b": "2012-01-01", "c": "12:30", "d": "007", "e": "1_000", "f": "0o17", "g": "on", "h": "=",
        "i": 1000.0, "j": -2.5, "k": True, "l": None, "m": None, "n": "3",
    }  # fmt: skip


def test_every_key_and_item_has_its_line():
    document, _ = read_document("f.yaml", "a:\n  - b: 1\n    c: 2\n  - [x,\n     y]\nd: {e: 3}\n")
    assert document.line("a") == 1
    assert document.line("a", 0, "c") == 3
    assert document.line("a", 1, 1) == 5
    assert document.line("d", "e") == 6
    assert document.line("d", "nothing", "below") == 6
    assert document.line("nothing") == 1
    assert split_path("a.0.c") == ("a", 0, "c")


@pytest.mark.parametrize("style", ["|", "|-", ">", "|2"])
def test_a_block_of_text_begins_below_its_key(style: str):
    document, _ = read_document("f.yaml", f"a: 1\ncode: {style}\n  x = 1\n  y = 2\nlast: plain\n")
    assert document.body_line("code") == 3
    assert document.body_line("last") == 5


def test_looking_into_a_document_never_fails():
    document, _ = read_document("f.yaml", "a: [1, {b: x}, y]\nc: text\n")
    assert document.get("a", 1, "b") == "x"
    assert document.get("a", 7, "b") is None
    assert document.get("c", "d") is None
    assert document.text("a") is None
    assert document.items("c") == []
    assert document.mapping("a") == {}
    assert list(document.texts("a")) == [(("a", 2), "y")]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a: [1\nb: 2", 1, "yaml_syntax"),
        ("a: b: c", 1, "yaml_syntax"),
        ("a: 'x\n\nb: 1\n", 3, "yaml_syntax"),
        ("a: 1\n---\nb: 2", 2, "yaml_syntax"),
        ("a: \x00", 1, "yaml_syntax"),
        ("[" * 100_000, 1, "yaml_syntax"),
        ("- " * 100_000, 1, "yaml_syntax"),
        ("a: 1\n\tb: 2", 2, "yaml_tab"),
        ("a:\n  b:\n  \t- c", 3, "yaml_tab"),
        ("x: &a [1]\ny: *a", 2, "yaml_alias"),
        ("x: &a [*a]", 1, "yaml_alias"),
        ("a: 1\nb: 2\na: 3", 3, "duplicate_key"),
    ],
)
def test_what_is_not_accepted(text: str, line: int, code: str):
    _, problems = read_document("f.yaml", text)
    assert [(each.line, each.code.removeprefix("content.")) for each in problems] == [(line, code)]


def test_a_billion_laughs_stay_short():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    document, problems = read_document("f.yaml", "\n".join(lines))
    assert {each.code for each in problems} == {"content.yaml_alias"}
    assert len(repr(document.value)) < 10_000


def test_tags_make_nothing():
    document, _ = read_document("f.yaml", "a: !!python/object/apply:os.system ['echo']\nb: !x 3")
    assert document.value == {"a": ["echo"], "b": "3"}
