"""Samples, markers, levels that were agreed on, how well markers agree, and telling the teams."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.models import TeamResult
from saem.apps.projects.reviews import moderating
from saem.apps.projects.reviews.agreeing import agreement_of
from saem.apps.projects.reviews.forms import AgreedForm, MarkerForm, agreed_forms, level_choices
from saem.apps.projects.reviews.moderating import Agreed
from saem.apps.projects.reviews.queries import Seat, agreed_levels, lead_room_for, markers_of, seat_for
from saem.apps.projects.reviews.results import standings_of, tell_results
from saem.apps.projects.reviews.views.marking import below_board, board_response
from saem.apps.projects.teams.queries import team_for
from saem.apps.projects.teams.views.team import below_team
from saem.errors import SaemError
from saem.lib import content
from saem.web.languages import reader_language
from saem.web.messages import message


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def moderation(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks side by side, for those who have finished theirs, and what they agree on."""
    seat = seat_for(signed_in(request), pk)
    if not seat.is_finished:
        messages.info(request, message("moderation.finish_first"))
        return redirect("projects:marking", pk)
    before = agreed_levels([seat.team])[seat.team.pk]
    initial: dict[str, dict[str, object]] = {
        name: {"level": row.level, "reason": row.reason} for name, row in before.items()
    }
    forms = agreed_forms(seat.room.rubric.criteria, initial, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _moderation_page(request, seat, forms)
    if any([form.errors for _criterion, form in forms]):  # noqa: C419  # all of them are looked at
        return _moderation_page(request, seat, forms, status=422)
    given = [(each.id, form.cleaned_data) for each, form in forms]
    levels = {name: Agreed(**found) for name, found in given if found["level"] is not None}
    try:
        moderating.agree(seat, levels)
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
        return _moderation_page(request, seat, forms, status=refused.status)
    messages.success(request, _("합의한 수준을 저장했어요."))
    return redirect("projects:moderation", pk)


def _moderation_page(
    request: HttpRequest, seat: Seat, forms: list[tuple[content.Criterion, AgreedForm]], *, status: int = 200
) -> HttpResponse:
    standing = standings_of(seat.room, [seat.team])[seat.team.pk]
    given = {each.pk: {mark.criterion: mark for mark in each.marks.all()} for each in standing.markings}
    rows = [
        {
            "criterion": each,
            "form": form,
            "outcome": outcome,
            "marks": [(marking, given[marking.pk].get(each.id)) for marking in standing.markings],
            "levels": level_choices(each, None, reader_language()),
        }
        for (each, form), outcome in zip(forms, standing.outcomes, strict=True)
    ]
    context = {**below_board(seat.room), "seat": seat, "team": seat.team, "standing": standing, "rows": rows}
    return render(request, "projects/reviews/moderation.html", context, status=status)


@require_safe
@login_required
@never_cache
def agreement(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """Kappa, shares, widest works and drift, criterion by criterion."""
    room = lead_room_for(signed_in(request), pk, project)
    context = {**below_board(room), "found": agreement_of(room)}
    return render(request, "projects/reviews/agreement.html", context)


@require_POST
@login_required
def sample(request: HttpRequest, pk: int, project: str) -> HttpResponseRedirect:
    """Make a team a sample for all markers, or none."""
    room = lead_room_for(signed_in(request), pk, project)
    team = room.teams.filter(pk=_number(request.POST.get("team"))).first()
    if team is None:
        raise Http404
    try:
        moderating.choose_sample(room, team, is_sample=request.POST.get("act") != "none")
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    return redirect("projects:marking_board", pk, project)


@require_POST
@login_required
def appoint(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    room = lead_room_for(signed_in(request), pk, project)
    form = MarkerForm(request.POST)
    if not form.is_valid():
        return board_response(request, room, form)
    found = form.cleaned_data
    marker = moderating.appoint_marker(room, email=found["email"], name=found["name"], language=reader_language())
    messages.success(request, _("%(name)s 님이 함께 채점해요.") % {"name": marker.user.display_name})
    return redirect("projects:marking_board", pk, project)


@require_POST
@login_required
def dismiss(request: HttpRequest, pk: int, project: str, marker: int) -> HttpResponseRedirect:
    room = lead_room_for(signed_in(request), pk, project)
    found = markers_of(room).filter(pk=marker).first()
    if found is None:
        raise Http404
    moderating.dismiss_marker(room, found)
    return redirect("projects:marking_board", pk, project)


@require_POST
@login_required
def tell(request: HttpRequest, pk: int, project: str) -> HttpResponseRedirect:
    """Tell every team whose marking is settled."""
    room = lead_room_for(signed_in(request), pk, project)
    try:
        told = tell_results(room, list(room.teams.select_related("classroom__cohort__version")))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
        return redirect("projects:marking_board", pk, project)
    text = ngettext("모둠 %(n)s개에 결과를 알렸어요.", "모둠 %(n)s개에 결과를 알렸어요.", len(told)) % {"n": len(told)}
    messages.success(request, text if told else _("새로 알릴 모둠이 없어요. 채점을 마친 모둠만 알릴 수 있어요."))
    return redirect("projects:marking_board", pk, project)


@require_safe
@login_required
@never_cache
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What a team was told, with what the next level would be."""
    access = team_for(signed_in(request), pk)
    found = TeamResult.objects.filter(team=access.team).first()
    if found is None or access.project.rubric is None:
        raise Http404
    context = {**below_team(access), "result": found, "rows": _told(access.project.rubric, found)}
    return render(request, "projects/reviews/result.html", context)


def _told(rubric: content.Rubric, found: TeamResult) -> list[dict[str, object]]:
    """Criteria with the level that was told; one that the program has no more is left out."""
    rows = []
    for each in rubric.criteria:
        told = found.levels.get(each.id)
        if told is not None:
            reached = int(told["level"])
            choices = level_choices(each, reached, reader_language())
            rows.append({"criterion": each, "told": told, "levels": choices, "next": choices[reached : reached + 1]})
    return rows


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < len(str(2**63)) else 0
