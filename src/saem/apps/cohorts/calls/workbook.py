"""Applications as a table, row by row, and as a workbook on disk."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from saem.apps.cohorts.calls.applying import definition_of
from saem.apps.cohorts.calls.definition import Kind, Question
from saem.apps.cohorts.calls.pages import lines_of
from saem.apps.cohorts.calls.queries import is_readable
from saem.apps.cohorts.models import Application, Call, grade_name
from saem.web.languages import reader_language

CHUNK = 500
WIDTH = 22


def columns_of(call: Call) -> list[Question]:
    """Every question that any version of the call's form asked, the newest wording of each."""
    found: dict[str, Question] = {}
    for form in call.form_versions.order_by("number"):
        found |= {one.id: one for one in definition_of(form).questions if one.kind is not Kind.HEADING}
    return list(found.values())


def heads(questions: Sequence[Question]) -> list[str]:
    language = reader_language()
    ours = [
        _("접수 번호"),
        _("상태"),
        _("이름"),
        _("이메일"),
        _("생년월일"),
        _("학년"),
        _("제출한 때"),
        _("추천서"),
        _("보호자 동의"),
    ]
    return [*ours, *(one.label.in_(language) for one in questions)]


def lines(applications: QuerySet[Application], questions: Sequence[Question]) -> Iterator[list[str]]:
    """One line per application; of a child whose guardian has not agreed, only that it is there."""
    for one in applications.select_related("sent", "call", "applicant").iterator(chunk_size=CHUNK):
        yield [*facts_of(one), *answers_of(one, questions)]


def facts_of(one: Application) -> list[str]:
    yes, no, unneeded = _("있음"), _("없음"), _("필요 없음")
    recommended = (yes if getattr(one, "is_recommended", False) else no) if one.call.needs_recommendation else unneeded
    agreed = (yes if getattr(one, "has_consent", False) else no) if one.needs_guardian else unneeded
    sent = f"{timezone.localtime(one.submitted_at):%Y-%m-%d %H:%M}" if one.submitted_at else ""
    is_shown = is_told(one)
    return [
        one.receipt or "",
        str(one.get_state_display()),
        one.name,
        one.person.email or "" if is_shown else "",
        one.born.isoformat() if is_shown else "",
        grade_name(one.grade),
        sent,
        recommended,
        agreed,
    ]


def is_told(one: Application) -> bool:
    """Whether a table says more of an application than that it is there."""
    return is_readable(one) and one.purged_at is None


def answers_of(one: Application, questions: Sequence[Question]) -> list[str]:
    if one.sent is None or not is_told(one):
        return [""] * len(questions)
    language = reader_language()
    return [
        str(one.sent.documents.get(question.id, {}).get("name", ""))
        if question.kind is Kind.FILE
        else "\n".join(lines_of(question, one.sent.answers.get(question.id), language))
        for question in questions
    ]


def write_xlsx(head: Sequence[str], rows: Iterable[Sequence[str]], *, title: str) -> IO[bytes]:
    """Return an open temporary file, at its beginning, that holds the workbook; memory stays constant."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(_("지원서"))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        sheet.set_column(0, len(head) - 1, WIDTH)
        sheet.freeze_panes(1, 3)
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text[:32_000])
    file.seek(0)
    return file
