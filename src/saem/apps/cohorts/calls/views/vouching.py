"""The pages of those who add something: recommender and guardian by link, and the applicant who asks them."""

from typing import TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.calls import limits, queries, vouching
from saem.apps.cohorts.calls.forms import GuardianForm, RecommendationForm, RecommenderForm
from saem.apps.cohorts.calls.mail import may_write, write_to_guardian, write_to_recommender
from saem.apps.cohorts.calls.vouching import Guardian, Recommender
from saem.apps.cohorts.models import Application, ApplicationState
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError

Opened = TypeVar("Opened")


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
        asked, token = vouching.ask_recommender(application, Recommender(**form.cleaned_data), by=user)
        link = request.build_absolute_uri(reverse("calls:recommend", args=[token]))
        say_sent(request, write_to_recommender(asked, link=link), asked.email)
        return redirect("calls:application", pk)
    context = {"application": application, "call": application.call, "form": form, "recommendation": recommendation}
    return render(request, "calls/recommender.html", context, status=422 if form.errors else 200)


def refuse_flood(user: User, address: str) -> None:
    if not may_write(user, address):
        raise SaemError("too_many_requests", status=429)


def say_sent(request: HttpRequest, is_sent: bool, address: str) -> None:
    if is_sent:
        messages.success(request, _("메일을 보냈어요: %(address)s") % {"address": address})
    else:
        messages.error(
            request, _("부탁은 저장했지만 메일을 보내지 못했어요. 잠시 뒤에 다시 보내거나 운영 담당자에게 말해 주세요.")
        )


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
    """Keep the question, and mail it where the contact is an address."""
    if "@" in who.contact:
        refuse_flood(by, who.contact)
    asked, token = vouching.ask_guardian(application, who, by=by)
    if "@" not in who.contact:
        messages.success(request, _("보호자를 적어 두었어요. 종이 동의서를 인쇄해서 보호자의 서명을 받아 주세요."))
        return
    link = request.build_absolute_uri(reverse("calls:consent", args=[token]))
    is_sent = write_to_guardian(asked, link=link)
    if is_sent:
        vouching.note_mailed(asked)
    say_sent(request, is_sent, asked.contact)


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
    return render(request, "calls/recommend.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """The guardian's page: the words, and yes or no."""
    found = by_link(request, queries.consent_by(token))
    answer = request.POST.get("answer", "")
    if request.method == "POST" and answer in {"agree", "decline"}:
        refuse_hurry(request)
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
