"""Files are cut into passages and put together again without losing a byte."""

import json

import pytest

from saem.lib.content.passages import Kind, join, match, moved, neighbours_in, rewritten, split

PAGE = """\
---
jupytext: {}
---

(top)=
# 제목

첫 문단이
두 줄이에요.
- 목록 하나
- 목록 둘

  이어지는 말

| 가 | 나 |
|---|---|
| 1 | 2 |

```{code-cell} python
:name: look

a = 1
```

:::{note}
알림

두 문단
:::
$$
x = 1
$$

```{figure} a.svg
```

[link]: https://example.org
"""


def kinds(name: str, text: str) -> list[tuple[str, str]]:
    return [(each.kind.value, each.name) for each in split(name, text.encode()).children]


def test_a_page_is_cut_at_its_outermost_blocks():
    assert kinds("ko.md", PAGE) == [
        ("front_matter", "@front-matter"), ("other", ""), ("heading", ""), ("paragraph", ""), ("list", ""), ("table", ""),
        ("code", "look"), ("directive", ""), ("other", ""), ("directive", ""), ("other", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [PAGE, "", "\n\n", "한 줄", "\n\n가\n\n\n나", "---\n", "---\na: 1\n---", ":::{note}\n열린 채", "```\n열린 채", "가\n  \n나\n", "[a]: b", "가\x0c나\u2028다\n"],
)  # fmt: skip
def test_passages_of_a_page_joined_are_the_page(text: str):
    root = split("ko.md", text.encode())
    assert "".join(each.raw for each in root.children) == text
    assert join(root.children, neighbours=neighbours_in(root.children)) == text


def test_keys_of_equal_paragraphs_are_numbered():
    first, second, third = split("ko.md", "같은 말\n\n다른 말\n\n같은 말".encode()).children
    assert third.key == f"{first.key}+2"
    assert second.key != first.key


def test_line_ends_and_a_byte_order_mark_make_no_difference():
    assert split("ko.md", "\ufeff가\r\n\r\n나\r\n".encode()) == split("ko.md", "가\n\n나\n".encode())


def test_what_is_no_text_is_one_passage():
    for data in (b"\xff\xfe", b"PNG\0"):
        root = split("ko.md", data)
        assert (root.kind, root.children) == (Kind.FILE, ())
    assert split("ko.md", b"\xff").mark != split("ko.md", b"\xfe").mark


LISTING = """\
# 이 파일에 대하여

format: 1   # 판
# 제목
title: {ko: 가, en: A}
skills:
  # 첫째
  - id: one
    title: {ko: "하나, 둘", en: One}

  - {id: two}
  - plain
code: |
  # 주석이 아니에요
  a = 1

steps:
- lesson: x
-
  project: y
"""


def test_yaml_is_cut_into_entries_and_items_with_their_comments():
    root = split("program.yaml", LISTING.encode())
    assert [each.name for each in root.children] == ["@head", "format", "title", "skills", "code", "steps"]
    title, skills, code, steps = root.children[2:]
    assert title.text.startswith("# 제목\ntitle:")
    assert [each.key for each in skills.children][:3] == ["skills/@head", "skills/one", "skills/two"]
    assert skills.children[1].text.startswith("  # 첫째\n  - id: one")
    assert [each.name for each in skills.children[1].children] == ["id", "title"]
    assert code.children == ()
    assert [each.name for each in steps.children] == ["@head", "x", "y"]


@pytest.mark.parametrize("name", ["program.yaml", "PROGRAM.YML"])
def test_parts_of_yaml_joined_are_the_file(name: str):
    def check(passage):
        if passage.children:
            assert "".join(each.raw for each in passage.children) == passage.raw
            assert join(passage.children, neighbours=neighbours_in(passage.children)) == passage.raw
        for child in passage.children:
            check(child)

    check(split(name, LISTING.encode()))
    assert split(name, LISTING.encode()).children


@pytest.mark.parametrize(
    "text",
    ["", "a: [", "{a: 1,\n b: 2}\n", "a: 1\na: 2\n", "a: &x 1\nb: *x\n", "? a\n: 1\n", "text\n", "a: 1\u2028b: 2\n", "- " * 80 + "a", "!!map\na: 1\n"],
)  # fmt: skip
def test_yaml_that_cannot_be_cut_by_its_lines_stays_whole(text: str):
    root = split("a.yaml", text.encode())
    assert "".join(each.raw for each in root.children) in ("", text)
    assert all(not each.children for each in root.children)


def cell(source: str, kind: str = "code", **more: object) -> dict:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def notebook(*cells: dict, **more: object) -> bytes:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def test_a_notebook_is_cut_into_cells_and_what_is_round_them():
    root = split("a.ipynb", notebook(cell("a = 1", id="one"), cell(["말\n", "둘"], "markdown")))
    assert [(each.kind, each.name) for each in root.children] == [
        (Kind.METADATA, "@metadata"), (Kind.CODE_CELL, "one"), (Kind.TEXT_CELL, ""),
    ]  # fmt: skip
    assert root.children[2].text == "말\n둘"
    assert json.loads(join(root.children, neighbours=())) == json.loads(root.raw)


def test_outputs_are_nobodys_writing():
    before = split("a.ipynb", notebook(cell("a", outputs=[], execution_count=None)))
    after = split("a.ipynb", notebook(cell("a", outputs=[{"output_type": "stream", "text": "1"}], execution_count=3)))
    assert before.children[1].mark == after.children[1].mark


def test_a_cell_whose_id_is_taken_gets_another():
    root = split("a.ipynb", notebook(cell("a", id="x"), cell("b", id="x"), cell("c", id="x-2")))
    ids = [each["id"] for each in json.loads(join(root.children, neighbours=()))["cells"]]
    assert len(set(ids)) == 3
    assert ids[0] == "x"


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"cells": 1}', b'{"cells": [1]}', b'{"worksheets": [{"cells": []}]}'])
def test_a_broken_or_old_notebook_stays_whole(data: bytes):
    assert split("a.ipynb", data).children == ()


def test_other_words_keep_a_cell_and_drop_what_the_old_ones_printed():
    old = split("a.ipynb", notebook(cell("a", id="x", outputs=[{"text": "1"}], execution_count=1))).children[1]
    new = json.loads(rewritten(old, "b\r\nc\n").raw)
    assert (new["id"], "".join(new["source"]), new["outputs"], new["execution_count"]) == ("x", "b\nc", [], None)


def test_passages_are_found_again_by_name_by_words_and_by_likeness():
    before = split(
        "ko.md", "# 가\n\n하나 둘 셋 넷\n\n그대로\n\n떠나는 말\n\n```{code-cell}\n:name: n\n1\n```\n".encode()
    ).children
    after = split(
        "ko.md",
        "```{code-cell}\n:name: n\n2\n```\n\n# 가\n\n하나 둘 셋 다섯\n\n그대로\n\n새로 온 긴 문장이에요\n\n또 하나\n".encode(),
    ).children
    pairs = match(before, after)
    assert pairs == {0: 1, 1: 2, 2: 3, 4: 0}
    assert moved(pairs) == {4}
