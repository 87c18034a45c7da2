"""Hints on lessons: prose that is hard for the learners a program names, and minutes that do not suffice."""

from collections.abc import Iterator
from dataclasses import dataclass

from saem.lib.content.codes import Code
from saem.lib.content.model import Lesson, Program
from saem.lib.content.problems import Problem, warning
from saem.lib.content.readability import Reading, english, korean, prose_of

# Of fewer sentences a mean says little.
FEWEST_SENTENCES = 10
# Study pace, with looking at pictures: about half of what adults read silently (238 English words a minute, Brysbaert
# 2019); for Korean, and for what cells and exercises take, a plan of ours that teachers' figures may correct.
KOREAN_PACE, ENGLISH_PACE = 60, 110
MINUTES_OF_CELL, MINUTES_OF_EXERCISE, MINUTES_OF_EXIT = 1.5, 5.0, 2.0


@dataclass(frozen=True)
class Stage:
    """Learners by the word that a program's Korean `level` has for them, and how hard prose may be for them.

    `grade` bounds the Flesch–Kincaid grade: the last grade of the stage. `korean` bounds our figure for Korean; the
    shipped lessons for upper secondary lie between 9 and 13.
    """

    word: str
    korean: float
    grade: float


# The youngest first: where a program names several, it is read by them, too.
STAGES = (Stage("초등", 14, 6), Stage("중학", 18, 9), Stage("고등", 22, 12))


def stage_of(program: Program) -> Stage | None:
    """None where the level names no school: who has finished one is not protected from long words."""
    return next((stage for stage in STAGES if stage.word in program.level.ko), None)


def lesson_hints(program: Program) -> Iterator[Problem]:
    stage = stage_of(program)
    for lesson in program.lessons.values():
        readings = {"ko": korean(prose_of(lesson.pages["ko"])), "en": english(prose_of(lesson.pages["en"]))}
        if stage is not None:
            yield from _hard(lesson, "ko", readings["ko"], stage.korean)
            yield from _hard(lesson, "en", readings["en"], stage.grade)
        estimate = round(estimated_minutes(lesson, readings["ko"], readings["en"]))
        if estimate > lesson.minutes:
            file = f"lessons/{lesson.id}/lesson.yaml"
            params = {"minutes": lesson.minutes, "estimate": estimate, "exercises": len(lesson.exercises)}
            yield warning(file, program.line_of(file, "minutes"), Code.LESSON_TOO_FULL, **params)


def estimated_minutes(lesson: Lesson, ko: Reading, en: Reading) -> float:
    """Reading in the slower language, running each cell, solving each exercise, answering the exit question."""
    reading = max(ko.words / KOREAN_PACE, en.words / ENGLISH_PACE)
    examples = len(lesson.pages["ko"].cells) - len(lesson.exercises)
    work = MINUTES_OF_CELL * examples + MINUTES_OF_EXERCISE * len(lesson.exercises)
    return reading + work + (MINUTES_OF_EXIT if lesson.exit else 0)


def _hard(lesson: Lesson, language: str, reading: Reading, bound: float) -> Iterator[Problem]:
    if reading.sentences >= FEWEST_SENTENCES and reading.hardness > bound:
        code = Code.HARD_KOREAN if language == "ko" else Code.HARD_ENGLISH
        params = {"found": round(reading.hardness, 1), "bound": bound, "length": round(reading.mean_length, 1)}
        yield warning(f"lessons/{lesson.id}/{language}.md", 1, code, **params)
