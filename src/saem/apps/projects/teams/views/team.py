"""The page of a team, and what every page below it shows above itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones.board import lines_of
from saem.apps.projects.models import Team
from saem.apps.projects.teams import journal, queries
from saem.apps.projects.teams.queries import Access
from saem.web.languages import reader_language


@require_safe
@login_required
@never_cache
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """What the team is doing: its stages, its people, what waits for whom."""
    access = queries.team_for(signed_in(request), pk)
    line = lines_of([access.team], access.project)[0]
    context = {
        **team_context(access),
        "line": line,
        "members": line.members,
        "week": journal.written(access.team, journal.this_week()),
        "merges": _proposals(access),
        "before": list(access.team.merged.order_by("pk")),
        "reflected": access.membership is not None and journal.reflection_of(access.membership) is not None,
    }
    return render(request, "projects/team.html", context)


def team_context(access: Access) -> dict[str, object]:
    """What every page of a team shows above itself."""
    team, title = access.team, access.project.title.in_(reader_language())
    if access.membership is not None:
        trail = [(title, reverse("projects:project", args=[access.membership.enrolment_id, team.project]))]
    elif access.is_staff:
        trail = [(_("%(project)s 모둠") % {"project": title}, board_url(team))]
    else:
        trail = []
    return {"access": access, "team": team, "project": access.project, "title": title, "trail": trail}


def board_url(team: Team) -> str:
    return reverse("projects:teams", args=[team.classroom_id, team.project])


def below_team(access: Access) -> dict[str, object]:
    """The same, for a page that hangs below the team's own."""
    context = team_context(access)
    own = (access.team.name, reverse("projects:team", args=[access.team.pk]))
    return context | {"trail": [*context["trail"], own]}  # type: ignore[misc]  # a list of pairs


def _proposals(access: Access) -> list[object]:
    if not access.may_work:
        return []
    return list(access.team.proposed.filter(answered_at=None).select_related("team", "proposed_by").order_by("pk"))
