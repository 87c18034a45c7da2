"""Stages in a project's file: the author's own, the usual ten, and what is wrong with them."""

from pathlib import Path

import pytest

from saem.lib.content import load
from saem.lib.content.milestones import usual_milestones
from tests.lib.content.folders import PROJECT, changed, told, write_program

FILE = "projects/rain/project.yaml"
OWN = """\
team: {most: 2}
milestones:
  - id: look
    title: {ko: 보기, en: Look}
    ask: {ko: 보세요., en: Look.}
    gate: {ko: 봤나요?, en: Did you look?}
    weeks: 2
    evidence:
      - {id: notes, kind: text, title: {ko: 적은 것, en: Notes}}
      - {id: photo, kind: file, needed: false, title: {ko: 사진, en: Photo}}
"""
LINE = PROJECT.splitlines().index("grading:") + 1


def loaded(folder: Path, stages: str):
    return load(write_program(folder, **{FILE: changed(PROJECT, "grading:", f"{stages}grading:")}))


def test_a_project_without_a_team_has_no_stages(tmp_path: Path):
    project = loaded(tmp_path, "").program.projects["rain"]
    assert (project.team, project.milestones) == (None, ())


def test_a_team_without_stages_of_its_own_has_the_usual_ten(tmp_path: Path):
    project = loaded(tmp_path, "team: {most: 3}\n").program.projects["rain"]
    assert project.team.most == 3
    assert [each.id for each in project.milestones] == [
        *("find", "define", "data", "baseline", "improve", "choose", "errors", "test", "present", "reflect")
    ]


def test_stages_of_its_own(tmp_path: Path):
    (stage,) = loaded(tmp_path, OWN).program.projects["rain"].milestones
    assert (stage.id, stage.weeks, stage.gate.en) == ("look", 2, "Did you look?")
    assert [(asked.id, asked.kind, asked.needed) for asked in stage.evidence] == [
        ("notes", "text", True),
        ("photo", "file", False),
    ]


def test_an_empty_team_is_the_usual_size(tmp_path: Path):
    assert loaded(tmp_path, "team: {}\n").program.projects["rain"].team.most == 4


@pytest.mark.parametrize(
    ("stages", "line", "code"),
    [
        ("team: {most: 6}\n", 0, "out_of_range"),
        ("team: {most: many}\n", 0, "not_whole_number"),
        ("team: {size: 3}\n", 0, "unknown_key"),
        (OWN.replace("team: {most: 2}\n", ""), 0, "milestones_without_team"),
        (OWN.replace("kind: text", "kind: essay"), 8, "not_choice"),
        (OWN.replace("id: photo", "id: notes"), 9, "duplicate_id"),
        (OWN.replace(", en: Did you look?", ""), 5, "missing_translation"),
        (OWN.replace("id: look", "id: Look!"), 2, "bad_id"),
        (OWN.split("    evidence:", maxsplit=1)[0] + "    evidence: []\n", 7, "empty_value"),
        (OWN + OWN.partition("milestones:\n")[2], 10, "duplicate_id"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, stages: str, line: int, code: str):
    assert told(loaded(tmp_path, stages).problems) == [(FILE, LINE + line, code)]


def test_the_usual_stages_ask_for_something_that_is_needed():
    for stage in usual_milestones():
        assert any(asked.needed for asked in stage.evidence), stage.id
