"""Stages in a project's file: the author's own, the usual ten, and what is wrong with them."""

from pathlib import Path

import pytest

from saem.lib.content import load
from saem.lib.content.milestones import usual_milestones
from tests.lib.content.folders import changed, told, write_program

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


def with_stages(folder: Path, stages: str) -> Path:
    return changed(folder, "projects/rain/project.yaml", "grading:", stages + "grading:")
