"""The guides for teachers: what they show is understood, in both languages alike."""

import re
from pathlib import Path

import pytest

from tests.lib.content.authoring.notebooks import LOAD, found, made, sources, words

DOCS = Path(__file__).parents[4] / "docs"
GUIDES = ("authoring.md", "authoring.ko.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(guide: str, language: str) -> list[str]:
    found = BLOCK.findall((DOCS / guide).read_text(encoding="utf-8"))
    return [text.strip("\n") for name, text in found if name == language]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_examples_are_a_sound_source(guide: str):
    text = next(block for block in blocks(guide, "") if "<!-- ko -->" in block)
    question, check, tall = blocks(guide, "python")
    result = made(words(text), LOAD, question, check, tall)
    assert found(result) == []
    first = result.questions[0]
    assert first["title"] == {"ko": "평균 구하기", "en": "Finding a mean"}
    assert (first["checks"][0]["points"], first["checks"][0]["tolerance"]) == (2, 0.01)
    english = sources(result.starters["en"])
    assert english[2:] == [
        "# q1\nmean_height = ...\nmean_height",
        f"def is_tall(height):\n    # {COMPARE[guide]}\n    return ...",
    ]


COMPARE = {"authoring.md": "Compare the height with 10.", "authoring.ko.md": "키를 10과 비교해 보세요."}


@pytest.mark.parametrize("guide", GUIDES)
def test_each_way_to_check_in_the_table_is_understood(guide: str):
    rows = re.findall(r"^\| (`.*?) \|", (DOCS / guide).read_text(encoding="utf-8"), re.MULTILINE)
    solution = "mean_height = 12.5\ndef is_tall(height):\n    return True\nfit = valid = []"
    question = f"# 문항: q1\n# 풀이 시작\n{solution}\n# 풀이 끝"
    titles = words("<!-- ko -->\n# 가\n<!-- en -->\n# A")
    plain = [re.findall(r"`([^`]+)`", row) for row in rows]
    bodies = [parts[0] for parts in plain if "#" not in parts[0]]
    assert len(bodies) == 5
    result = made(titles, question, *(f"# 확인: c{at}\n{body}" for at, body in enumerate(bodies)))
    assert found(result) == []
    kinds = [
        next(key for key in ("value", "call", "python") if key in check) for check in result.questions[0]["checks"]
    ]
    assert kinds == ["value", "value", "call", "call", "python"]


def test_both_guides_have_the_same_sections():
    counts = [(DOCS / guide).read_text(encoding="utf-8").count("\n## ") for guide in GUIDES]
    assert counts[0] == counts[1]
