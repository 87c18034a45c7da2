"""Staff run a selection: reviewers, stages, the draw, the result, offers and the classes of those who come."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.calls.queries import call_run_for
from saem.apps.cohorts.models import RunAct, RunState, Selection, SelectionState
from saem.apps.cohorts.selection import (
    deciding,
    drawing,
    letters,
    offering,
    queries,
    reviewers,
    runs,
    settling,
    staff_pages,
)
from saem.apps.cohorts.selection.forms import ClassroomsForm, DrawForm, ReviewerForm
from saem.apps.cohorts.selection.loading import applicants, rules_of
from saem.apps.cohorts.selection.rule_pages import problem_words, stage_titles
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 50


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
    if request.headers.get("HX-Request") and run is not None and run.state == RunState.WAITING:
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
        "run": run,
        "run_words": staff_pages.run_words(run),
        "is_undone": run is not None and run.act == RunAct.CONCLUDE and run.state != RunState.DONE,
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
    points = staff_pages.points_of(selection, stage)
    found = queries.with_progress(selection, stage).filter(pk__in=reviewers.coming_to(selection, stage).values("pk"))
    if request.GET.get("show") == "differing":
        found = found.filter(receipt__in=points.spreads)
    page = Paginator(found.order_by("receipt", "pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": selection.call,
        "selection": selection,
        "stage": rules_of(selection).stage(stage),
        "title": stage_titles(rules_of(selection))[stage],
        "page": page,
        "rows": [(one, points.points.get(one.receipt or ""), points.spreads.get(one.receipt or "")) for one in page],
        "differing": len(points.spreads),
        "may_change": settling.may_change_scores(selection, stage),
        "progress": next(one for one in staff_pages.progress_of(selection) if one.id == stage),
    }
    return render(request, "selection/stage.html", context)


@require_POST
@login_required
def assign(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Give the applications of a stage to reviewers by the rule; with `third`, one more where they differ."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    stage_of(selection, stage)
    if "third" in request.POST:
        receipts = list(staff_pages.points_of(selection, stage).spreads)
        found = reviewers.add_reader(selection, stage, receipts, by=user)
    else:
        found = reviewers.assign(selection, stage, by=user)
    unmet = staff_pages.unmet_words(found)
    if unmet:
        messages.warning(request, unmet)
    else:
        messages.success(request, _("심사를 맡기고 심사자에게 알렸어요."))
    return redirect("selection:stage", pk, stage)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the public draw, once."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    form = DrawForm(request.POST if request.method == "POST" else None)
    problems: list[str] = []
    if form.is_valid():
        try:
            found = drawing.hold_draw(selection, public_value=form.cleaned_data["public_value"], by=user)
            problems = [f"{one.place}: {problem_words(one, {})}" for one in found[:50]]
        except SaemError as refused:
            problems = [message(refused.code, **refused.params)]
        if not problems:
            messages.success(request, _("추첨을 마치고 비밀 값을 공개했어요. 누구나 다시 해 볼 수 있어요."))
            return redirect("selection:overview", pk)
    context = {"call": selection.call, "selection": selection, "form": form, "problems": problems}
    return render(request, "selection/draw.html", context, status=422 if form.errors or problems else 200)


@require_POST
@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Have every stage decided whose reviews are all there; after an appeal, decide again for whoever appealed."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    is_published = selection.state == SelectionState.PUBLISHED
    runs.ask(selection, RunAct.CONCLUDE if is_published else RunAct.SETTLE, by=user)
    return redirect("selection:overview", pk)


@require_safe
@login_required
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be published: who is in and why, who waits, how the quotas come out."""
    selection = queries.selection_run_for(signed_in(request), pk)
    if selection.state == SelectionState.PUBLISHED:
        return redirect("selection:results", pk)
    found = deciding.preview(selection)
    rows = [(one, found.placements[one.receipt], found.reserve.get(one.receipt)) for one in found.order]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    reasons = [
        (one, placement, place, deciding.reasons_of(one, placement, found, place)) for one, placement, place in page
    ]
    language = get_language() or "ko"
    context = {
        "call": selection.call,
        "selection": selection,
        "choice": found.choice,
        "reserve": found.reserve,
        "quotas": quota_rows(found),
        "page": page,
        "rows": [
            (one, placement, place, [letters.words_of(reason, language) for reason in why])
            for one, placement, place, why in reasons
        ],
    }
    return render(request, "selection/preview.html", context)


def quota_rows(found: deciding.Preview) -> list[tuple[str, object]]:
    titles = {quota.id: quota.title for quota in found.rules.quotas}
    language = get_language() or "ko"
    return [(getattr(titles[kept.quota], language), kept) for kept in found.choice.quotas]


@require_POST
@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the result published that the preview showed."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    if selection.state == SelectionState.PUBLISHED:
        return redirect("selection:results", pk)
    seen = request.POST.get("revision", "")
    runs.ask(selection, RunAct.PUBLISH, by=user, seen=int(seen) if seen.isdecimal() else None)
    return redirect("selection:overview", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, offers and their answers, the letters' progress, the classes of those who come."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    if selection.state != SelectionState.PUBLISHED:
        return redirect("selection:overview", pk)
    form = ClassroomsForm(
        request.POST if request.method == "POST" else None,
        cohort=selection.call.cohort,
        initial={"classrooms": selection.classrooms.all()},
    )
    if form.is_valid():
        number = offering.choose_classrooms(selection, form.cleaned_data["classrooms"], by=user)
        messages.success(request, _("저장했어요. 기다리던 %(number)s명을 학급에 넣었어요.") % {"number": number})
        return redirect("selection:results", pk)
    page = Paginator(queries.candidates_of(selection), A_PAGE).get_page(request.GET.get("page"))
    done, every = letters.progress_of(selection)
    context = {
        "call": selection.call,
        "selection": selection,
        "form": form,
        "page": page,
        "done": done,
        "every": every,
        "counts": queries.offer_counts(selection),
        "open_appeals": queries.open_appeals(selection),
    }
    return render(request, "selection/results.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass free places on now, without waiting for the night."""
    selection = queries.selection_run_for(signed_in(request), pk)
    passing = offering.pass_on(selection)
    number = len(passing.offers) if passing else 0
    messages.success(request, _("예비 순번에서 %(number)s명에게 자리를 알렸어요.") % {"number": number})
    language = get_language() or "ko"
    titles = {quota.id: getattr(quota.title, language) for quota in rules_of(selection).quotas}
    for said in passing.notes if passing else ():
        text = message(f"passing.{said.note}", people=said.people, quota=titles.get(said.quota, ""))
        messages.warning(request, text)
    return redirect("selection:results", pk)


@require_safe
@login_required
@never_cache
def candidate(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """One application: its readings, every number and every change of a number, and what was decided."""
    selection, found = queries.candidate_for(signed_in(request), pk, application)
    rules, language = rules_of(selection), get_language() or "ko"
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
