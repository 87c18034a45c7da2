"""The two pages of marking: the teams of a class, and one team with its evidence beside the rubric."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones.queries import bytes_of
from saem.apps.projects.models import CriterionMark, Evidence, TeamResult
from saem.apps.projects.reviews import board, marking
from saem.apps.projects.reviews.ai_use import uses_of
from saem.apps.projects.reviews.anchoring import PICTURES
from saem.apps.projects.reviews.around import around
from saem.apps.projects.reviews.evidence import Shown, shown_of, with_words
from saem.apps.projects.reviews.forms import BarForm, FinishForm, LevelChoice, MarkerForm, MarkForm, level_choices
from saem.apps.projects.reviews.marking import GivenMark
from saem.apps.projects.reviews.queries import (
    Room,
    Seat,
    agreed_levels,
    markers_of,
    marks_beside,
    room_for,
    seat_for,
    unsettled_samples,
)
from saem.apps.projects.reviews.results import place_of
from saem.apps.projects.views import attachment
from saem.apps.projects.workspace.experiments import submissions_of
from saem.errors import SaemError
from saem.lib import content
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.middleware import is_htmx

LAST_SUBMISSIONS = 5


@require_safe
@login_required
@never_cache
def marking_board(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """The teams to mark, samples first."""
    return board_response(request, room_for(signed_in(request), pk, project))


def board_response(request: HttpRequest, room: Room, form: MarkerForm | None = None) -> HttpResponse:
    page, lines = board.board_page(room, request.GET.get("page"))
    context = {
        **above(room),
        "page": page,
        "lines": lines,
        "to_do": sum(line.is_mine_to_do for line in lines),
        "unsettled": unsettled_samples(room),
        "markers": list(markers_of(room)) if room.is_lead else [],
        "form": form or MarkerForm(),
    }
    return render(request, "projects/reviews/board.html", context, status=422 if form is not None else 200)


def above(room: Room) -> dict[str, object]:
    """What every page of a class's marking shows above itself."""
    title = room.project.title.in_(reader_language())
    trail = []
    if room.is_lead:
        address = reverse("projects:teams", args=[room.classroom.pk, room.project.id])
        trail = [(_("%(project)s 모둠") % {"project": title}, address)]
    return {"room": room, "classroom": room.classroom, "project": room.project, "title": title, "trail": trail}


def below_board(room: Room) -> dict[str, object]:
    context = above(room)
    step = (_("채점"), reverse("projects:marking_board", args=[room.classroom.pk, room.project.id]))
    return context | {"trail": [*context["trail"], step]}  # type: ignore[misc]  # a list of pairs


@dataclass(frozen=True, kw_only=True)
class Row:
    """One criterion on the page: its levels, its form, what was given, and where to look first."""

    criterion: content.Criterion
    form: MarkForm
    levels: list[LevelChoice]
    mark: CriterionMark | None
    look: list[Shown]


@require_safe
@login_required
@never_cache
def team_marking(request: HttpRequest, pk: int) -> HttpResponse:
    return marking_page(request, seat_for(signed_in(request), pk))


def marking_page(
    request: HttpRequest, seat: Seat, *, wrong: Mapping[str, MarkForm] | None = None, finish: FinishForm | None = None
) -> HttpResponse:
    """Evidence, verdicts, the board and the rubric; with forms that may carry what was wrong."""
    shown = with_words(shown_of(seat.team, seat.room.project.milestones))
    submissions = submissions_of(seat.team)
    context = {
        **below_board(seat.room),
        "seat": seat,
        "team": seat.team,
        "rows": rows_of(seat, shown, wrong or {}),
        "shown": shown,
        "around": around(seat),
        "uses": uses_of(seat.team),
        "submissions": list(submissions[:LAST_SUBMISSIONS]),
        "place": place_of(seat.team),
        "beside": marks_beside(seat),
        "agreed": agreed_levels([seat.team])[seat.team.pk],
        "waits": _waits(seat),
        "form_finish": finish or FinishForm(initial={"comment": seat.marking.comment if seat.marking else ""}),
        "form_bar": BarForm(),
        "result": TeamResult.objects.filter(team=seat.team).first(),
    }
    return render(request, "projects/reviews/marking.html", context, status=422 if wrong or finish else 200)


def rows_of(seat: Seat, shown: list[Shown], wrong: Mapping[str, MarkForm]) -> list[Row]:
    given = {mark.criterion: mark for mark in seat.marking.marks.all()} if seat.marking is not None else {}
    found = []
    for each in seat.room.rubric.criteria:
        look = [one for one in shown if one.stage.id in each.stages]
        form = wrong.get(each.id) or MarkForm(
            prefix=each.id, shown=shown, language=reader_language(), initial=_initial(given.get(each.id), look)
        )
        levels = level_choices(each, form["level"].value(), reader_language())
        found.append(Row(criterion=each, form=form, levels=levels, mark=given.get(each.id), look=look))
    return found


