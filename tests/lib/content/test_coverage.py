"""The coverage of competencies: what steps, items and skills work towards, and the gaps."""

from pathlib import Path

from saem.lib.content import coverage, load
from tests.lib.content.folders import LESSON, PROGRAM, PROJECT, changed, write_program
from tests.lib.content.test_teaching import ITEM


def covered(folder: Path, lesson: str = "", project: str = "", item: str = ""):
    skills = changed(PROGRAM, "skills: [", "skills: [{id: draw, title: {ko: 그리기, en: Drawing}}, ")
    files = {
        "program.yaml": skills,
        "lessons/first-look/lesson.yaml": f"{LESSON}tags: [{lesson}]\n",
        "projects/rain/project.yaml": f"{PROJECT}tags: [{project}]\n",
        "items/rows.yaml": ITEM.replace("tags: [kr-ai-basics/2]", f"tags: [{item}]"),
    }
    program = load(write_program(folder, **files)).program
    assert program is not None
    return coverage(program)


def test_steps_items_and_gaps_of_a_scheme(tmp_path: Path):
    found = covered(tmp_path, "ai4k12/3, ai4k12/1", "ai4k12/3", "ai4k12/5")
    (scheme,) = found.schemes
    lines = {line.tag: line for line in scheme.lines}
    assert [(step.kind, step.id) for step in lines["ai4k12/3"].steps] == [("lesson", "first-look"), ("project", "rain")]
    assert lines["ai4k12/5"].steps == ()
    assert lines["ai4k12/5"].items == 1
    assert lines["ai4k12/5"].skills == ("read-table",)
    assert [line.tag for line in scheme.lines if line.is_gap] == ["ai4k12/2", "ai4k12/4"]
    assert scheme.covered == 3


def test_a_skill_without_a_tag_is_a_gap(tmp_path: Path):
    found = covered(tmp_path, "ai4k12/3", "", "kr-ai-basics/2")
    assert found.skills == {"draw": (), "read-table": ("ai4k12/3", "kr-ai-basics/2")}


def test_schemes_that_nothing_names_are_left_out(tmp_path: Path):
    assert covered(tmp_path).schemes == ()
    both = covered(tmp_path / "both", "ailit/EN", "unesco-teachers/P1").schemes
    assert [each.scheme.id for each in both] == ["ailit", "unesco-teachers"]
