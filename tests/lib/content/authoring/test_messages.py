"""Every code has words in both languages, and every placeholder a value."""

import logging
import re
from pathlib import Path

import pytest
from django.utils import translation

from saem.lib.content.authoring import Code, import_notebook, make, plan
from saem.web.messages import message
from saem.web.messages.authoring import MESSAGES
from tests.lib.content.authoring.notebooks import FILE, asked, made, notebook, words

DONE = (
    "created",
    "changed",
    "unchanged",
    "removed",
    "would_create",
    "would_change",
    "would_remove",
    "nothing_written",
    "place",
)


def test_every_code_has_words_and_a_remedy():
    codes = {re.sub(r"\.(remedy|near)$", "", entry) for entry in MESSAGES} - {f"authoring.{done}" for done in DONE}
    assert codes == {str(code) for code in Code}
    assert all(f"{code}.remedy" in MESSAGES for code in Code)


def troubled() -> list:
    """Problems of many kinds."""
    bad = made(
        words("# 풀이 시작\n## 제목"),
        "# 확인: a",
        "# 문항: q 1\n# 제목: 하나\n# 시간: 다\n# 설정: [\n# 풀이 시작\n# 풀이 시작\na = (\n# @ko",
        "# 확인: a 1점\n# 힌뜨: 아\n# 오차: 1\n# 오차: 1\nab",
        "# 확인: a 1점\n# 그림\na",
        "# 문항: q2\ndef f(x):\n    # 풀이 시작\n    return x + 1\n    # 대신 없음\n    # 풀이 끝\n# 풀이 끝\n# 대신: a",
        "# 확인: b\nf(f)",
        "# 확인: c\nassert 1 < 2",
        "# 확인: d\nassert f(1) + 1 > 2",
        "# checks.py",
        "# checks.py\n# 확인 d 1점",
        "# 문항: q2\nb = 1",
        words("답은 return x + 1 이에요"),
    )
    others = [
        make(FILE, b""),
        make(FILE, b'{"nbformat": 3}'),
        made({"cell_type": "odd"}),
        make(FILE, b" " * (11 * 2**20)),
    ]
    found = [*bad.problems, *(each for other in others for each in other.problems)]
    return [*found, *import_notebook(FILE, notebook("a"))[1], *plan(Path("/nowhere"), asked()).problems]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_placeholder_stays_without_a_value(language: str, caplog: pytest.LogCaptureFixture):
    problems = troubled()
    assert len({each.code for each in problems}) > 25
    with translation.override(language), caplog.at_level(logging.ERROR):
        for each in problems:
            for code in (each.code, each.remedy):
                assert message(code, **each.params)
    assert caplog.text == ""