def _initial(mark: CriterionMark | None, look: list[Shown]) -> dict[str, object]:
    """What was given; before that, the first piece of evidence that speaks of it."""
    if mark is not None:
        return {"level": mark.level, "comment": mark.comment, "evidence": mark.evidence_id or ""}
    return {"evidence": look[0].version.pk if look else ""}


def _waits(seat: Seat) -> bool:
    """Whether samples have to be settled before this team."""
    try:
        marking.refuse_before_samples(seat)
    except SaemError:
        return True
    return False


@require_POST
@login_required
def mark(request: HttpRequest, pk: int, criterion: str) -> HttpResponse:
    """Save one criterion as it is given: a line to htmx, the page again without it."""
    seat = seat_for(signed_in(request), pk)
    if criterion not in {each.id for each in seat.room.rubric.criteria}:
        raise Http404
    shown = shown_of(seat.team, seat.room.project.milestones)
    form = MarkForm(request.POST, prefix=criterion, shown=shown, language=reader_language())
    if not form.is_valid():
        if is_htmx(request):
            return _saved(request, wrong=next(iter(form.errors.values()))[0], status=422)
        return marking_page(request, seat, wrong={criterion: form})
    given = form.cleaned_data
    try:
        row = marking.save_mark(
            seat,
            GivenMark(criterion=criterion, level=given["level"], comment=given["comment"], evidence=given["evidence"]),
        )
    except SaemError as refused:
        return _refused(request, pk, refused)
    if is_htmx(request):
        return _saved(request, mark=row)
    return redirect(reverse("projects:marking", args=[pk]) + f"#c-{criterion}")


def _saved(request: HttpRequest, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "projects/reviews/_saved.html", context, status=status)


def _refused(request: HttpRequest, pk: int, refused: SaemError) -> HttpResponse:
    text = message(refused.code, **refused.params)
    if is_htmx(request):
        return _saved(request, wrong=text, status=refused.status)
    messages.warning(request, text)
    return redirect("projects:marking", pk)


@require_POST
@login_required
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The marks count from now on, and the next team is shown; or go on with marks that were finished."""
    seat = seat_for(signed_in(request), pk)
    form = FinishForm(request.POST)
    try:
        if request.POST.get("act") == "reopen":
            marking.reopen_marking(seat)
            return redirect("projects:marking", pk)
        if not form.is_valid():
            return marking_page(request, seat, finish=form)
        marking.finish_marking(seat, comment=form.cleaned_data["comment"])
    except SaemError as refused:
        if refused.code != "marking.missing":
            return _refused(request, pk, refused)
        form.add_error(None, message(refused.code, **refused.params))
        return marking_page(request, seat, finish=form)
    return _next(request, seat)


def _next(request: HttpRequest, seat: Seat) -> HttpResponseRedirect:
    messages.success(request, _("%(team)s 모둠의 채점을 마쳤어요.") % {"team": seat.team.name})
    following = board.next_team(seat.room, seat.team)
    if following is None:
        return redirect("projects:marking_board", seat.room.classroom.pk, seat.room.project.id)
    return redirect("projects:marking", following.pk)


@require_POST
@login_required
def bar(request: HttpRequest, pk: int) -> HttpResponse:
    """A marker says that they may not mark this team."""
    seat = seat_for(signed_in(request), pk)
    form = BarForm(request.POST)
    if not form.is_valid():
        messages.warning(request, message("marking.bar_reason"))
        return redirect("projects:marking", pk)
    marking.bar_oneself(seat, reason=form.cleaned_data["reason"])
    messages.success(request, _("알려 주셔서 고마워요. 이 모둠은 다른 분이 채점해요."))
    return redirect("projects:marking_board", seat.room.classroom.pk, seat.room.project.id)


@require_safe
@login_required
def marked_file(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A file of the team that is marked, to be saved and never opened."""
    found = _evidence_of(request, pk, version)
    return attachment(bytes_of(found), found.name)


@require_safe
@login_required
def marked_picture(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A picture of the team that is marked, beside the rubric: what its content says it is, and never anything else."""
    found = _evidence_of(request, pk, version)
    if found.format not in PICTURES:
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
    response = HttpResponse(bytes_of(found), content_type=f"image/{found.format}", headers=headers)
    patch_cache_control(response, private=True, max_age=3600)
    return response


def _evidence_of(request: HttpRequest, pk: int, version: int) -> Evidence:
    """A version of the team, before one of its markers."""
    seat = seat_for(signed_in(request), pk)
    found = Evidence.objects.filter(pk=version, milestone__team=seat.team).first()
    if found is None:
        raise Http404
    return found
