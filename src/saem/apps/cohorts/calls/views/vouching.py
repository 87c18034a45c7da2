"""The pages of those who add something: recommender and guardian by link, and the applicant who asks them."""

from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.calls import limits, queries, vouching
from saem.apps.cohorts.calls.forms import GuardianForm, RecommendationForm, RecommenderForm
from saem.apps.cohorts.calls.telling import channel_to
from saem.apps.cohorts.calls.vouching import Guardian, Recommender
from saem.apps.cohorts.models import Application, ApplicationState
from saem.apps.notices.models import Channel
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError

Opened = TypeVar("Opened")
UNSENT_MAX = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def recommender(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody for a recommendation, or somebody else instead."""
    user = signed_in(request)
    application = queries.own_application_for(user, pk)
    recommendation, _consent = queries.standing(application)
    if not application.call.needs_recommendation or application.state == ApplicationState.WITHDRAWN:
        return redirect("calls:application", pk)
    form = RecommenderForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_flood(user, form.cleaned_data["email"])
        asked, _token = vouching.ask_recommender(application, Recommender(**form.cleaned_data), by=user)
        say_written(request, asked.email)
        return redirect("calls:application", pk)
    context = {"application": application, "call": application.call, "form": form, "recommendation": recommendation}
    return render(request, "calls/recommender.html", context, status=422 if form.errors else 200)


def refuse_flood(user: User, address: str) -> None:
    """Nobody is flooded with letters through us: a person writes so many, an address gets so many."""
    if not (spend(limits.MAILS_OF_APPLICANT, user.pk) and spend(limits.MAILS_TO_ADDRESS, address.lower())):
        raise SaemError("too_many_requests", status=429)


def say_written(request: HttpRequest, address: str) -> None:
    messages.success(request, _("곧 메일이 가요: %(address)s") % {"address": address})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """A child under 14 says who the guardian is; by e-mail the question goes out at once, else there is paper."""
    user = signed_in(request)
    application = queries.own_application_for(user, pk)
    if not application.needs_guardian or application.state == ApplicationState.WITHDRAWN:
        return redirect("calls:application", pk)
    _recommendation, consent = queries.standing(application)
    initial = (
        {"name": consent.guardian_name, "contact": consent.contact, "relation": consent.relation} if consent else {}
    )
    form = GuardianForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        ask(request, application, Guardian(**form.cleaned_data), by=user)
        return redirect("calls:form" if application.state == ApplicationState.DRAFT else "calls:application", pk)
    context = {"application": application, "call": application.call, "form": form, "consent": consent}
    return render(request, "calls/guardian.html", context, status=422 if form.errors else 200)


def ask(request: HttpRequest, application: Application, who: Guardian, *, by: User) -> None:
    """Keep the question; it goes out where the contact is an address, or a phone that the site can write to."""
    channel = channel_to(who.contact)
    if channel is not None:
        refuse_flood(by, who.contact)
    vouching.ask_guardian(application, who, by=by)
    if channel == Channel.EMAIL:
        say_written(request, who.contact)
    elif channel == Channel.SMS:
        messages.success(request, _("곧 문자가 가요: %(number)s") % {"number": who.contact})
    else:
        messages.success(request, _("보호자를 적어 두었어요. 종이 동의서를 인쇄해서 보호자의 서명을 받아 주세요."))


@require_safe
@login_required
@never_cache
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The consent form to print and sign."""
    application = queries.own_application_for(signed_in(request), pk)
    if not application.needs_guardian:
        return redirect("calls:application", pk)
    _recommendation, consent = queries.standing(application)
    text = vouching.consent_text_of(application.call)
    context = {"application": application, "call": application.call, "consent": consent, "text": text}
    return render(request, "calls/paper.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def recommend(request: HttpRequest, token: str) -> HttpResponse:
    """The recommender's page: who applies to what, and nothing more of the application."""
    found = by_link(request, queries.recommendation_by(token))
    form = RecommendationForm(request.POST if request.method == "POST" else None)
    if found.state_now == "asked" and form.is_valid():
        refuse_hurry(request)
        is_recommended = form.cleaned_data["answer"] == "recommend"
        vouching.answer_recommendation(
            found, statement=form.cleaned_data["statement"].strip(), is_recommended=is_recommended
        )
        return redirect("calls:recommend", token)
    context = {"asked": found, "application": found.application, "call": found.application.call, "form": form}
    context["prompt"] = found.application.call.in_language("recommendation_prompt")
    is_late = request.method == "POST" and found.state_now != "asked"
    # What was written while the time ran out is shown, so that its writer can keep it.
    context["unsent"] = request.POST.get("statement", "")[:UNSENT_MAX].strip() if is_late else ""
    status = 409 if is_late else 422 if form.errors else 200
    return render(request, "calls/recommend.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """The guardian's page: the words, yes or no, and later: not any more."""
    found = by_link(request, queries.consent_by(token))
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in {"agree", "decline", "withdraw"}:
        refuse_hurry(request)
        if answer == "withdraw":
            vouching.take_back_consent(found)
        else:
            vouching.answer_consent(found, agrees=answer == "agree")
        return redirect("calls:consent", token)
    context = {
        "asked": found,
        "call": found.application.call,
        "application": found.application,
        "is_over": found.expires_at is None or found.expires_at <= timezone.now(),
    }
    return render(request, "calls/consent.html", context, status=422 if request.method == "POST" else 200)


def by_link(request: HttpRequest, found: Opened | None) -> Opened:
    """What a link opened; wrong ones are counted, so that nobody can go on guessing."""
    address = client_address(request)
    if not spend(limits.LINK_FROM_ADDRESS, address):
        raise SaemError("too_many_requests", status=429)
    if found is None:
        raise SaemError("link.unknown", status=404)
    refund(limits.LINK_FROM_ADDRESS, address)
    return found


def refuse_hurry(request: HttpRequest) -> None:
    if not spend(limits.ANSWER_FROM_ADDRESS, client_address(request)):
        raise SaemError("too_many_requests", status=429)
