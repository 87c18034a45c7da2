"""Staff of a cohort: have teams and mentors matched, read why, set pairs by hand, give them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.models import Cohort
from saem.apps.cohorts.queries import cohort_for
from saem.apps.partners.contact.pairs import end_pairing
from saem.apps.partners.matching import asking, explaining, loading, runs
from saem.apps.partners.matching.forms import ConflictForm, PeriodForm, WhyForm
from saem.apps.partners.models import FixedPair, MatchRun, Pairing, PairingEnd, RunState
from saem.apps.partners.posted import number_in
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import Team
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Teams with and without a mentor, the runs, and a new one."""
    user = signed_in(request)
    found = cohort_for(user, pk)
    form = PeriodForm(request.POST if request.method == "POST" else None, initial=period_of(found))
    if form.is_valid():
        try:
            run = runs.ask(found, **form.period, by=user)
        except SaemError as refused:
            form.add_error(None, message(refused.code, **refused.params))
        else:
            return redirect("partners:match_run", pk, run.pk)
    pairings = Pairing.objects.filter(team__in=loading.teams_in(found), until=None)
    rows = pairings.select_related("team", "mentor__user", "mentor__home").order_by("team__name", "pk")
    mentors = list(loading.mentors_for(found))
    loads = loading.loads_of(mentors)
    context = {
        "cohort": found,
        "form": form,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "without": loading.teams_without(found).count(),
        "mentors": len(mentors),
        "free": sum(max(one.places - loads[one.pk], 0) for one in mentors),
        "runs": list(found.match_runs.select_related("asked_by").order_by("-pk")[:5]),
        "fixed": list(fixed_in(found)[:A_PAGE]),
    }
    return render(request, "partners/matching.html", context, status=422 if form.errors else 200)


def period_of(cohort: Cohort) -> dict[str, object]:
    today = timezone.localdate()
    return {"first": max(cohort.starts_on, today), "last": cohort.ends_on}


def fixed_in(cohort: Cohort) -> QuerySet[FixedPair]:
    rows = FixedPair.objects.filter(team__in=loading.teams_without(cohort))
    return rows.select_related("team", "mentor__user").order_by("pk")


def run_for(request: HttpRequest, pk: int, run: int) -> MatchRun:
    found = cohort_for(signed_in(request), pk)
    row = get_object_or_404(MatchRun.objects.select_related("asked_by", "given_by"), cohort=found, pk=run)
    row.cohort = found
    return row


@require_safe
@login_required
@never_cache
def run(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    """One matching: how far it is, then every team with its mentor and the reasons."""
    found = run_for(request, pk, run)
    rows = found.rows.select_related("team__classroom", "mentor__user", "mentor__home")
    query = request.GET.get("q", "").strip()[:60]
    if query:
        rows = rows.filter(Q(team__name__icontains=query) | Q(mentor__user__display_name__icontains=query))
    # Those without a mentor first: they are what staff must see to.
    page = Paginator(rows.order_by(F("mentor").asc(nulls_first=True), "team__name", "pk"), A_PAGE)
    if request.GET.get("without"):
        page = Paginator(rows.filter(mentor=None).order_by("team__name", "pk"), A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    names = explaining.names_in([row.reasons for row in shown])
    newest = MatchRun.objects.filter(cohort=found.cohort_id).order_by("-pk").values_list("pk", flat=True).first()
    context = {
        "cohort": found.cohort,
        "run": found,
        "query": query,
        "page": shown,
        "rows": [(row, explaining.row_words(row, names)) for row in shown],
        "is_newest": newest == found.pk,
        "without": found.teams - found.matched,
    }
    return render(request, "partners/run.html", context)


@require_safe
@login_required
@never_cache
def why(request: HttpRequest, pk: int, run: int, team: int) -> HttpResponse:
    """Why this team has not that mentor; from here staff may set the pair by hand, or declare a conflict."""
    found = run_for(request, pk, run)
    row = get_object_or_404(found.rows.select_related("team__classroom", "mentor__user"), team=team)
    mentors = [(one.pk, str(one.user)) for one in loading.mentors_for(found.cohort)]
    form = WhyForm(request.GET if "mentor" in request.GET else None, mentors=mentors)
    names = explaining.names_in([row.reasons])
    context = {
        "cohort": found.cohort,
        "run": found,
        "row": row,
        "reasons": explaining.row_words(row, names),
        "form": form,
        "answer": asking.answer(found, row, form.cleaned_data["mentor"]) if form.is_valid() else None,
        "may_fix": found.state == RunState.DONE,
        "conflict_form": ConflictForm(initial={"mentor": form.cleaned_data["mentor"]}) if form.is_valid() else None,
    }
    return render(request, "partners/why.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def give(request: HttpRequest, pk: int, run: int) -> HttpResponseRedirect:
    found = run_for(request, pk, run)
    runs.give(found, by=signed_in(request))
    return redirect("partners:match_run", pk, run)


def team_in(request: HttpRequest, pk: int) -> Team:
    """The team that a form names, of a cohort that the user runs."""
    teams = loading.teams_in(cohort_for(signed_in(request), pk))
    return get_object_or_404(teams, pk=number_in(request.POST.get("team")))


@require_POST
@login_required
def fix(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Set a pair by hand for the next run, or loosen it (no mentor named)."""
    user, team = signed_in(request), team_in(request, pk)
    mentor = number_in(request.POST.get("mentor"))
    if not mentor:
        runs.loosen(team, by=user)
        messages.success(request, _("다음 배정에서 다시 찾아요."))
        return redirect("partners:matching", pk)
    found = get_object_or_404(loading.mentors_for(cohort_for(user, pk)), pk=mentor)
    try:
        runs.fix(team, found, by=user)
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    else:
        messages.success(request, _("짝을 정했어요. 다시 배정하면 나머지를 이 짝에 맞춰 찾아요."))
    return redirect("partners:matching", pk)


@require_POST
@login_required
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """A mentor must not have a team; from now on no run and no hand pairs them."""
    user, team = signed_in(request), team_in(request, pk)
    form = ConflictForm(request.POST)
    if not form.is_valid():
        context = {"cohort": cohort_for(user, pk), "team": team, "conflict_form": form}
        return render(request, "partners/conflict.html", context, status=422)
    mentor = get_object_or_404(loading.mentors_for(cohort_for(user, pk)), pk=form.cleaned_data["mentor"])
    runs.declare_conflict(team, mentor, reason=form.cleaned_data["reason"], by=user)
    messages.success(request, _("이 모둠과 멘토는 앞으로 짝이 되지 않아요."))
    return redirect("partners:matching", pk)


@require_POST
@login_required
def part(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """End a pair, so that the next run finds another mentor."""
    user, team = signed_in(request), team_in(request, pk)
    pairings = Pairing.objects.filter(team=team, until=None).select_related("team__classroom", "mentor__user")
    for pairing in pairings:
        end_pairing(pairing, PairingEnd.STAFF, by=user)
    messages.success(request, _("멘토와 모둠의 연결을 끝냈어요."))
    return redirect("partners:matching", pk)
