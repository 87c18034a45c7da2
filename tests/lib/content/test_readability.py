"""How hard prose is, by formulas that can be worked out by hand; hints above a level's bound."""

from pathlib import Path

import pytest

from saem.lib.content import Severity, load, readiness
from saem.lib.content.readability import english, korean, prose_of
from tests.lib.content.folders import ENGLISH, KOREAN, LESSON, PROGRAM, changed, told, write_program

HARD = "데이터기반의사결정과정에서 발생가능한 편향요인들을 체계적으로 분석하고자 노력하였다. "
LONG = "Interdisciplinary organizations systematically operationalize multidimensional methodological considerations. "


def test_korean_by_hand():
    # Two sentences of 3 and 1 eojeol; one of four has five syllables or more.
    found = korean(["나는 학교에 갔어요.", "아름다웠어요!"])
    assert (found.sentences, found.words, found.mean_length, found.hardness) == (2, 4, 2.0, 2.0 + 25.0)


def test_numbers_and_latin_words_are_no_eojeol():
    assert korean(["3 + 4 = 7 pandas"]).words == 0
    assert korean(["pandas로 읽어요."]).words == 2


def test_english_by_hand():
    # 6 words in 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59.
    assert english(["The cat sat on the mat."]).hardness == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    # Two syllables in the first word, one in each of the others: their e is silent.
    assert english(["table makes one a"]).hardness == pytest.approx(0.39 * 4 + 11.8 * 5 / 4 - 15.59)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("the", 1), ("make", 1), ("table", 2), ("whole", 1), ("asked", 1), ("wanted", 2), ("houses", 2), ("data", 2)],
)
def test_syllables(word: str, syllables: int):
    assert english([word]).hardness == pytest.approx(0.39 + 11.8 * syllables - 15.59)


def test_nothing_is_not_hard():
    assert korean([]).hardness == english(["1 2 3"]).hardness == 0


def pages(folder: Path, korean_text: str, english_text: str, lesson: str = LESSON, level: str = "고등학교"):
    return load(
        write_program(
            folder,
            **{
                "program.yaml": changed(PROGRAM, "ko: 고등학교", f"ko: {level}"),
                "lessons/first-look/lesson.yaml": lesson,
                "lessons/first-look/ko.md": changed(KOREAN, "시작해요.", korean_text),
                "lessons/first-look/en.md": changed(ENGLISH, "Let us begin.", english_text),
            },
        )
    ).program


def test_only_prose_is_read(tmp_path: Path):
    text = "처음이에요. 다음이에요!\n\n| 표 안 | 글 |\n|---|---|\n| 셋 | 넷 |\n\n- 하나예요\n- 둘이에요\n\n### 작은 제목\n\n    코드 글\n\n$x^2$"
    program = pages(tmp_path, text, "A. B.")
    assert prose_of(program.lessons["first-look"].pages["ko"]) == ["처음이에요.", "다음이에요!", "하나예요", "둘이에요"]


def test_prose_above_the_bound_of_its_level_is_a_hint(tmp_path: Path):
    found = readiness(pages(tmp_path / "hard", HARD * 10, LONG * 10))
    assert told(list(found)) == [
        ("lessons/first-look/en.md", 1, "hard_english"),
        ("lessons/first-look/ko.md", 1, "hard_korean"),
    ]
    assert {each.severity for each in found} == {Severity.WARNING}
    assert found[1].params["bound"] == 22
    few = readiness(pages(tmp_path / "few", HARD * 3, LONG * 3))
    assert few == ()
    grown = readiness(pages(tmp_path / "grown", HARD * 10, LONG * 10, level="교원"))
    assert grown == ()


@pytest.mark.parametrize(("level", "bound"), [("초등학교 5학년", 6), ("중학교와 고등학교", 9), ("고등학교", 12)])
def test_the_youngest_of_a_level_counts(tmp_path: Path, level: str, bound: int):
    found = readiness(pages(tmp_path, "쉬워요.", LONG * 10, level=level))
    assert [each.params["bound"] for each in found] == [bound]


def test_minutes_that_do_not_suffice_are_a_hint(tmp_path: Path):
    program = pages(tmp_path, "글을 읽어요. " * 100, "Read it. " * 100, changed(LESSON, "minutes: 50", "minutes: 8"))
    (found,) = readiness(program)
    assert told([found]) == [("lessons/first-look/lesson.yaml", 3, "lesson_too_full")]
    # 200 eojeol and one more at 60 a minute, a cell of 1.5 minutes, an exercise of 5.
    assert found.params == {"minutes": 8, "estimate": 10, "exercises": 1}
