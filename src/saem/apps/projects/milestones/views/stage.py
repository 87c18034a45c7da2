"""The page of a stage: what is asked, what was said, handing in and deciding at the gate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones import gates, queries
from saem.apps.projects.milestones.forms import CommentForm, DecisionForm
from saem.apps.projects.milestones.stages import Stage
from saem.apps.projects.models import GateOutcome
from saem.apps.projects.teams.queries import (
    Access,
    judged_team_for,
    own_team_for,
    team_for,
)
from saem.apps.projects.teams.views.team import below_team
from saem.errors import SaemError
from saem.lib import content
from saem.web.languages import reader_language
from saem.web.messages import message


@require_safe
@login_required
@never_cache
def stage(request: HttpRequest, pk: int, milestone: str) -> HttpResponse:
    access = team_for(signed_in(request), pk)
    return stage_page(request, access, queries.milestone_in(access.project, milestone))


def stage_page(
    request: HttpRequest,
    access: Access,
    milestone: content.Milestone,
    *,
    decision: DecisionForm | None = None,
    comment: CommentForm | None = None,
) -> HttpResponse:
    """What is asked, what is there, what was said and decided; with a form that may carry what was wrong."""
    stages = queries.stages_for(access.team, access.project.milestones)
    here = next(each for each in stages if each.milestone.id == milestone.id)
    newest = queries.newest_evidence(here.row)
    context = {
        **below_team(access),
        "stage": here,
        "stages": stages,
        "strip": [strip_of(access, each) for each in stages],
        "asks": [(asked, newest.get(asked.id)) for asked in milestone.evidence],
        "decisions": list(queries.decisions_of(here.row)),
        "comments": list(queries.comments_of(here.row)),
        "form_comment": comment or CommentForm(),
        "form_decision": decision or DecisionForm(initial={"seen": here.row.revision if here.row else 0}),
        "may_write": access.may_work and not here.is_passed and not here.is_waiting,
        "outcomes": GateOutcome,
    }
    is_wrong = (decision is not None and decision.is_bound) or (comment is not None and comment.is_bound)
    return render(request, "projects/stage.html", context, status=422 if is_wrong else 200)


def strip_of(access: Access, stage: Stage) -> dict[str, str]:
    """One step of the strip."""
    address = reverse("projects:stage", args=[access.team.pk, stage.milestone.id])
    return {"title": stage.milestone.title.in_(reader_language()), "state": stage.strip, "url": address}


@require_POST
@login_required
def hand_in(request: HttpRequest, pk: int, milestone: str) -> HttpResponseRedirect:
    """The team asks for the gate, or takes that back."""
    access, mine = own_team_for(signed_in(request), pk)
    found = queries.milestone_in(access.project, milestone)
    try:
        if request.POST.get("act") == "back":
            gates.take_back(access, mine, found)
        else:
            gates.hand_in(access, mine, found)
            messages.success(request, _("확인을 부탁했어요. 선생님이나 멘토가 보면 알려 드려요."))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    return redirect("projects:stage", pk, milestone)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int, milestone: str) -> HttpResponse:
    """A teacher or mentor passes, returns or opens again."""
    access = judged_team_for(signed_in(request), pk)
    found = queries.milestone_in(access.project, milestone)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return stage_page(request, access, found, decision=form)
    given = form.cleaned_data
    outcome = GateOutcome(given["outcome"])
    try:
        gates.decide(access, found, outcome=outcome, comment=given["comment"], seen=given["seen"])
    except SaemError as refused:
        if refused.code != "gate.comment_needed":
            messages.warning(request, message(refused.code, **refused.params))
            return redirect("projects:stage", pk, milestone)
        form.add_error("comment", message(refused.code, **refused.params))
        return stage_page(request, access, found, decision=form)
    return redirect(reverse("projects:stage", args=[pk, milestone]) + "#gate")


@require_POST
@login_required
def comment(request: HttpRequest, pk: int, milestone: str) -> HttpResponse:
    access = team_for(signed_in(request), pk)
    if not access.may_comment:
        raise PermissionDenied
    found = queries.milestone_in(access.project, milestone)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return stage_page(request, access, found, comment=form)
    gates.comment_on(access, found, text=form.cleaned_data["text"])
    return redirect(reverse("projects:stage", args=[pk, milestone]) + "#comments")


def below_stage(access: Access, milestone: content.Milestone) -> dict[str, object]:
    """What a page below a stage shows above itself."""
    context = below_team(access)
    step = (milestone.title.in_(reader_language()), reverse("projects:stage", args=[access.team.pk, milestone.id]))
    return context | {"trail": [*context["trail"], step]}  # type: ignore[misc]  # a list of pairs
