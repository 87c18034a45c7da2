"""A class's attendance: minutes of each person, warnings in time, and the sheet out and in again."""

from collections import defaultdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.models import Classroom, Enrolment, Session
from saem.apps.cohorts.queries import classroom_for, students_in
from saem.apps.cohorts.sessions import pages, queries, sheets
from saem.apps.cohorts.sessions.forms import SHEET_MAX_BYTES, SheetForm
from saem.apps.cohorts.sessions.marking import Wanted, save_marks
from saem.apps.cohorts.sessions.planning import note
from saem.apps.cohorts.sessions.standards import Standards
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.web.downloads import workbook_response
from saem.web.uploads import LimitedUpload

A_PAGE = 50
MOST_COLUMNS = 40
UNPROCESSABLE, TOO_LARGE = 422, 413


@require_safe
@login_required
@never_cache
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Person by session, in minutes, and who may soon be unable to pass."""
    classroom = classroom_for(signed_in(request), pk)
    page = Paginator(people_of(classroom), A_PAGE).get_page(request.GET.get("page"))
    begun = queries.sessions_of_class(classroom).filter(starts_at__lte=timezone.now(), cancelled_at=None)
    sessions = list(begun.order_by("-starts_at", "-pk")[:MOST_COLUMNS])[::-1]
    rows = pages.table_rows(list(page.object_list), sessions)
    context = {
        "classroom": classroom,
        "page": page,
        "sessions": sessions,
        "rows": rows,
        "worrying": [row for row in rows if row.tally.is_worrying],
        "unkept": max((row.tally.unkept for row in rows), default=0),
        "has_rules": Standards([classroom.cohort]).have_rules(classroom.cohort),
        "has_sessions": bool(sessions) or queries.sessions_of_class(classroom).exists(),
    }
    return render(request, "sessions/attendance.html", context)


def people_of(classroom: Classroom) -> QuerySet[Enrolment]:
    return students_in(classroom).select_related("classroom__cohort", "user")


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int) -> FileResponse:
    """The attendance sheet. That it was taken away is an event."""
    user = signed_in(request)
    classroom = classroom_for(user, pk)
    file = sheets.write_attendance(list(people_of(classroom)), classroom)
    record(
        "attendance.exported",
        actor=user,
        object_kind="classroom",
        object_id=classroom.pk,
        cohort_id=classroom.cohort_id,
        facts={},
    )
    name = f"{slugify(classroom.name, allow_unicode=True)}-출석부-{timezone.localdate():%Y-%m-%d}.xlsx"
    return workbook_response(file, name)


@csrf_exempt  # only so that the handler below counts the bytes first: `_sheet` checks the token as ever
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up the counting of bytes before anything reads the request's body."""
    upload = LimitedUpload(request, limit=SHEET_MAX_BYTES)
    request.upload_handlers = [upload]
    return _sheet(request, pk, upload)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def _sheet(request: HttpRequest, pk: int, upload: LimitedUpload) -> HttpResponse:
    """Ask for the sheet; then say what would change, and change nothing yet."""
    classroom = classroom_for(signed_in(request), pk)
    if request.method != "POST":
        return render(request, "sessions/sheet.html", {"classroom": classroom, "form": SheetForm()})
    form = SheetForm(request.POST, request.FILES)
    if upload.is_too_large:
        form.add_error("file", _("파일이 너무 커요. 5MB까지 올릴 수 있어요."))
    if not form.is_valid():
        status = TOO_LARGE if upload.is_too_large else UNPROCESSABLE
        return render(request, "sessions/sheet.html", {"classroom": classroom, "form": form}, status=status)
    file = form.cleaned_data["file"]
    report = sheets.read_attendance(file, file.name, list(people_of(classroom)), classroom)
    context = {
        "classroom": classroom,
        "form": SheetForm(),
        "report": report,
        "errors": [odd for odd in report.problems if odd.is_error],
        "remarks": [odd for odd in report.problems if not odd.is_error],
        "sealed": sheets.sealed(report, classroom) if report.changes else "",
    }
    return render(request, "sessions/sheet.html", context)


@require_POST
@login_required
@never_cache
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the changes that the report showed. What somebody changed since is left, and told."""
    user = signed_in(request)
    classroom = classroom_for(user, pk)
    try:
        cells = sheets.unsealed(request.POST.get("sealed", ""), classroom)
    except signing.BadSignature:
        messages.error(request, _("보고서가 오래됐어요. 파일을 다시 올려 주세요."))
        return redirect("sessions:sheet", pk)
    written, left = write(user, classroom, cells)
    words = ngettext("%(n)s칸을 반영했어요.", "%(n)s칸을 반영했어요.", written) % {"n": written}
    messages.success(request, words)
    if left:
        words = ngettext(
            "그사이 다른 선생님이 고친 %(n)s칸은 그대로 두었어요.",
            "그사이 다른 선생님이 고친 %(n)s칸은 그대로 두었어요.",
            left,
        )
        messages.warning(request, words % {"n": left})
    return redirect("sessions:attendance", pk)


def write(user: User, classroom: Classroom, cells: list[sheets.SealedCell]) -> tuple[int, int]:
    """How many marks were written, and how many were left as somebody else made them."""
    sessions: dict[int, Session] = queries.sessions_of_class(classroom).in_bulk({cell.session for cell in cells})
    people: set[int] = set(people_of(classroom).order_by().values_list("pk", flat=True))
    by_session: dict[int, list[Wanted]] = defaultdict(list)
    for cell in cells:
        if cell.session in sessions and cell.enrolment in people:
            by_session[cell.session].append(Wanted(enrolment=cell.enrolment, mark=cell.mark, seen=cell.seen))
    left = 0
    for session, wanted in by_session.items():
        left += len(save_marks(sessions[session], wanted, by=user))
        note("attendance.imported", sessions[session], by=user, people=len(wanted))
    return sum(map(len, by_session.values())) - left, left
