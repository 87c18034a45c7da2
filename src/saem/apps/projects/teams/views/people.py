"""Who is in a team in which part; the code, invitations, going on with another team, leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.models import Enrolment
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import Team
from saem.apps.projects.teams import forming, merging, queries, roles
from saem.apps.projects.teams.forms import InviteForm, MergeForm
from saem.apps.projects.teams.queries import Access
from saem.apps.projects.teams.views.team import below_team
from saem.errors import SaemError
from saem.web.messages import message


@require_safe
@login_required
@never_cache
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the team in which part, the code, invitations, another team to go on with, leaving."""
    return people_page(request, queries.team_for(signed_in(request), pk))


def people_page(
    request: HttpRequest, access: Access, *, invite: InviteForm | None = None, merge: MergeForm | None = None
) -> HttpResponse:
    members = list(queries.members_of(access.team))
    free = roles.parts_of(len(members))
    context = {
        **below_team(access),
        "members": members,
        "turn": roles.turn_of(members),
        "free": [role.label for role in free if role not in {member.role for member in members}],
        "has_room": len(members) < access.most,
    }
    if access.may_work:
        context |= {
            "form_invite": invite or InviteForm(students=_free_students(access)),
            "form_merge": merge or MergeForm(teams=_other_teams(access)),
            "invited": list(access.team.invitations.filter(answered_at=None).select_related("enrolment")),
            "proposal": access.team.proposals.filter(answered_at=None).select_related("into").first(),
        }
    is_wrong = invite is not None or merge is not None
    return render(request, "projects/team_people.html", context, status=422 if is_wrong else 200)


@require_POST
@login_required
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    access, mine = queries.own_team_for(signed_in(request), pk)
    asked = InviteForm(request.POST, students=_free_students(access))
    if not asked.is_valid():
        return people_page(request, access, invite=asked)
    forming.invite(access.team, asked.chosen, by=mine)
    messages.success(request, _("초대했어요. 친구가 받아들이면 모둠에 들어와요."))
    return redirect("projects:team_people", pk)


@require_POST
@login_required
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """The next part for everybody."""
    access, _mine = queries.own_team_for(signed_in(request), pk)
    seen = request.POST.get("seen", "")
    is_turned = roles.turn_roles(access.team, by=access.user, seen=int(seen) if seen.isdecimal() else 0)
    if not is_turned:
        messages.warning(request, _("그사이에 모둠이 바뀌었어요. 지금 역할을 보고 다시 정해 주세요."))
    return redirect("projects:team_people", pk)


@require_POST
@login_required
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close the team to the code, or get another one."""
    access, _mine = queries.own_team_for(signed_in(request), pk)
    act = request.POST.get("act")
    if act == "renew":
        forming.renew_code(access.team, by=access.user)
    else:
        forming.set_open(access.team, is_open=act == "open", by=access.user)
    return redirect("projects:team_people", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """What leaving means, and the way out."""
    access, mine = queries.own_team_for(signed_in(request), pk)
    if request.method == "POST":
        forming.leave_team(mine)
        messages.success(request, _("모둠에서 나왔어요. 함께 만든 것은 모둠에 남아 있어요."))
        return redirect("projects:own_team", mine.enrolment_id, access.team.project)
    is_last = forming.seats_taken(access.team) == 1
    return render(request, "projects/team_leave.html", {**below_team(access), "is_last": is_last})


@require_POST
@login_required
def remove(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """A teacher takes somebody out."""
    access = queries.arranged_team_for(signed_in(request), pk)
    found = queries.members_of(access.team).filter(pk=member).first()
    if found is None:
        raise Http404
    forming.remove_member(found, by=access.user)
    messages.success(request, _("모둠에서 뺐어요. 한 일은 모둠에 남아 있어요."))
    return redirect("projects:team_people", pk)


@require_POST
@login_required
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to another team to go on together."""
    access, mine = queries.own_team_for(signed_in(request), pk)
    asked = MergeForm(request.POST, teams=_other_teams(access))
    if asked.is_valid():
        try:
            merging.propose_merge(access.team, asked.chosen, by=mine, most=access.most)
        except SaemError as refused:
            asked.add_error("into", message(refused.code, **refused.params))
        else:
            messages.success(request, _("함께하자고 알렸어요. 그 모둠에서 받아들이면 합쳐져요."))
            return redirect("projects:team_people", pk)
    return people_page(request, access, merge=asked)


@require_POST
@login_required
def merge_answer(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Yes or no to a proposal of another team."""
    proposal, mine = queries.merge_for(signed_in(request), pk)
    project = queries.project_of(proposal.into.classroom, proposal.into.project)
    accepts = request.POST.get("answer") == "yes"
    try:
        merging.answer_merge(proposal, accepts=accepts, by=mine, most=queries.most_of(project))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    return redirect("projects:team", proposal.into_id)


def _free_students(access: Access) -> list[Enrolment]:
    return list(queries.without_team(access.team.classroom, access.team.project))


def _other_teams(access: Access) -> list[Team]:
    return list(queries.working_teams(access.team.classroom, access.team.project).exclude(pk=access.team.pk))
