"""Everybody: open challenges. Partners: their own. Staff: what waits to be approved. Teams: take one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.calls.prose import safe_html
from saem.apps.partners import queries
from saem.apps.partners.challenges import services
from saem.apps.partners.challenges.checklist import POINTS
from saem.apps.partners.challenges.downloads import times_taken
from saem.apps.partners.challenges.forms import ChallengeForm, DataForm, DecideForm
from saem.apps.partners.models import Challenge, ChallengeState
from saem.apps.partners.posted import number_in
from saem.apps.people.models import User
from saem.apps.people.queries import institutions_run_by, signed_in
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 30


@require_safe
@never_cache
def challenges(request: HttpRequest) -> HttpResponse:
    """What anybody may read, signed in or not."""
    rows = queries.open_challenges().annotate(teams=Count("uses", filter=Q(uses__ended_at=None)))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/challenges.html", {"page": page})


@require_safe
@never_cache
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    found = queries.challenge_for(user, pk)
    return challenge_page(request, found, user)


def challenge_page(
    request: HttpRequest, found: Challenge, user: User | None, form: DecideForm | None = None
) -> HttpResponse:
    """`form` is an answer that came back with problems."""
    speaks = user is not None and queries.institutions_spoken_for(user).filter(pk=found.institution_id).exists()
    runs = user is not None and institutions_run_by(user).filter(pk=found.host_id).exists()
    uses = found.uses.filter(ended_at=None, team__closed_at=None)
    may_take = found.state == ChallengeState.APPROVED and found.has_data
    context = {
        "challenge": found,
        "problem": safe_html(found.problem),
        "data_about": safe_html(found.data_about),
        "speaks": speaks,
        "runs": runs,
        "points": [(words, code in found.checklist) for code, words in POINTS.items()],
        **files_shown(found, user, answers_for_it=speaks or runs),
        "teams": uses.count(),
        "using": list(uses.select_related("team__classroom__cohort").order_by("pk")[:A_PAGE]) if runs else [],
        "own_teams": list(queries.own_teams(user)) if user is not None and may_take else [],
        "own_uses": set(uses.filter(team__in=queries.own_teams(user)).values_list("team", flat=True))
        if user
        else set(),
        "decide_form": form or (DecideForm() if runs and found.state == ChallengeState.SENT else None),
    }
    return render(request, "partners/challenge.html", context, status=422 if form else 200)


def files_shown(found: Challenge, user: User | None, *, answers_for_it: bool) -> dict[str, object]:
    """The files of a challenge, whether this person may take them along, and how often they were taken."""
    files = list(found.files.all())
    uses = queries.challenge_uses_seen_by(user).filter(challenge=found, ended_at=None) if user is not None else None
    times = times_taken(found) if files and answers_for_it else {}
    return {
        "files": [(file, times.get(file.pk, 0)) for file in files],
        "may_download": found.has_data and (answers_for_it or (uses is not None and uses.exists())),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A challenge of a partner that the user acts for."""
    user = signed_in(request)
    institution = queries.institution_spoken_for(user, pk)
    given = {"contact_name": str(user), "contact_email": user.email}
    form = ChallengeForm(request.POST if request.method == "POST" else None, initial=given)
    if form.is_valid():
        made = services.begin(institution, form.cleaned_data, by=user)
        messages.success(request, _("저장했어요. 살펴본 뒤 보내 주세요."))
        return redirect("partners:challenge", made.pk)
    context = {"institution": institution, "form": form}
    return render(request, "partners/challenge_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Until it is sent, or when it came back; what somebody else saved meanwhile is not overwritten."""
    user = signed_in(request)
    found = queries.challenge_own_for(user, pk)
    form = ChallengeForm(request.POST if request.method == "POST" else None, initial=ChallengeForm.initial_of(found))
    if form.is_valid():
        try:
            services.change(found, form.cleaned_data, seen=number_in(request.POST.get("seen")), by=user)
        except SaemError as refused:
            form.add_error(None, message(refused.code, **refused.params))
        else:
            messages.success(request, _("저장했어요. 살펴본 뒤 보내 주세요."))
            return redirect("partners:challenge", pk)
    context: dict[str, Any] = {"institution": found.institution, "challenge": found, "form": form}
    return render(request, "partners/challenge_edit.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def send(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    return acted(request, pk, lambda: services.send(queries.challenge_own_for(user, pk), by=user), _("보냈어요."))


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    return acted(request, pk, lambda: services.close(queries.challenge_own_for(user, pk), by=user), _("끝냈어요."))


@require_POST
@login_required
def take(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """A member starts it with their team."""
    user = signed_in(request)
    found = queries.challenge_for(user, pk)
    team = get_object_or_404(queries.own_teams(user), pk=number_in(request.POST.get("team")))
    return acted(request, pk, lambda: services.take(found, team, by=user), _("모둠의 과제로 골랐어요."))


def acted(request: HttpRequest, pk: int, act: Any, done: str) -> HttpResponseRedirect:
    """Do it and say so, or say why not; either way back to the challenge."""
    try:
        act()
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    else:
        messages.success(request, done)
    return redirect("partners:challenge", pk)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff of the host."""
    user = signed_in(request)
    found = queries.challenge_run_for(user, pk)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return challenge_page(request, found, user, form)
    given = form.cleaned_data
    approves = given["answer"] == "approve"
    return acted(
        request,
        pk,
        lambda: services.decide(found, approves=approves, comment=given["comment"], by=user),
        _("공개했어요.") if approves else _("고쳐 달라고 했어요."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """The partner takes its data back."""
    user = signed_in(request)
    found = queries.challenge_own_for(user, pk)
    form = DataForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.withdraw_data(found, reason=form.cleaned_data["reason"], by=user)
        messages.success(request, _("데이터를 거두었다고 알렸어요."))
        return redirect("partners:challenge", pk)
    teams = found.uses.filter(ended_at=None, team__closed_at=None).count()
    context = {"challenge": found, "form": form, "teams": teams}
    return render(request, "partners/challenge_data.html", context, status=422 if form.errors else 200)
