"""Staff and teachers: the timetable of a cohort and of a class, planning, changing, cancelling."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.models import Classroom, Cohort, Session
from saem.apps.cohorts.queries import classroom_for, cohort_for, cohorts_run_by
from saem.apps.cohorts.sessions import feeds, planning, queries
from saem.apps.cohorts.sessions.forms import SessionForm, initial_of
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 40


@require_safe
@login_required
def of_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """All sessions of a cohort, for its staff."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    return render(request, "sessions/cohort.html", cohort_page(request, user, cohort))


def cohort_page(request: HttpRequest, user: User, cohort: Cohort) -> dict[str, object]:
    return {
        "cohort": cohort,
        "link": feeds.link_of(user, cohort),
        **list_page(request, queries.sessions_of_cohort(cohort)),
    }


def list_page(request: HttpRequest, sessions: QuerySet[Session]) -> dict[str, object]:
    """One page of sessions, the one with the next of them where none is asked for, and which of them clash."""
    before = sessions.filter(ends_at__lte=timezone.now()).count()
    page = Paginator(queries.with_counts(sessions), A_PAGE).get_page(request.GET.get("page") or before // A_PAGE + 1)
    return {"page": page, "clashes": clashing(list(page.object_list))}


def clashing(sessions: list[Session]) -> set[int]:
    """Sessions that somebody is expected at twice: of one class, or of one class and of everybody."""
    rooms = {session.classroom_id for session in sessions} or {None}
    found: set[int] = set()
    for room in rooms:
        found |= planning.clashes([each for each in sessions if each.classroom_id in (None, room)]).keys()
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_in_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan sessions of the whole cohort, or of one of its classes."""
    cohort = cohort_for(signed_in(request), pk)
    form = SessionForm(
        request.POST if request.method == "POST" else None, cohort=cohort, classrooms=cohort.classrooms.order_by("name")
    )
    back = reverse("sessions:cohort", args=[cohort.pk])
    return plan(request, form, cohort, None, back)


@require_safe
@login_required
def of_class(request: HttpRequest, pk: int) -> HttpResponse:
    """The timetable of a class."""
    classroom = classroom_for(signed_in(request), pk)
    context = {"classroom": classroom, **list_page(request, queries.sessions_of_class(classroom))}
    return render(request, "sessions/classroom.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_in_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan sessions of a class."""
    classroom = classroom_for(signed_in(request), pk)
    form = SessionForm(request.POST if request.method == "POST" else None, cohort=classroom.cohort, classrooms=None)
    back = reverse("sessions:classroom", args=[classroom.pk])
    return plan(request, form, classroom.cohort, classroom, back)


def plan(
    request: HttpRequest, form: SessionForm, cohort: Cohort, classroom: Classroom | None, back: str
) -> HttpResponse:
    if form.is_valid():
        room = form.cleaned_data.get("classroom") or classroom
        made = planning.plan(cohort, room, form.meetings(), by=signed_in(request))
        words = ngettext("차시 %(number)s개를 시간표에 넣었어요.", "차시 %(number)s개를 시간표에 넣었어요.", len(made))
        messages.success(request, words % {"number": len(made)})
        return redirect(back)
    context = {"cohort": cohort, "classroom": classroom, "form": form, "back": back}
    return render(request, "sessions/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what, when or where."""
    user = signed_in(request)
    session = queries.session_planned_for(user, pk)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        cohort=session.cohort,
        classrooms=None,
        is_series=False,
        initial=initial_of(session),
    )
    if form.is_valid() and changed(request, session, form):
        return redirect(timetable_of(user, session))
    context = {"session": session, "form": form, "back": timetable_of(user, session)}
    return render(request, "sessions/change.html", context)


def changed(request: HttpRequest, session: Session, form: SessionForm) -> bool:
    seen = request.POST.get("sequence", "")
    try:
        is_new = planning.change(
            session, form.meetings()[0], by=signed_in(request), seen=int(seen) if seen.isdecimal() else -1
        )
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        session.refresh_from_db()
        return False
    words = _("저장했어요. 참여하는 사람들에게 알렸어요.") if is_new and not session.is_over else _("저장했어요.")
    messages.success(request, words)
    return True


def timetable_of(user: User, session: Session) -> str:
    """The list that `user` came from: of the cohort for its staff, else of the class."""
    if session.classroom_id is None or cohorts_run_by(user).filter(pk=session.cohort_id).exists():
        return reverse("sessions:cohort", args=[session.cohort_id])
    return reverse("sessions:classroom", args=[session.classroom_id])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then cancel a session."""
    user = signed_in(request)
    session = queries.session_planned_for(user, pk)
    back = timetable_of(user, session)
    if request.method == "POST":
        planning.cancel(session, by=user)
        messages.success(request, _("차시를 취소했어요."))
        return redirect(back)
    return render(request, "sessions/cancel.html", {"session": session, "back": back})


@require_POST
@login_required
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    session = queries.session_planned_for(user, pk)
    planning.restore(session, by=user)
    messages.success(request, _("취소를 되돌렸어요."))
    return redirect(timetable_of(user, session))


@require_POST
@login_required
@never_cache
def cohort_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """A new calendar link of the whole cohort, shown once; or close the one there is."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    if request.POST.get("action") == "close":
        feeds.take_back(user, cohort)
        messages.success(request, _("달력 링크를 닫았어요. 이제 그 링크로는 열리지 않아요."))
        return redirect("sessions:cohort", pk)
    if request.POST.get("action") != "open":
        raise Http404
    link = address_of(request, feeds.new_link(user, cohort))
    return render(request, "sessions/cohort.html", cohort_page(request, user, cohort) | {"fresh_link": link})


def address_of(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("sessions:feed", args=[token]))
