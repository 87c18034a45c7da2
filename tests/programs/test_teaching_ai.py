"""The teacher course: fifteen hours of whole modules, whose figures are computed and whose code does as the text says."""

from pathlib import Path

import pytest

from saem.lib.content import Lesson
from saem.lib.content.items import rehearse
from saem.lib.content.items.registry import KINDS
from saem.lib.sandbox import Sandbox, Status
from tests.programs.conftest import CheckOf
from tests.programs.test_figures import SMALL, YEARS, figures, is_computed, lessons_in_order, numbers, run
from tests.programs.test_lessons import as_job, has_hangul, shape, shipped

PROGRAM = "teaching-ai"
MODULES = (
    "why-teach-ai",
    "no-install-model",
    "reading-student-errors",
    "subject-to-challenge",
    "privacy-rights-consent",
    "moderating-marks",
    "limits-of-ai-help",
    "micro-teaching",
    "classroom-inquiry",
)
# Fifteen hours of 50 minutes, which make one credit.
COURSE_MINUTES = 15 * 50


def modules(programs_folder: Path) -> list[Lesson]:
    return lessons_in_order(shipped(programs_folder, PROGRAM))


def test_modules_fill_fifteen_hours(programs_folder: Path) -> None:
    found = modules(programs_folder)
    assert tuple(module.id for module in found) == MODULES
    assert sum(module.minutes for module in found) == COURSE_MINUTES


def test_every_module_has_pages_for_trainers_an_exit_question_and_a_kit(programs_folder: Path) -> None:
    for module in modules(programs_folder):
        assert set(module.teacher) == {"ko", "en"}, module.id
        assert module.exit, module.id
        assert any("월요일" in section.title for section in module.pages["ko"].sections), module.id


def test_every_competency_of_teachers_named_for_a_module_is_of_their_scheme(programs_folder: Path) -> None:
    for module in modules(programs_folder):
        assert any(tag.startswith("unesco-teachers/") for tag in module.tags), module.id


def test_every_skill_is_taught_and_asked_for_in_several_items(programs_folder: Path) -> None:
    program = shipped(programs_folder, PROGRAM)
    skills = {skill.id for skill in program.skills}
    assert {skill for module in program.lessons.values() for skill in module.skills} == skills
    for skill in skills:
        assert sum(skill in item.skills for item in program.items.values()) >= 3, skill
    assert {item.kind for item in program.items.values()} == set(KINDS)


def test_items_do_as_they_say(programs_folder: Path) -> None:
    program = shipped(programs_folder, PROGRAM)
    assert [each for item in program.items.values() for each in rehearse(item, program)] == []


def test_code_does_the_same_in_both_languages(programs_folder: Path) -> None:
    for module in modules(programs_folder):
        for korean, english in zip(module.pages["ko"].cells, module.pages["en"].cells, strict=True):
            assert shape(korean.code) == shape(english.code), korean.id
            assert not has_hangul(english.code), english.id


@pytest.mark.sandbox
def test_solutions_pass_and_wrong_answers_fail_as_stated(report_of: CheckOf) -> None:
    assert report_of(PROGRAM).problems == ()


@pytest.mark.sandbox
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_figure_is_computed_by_a_cell(
    programs_folder: Path, report_of: CheckOf, sandbox: Sandbox, language: str
) -> None:
    data, known = report_of(PROGRAM).lesson_data, set[float]()
    for module in modules(programs_folder):
        if module.pages[language].cells:
            known |= run(module, language, dict(data[module.id]), sandbox)
        written = figures(module.pages[language])
        missing = [text for text, value, decimals in written if not is_computed(value, decimals, known)]
        assert missing == [], module.id


@pytest.mark.sandbox
@pytest.mark.parametrize("language", ["ko", "en"])
def test_teacher_who_solves_nothing_meets_no_error(
    programs_folder: Path, report_of: CheckOf, sandbox: Sandbox, language: str
) -> None:
    data = report_of(PROGRAM).lesson_data
    for module in modules(programs_folder):
        cells = module.pages[language].cells
        if cells:
            assert sandbox.run(as_job(cells, data[module.id])).status == Status.OK, module.id


@pytest.mark.sandbox
def test_scores_in_the_sample_reports_come_from_the_data(
    programs_folder: Path, report_of: CheckOf, sandbox: Sandbox
) -> None:
    module = shipped(programs_folder, PROGRAM).lessons["moderating-marks"]
    known = run(module, "en", dict(report_of(PROGRAM).lesson_data[module.id]), sandbox)
    reports = sorted((programs_folder / PROGRAM / "lessons" / module.id / "files").glob("sample-*.txt"))
    assert len(reports) == 6
    for report in reports:
        written = [
            (text, value, decimals)
            for text, value, decimals in numbers(report.read_text())
            if decimals or (value >= SMALL and value not in YEARS)
        ]
        assert [text for text, value, decimals in written if not is_computed(value, decimals, known)] == [], report.name
