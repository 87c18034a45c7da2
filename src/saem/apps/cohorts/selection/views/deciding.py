"""Staff come to a result: the draw, stages that are settled, what would be published, what was, seats that pass on."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from saem.apps.cohorts.models import DecisionKind, RunAct, RunState, SelectionState
from saem.apps.cohorts.selection import drawing, letters, offering, previewing, queries, runs
from saem.apps.cohorts.selection.forms import ClassroomsForm, DrawForm
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.previewing import KeptPreview
from saem.apps.cohorts.selection.views.waiting import run_context, still_waits
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the public draw held, once."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    form = DrawForm(request.POST if request.method == "POST" else None)
    problem = ""
    if form.is_valid():
        asked = {"public_value": drawing.plain(form.cleaned_data["public_value"])}
        try:
            runs.ask(selection, RunAct.DRAW, by=user, asked=asked)
        except SaemError as refused:
            problem = message(refused.code, **refused.params)
        else:
            return redirect("selection:overview", pk)
    context = {"call": selection.call, "selection": selection, "form": form, "problem": problem}
    return render(request, "selection/draw.html", context, status=422 if form.errors or problem else 200)


@require_POST
@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Have every stage decided whose reviews are all there; after an appeal, decide again for whoever appealed."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    is_published = selection.state == SelectionState.PUBLISHED
    runs.ask(selection, RunAct.CONCLUDE if is_published else RunAct.SETTLE, by=user)
    return redirect("selection:overview", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be published, as it was worked out last: who is in and why, who waits, how the quotas come out."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    if selection.state == SelectionState.PUBLISHED:
        return redirect("selection:results", pk)
    if request.method == "POST":
        runs.ask(selection, RunAct.PREVIEW, by=user)
        return redirect("selection:preview", pk)
    run = runs.newest(selection)
    if still_waits(request, run):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    is_of_here = run is not None and (run.act == RunAct.PREVIEW or run.state == RunState.WAITING)
    context = {
        "call": selection.call,
        "selection": selection,
        **preview_page(previewing.kept_of(selection), request.GET.get("page")),
        **run_context(request, run if is_of_here else None),
    }
    return render(request, "selection/preview.html", context)


def preview_page(kept: KeptPreview | None, number: str | None) -> dict[str, Any]:
    """One page of the people in a preview, and what holds of all of them; nothing before the first one."""
    if kept is None:
        return {"kept": None}
    page, language = Paginator(kept.rows, A_PAGE).get_page(number), reader_language()
    lines = previewing.lines_of(list(page))
    return {
        "kept": kept,
        "chosen": kept.number(DecisionKind.ACCEPTED),
        "reserve": kept.number(DecisionKind.RESERVE),
        "quotas": [(letters.localized(one["title"], language), one) for one in kept.quotas],
        "page": page,
        "rows": [(one, [letters.words_of(reason, language) for reason in one.reasons]) for one in lines],
    }


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
    language = reader_language()
    titles = {quota.id: getattr(quota.title, language) for quota in rules_of(selection).quotas}
    for said in passing.notes if passing else ():
        text = message(f"passing.{said.note}", people=said.people, quota=titles.get(said.quota, ""))
        messages.warning(request, text)
    return redirect("selection:results", pk)
