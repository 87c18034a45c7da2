"""Every code has words, every word's placeholder has a value."""

import re
from pathlib import Path

import pytest

from saem.lib.content import Code, Problem, load
from saem.web.messages.content import MESSAGES
from tests.lib.content.folders import ENGLISH, KOREAN, LESSON, PROGRAM, PROJECT, changed, write_program

PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)(?::\w+)?\}")


def placeholders(code: str) -> set[str]:
    return set(PLACEHOLDER.findall(str(MESSAGES[code])))


def test_every_code_has_words_and_a_remedy():
    codes = {code for entry in MESSAGES for code in [re.sub(r"\.(remedy|near)$", "", entry)]}
    assert codes == {str(code) for code in Code}
    for code in Code:
        assert code in MESSAGES
        assert f"{code}.remedy" in MESSAGES


def test_where_a_name_comes_close_the_remedy_says_it():
    for entry in MESSAGES:
        if entry.endswith(".near"):
            assert "suggestion" in placeholders(entry), entry
            assert "known" in placeholders(entry.replace(".near", ".remedy")), entry


def troubled(tmp_path: Path) -> tuple[Problem, ...]:
    """A program with as many kinds of trouble as fit into one folder."""
    page = KOREAN + (
        "\n# 큰\n\n[a](b.pdf) [c](lesson:x) [d](#y) [e](ftp://f) [g](lesson.yaml) <b> ![](images/map.svg) ![h](i.svg)\n"
        "![j](https://k/l.png) $\\frac{$ $\\fraq x$ 이 ** 말**은\n\n:::{nota}\n글\n:::\n\n- x\n\n  ```{code-cell} python\n  ```\n\n"
        "```{code-cell} r\n:name: look\n:hnt: x\ny = = 1\n```\n\n```{code-cell}\n:name: X y\n```\n\n:::{note}\n"
    )
    return load(
        write_program(
            tmp_path,
            **{
                "program.yaml": changed(PROGRAM, "[{lesson: first-look}", "[{lesson: first-lock}, {lesson: first-look}")
                .replace("level:", "levle:").replace("en: A tiny program", "").replace("rows: 1461", "rows: 0")
                .replace("format: 1", "format: 3").replace("id: tiny", "id: tyni") + "data: 3\n",
                "lessons/first-look/lesson.yaml": LESSON.replace("minutes: 50", "minutes: x").replace("cell: share", "cell: shore")
                .replace("read-table", "raed-table").replace(": weather}", ": wether}").replace("[share-value]", "[share-valeu]"),
                "lessons/first-look/ko.md": page,
                "lessons/first-look/en.md": ENGLISH.replace(":hint: Divide.\n", "").replace(":name: look", ":name: glance"),
                "lessons/first-look/images/MAP.svg": "<svg onload=''/>",
                "lessons/first-look/images/지도.svg": "<svg/>",
                "projects/rain/project.yaml": PROJECT.replace("beats: [yesterday]", "beats: [yesterdya]")
                .replace("wrong/swapped", "wrong/swaped").replace("prepare.py", "prep.py") + "reveal: never\n",
                "projects/rain/starter.ko.ipynb": "{",
                "projects/rain/wrong/latin.py": b"\xff\xfe",
            },
        )
    ).problems  # fmt: skip


def test_every_placeholder_has_a_value(tmp_path: Path):
    found = troubled(tmp_path)
    assert len({each.code for each in found}) > 35
    for each in found:
        for entry in (each.code, each.remedy):
            assert placeholders(entry) <= set(each.params), (entry, each.params)


@pytest.mark.parametrize("entry", sorted(MESSAGES))
def test_the_korean_is_polite_and_whole(entry: str):
    text = str(MESSAGES[entry])
    assert re.search(r"[.?:)`\d}…]$", text), text
    assert "습니다" not in text
    assert "십시오" not in text
    assert not re.search(r"\}[’`\"]?\{\w+:", text), "a particle's placeholder writes the name itself"
