"""The home page, the teacher's class, the manager's cohort."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from saem.apps.insight import home as home_page
from saem.apps.insight import queries
from saem.apps.insight.attention import attention_of
from saem.apps.insight.forms import StudentFilter
from saem.apps.insight.mastery.queries import has_practice
from saem.apps.insight.progress import steps_of
from saem.apps.insight.student_work import work_of
from saem.apps.insight.totals import totals_of
from saem.apps.insight.workbook import write_progress
from saem.apps.learning.diagnosis.bank import has_diagnosis
from saem.apps.learning.teaching.queries import taught_lessons
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones.board import team_projects, waiting_gates
from saem.apps.projects.milestones.cohort_board import team_projects_of
from saem.apps.projects.queries import waiting
from saem.web.downloads import workbook_response
from saem.web.languages import reader_language


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        return render(request, "insight/landing.html")
    return render(request, "insight/home.html", {"home": home_page.home_of(request.user, reader_language())})


@require_safe
@login_required
def classroom(request: HttpRequest, pk: int) -> HttpResponse:
    room = queries.classroom_for(signed_in(request), pk)
    steps = steps_of(room.cohort, reader_language())
    students = room.enrolments.present().order_by("nickname", "pk")
    page, rows = queries.grid(students, steps, request.GET.get("page"))
    context = {
        "classroom": room,
        "steps": steps,
        "page": page,
        "rows": rows,
        "stuck": attention_of(room, reader_language()),
        "waiting": waiting(room),
        "gates": waiting_gates(room),
        "team_projects": team_projects(room),
        "lessons": taught_lessons(room, reader_language()),
        "has_practice": has_practice(room.cohort),
        "has_diagnosis": has_diagnosis(room.cohort.version),
        "active_today": students.filter(last_seen_at__date=timezone.localdate()).count(),
    }
    return render(request, "insight/classroom.html", context)


@require_safe
@login_required
def student(request: HttpRequest, pk: int, enrolment: int) -> HttpResponse:
    who = queries.student_for(signed_in(request), pk, enrolment)
    room = who.classroom
    context = {
        "student": who,
        "work": work_of(who, reader_language()),
        "has_diagnosis": has_diagnosis(room.cohort.version),
        "trail": [(room.name, reverse("insight:classroom", args=[room.pk]))],
    }
    return render(request, "insight/student.html", context)


@require_safe
@login_required
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    run = queries.cohort_for(signed_in(request), pk)
    steps = steps_of(run, reader_language())
    form = StudentFilter(run, request.GET)
    students = queries.students_of_cohort(run, **form.narrowing())
    page, rows = queries.grid(students, steps, request.GET.get("page"))
    classes, summaries = queries.class_page(run, steps, request.GET.get("classes"))
    context = {
        "cohort": run,
        "steps": steps,
        "form": form,
        "page": page,
        "rows": rows,
        "classes": classes,
        "summaries": summaries,
        "totals": totals_of(run, steps),
        "team_projects": {project.id for project in team_projects_of(run)},
        "has_practice": has_practice(run),
        "has_diagnosis": has_diagnosis(run.version),
    }
    return render(request, "insight/cohort.html", context)


@require_safe
@login_required
def progress_workbook(request: HttpRequest, pk: int) -> FileResponse:
    run = queries.cohort_for(signed_in(request), pk)
    steps = steps_of(run, reader_language())
    file = write_progress(queries.export_rows(run, steps), steps, title=run.title)
    name = f"{slugify(run.title, allow_unicode=True)}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return workbook_response(file, name)
