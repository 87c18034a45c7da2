"""The board of a cohort as a table: the same rows as CSV and as an XLSX workbook."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from saem.apps.projects.milestones.board import TeamLine
from saem.apps.projects.milestones.stages import WaitsFor
from saem.web.downloads import Value
from saem.web.languages import reader_language

WIDTH = 18


def rows_of(lines: Iterable[TeamLine]) -> Iterator[list[Value]]:
    """The names of the columns, then a row for each team."""
    yield [
        *(_("학급"), _("모둠"), _("모둠원"), _("멘토"), _("단계"), _("단계 이름"), _("누구를 기다리나요?")),
        *(pgettext("waiting", "언제부터"), _("며칠째"), _("통과한 단계"), _("모든 단계"), _("마지막 기록 주")),
    ]
    language, now = reader_language(), timezone.now()
    names = {WaitsFor.JUDGE: _("선생님이나 멘토"), WaitsFor.TEAM: _("모둠"), WaitsFor.NOBODY: _("마침")}
    for line in lines:
        here = line.current
        yield [
            line.team.classroom.name,
            line.team.name,
            ", ".join(member.enrolment.nickname for member in line.members),
            ", ".join(mentor.user.display_name for mentor in line.mentors),
            here.number if here is not None else None,
            here.milestone.title.in_(language) if here is not None else "",
            names[line.waits_for],
            f"{timezone.localtime(line.since):%Y-%m-%d %H:%M}",
            (now - line.since) // dt.timedelta(days=1),
            line.passed,
            len(line.stages),
            f"{line.last_week:%Y-%m-%d}" if line.last_week is not None else "",
        ]


def write_board(rows: Iterable[list[Value]], *, title: str) -> IO[bytes]:
    """An open temporary file, at its beginning; names stay text, whatever they begin with."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(_("모둠 현황"))
        sheet.freeze_panes(1, 2)
        heading = book.add_format({"bold": True, "bottom": 1})
        for at, row in enumerate(rows):
            if at == 0:
                sheet.set_column(0, len(row) - 1, WIDTH)
            sheet.write_row(at, 0, row, heading if at == 0 else None)
    file.seek(0)
    return file
