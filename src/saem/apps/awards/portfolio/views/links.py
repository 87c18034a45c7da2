"""Links: the owner's list of them, and what a visitor sees through one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.awards.models import ShareLink
from saem.apps.awards.portfolio import entries, guardians, limits, sharing
from saem.apps.awards.portfolio.forms import LinkForm
from saem.apps.awards.portfolio.gate import declare_of_age, gate_of
from saem.apps.awards.portfolio.letters import key_of
from saem.apps.notices.queries import states_of
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.apps.people.queries import signed_in
from saem.errors import SaemError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def links(request: HttpRequest) -> HttpResponse:
    """The owner's links, and a form for another one. The new link is told once, on the page that made it."""
    user = signed_in(request)
    portfolio = entries.portfolio_of(user)
    form = LinkForm(request.POST if request.method == "POST" else None)
    given, address = None, ""
    if form.is_valid():
        if not spend(limits.LINKS_OF_PERSON, user.pk):
            raise SaemError("too_many_requests", status=429)
        data = form.cleaned_data
        given = sharing.share(
            entries.stored(user),
            label=data["label"],
            ends_on=data["ends_on"],
            with_name=data["naming"] == "name",
        )
        address = request.build_absolute_uri(reverse("portfolio:shared", args=[given.token]))
        form = LinkForm()
    context = {"portfolio": portfolio, "form": form, "given": given, "address": address}
    question = guardians.newest_question(user)
    context |= {
        "question": question,
        "letter": states_of([key_of(question)]).get(key_of(question)) if question is not None else None,
        "gate": gate_of(portfolio),
        "links": sharing.links_of(portfolio),
        "shown": any(each.is_for_link() for each in entries.everything(portfolio, entries.courses_of(user))),
    }
    return render(request, "portfolio/links.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    sharing.revoke(sharing.link_for(signed_in(request), pk))
    messages.success(request, _("링크를 거두어들였어요. 이제 열리지 않아요."))
    return redirect("portfolio:links")


@require_POST
@login_required
def of_age(request: HttpRequest) -> HttpResponse:
    """A learner whose birth date nobody knows says to be 14 or older."""
    declare_of_age(entries.stored(signed_in(request)))
    return redirect("portfolio:links")


@require_safe
@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """What a visitor sees, without an account. Search engines are asked to keep away."""
    link = by_token(request, token)
    portfolio = link.portfolio
    courses = entries.courses_of(portfolio.user)
    shown = [each for each in entries.everything(portfolio, courses) if each.is_for_link()]
    if request.method == "GET" and request.user.pk != portfolio.user_id:
        sharing.count_opening(link)
    context = {
        "portfolio": portfolio,
        "entries": shown,
        "name": sharing.name_shown(portfolio, courses, with_name=link.with_name),
        "with_name": link.with_name,
    }
    answer = render(request, "portfolio/shared.html", context)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def by_token(request: HttpRequest, token: str) -> ShareLink:
    """What a key opens; wrong ones are counted, so that nobody can go on guessing."""
    address = client_address(request)
    if not spend(limits.LINK_FROM_ADDRESS, address):
        raise SaemError("too_many_requests", status=429)
    link = sharing.link_by(token)
    if link is None:
        raise SaemError("portfolio.link_unknown", status=404)
    refund(limits.LINK_FROM_ADDRESS, address)
    return link
