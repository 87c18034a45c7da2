"""The board of a class, the page of a stage, evidence and its versions, the gate."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones import board, gates, queries
from saem.apps.projects.milestones.asking import form_for
from saem.apps.projects.milestones.evidence import MEGABYTE, MOST_BYTES, save_evidence
from saem.apps.projects.milestones.forms import CommentForm, DecisionForm, EvidenceForm
from saem.apps.projects.milestones.stages import Stage, asked_in
from saem.apps.projects.models import Evidence, GateOutcome
from saem.apps.projects.teams.forming import arrange_team
from saem.apps.projects.teams.forms import ArrangeForm
from saem.apps.projects.teams.queries import (
    Access,
    judged_team_for,
    most_of,
    own_team_for,
    project_of,
    team_for,
    without_team,
)
from saem.apps.projects.teams.views.team import below_team
from saem.apps.projects.teams.words import language_now
from saem.apps.projects.views import attachment
from saem.errors import SaemError
from saem.lib import content
from saem.web.messages import message
from saem.web.uploads import LimitedUpload


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
        "title": found.title.in_(language_now()),
        "page": page,
        "lines": lines,
        "alone": alone,
        "form": form,
    }
    return render(request, "projects/teams.html", context, status=422 if form.is_bound else 200)


# --- a stage


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
    return {"title": stage.milestone.title.in_(language_now()), "state": stage.strip, "url": address}


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


# --- evidence


@csrf_exempt  # only so that the handler below sees the bytes first: `_evidence` checks the token as ever
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def evidence(request: HttpRequest, pk: int, milestone: str, ask: str) -> HttpResponse:
    """What a stage asks for: all its versions, and for members the form for another one."""
    upload = LimitedUpload(request, limit=MOST_BYTES)
    request.upload_handlers = [upload]
    return _evidence(request, pk, milestone, ask, upload)


@dataclass(frozen=True, kw_only=True)
class Place:
    """One thing that one stage of one team asks for."""

    access: Access
    stage: Stage
    asked: content.EvidenceAsked
    newest: Evidence | None

    @property
    def may_write(self) -> bool:
        return self.access.may_work and not self.stage.is_passed and not self.stage.is_waiting

    def form(self, request: HttpRequest | None = None) -> EvidenceForm:
        """Empty, or with what was sent."""
        data, files = (request.POST, request.FILES) if request is not None else (None, None)
        return form_for(self.access, self.asked, self.newest, language=language_now(), data=data, files=files)


@csrf_protect
def _evidence(request: HttpRequest, pk: int, milestone: str, ask: str, upload: LimitedUpload) -> HttpResponse:
    access = team_for(signed_in(request), pk)
    stages = queries.stages_for(access.team, access.project.milestones)
    here = next((each for each in stages if each.milestone.id == milestone), None)
    asked = asked_in(here.milestone, ask) if here is not None else None
    if here is None or asked is None:
        raise Http404
    place = Place(access=access, stage=here, asked=asked, newest=queries.newest_evidence(here.row).get(ask))
    if request.method != "POST":
        return _evidence_page(request, place, place.form() if place.may_write else None)
    return _save(request, place, upload)


def _save(request: HttpRequest, place: Place, upload: LimitedUpload) -> HttpResponse:
    _access, mine = own_team_for(place.access.user, place.access.team.pk)
    form = place.form(request)
    if upload.is_too_large:
        form.errors.pop("file", None)
        form.add_error("file", message("evidence.too_large", limit_mb=MOST_BYTES // MEGABYTE))
        return _evidence_page(request, place, form, status=413)
    if not form.is_valid():
        return _evidence_page(request, place, form, status=422)
    stage, ask, seen = place.stage.milestone.id, place.asked.id, form.cleaned_data["seen"]
    try:
        version = save_evidence(mine, milestone=stage, ask=ask, given=form.given(), seen=seen)
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return _evidence_page(request, place, form, status=refused.status)
    if version.is_beside:
        messages.warning(request, _("그사이에 모둠 친구도 저장했어요. 둘 다 남아 있으니 아래에서 견주어 보세요."))
    return redirect("projects:version", place.access.team.pk, version.pk)


def _evidence_page(request: HttpRequest, place: Place, form: EvidenceForm | None, *, status: int = 200) -> HttpResponse:
    row = place.stage.row
    context = {
        **below_stage(place.access, place.stage.milestone),
        "stage": place.stage,
        "asked": place.asked,
        "newest": place.newest,
        "form": form,
        "versions": list(queries.versions_of(row, place.asked.id)) if row is not None else [],
    }
    return render(request, "projects/evidence.html", context, status=status)


def below_stage(access: Access, milestone: content.Milestone) -> dict[str, object]:
    """What a page below a stage shows above itself."""
    context = below_team(access)
    step = (milestone.title.in_(language_now()), reverse("projects:stage", args=[access.team.pk, milestone.id]))
    return context | {"trail": [*context["trail"], step]}  # type: ignore[misc]  # a list of pairs


@require_safe
@login_required
def evidence_file(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A version's file, to be saved and never opened."""
    found = queries.evidence_for(team_for(signed_in(request), pk), version)
    return attachment(queries.bytes_of(found), found.name)
