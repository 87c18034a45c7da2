"""Staff run a selection: where it is, who reviews, and all about one application."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.calls.queries import call_run_for
from saem.apps.cohorts.models import RunAct
from saem.apps.cohorts.selection import letters, queries, reviewers, runs, settling, staff_pages
from saem.apps.cohorts.selection.forms import ReviewerForm
from saem.apps.cohorts.selection.loading import applicants, rules_of
from saem.apps.cohorts.selection.rule_pages import stage_titles
from saem.apps.cohorts.selection.views.waiting import run_context, still_waits
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language


@require_safe
@login_required
@never_cache
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the selection of a call is, and what comes next; a page that waits for a run is told only its end."""
    user = signed_in(request)
    call = call_run_for(user, pk)
    selection = queries.selection_of(call)
    if selection is None:
        return render(request, "selection/overview.html", {"call": call, "sheets": list(queries.sheets_of(call)[:5])})
    run = runs.newest(selection)
    if still_waits(request, run):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    progress = staff_pages.progress_of(selection)
    context = {
        "call": call,
        "selection": selection,
        "progress": progress,
        "steps": staff_pages.steps_of(selection, progress),
        "people": applicants(selection).count(),
        "reviewers": selection.reviewers.filter(left_at=None).count(),
        "is_complete": settling.is_complete(selection),
        "open_appeals": queries.open_appeals(selection),
        "sheets": list(queries.sheets_of(call)[:5]),
        "is_undone": runs.is_undone(selection, RunAct.CONCLUDE),
        **run_context(request, run),
    }
    return render(request, "selection/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reviewer_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reviews, and a form for one more."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    form = ReviewerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reviewers.invite(selection, **form.cleaned_data, by=user)
        messages.success(request, _("심사자를 넣었어요. 맡기기를 누르면 그때 알려 줘요."))
        return redirect("selection:reviewers", pk)
    context = {
        "call": selection.call,
        "selection": selection,
        "form": form,
        "people": list(reviewers.with_loads(selection)),
    }
    return render(request, "selection/reviewers.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def reviewer_leave(request: HttpRequest, pk: int, reviewer: int) -> HttpResponse:
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    found = get_object_or_404(selection.reviewers.select_related("selection"), pk=reviewer)
    reviewers.let_go(found, by=user)
    messages.success(request, _("심사자를 뺐어요. 남은 심사는 다시 맡기기를 누르면 다른 사람에게 가요."))
    return redirect("selection:reviewers", pk)


@require_safe
@login_required
@never_cache
def candidate(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """One application: its readings, every number and every change of a number, and what was decided."""
    selection, found = queries.candidate_for(signed_in(request), pk, application)
    rules, language = rules_of(selection), reader_language()
    titles = {(stage.id, one.id): getattr(one.title, language) for stage in rules.stages for one in stage.criteria}
    decisions = [
        (one, letters.reasons_in_words(one, language))
        for one in (found.candidate.decisions.order_by("-number") if hasattr(found, "candidate") else ())
    ]
    context = {
        "call": selection.call,
        "selection": selection,
        "application": found,
        "readings": [
            {
                "reading": one,
                "stage": stage_titles(rules).get(one.stage, one.stage),
                "scores": [
                    (titles.get((one.stage, each.criterion), each.criterion), each) for each in one.scores.all()
                ],
                "trail": [
                    (titles.get((one.stage, each.criterion), each.criterion), each) for each in one.changes.all()
                ],
            }
            for one in found.readings.all()
        ],
        "decisions": decisions,
    }
    return render(request, "selection/candidate.html", context)
