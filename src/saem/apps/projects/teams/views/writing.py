"""A team's log, what everybody has done, and reflections for the teacher."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.models import LogEntry
from saem.apps.projects.teams import journal, queries
from saem.apps.projects.teams.forms import (
    LogForm,
    TeamReflectionForm,
)
from saem.apps.projects.teams.parts import happenings_page, parts_of
from saem.apps.projects.teams.queries import Access
from saem.apps.projects.teams.views.team import below_team
from saem.web.languages import reader_language

WEEKS_A_PAGE = 8


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """The three lines of each week; members write this week's and last week's."""
    access = queries.team_for(signed_in(request), pk)
    week = _week(request)
    newest = journal.written(access.team, week)
    conflict = None
    form = LogForm(request.POST) if request.method == "POST" else LogForm(initial=_log_initial(newest))
    if request.method == "POST":
        _access, mine = queries.own_team_for(access.user, pk)
        if form.is_valid():
            if journal.write_log(mine, week=week, lines=form.lines, seen=form.cleaned_data["seen"]):
                return redirect("projects:team_log", pk)
            conflict = journal.written(access.team, week)
            form = LogForm(with_seen(request, conflict.number if conflict is not None else 0))
    context = {
        **below_team(access),
        "form": form,
        "week": week,
        "this_week": journal.this_week(),
        "last_week": journal.this_week() - journal.WEEK,
        "conflict": conflict,
        "page": Paginator(journal.weeks_of(access.team), WEEKS_A_PAGE).get_page(request.GET.get("page")),
    }
    status = 409 if conflict is not None else 422 if form.is_bound else 200
    return render(request, "projects/team_log.html", context, status=status)


def with_seen(request: HttpRequest, number: int) -> QueryDict:
    """What was typed, as an answer to what stands there now."""
    data = request.POST.copy()
    data["seen"] = str(number)
    return data


def _week(request: HttpRequest) -> dt.date:
    """The present week, or the one before where it is asked for."""
    this = journal.this_week()
    return this - journal.WEEK if request.GET.get("week") == "last" else this


def _log_initial(entry: LogEntry | None) -> dict[str, object]:
    if entry is None:
        return {"seen": 0}
    return {"seen": entry.number, "done": entry.done, "learned": entry.learned, "plan": entry.plan}


@require_safe
@login_required
@never_cache
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's part, those who left included, and what happened in order."""
    access = queries.team_for(signed_in(request), pk)
    page, happened = happenings_page(access.team, access.project, reader_language(), request.GET.get("page"))
    context = {**below_team(access), "parts": parts_of(access.team), "page": page, "happened": happened}
    return render(request, "projects/team_parts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reflection(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, to write; for teachers of the class, everybody's."""
    access = queries.team_for(signed_in(request), pk)
    if access.membership is None:
        return _reflections(request, access)
    row = journal.reflection_of(access.membership)
    number = row.number if row is not None else 0
    asked = TeamReflectionForm(request.POST or None, initial={"seen": number, "text": row.text if row else ""})
    is_stale = False
    if asked.is_valid():
        _access, mine = queries.own_team_for(access.user, pk)
        if journal.write_reflection(mine, text=asked.cleaned_data["text"], seen=asked.cleaned_data["seen"]):
            messages.success(request, _("저장했어요. 선생님만 볼 수 있어요."))
            return redirect("projects:team", pk)
        is_stale = True
        asked = TeamReflectionForm(with_seen(request, number))
    context = {**below_team(access), "form": asked, "row": row, "is_stale": is_stale}
    status = 409 if is_stale else 422 if asked.is_bound else 200
    return render(request, "projects/team_reflection.html", context, status=status)


def _reflections(request: HttpRequest, access: Access) -> HttpResponse:
    if not access.is_teacher or request.method == "POST":
        raise PermissionDenied
    rows = list(journal.reflections_seen_by(access.user, access.team))
    return render(request, "projects/team_reflections.html", {**below_team(access), "rows": rows})
