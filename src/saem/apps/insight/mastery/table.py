"""A class's map of skills as a table for spreadsheets: a line for each student, with what was gained."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from saem.apps.insight.gain_columns import gain_heads, gain_values
from saem.apps.insight.gains import StudentGain
from saem.apps.insight.mastery.pages import SkillMap
from saem.apps.insight.mastery.words import Cell
from saem.web.downloads import Value


def heads_of(found: SkillMap, gains: Sequence[StudentGain]) -> list[str]:
    """Column titles; there are columns of gains only where the program has a diagnosis."""
    skills = [title for skill in found.skills for title in skill_heads(skill.title)]
    return [_("학생"), *skills, *(gain_heads() if gains else ())]


def skill_heads(skill: str) -> list[str]:
    """The columns of one skill; numbers are in percent."""
    names = [_("판단"), _("숙달 정도 (%)"), _("낮게 보면 (%)"), _("높게 보면 (%)"), _("처음 푼 횟수")]
    return [f"{skill}: {name}" for name in names]


def lines_of(found: SkillMap, gains: Sequence[StudentGain]) -> Iterator[list[Value]]:
    """A line for each student of the map; what is not known is empty, never 0."""
    by_student: Mapping[int, StudentGain] = {gain.enrolment.pk: gain for gain in gains}
    for row in found.rows:
        cells = [value for cell in row.cells for value in cell_values(cell)]
        gained = gain_values(by_student.get(row.student.pk)) if gains else ()
        yield [row.student.nickname, *cells, *gained]


def cell_values(cell: Cell) -> list[Value]:
    """Nothing known is written as the word alone."""
    numbers = (cell.value, cell.low, cell.high, cell.responses) if cell.is_known else (None,) * 4
    return [str(cell.word), *numbers]
