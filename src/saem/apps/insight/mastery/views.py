"""The teacher's map of skills, the data behind it, and the manager's averages."""

from collections.abc import Iterator
from itertools import chain

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saem.apps.catalog.queries import keeps
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.insight.gains import student_gains
from saem.apps.insight.mastery import queries, table
from saem.apps.insight.mastery.pages import Evidence, SkillMap, line_of
from saem.apps.insight.mastery.words import FEW, LEGEND, THRESHOLD, Cell
from saem.apps.insight.mastery.workbook import write_map
from saem.apps.insight.queries import PER_PAGE, classroom_for, cohort_for
from saem.apps.learning.diagnosis.bank import bank_of
from saem.apps.people.queries import signed_in
from saem.web.downloads import Value, csv_response, workbook_response
from saem.web.languages import reader_language


class OneStudent(forms.Form):
    """Narrows the data to one student of the class; what does not parse narrows nothing."""

    student = forms.IntegerField(required=False)

    def chosen(self, students: list[Enrolment]) -> Enrolment | None:
        self.is_valid()
        wanted = self.cleaned_data.get("student")
        return next((each for each in students if each.pk == wanted), None)


def map_of(room: Classroom) -> SkillMap:
    skills = queries.skills_of(room.cohort, reader_language())
    students = queries.students_in(room)
    return SkillMap(students, skills, queries.mastery_of(students, [skill.id for skill in skills]))


@require_safe
@login_required
def skills(request: HttpRequest, pk: int) -> HttpResponse:
    room = classroom_for(signed_in(request), pk)
    found = map_of(room)
    page = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "classroom": room,
        "map": found,
        "page": page,
        "rows": page.object_list,
        "legend": LEGEND,
        "threshold": round(100 * THRESHOLD),
        "few": FEW,
        "trail": [(room.name, reverse("insight:classroom", args=[room.pk]))],
    }
    return render(request, "insight/skills.html", context)


@require_safe
@login_required
def skill(request: HttpRequest, pk: int, skill: str) -> HttpResponse:
    room = classroom_for(signed_in(request), pk)
    what = queries.skill_of(room.cohort, skill)
    students, asked = queries.students_in(room), queries.items_of(room.cohort, skill)
    chosen = OneStudent(request.GET).chosen(students)
    shown = [chosen] if chosen else students
    known, tries = queries.mastery_of(shown, [skill]), queries.tries_of(shown, asked)
    page, attempts = queries.attempts_on(shown, asked, request.GET.get("page"))
    context = {
        "classroom": room,
        "skill": what,
        "title": what.title.in_(reader_language()),
        "chosen": chosen,
        "evidence": [Evidence(each, Cell.of(skill, known.get((each.pk, skill))), tries[each.pk]) for each in shown],
        "page": page,
        "lines": [line_of(attempt, reader_language()) for attempt in attempts],
        "keeps_items": keeps(request.user, room.cohort.version.program),
        "threshold": round(100 * THRESHOLD),
        "few": FEW,
        "trail": [
            (room.name, reverse("insight:classroom", args=[room.pk])),
            (_("성취 요소 지도"), reverse("insight:skills", args=[room.pk])),
        ],
    }
    return render(request, "insight/skill.html", context)


@require_safe
@login_required
def skills_workbook(request: HttpRequest, pk: int) -> FileResponse:
    room = classroom_for(signed_in(request), pk)
    heads, lines = export_of(room)
    return workbook_response(write_map(heads, lines, title=room.name), file_name(room, "xlsx"))


@require_safe
@login_required
def skills_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    room = classroom_for(signed_in(request), pk)
    heads, lines = export_of(room)
    return csv_response(chain([heads], lines), file_name(room, "csv"))


def export_of(room: Classroom) -> tuple[list[str], Iterator[list[Value]]]:
    """The table of both files. All rows are read before the first line is sent."""
    found = map_of(room)
    bank, students = bank_of(room.cohort.version), room.enrolments.present()
    gains = student_gains(students, list(students), bank) if bank is not None else []
    return table.heads_of(found, gains), table.lines_of(found, gains)


def file_name(room: Classroom, suffix: str) -> str:
    return f"{slugify(room.name, allow_unicode=True)}-{_('성취-요소')}-{timezone.localdate():%Y-%m-%d}.{suffix}"


@require_safe
@login_required
def cohort_skills(request: HttpRequest, pk: int) -> HttpResponse:
    run = cohort_for(signed_in(request), pk)
    heads = queries.skills_of(run, reader_language())
    page, rows = queries.averages(run, heads, request.GET.get("page"))
    context = {
        "cohort": run,
        "skills": heads,
        "page": page,
        "rows": rows,
        "fewest": queries.FEWEST_SHOWN,
        "trail": [(run.local_title, reverse("insight:cohort", args=[run.pk]))],
    }
    return render(request, "insight/cohort_skills.html", context)
