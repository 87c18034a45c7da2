"""The board of a class: every team, who is waited for, and a team of those who have none."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones import board
from saem.apps.projects.teams.forming import arrange_team
from saem.apps.projects.teams.forms import ArrangeForm
from saem.apps.projects.teams.queries import (
    most_of,
    project_of,
    without_team,
)
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def teams(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """Every team of a class: its stage, who is waited for since when; and a team of those who have none."""
    user = signed_in(request)
    room = board.classroom_for(user, pk)
    found = project_of(room, project)
    alone = list(without_team(room, project))
    form = ArrangeForm(request.POST or None, students=alone, most=most_of(found))
    if form.is_valid():
        given = form.cleaned_data
        try:
            arrange_team(room, given["students"], project=project, name=given["name"], by=user)
        except SaemError as refused:
            form.add_error("name", message(refused.code, **refused.params))
        else:
            messages.success(request, _("모둠을 만들고 학생들에게 알렸어요."))
            return redirect("projects:teams", pk, project)
    page, lines = board.board_page(room, found, request.GET.get("page"))
    context = {
        "classroom": room,
        "project": found,
        "title": found.title.in_(reader_language()),
        "page": page,
        "lines": lines,
        "alone": alone,
        "form": form,
    }
    return render(request, "projects/teams.html", context, status=422 if form.is_bound else 200)
