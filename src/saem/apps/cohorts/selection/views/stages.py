"""Staff look at one stage: who reads what, points so far, where reviewers differ too much."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.cohorts.models import RunAct, RunState, Selection
from saem.apps.cohorts.selection import queries, runs, settling, staff_pages
from saem.apps.cohorts.selection.assigning import coming_to
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.points import of_page
from saem.apps.cohorts.selection.rule_pages import stage_titles
from saem.apps.cohorts.selection.views.waiting import run_context, still_waits
from saem.apps.people.queries import signed_in

A_PAGE = 50


def stage_of(selection: Selection, stage: str) -> str:
    if stage not in {one.id for one in rules_of(selection).stages}:
        raise Http404
    return stage


@require_safe
@login_required
@never_cache
def stage_page(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The applications of one stage: who has which readings, points so far, where reviewers differ too much."""
    selection = queries.selection_run_for(signed_in(request), pk)
    stage_of(selection, stage)
    run = runs.newest(selection)
    if still_waits(request, run):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    found = of_page(selection, stage)
    points, spreads = (found.points, found.spreads) if found is not None else ({}, {})
    people = queries.with_progress(selection, stage).filter(pk__in=coming_to(selection, stage).values("pk"))
    if request.GET.get("show") == "differing":
        people = people.filter(receipt__in=spreads)
    page = Paginator(people.order_by("receipt", "pk"), A_PAGE).get_page(request.GET.get("page"))
    is_of_here = run is not None and (run.stage == stage or run.state == RunState.WAITING)
    context = {
        "call": selection.call,
        "selection": selection,
        "stage": rules_of(selection).stage(stage),
        "title": stage_titles(rules_of(selection))[stage],
        "page": page,
        "rows": [(one, points.get(one.receipt or ""), spreads.get(one.receipt or "")) for one in page],
        "work": found,
        "differing": len(spreads),
        "may_change": settling.may_change_scores(selection, stage),
        "progress": next(one for one in staff_pages.progress_of(selection) if one.id == stage),
        **run_context(request, run if is_of_here else None),
    }
    return render(request, "selection/stage.html", context)


@require_POST
@login_required
def assign(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Have the applications of a stage given to reviewers by the rule; with `third`, one more where they differ."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    act = RunAct.EXTRA if "third" in request.POST else RunAct.ASSIGN
    runs.ask(selection, act, by=user, asked={"stage": stage_of(selection, stage)})
    return redirect("selection:stage", pk, stage)


@require_POST
@login_required
def points(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Have the points of a stage worked out anew."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    runs.ask(selection, RunAct.POINTS, by=user, asked={"stage": stage_of(selection, stage)})
    return redirect("selection:stage", pk, stage)
