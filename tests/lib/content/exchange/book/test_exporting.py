"""A program as a book: what learners read, and nothing of what they may not."""

from pathlib import Path

import pytest
import yaml

from saem.lib.content import load
from saem.lib.content.exchange import Carried, export_book, import_book
from tests.lib.content.folders import DRAWING, KOREAN, write_program
from tests.lib.content.items.authored import FILE, authored


def book(folder: Path, language: str = "ko", **files: str | bytes) -> Carried:
    root = write_program(folder, **files)
    program = load(root).program
    assert program is not None
    return export_book(program, root, language)


def test_the_files_of_a_book(tmp_path: Path) -> None:
    made = book(tmp_path)
    assert list(made.files) == [
        "_config.yml",
        "_toc.yml",
        "intro.md",
        "lessons/first-look/images/map.svg",
        "lessons/first-look/lesson.md",
        "myst.yml",
        "projects/rain/brief.md",
        "projects/rain/starter.ipynb",
    ]
    assert made.files["lessons/first-look/images/map.svg"] == DRAWING.encode()
    chapters = ["lessons/first-look/lesson.md", "projects/rain/brief.md", "projects/rain/starter.ipynb"]
    table = yaml.safe_load(made.files["myst.yml"])["project"]["toc"]
    assert [each["file"] for each in table] == ["intro.md", *chapters]
    older = yaml.safe_load(made.files["_toc.yml"])
    assert [older["root"], *(each["file"] for each in older["chapters"])] == [
        name.rpartition(".")[0] for name in ("intro.md", *chapters)
    ]
    introduction = made.files["intro.md"].decode()
    assert "- `weather`: 시애틀 날씨 (파이썬 패키지 vega_datasets의 `seattle-weather`; 1461행; NOAA)" in introduction


@pytest.mark.parametrize(("language", "title", "hint", "checks"), [
    ("ko", "처음 보기", "힌트 1\n나눠 보세요.", "확인 항목\n:class: note\n- 비율이 맞아요"),
    ("en", "A first look", "Hint 1\nDivide.", "What is checked\n:class: note\n- The share is right"),
])  # fmt: skip
def test_a_lesson(tmp_path: Path, language: str, title: str, hint: str, checks: str) -> None:
    page = book(tmp_path, language).files["lessons/first-look/lesson.md"].decode()
    assert f"---\n\n# {title}\n" in page
    assert "```{code-cell} python\n:name: share\n\nshare = ...\n```" in page
    assert f":::{{dropdown}} {hint}\n:::" in page
    assert f":::{{admonition}} {checks}\n:::" in page
    assert "`weather.csv`" in page


def test_no_solution_and_no_check_leaves(tmp_path: Path) -> None:
    made = book(tmp_path, **{FILE: authored("number", "answer: 31337")})
    everything = b"".join(made.files.values())
    for secret in (b"0.43", b"print(1)", b"31337", b"fails", b"q1-mean"):
        assert secret not in everything
    assert [(each.code, each.params["count"]) for each in made.problems] == [("exchange.book_items", 1)]


def test_links_and_boxes(tmp_path: Path) -> None:
    more = (
        "\n[수업](lesson:first-look), [프로젝트](project:rain)\n\n"
        ":::{think} 잠깐\n왜?\n:::\n\n:::{note}\n그래서.\n:::\n\n"
        "```\n[수업](lesson:first-look)\n:::{think} 잠깐\n```\n"
    )
    page = book(tmp_path, **{"lessons/first-look/ko.md": KOREAN + more}).files["lessons/first-look/lesson.md"].decode()
    assert "[수업](../../lessons/first-look/lesson.md), [프로젝트](../../projects/rain/brief.md)" in page
    assert ":::{admonition} 잠깐\n:class: tip\n왜?\n:::" in page
    assert ":::{note}\n그래서.\n:::" in page
    assert "```\n[수업](lesson:first-look)\n:::{think} 잠깐\n```" in page


def test_a_book_of_ours_read_again(tmp_path: Path) -> None:
    again = import_book(book(tmp_path).files)
    page = again.files["lessons/first-look/ko.md"].decode()
    for part in ("![지도](images/map.svg)", "```{code-cell} python\n:name: look\n", ":name: share", "## 세기"):
        assert part in page
    assert again.files["lessons/first-look/images/map.svg"] == DRAWING.encode()
    assert yaml.safe_load(again.files["lessons/first-look/lesson.yaml"]) == {"title": {"ko": "처음 보기"}}
    assert list(again.files)[::2][:2] == ["lessons/intro/lesson.yaml", "lessons/first-look/lesson.yaml"]
