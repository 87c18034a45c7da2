"""Learners find and try opportunities; partners offer them; staff approve them and write who came."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.catalog.queries import published_programs
from saem.apps.cohorts.calls.prose import safe_html
from saem.apps.partners import queries
from saem.apps.partners.models import TAKEN, Interest, OpportunityKind, SignUpState
from saem.apps.partners.opportunities import pages, services, signing
from saem.apps.partners.opportunities.forms import CancelForm, InterestForm, OpportunityForm, PlacesForm, soon
from saem.apps.partners.opportunities.knowing import known_of_learner, offered_of, skill_words
from saem.apps.partners.opportunities.matching import suits
from saem.apps.partners.posted import number_in
from saem.apps.people.queries import institutions_run_by, signed_in
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 30


@require_safe
@login_required
@never_cache
def opportunities(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    cards = pages.cards_for(user)
    kind = request.GET.get("kind", "")
    if kind in OpportunityKind.values:
        cards = [card for card in cards if card.opportunity.kind == kind]
    context = {
        "page": Paginator(cards, A_PAGE).get_page(request.GET.get("page")),
        "kinds": OpportunityKind.choices,
        "kind": kind,
        "has_interests": Interest.objects.filter(user=user).exclude(topics=[]).exists(),
    }
    return render(request, "partners/opportunities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def tried(request: HttpRequest) -> HttpResponse:
    """The map of what somebody tried, and what they are curious about: theirs alone."""
    user = signed_in(request)
    interest = Interest.objects.filter(user=user).first()
    form = InterestForm(
        request.POST if request.method == "POST" else None, initial={"topics": interest.topics if interest else []}
    )
    if form.is_valid():
        services.choose_interests(user, form.cleaned_data["topics"])
        messages.success(request, _("궁금한 주제를 저장했어요."))
        return redirect("partners:opportunities")
    rows = pages.map_of(user, known_of_learner(user))
    context = {"form": form, "rows": rows, "kinds": OpportunityKind.choices, "history": pages.history_of(user)}
    return render(request, "partners/tried.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@never_cache
def opportunity(request: HttpRequest, pk: int) -> HttpResponse:
    return opportunity_page(request, pk)


def opportunity_page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    user = signed_in(request)
    found = queries.opportunity_for(user, pk)
    live = found.sign_ups.exclude(state=SignUpState.CANCELLED)
    keeps = queries.opportunities_kept_by(user).filter(pk=pk).exists()
    fit = suits(known_of_learner(user), offered_of(found))
    page = Paginator(live.select_related("user"), A_PAGE).get_page(request.GET.get("page")) if keeps else None
    context = {
        "opportunity": found,
        "about": safe_html(found.about),
        "skills": skill_words(found.skills),
        "reasons": pages.Words.of([found], [fit]).reasons(found, fit),
        "mine": pages.own_place(found, user),
        "taken": live.filter(state__in=TAKEN).count(),
        "waiting": live.filter(state=SignUpState.WAITING).count(),
        "keeps": keeps,
        "runs": institutions_run_by(user).filter(pk=found.host_id).exists(),
        "page": page,
        "lines": pages.lines_of(found, list(page.object_list)) if page is not None else [],
        "cancel_form": forms.get("cancel") or (CancelForm() if keeps and not found.is_over else None),
        "places_form": forms.get("places") or (PlacesForm(initial={"places": found.places}) if keeps else None),
    }
    return render(request, "partners/opportunity.html", context, status=422 if forms else 200)


SIGNED = {
    SignUpState.GOING: gettext_noop("자리를 받았어요."),
    SignUpState.HELD: gettext_noop("자리를 맡아 두었어요. 보호자가 동의하면 확정돼요."),
    SignUpState.WAITING: gettext_noop("기다리는 줄에 섰어요. 자리가 나면 알려 드려요."),
}


@require_POST
@login_required
def sign_up(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    found = queries.opportunity_for(user, pk)
    try:
        made = signing.sign_up(found, user, is_of_age=bool(request.POST.get("is_of_age")))
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    else:
        messages.success(request, _(SIGNED[SignUpState(made.state)]))
    return redirect("partners:opportunity", pk)


@require_POST
@login_required
def give_up(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    found = queries.opportunity_for(user, pk)
    return acted(request, pk, lambda: signing.give_up(found, user), _("신청을 취소했어요."))


def acted(request: HttpRequest, pk: int, act: Any, done: str) -> HttpResponseRedirect:
    try:
        act()
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    else:
        messages.success(request, done)
    return redirect("partners:opportunity", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Offered by an institution that the user acts for; open at once where they run the host."""
    user = signed_in(request)
    institution = queries.institution_spoken_for(user, pk)
    titles = {version.program_id: version.local_title for version in published_programs()}
    initial = {"starts_at": soon(21, 14), "ends_at": soon(21, 16), "sign_up_until": soon(14, 18), "places": 20}
    form = OpportunityForm(request.POST if request.method == "POST" else None, titles=titles, initial=initial)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        programs = list(facts.pop("programs"))
        is_open = institutions_run_by(user).filter(pk=facts["host"].pk).exists()
        made = services.offer(institution, facts, programs, is_open=is_open, by=user)
        messages.success(request, _("공개했어요.") if is_open else _("보냈어요. 담당자가 살펴보면 공개돼요."))
        return redirect("partners:opportunity", made.pk)
    context = {"institution": institution, "form": form}
    return render(request, "partners/opportunity_new.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def approve(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    found = queries.opportunity_run_for(user, pk)
    return acted(request, pk, lambda: services.approve(found, by=user), _("공개했어요."))


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = queries.opportunity_kept_for(user, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return opportunity_page(request, pk, cancel=form)
    reason = form.cleaned_data["reason"]
    return acted(request, pk, lambda: services.cancel(found, reason=reason, by=user), _("취소하고 모두에게 알렸어요."))


@require_POST
@login_required
def places(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = queries.opportunity_kept_for(user, pk)
    form = PlacesForm(request.POST)
    if not form.is_valid():
        return opportunity_page(request, pk, places=form)
    signing.change_places(found, form.cleaned_data["places"], by=user)
    messages.success(request, _("자리를 바꿨어요."))
    return redirect("partners:opportunity", pk)


@require_POST
@login_required
def attendance(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Who was there, of the people that the page showed."""
    user = signed_in(request)
    found = queries.opportunity_kept_for(user, pk)
    came = {number_in(one) for one in request.POST.getlist("came")}
    marks = {number_in(one): number_in(one) in came for one in request.POST.getlist("shown")}
    return acted(request, pk, lambda: services.mark(found, marks, by=user), _("누가 왔는지 저장했어요."))
