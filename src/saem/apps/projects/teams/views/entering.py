"""How one comes into a team: a new one, a code, an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.cohorts.models import Enrolment
from saem.apps.people.limits import spend
from saem.apps.people.queries import signed_in
from saem.apps.projects.queries import own_enrolment_for
from saem.apps.projects.teams import forming, limits, queries
from saem.apps.projects.teams.forms import TeamCodeForm, TeamNameForm
from saem.errors import SaemError
from saem.lib import content
from saem.web.languages import reader_language
from saem.web.messages import message


@require_safe
@login_required
@never_cache
def own_team(request: HttpRequest, enrolment: int, project: str) -> HttpResponse:
    """To one's team, or to what makes one: a new one, a code, an invitation."""
    owner, found = _own(request, enrolment, project)
    mine = queries.team_of(owner, project)
    return redirect("projects:team", mine.pk) if mine is not None else _entrance(request, owner, found)


@require_POST
@login_required
def form(request: HttpRequest, enrolment: int, project: str) -> HttpResponse:
    owner, found = _own(request, enrolment, project)
    asked = TeamNameForm(request.POST)
    if asked.is_valid():
        try:
            team = forming.form_team(owner, project=project, name=asked.cleaned_data["name"])
        except SaemError as refused:
            asked.add_error("name", message(refused.code, **refused.params))
        else:
            messages.success(request, _("모둠을 만들었어요. 코드를 친구들에게 알려 주세요."))
            return redirect("projects:team", team.pk)
    return _entrance(request, owner, found, form=asked)


@require_POST
@login_required
def join(request: HttpRequest, enrolment: int, project: str) -> HttpResponse:
    owner, found = _own(request, enrolment, project)
    asked = TeamCodeForm(request.POST)
    if asked.is_valid():
        if not spend(limits.CODES_OF_PERSON, owner.user_id):
            raise SaemError("too_many_requests", status=429)
        try:
            team = forming.join_team(
                owner, project=project, code=asked.cleaned_data["code"], most=queries.most_of(found)
            )
        except SaemError as refused:
            asked.add_error("code", message(refused.code, **refused.params))
        else:
            return redirect("projects:team", team.pk)
    return _entrance(request, owner, found, code=asked)


@require_POST
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Yes or no to an invitation."""
    invitation = queries.invitation_for(signed_in(request), pk)
    team, accepts = invitation.team, request.POST.get("answer") == "yes"
    project = queries.project_of(team.classroom, team.project)
    try:
        forming.answer_invitation(invitation, accepts=accepts, most=queries.most_of(project))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
        accepts = False
    if accepts:
        return redirect("projects:team", team.pk)
    return redirect("projects:own_team", invitation.enrolment_id, team.project)


def _own(request: HttpRequest, enrolment: int, project: str) -> tuple[Enrolment, content.Project]:
    owner = own_enrolment_for(signed_in(request), enrolment)
    return owner, queries.project_of(owner.classroom, project)


def _entrance(
    request: HttpRequest,
    owner: Enrolment,
    project: content.Project,
    *,
    form: TeamNameForm | None = None,
    code: TeamCodeForm | None = None,
) -> HttpResponse:
    context = {
        "enrolment": owner,
        "project": project,
        "title": project.title.in_(reader_language()),
        "most": queries.most_of(project),
        "form_name": form or TeamNameForm(),
        "form_code": code or TeamCodeForm(),
        "invitations": list(queries.open_invitations(owner, project.id)),
    }
    is_wrong = (form is not None) or (code is not None)
    return render(request, "projects/team_entrance.html", context, status=422 if is_wrong else 200)
