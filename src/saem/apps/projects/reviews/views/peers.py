"""Peer review: a teacher's page of a round, a pupil's tasks, one work behind its alias, what a team received."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.models import PeerRound
from saem.apps.projects.reviews.forms import level_choices
from saem.apps.projects.reviews.peers import dealing, giving, outcome, queries
from saem.apps.projects.reviews.peers.forms import DeadlineForm, PeerMarkForm, ReturnForm, RoundForm, initial_of
from saem.apps.projects.reviews.peers.queries import Work
from saem.apps.projects.reviews.queries import Room, lead_room_for
from saem.apps.projects.reviews.views.marking import below_board
from saem.apps.projects.teams.queries import Access, team_for
from saem.apps.projects.teams.views.team import below_team
from saem.apps.projects.views import attachment
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.middleware import is_htmx

# --- a teacher's round


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def peer_round(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """Open a round, or see how far it is."""
    room = lead_room_for(signed_in(request), pk, project)
    if request.method != "POST":
        return _round_page(request, room, RoundForm())
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _round_page(request, room, form, status=422)
    try:
        dealing.open_round(room, form.wish())
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return _round_page(request, room, form, status=refused.status)
    messages.success(request, _("동료 평가를 열고 학생들에게 알렸어요."))
    return redirect("projects:peer_round", pk, project)


def _round_page(
    request: HttpRequest, room: Room, form: RoundForm, *, later: DeadlineForm | None = None, status: int = 200
) -> HttpResponse:
    newest = dealing.newest_round(room)
    context = {
        **below_board(room),
        "round": newest,
        "form": form if newest is None or newest.told_at is not None else None,
        "later": later or DeadlineForm(auto_id="later-%s"),
        "found": outcome.outcome_of(room, newest) if newest is not None else None,
        "samples": len(dealing.samples_of(room)),
    }
    return render(request, "projects/reviews/peer_round.html", context, status=status)


@require_POST
@login_required
def peer_extend(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """A later deadline."""
    room = lead_room_for(signed_in(request), pk, project)
    newest = dealing.newest_round(room)
    if newest is None:
        raise Http404
    form = DeadlineForm(request.POST, auto_id="later-%s")
    if form.is_valid():
        try:
            people = dealing.extend(room, newest, until=form.cleaned_data["closes_at"])
        except SaemError as refused:
            form.add_error("closes_at", message(refused.code, **refused.params))
        else:
            words = ngettext("마감을 늦추고 %(n)s명에게 알렸어요.", "마감을 늦추고 %(n)s명에게 알렸어요.", people)
            messages.success(request, words % {"n": people})
            return redirect("projects:peer_round", pk, project)
    return _round_page(request, room, RoundForm(), later=form, status=422)


@require_POST
@login_required
def peer_act(request: HttpRequest, pk: int, project: str) -> HttpResponseRedirect:
    """Deal again, remind, close, or tell."""
    room = lead_room_for(signed_in(request), pk, project)
    newest, act = dealing.newest_round(room), ACTS.get(request.POST.get("act", ""))
    if newest is None or act is None:
        raise Http404
    try:
        messages.success(request, act(room, newest))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    return redirect("projects:peer_round", pk, project)


def _deal(room: Room, opened: PeerRound) -> str:
    dealt = dealing.deal_again(room, opened)
    return ngettext("평가 %(n)s개로 다시 나눴어요.", "평가 %(n)s개로 다시 나눴어요.", dealt.tasks) % {"n": dealt.tasks}


def _remind(room: Room, opened: PeerRound) -> str:
    people = dealing.remind(room, opened)
    return ngettext("%(n)s명에게 알렸어요.", "%(n)s명에게 알렸어요.", people) % {"n": people}


def _close(room: Room, opened: PeerRound) -> str:
    outcome.close_now(room, opened)
    return _("동료 평가를 마감했어요.")


def _tell(room: Room, opened: PeerRound) -> str:
    outcome.tell_round(room, opened)
    return _("모둠과 평가한 학생에게 알렸어요.")


ACTS: Mapping[str, Callable[[Room, PeerRound], str]] = {
    "deal": _deal,
    "remind": _remind,
    "close": _close,
    "tell": _tell,
}


# --- a team's reviews, and a member's tasks


@require_safe
@login_required
@never_cache
def team_peers(request: HttpRequest, pk: int) -> HttpResponse:
    """What the team received, and for a member their own tasks and what their reviews were worth."""
    access = team_for(signed_in(request), pk)
    rubric = access.project.rubric
    if rubric is None:
        raise Http404
    mine = access.membership
    context = {
        **below_team(access),
        "tasks": queries.tasks_of(mine.enrolment, access.team.project) if mine is not None else [],
        "received": queries.by_criterion(rubric, queries.received_by(access.team)),
        "own": outcome.own_line(access.team, mine.enrolment, _room(access)) if mine is not None else None,
    }
    return render(request, "projects/reviews/team_peers.html", context)


def _room(access: Access) -> Room | None:
    rubric = access.project.rubric
    if rubric is None:
        return None
    return Room(classroom=access.team.classroom, project=access.project, rubric=rubric, user=access.user, is_lead=False)


# --- one task


@require_safe
@login_required
@never_cache
def peer_task(request: HttpRequest, pk: int) -> HttpResponse:
    return _task_page(request, queries.work_for(signed_in(request), pk))


def _task_page(
    request: HttpRequest,
    work: Work,
    *,
    wrong: Mapping[str, forms.Form] | None = None,
    form: ReturnForm | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    marks, wrong = queries.task_marks(work.task), wrong or {}
    rows = []
    for each in work.rubric.criteria:
        mark = marks.get(each.id)
        own = wrong.get(each.id) or PeerMarkForm(prefix=each.id, initial=initial_of(mark))
        levels = level_choices(each, own["level"].value(), reader_language())
        rows.append({"criterion": each, "form": own, "levels": levels, "mark": mark})
    context = {
        "work": work,
        "task": work.task,
        "rows": rows,
        "shown": queries.shown_to_peer(work),
        "uses": queries.uses_shown_to_peer(work),
        "form": form or ReturnForm(initial={"comment": work.task.comment}),
        "told": told,
        "title": work.project.title.in_(reader_language()),
    }
    return render(request, "projects/reviews/peer_task.html", context, status=status)


@require_POST
@login_required
def peer_mark(request: HttpRequest, pk: int, criterion: str) -> HttpResponse:
    """Save one criterion; past the deadline what was written stays on the page, and is not saved."""
    work = queries.work_for(signed_in(request), pk)
    if criterion not in {each.id for each in work.rubric.criteria}:
        raise Http404
    form = PeerMarkForm(request.POST, prefix=criterion)
    if not form.is_valid():
        wrong = str(next(iter(form.errors.values()))[0])
        return _not_saved(request, work, criterion, form, wrong, status=422)
    given = form.cleaned_data
    try:
        mark = giving.save_peer_mark(work, criterion=criterion, level=given["level"], comment=given["comment"])
    except SaemError as refused:
        text = str(message(refused.code, **refused.params))
        return _not_saved(request, work, criterion, form, text, status=refused.status)
    if is_htmx(request):
        return render(request, "projects/reviews/_saved.html", {"mark": mark})
    return redirect(reverse("projects:peer_task", args=[pk]) + f"#c-{criterion}")


def _not_saved(
    request: HttpRequest, work: Work, criterion: str, form: PeerMarkForm, text: str, *, status: int
) -> HttpResponse:
    if is_htmx(request):
        return render(request, "projects/reviews/_saved.html", {"wrong": text}, status=status)
    return _task_page(request, work, wrong={criterion: form}, told=text, status=status)


@require_POST
@login_required
def peer_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the review in."""
    work = queries.work_for(signed_in(request), pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _task_page(request, work, form=form, status=422)
    try:
        giving.return_review(work, comment=form.cleaned_data["comment"])
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return _task_page(request, work, form=form, status=refused.status)
    messages.success(request, _("평가를 냈어요. 고마워요!"))
    return redirect("projects:peer_task", pk)


@require_safe
@login_required
def peer_file(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A file of the work, under a name that tells nothing."""
    data, name = queries.file_for(queries.work_for(signed_in(request), pk), version)
    return attachment(data, name)
