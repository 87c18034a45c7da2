"""A reviewer's own pages: what is to be read, one application with its criteria, a conflict of interest."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.models import ReviewAssignment, RunAct
from saem.apps.cohorts.selection import queries, reading_pages, runs, scoring
from saem.apps.cohorts.selection.forms import ConflictForm
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.reviewers import declare_conflict
from saem.apps.cohorts.selection.rule_pages import stage_titles
from saem.apps.cohorts.selection.scoring import Outcome, Saved, Sent
from saem.apps.cohorts.selection.settling import may_change_scores
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 50


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """What a reviewer was given, stage by stage, the newest stage first."""
    reviewer = queries.reviewer_for(signed_in(request), pk)
    selection = reviewer.selection
    titles = stage_titles(rules_of(selection))
    stages = [name for name in titles if queries.readings_to_do(reviewer, name).exists()]
    stage = request.GET.get("stage", "")
    stage = stage if stage in stages else stages[-1] if stages else ""
    page = Paginator(queries.readings_to_do(reviewer, stage), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": selection.call,
        "selection": selection,
        "stages": [(name, titles[name]) for name in stages],
        "stage": stage,
        "title": titles.get(stage, ""),
        "page": page,
        "left": queries.readings_to_do(reviewer, stage).filter(submitted_at=None).count(),
        "is_open": bool(stage) and may_change_scores(selection, stage),
    }
    return render(request, "selection/mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """One application and its criteria. What was typed is never lost: in a conflict both versions are shown."""
    user = signed_in(request)
    found = queries.reading_for(user, pk)
    if request.method != "POST":
        return render(request, "selection/reading.html", page_of(found))
    stage = rules_of(found.selection).stage(found.stage)
    sent = Sent(
        values={one.id: request.POST.get(f"c.{one.id}", "")[:40] for one in stage.criteria},
        comment=request.POST.get("comment", ""),
        revision=revision_of(request),
    )
    try:
        saved = scoring.save_review(found, sent, by=user, hand_in=request.POST.get("action") == "submit")
    except SaemError as refused:
        # The stage was decided while the page was open: what was typed is shown, not lost.
        context = page_of(found, sent) | {"refused": message(refused.code, **refused.params), "is_open": False}
        return render(request, "selection/reading.html", context, status=refused.status)
    if saved.outcome is Outcome.SUBMITTED:
        messages.success(request, _("심사를 냈어요."))
        return redirect("selection:reviewing", found.selection.call_id)
    if saved.outcome is Outcome.SAVED:
        messages.success(request, _("저장했어요. 다 쓰면 심사를 내 주세요."))
        return redirect("selection:reading", pk)
    status = 409 if saved.outcome is Outcome.CONFLICT else 422
    return render(request, "selection/reading.html", page_of(found, sent, saved), status=status)


def revision_of(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1  # noqa: PLR2004  # an integer


def page_of(found: ReviewAssignment, sent: Sent | None = None, saved: Saved | None = None) -> dict[str, Any]:
    return {
        "call": found.selection.call,
        "selection": found.selection,
        "reading": saved.reading if saved else found,
        "title": stage_titles(rules_of(found.selection))[found.stage],
        "rows": reading_pages.criteria_rows(found, sent, saved),
        "comment": sent.comment if sent else found.comment,
        "other_comment": saved.reading.comment if saved and saved.outcome is Outcome.CONFLICT else "",
        "is_conflict": saved is not None and saved.outcome is Outcome.CONFLICT,
        "said": reading_pages.said_of(found),
        "name": "" if found.selection.is_blind else found.application.name,
        "application": found.application,
        "is_open": may_change_scores(found.selection, found.stage),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the application away from this reviewer and have it given to another one."""
    user = signed_in(request)
    found = queries.reading_for(user, pk)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        declare_conflict(found, by=user, reason=form.cleaned_data["reason"])
        # Where something else is being computed, or the stage is decided, staff assign from the stage's page.
        with suppress(SaemError):
            runs.ask(found.selection, RunAct.ASSIGN, by=user, asked={"stage": found.stage})
        messages.success(request, _("이 지원서는 다른 심사자가 맡아요. 알려 주어서 고마워요."))
        return redirect("selection:reviewing", found.selection.call_id)
    context = {"call": found.selection.call, "reading": found, "application": found.application, "form": form}
    return render(request, "selection/conflict.html", context, status=422 if form.errors else 200)
