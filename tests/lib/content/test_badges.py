"""Badges that a program declares: read, and refused at their line where nobody could earn them as they stand."""

from pathlib import Path

import pytest

from saem.lib.content import Severity, load
from tests.lib.content.folders import PROGRAM, PROJECT, changed, told, write_program

BADGES = """\
badges:
  - id: rain-reader
    name: {ko: 비를 읽는 사람, en: Reader of rain}
    description: {ko: 비를 예측했어요., en: Predicted rain.}
    criteria: {ko: 점수의 80%, en: 80% of the points}
    earned_by: {project: rain, percent: 80}
  - id: better
    name: {ko: 어제보다 나은 사람, en: Better than yesterday}
    description: {ko: 비를 예측했어요., en: Predicted rain.}
    criteria: {ko: 어제처럼보다 나아요., en: Better than yesterday.}
    earned_by: {project: rain, beats: yesterday}
  - id: done
    name: {ko: 마친 사람, en: Done}
    description: {ko: 모두 마쳤어요., en: Did everything.}
    criteria: {ko: 이수했어요., en: Completed.}
    earned_by: {completion: true}
"""
FIRST = len(PROGRAM.splitlines()) + 1


def with_badges(folder: Path, text: str = BADGES, **files: str) -> Path:
    return write_program(folder, **{"program.yaml": PROGRAM + text, **files})


def test_badges_are_read_in_their_order(tmp_path: Path):
    program = load(with_badges(tmp_path)).program
    assert program is not None
    share, beaten, done = program.badges
    assert (share.id, share.name.en, share.earned_by.project, share.earned_by.percent) == (
        *("rain-reader", "Reader of rain", "rain"),
        80,
    )
    assert (beaten.earned_by.beats, beaten.earned_by.percent) == ("yesterday", None)
    assert done.earned_by.completion
    assert load(write_program(tmp_path / "plain")).program.badges == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("id: better", "id: rain-reader", 6, "duplicate_id"),
        ("{project: rain, percent: 80}", "{project: rian, percent: 80}", 5, "badge_project"),
        ("{project: rain, percent: 80}", "{project: rain}", 5, "badge_shape"),
        ("{project: rain, percent: 80}", "{percent: 80}", 5, "badge_shape"),
        ("{project: rain, percent: 80}", "{project: rain, percent: 80, beats: yesterday}", 5, "badge_shape"),
        ("{project: rain, percent: 80}", "{project: rain, completion: true}", 5, "badge_shape"),
        ("{completion: true}", "{completion: false}", 15, "badge_shape"),
        ("{completion: true}", "{project: rain, percent: 80}", 15, "same_badge"),
        ("percent: 80", "percent: 0", 5, "out_of_range"),
        ("percent: 80", "percent: 101", 5, "out_of_range"),
        ("percent: 80", "percent: 79.5", 5, "not_whole_number"),
        ("percent: 80", "per_cent: 80", 5, "unknown_key"),
        ("beats: yesterday", "beats: yesterdya", 10, "unknown_baseline"),
        (", en: Reader of rain", "", 2, "missing_translation"),
        ("en: Reader of rain", "en: " + "x" * 81, 2, "too_long"),
        ("ko: 비를 읽는 사람", "ko: " + "비" * 81, 2, "too_long"),
        ("    earned_by: {completion: true}\n", "", 11, "missing_key"),
        ("{completion: true}", "completing", 15, "not_mapping"),
    ],
)
def test_what_cannot_be_earned_is_told_at_its_line(tmp_path: Path, old: str, new: str, line: int, code: str):
    loaded = load(with_badges(tmp_path, changed(BADGES, old, new)))
    assert loaded.program is None
    assert ("program.yaml", FIRST + line, code) in told(loaded.problems)


def test_a_baseline_that_no_solution_beats_is_a_warning(tmp_path: Path):
    project = changed(PROJECT, "beats: [yesterday]}", "full: true}")
    loaded = load(with_badges(tmp_path, **{"projects/rain/project.yaml": project}))
    assert loaded.ok
    assert told(loaded.problems) == [("program.yaml", FIRST + 10, "badge_out_of_reach")]
    assert loaded.problems[0].severity is Severity.WARNING


def test_a_project_that_cannot_be_read_is_told_once(tmp_path: Path):
    loaded = load(with_badges(tmp_path, **{"projects/rain/project.yaml": "title: ["}))
    assert [code for _, _, code in told(loaded.problems)] == ["yaml_syntax"]
