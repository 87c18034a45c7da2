"""The pages of a student's program and lessons; the student's teachers may read them."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.catalog.assets import asset as asset_response
from saem.apps.catalog.queries import keeps
from saem.apps.cohorts.services import note_visit
from saem.apps.jobs.sandboxes import site_sandbox
from saem.apps.learning import course, pages, queries, services
from saem.apps.learning.diagnosis.bank import has_diagnosis
from saem.apps.learning.exits.pages import ExitView, exit_view
from saem.apps.learning.forms import Action, CellForm
from saem.apps.learning.keeping import CONFLICT
from saem.apps.learning.practice.bank import has_practice
from saem.apps.learning.queries import Place
from saem.apps.learning.teaching.queries import has_something
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.middleware import is_htmx

# Which status a notice is answered with; the sentence is the same for people and for scripts.
STATUS = {services.BUSY: 409, services.UNAVAILABLE: 503, CONFLICT: 409}


@require_safe
@login_required
def program(request: HttpRequest, enrolment: int) -> HttpResponse:
    """The steps of the program, how far this student is, and where to go on."""
    found = queries.enrolment_for(signed_in(request), enrolment)
    is_owner = found.user_id == signed_in(request).pk
    if is_owner:
        note_visit(found)
    shown = course.course_of(found, reader_language())
    version = found.classroom.cohort.version
    facts = {"enrolment": found, "version": version, "course": shown, "is_owner": is_owner}
    facts |= {"has_practice": has_practice(version), "has_diagnosis": has_diagnosis(version)}
    return render(request, "learning/program.html", facts)


@require_safe
@login_required
def lesson(request: HttpRequest, enrolment: int, lesson: str) -> HttpResponse:
    """One lesson: text, and cells to run for the student whose lesson it is."""
    place = queries.place_for(signed_in(request), enrolment, lesson, reader_language())
    if place.is_owner:
        services.open_lesson(place)
        note_visit(place.enrolment)
    return lesson_page(request, place)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cell(request: HttpRequest, enrolment: int, lesson: str, cell: str) -> HttpResponse:
    """Run, save or reset one cell. Its own address shows the lesson at that cell."""
    place = queries.place_for(signed_in(request), enrolment, lesson, reader_language())
    place.cell(cell)
    if request.method != "POST":
        return redirect(cell_address(place, cell))
    if not place.is_owner:
        raise PermissionDenied
    form = CellForm(request.POST)
    if not form.is_valid():
        return refuse(request, place, cell, form)
    data = form.cleaned_data
    change = act(place, cell, data["action"], data["code"], data["revision"])
    if is_htmx(request):
        return fragment(request, place, data["action"], change)
    if change.notice:
        return lesson_page(request, place, pages.Said(cell, message(change.notice)), status=STATUS[change.notice])
    return redirect(cell_address(place, cell))


@require_safe
@login_required
def asset(request: HttpRequest, enrolment: int, lesson: str, path: str) -> HttpResponse:
    """A picture or a hand-out of the program."""
    place = queries.place_for(signed_in(request), enrolment, lesson, reader_language())
    return asset_response(place.version, path)


def act(place: Place, cell: str, action: str, code: str, revision: int | None) -> services.Change:
    match action:
        case Action.RUN:
            return services.run_cell(place, cell, code, revision=revision, sandbox=site_sandbox())
        case Action.RESET:
            return services.reset_code(place, cell, code)
        case Action.RESTORE:
            return services.restore_code(place, cell, code)
        case _:
            return services.save_code(place, cell, code, revision=revision)


def refuse(request: HttpRequest, place: Place, cell: str, form: CellForm) -> HttpResponse:
    """Nothing was stored; what was typed stays on the page."""
    notice = " ".join(str(error) for errors in form.errors.values() for error in errors)
    said = pages.Said(cell, notice, typed=request.POST.get("code", ""))
    if is_htmx(request):
        return render(request, "learning/_notice.html", {"cell": {"notice": notice}}, status=422)
    return lesson_page(request, place, said, status=422)


def fragment(request: HttpRequest, place: Place, action: str, change: services.Change) -> HttpResponse:
    """What htmx puts into the page: the word "saved", the whole cell, or the output with what it changed."""
    row = change.cell
    status = STATUS.get(change.notice, 200)
    notice = message(change.notice) if change.notice else ""
    view = pages.cell_view(place, place.cell(row.cell), row, pages.Said(row.cell, notice))
    if action == Action.SAVE:
        return render(request, "learning/_saved.html", {"cell": view, "is_answer": True}, status=status)
    if action in {Action.RESET, Action.RESTORE}:
        return render(request, "learning/_cell.html", {"cell": view, "place": place})
    lesson = pages.lesson_view(place)
    return render(request, "learning/_result.html", {"cell": view, "view": lesson, "place": place}, status=status)


def lesson_page(
    request: HttpRequest,
    place: Place,
    said: pages.Said | None = None,
    *,
    exit_question: ExitView | None = None,
    status: int = 200,
) -> HttpResponse:
    """`exit_question` where an answer to it was just not counted."""
    view = pages.lesson_view(place, said)
    # A pupil is spared the question.
    keeps_items = not place.is_owner and keeps(request.user, place.version.program)
    facts = {"view": view, "place": place, "keeps_items": keeps_items and view.has_items}
    facts |= {"exit": exit_question or exit_view(place), "guide_url": guide_url(place)}
    return render(request, "learning/lesson.html", facts, status=status)


def guide_url(place: Place) -> str:
    """Where who teaches the class reads about the lesson; a pupil has no such link."""
    if place.is_owner or not has_something(place.lesson):
        return ""
    return reverse("teaching:lesson", args=[place.enrolment.classroom_id, place.lesson.id])


def cell_address(place: Place, cell: str) -> str:
    return f"{reverse('learning:lesson', args=[place.enrolment.pk, place.lesson.id])}#cell-{cell}"
