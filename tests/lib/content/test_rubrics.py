"""Rubrics in a project's file: the author's own, the usual eight criteria, and what is wrong with them."""

from pathlib import Path

import pytest

from saem.lib.content import load
from saem.lib.content.rubrics import usual_rubric
from tests.lib.content.folders import PROJECT, changed, told, write_program

FILE = "projects/rain/project.yaml"
LINE = PROJECT.splitlines().index("grading:") + 1
TEAM = "team: {most: 2}\n"
OWN = """\
rubric:
  board: 5
  criteria:
    - id: problem
      title: {ko: 문제, en: Problem}
      weight: 60
      stages: [find]
      levels: [{ko: 가, en: a}, {ko: 나, en: b}, {ko: 다, en: c}, {ko: 라, en: d}]
    - id: told
      title: {ko: 소통, en: Telling}
      weight: 40
      levels: [{ko: 가, en: a}, {ko: 나, en: b}, {ko: 다, en: c}, {ko: 라, en: d}]
"""


def loaded(folder: Path, text: str):
    return load(write_program(folder, **{FILE: changed(PROJECT, "grading:", f"{text}grading:")}))


def test_the_usual_rubric_makes_a_hundred_and_looks_at_stages_that_there_are():
    usual = usual_rubric()
    assert sum(each.weight for each in usual.criteria) == 100
    assert usual.board == 10
    assert len({each.id for each in usual.criteria}) == len(usual.criteria) == 8
    assert all(each.stages for each in usual.criteria)


def test_an_own_rubric_is_read(tmp_path: Path):
    rubric = loaded(tmp_path, TEAM + OWN).program.projects["rain"].rubric
    assert [each.id for each in rubric.criteria] == ["problem", "told"]
    assert rubric.board == 5
    assert rubric.criteria[0].levels[3].en == "d"


def test_a_project_in_teams_has_the_usual_one_and_one_without_teams_has_none(tmp_path: Path):
    assert load(write_program(tmp_path)).program.projects["rain"].rubric is None
    assert loaded(tmp_path, TEAM).program.projects["rain"].rubric == usual_rubric()


def test_the_usual_rubric_leaves_out_stages_that_the_project_does_not_have(tmp_path: Path):
    own_stages = """\
milestones:
  - id: find
    title: {ko: 찾기, en: Find}
    ask: {ko: 보세요., en: Look.}
    gate: {ko: 봤나요?, en: Seen?}
    evidence: [{id: notes, kind: text, title: {ko: 글, en: Notes}}]
"""
    rubric = loaded(tmp_path, TEAM + own_stages).program.projects["rain"].rubric
    assert {stage for each in rubric.criteria for stage in each.stages} == {"find"}


@pytest.mark.parametrize(
    ("before", "after", "line", "code"),
    [
        ("weight: 60", "weight: 50", 3, "rubric_weights"),
        ("stages: [find]", "stages: [finde]", 7, "unknown_stage"),
        ("id: told", "id: problem", 9, "duplicate_id"),
        ("board: 5", "board: 11", 2, "out_of_range"),
        (", {ko: 라, en: d}]", "]", 8, "missing_key"),
        ("weight: 60", "weight: much", 6, "not_whole_number"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, before: str, after: str, line: int, code: str):
    problems = loaded(tmp_path, TEAM + changed(OWN, before, after)).problems
    assert told(problems) == [(FILE, LINE + line, code)]


def test_a_rubric_without_teams_is_told(tmp_path: Path):
    assert told(loaded(tmp_path, OWN).problems) == [(FILE, LINE, "rubric_without_team")]
