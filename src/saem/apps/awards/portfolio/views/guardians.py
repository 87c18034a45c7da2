"""The guardian's way: the learner asks by mail, the guardian reads what will be seen, and answers or takes it back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from saem.apps.awards.models import SharingQuestion
from saem.apps.awards.portfolio import asking, entries, guardians, limits, sharing
from saem.apps.awards.portfolio.forms import AskGuardianForm
from saem.apps.awards.portfolio.letters import called
from saem.apps.cohorts.calls.views.vouching import refuse_flood, refuse_hurry, say_written
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.apps.people.queries import signed_in
from saem.errors import SaemError

ANSWERS = {"agree", "decline", "withdraw"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def guardian(request: HttpRequest) -> HttpResponse:
    """The learner says who the guardian is, and the letter goes out."""
    user = signed_in(request)
    if guardians.gate_of(entries.portfolio_of(user)).is_open:
        return redirect("portfolio:links")
    form = AskGuardianForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_flood(user, form.cleaned_data["contact"])
        question, _token = asking.ask(user, Guardian(**form.cleaned_data))
        say_written(request, question.contact)
        return redirect("portfolio:links")
    context = {"form": form, "text": asking.text_now()}
    return render(request, "portfolio/guardian.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def guardian_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What would be seen by whom and until when; yes, no, and later: not any more."""
    question = by_token(request, token)
    wanted = request.POST.get("answer", "")
    is_own = request.user.pk == question.user_id
    if request.method == "POST" and wanted in ANSWERS:
        if is_own:
            raise SaemError("portfolio.not_the_guardian", status=403)
        refuse_hurry(request)
        if wanted == "withdraw":
            asking.withdraw(question)
        else:
            asking.answer(question, agrees=wanted == "agree")
        return redirect("portfolio:guardian_answer", token)
    context = called(question.user) | seen_through(question) | {"asked": question, "is_own": is_own}
    answer = render(request, "portfolio/guardian_answer.html", context, status=422 if request.method == "POST" else 200)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def seen_through(question: SharingQuestion) -> dict[str, object]:
    """What the learner has chosen so far, by kind and title, and the links that a yes would open."""
    if not question.is_open and (question.consent is None or question.consent.withdrawn_at is not None):
        return {}
    portfolio = entries.portfolio_of(question.user)
    everything = entries.everything(portfolio, entries.courses_of(question.user))
    shown = [(each.kind.label, entries.title_of(each.work)) for each in everything if each.is_for_link()]
    links = [link for link in sharing.links_of(portfolio)[: limits.MOST_LINKS] if link.is_open]
    return {"shown": shown, "links": links}


def by_token(request: HttpRequest, token: str) -> SharingQuestion:
    """What a key opens; wrong ones are counted, so that nobody can go on guessing."""
    address = client_address(request)
    if not spend(limits.LINK_FROM_ADDRESS, address):
        raise SaemError("too_many_requests", status=429)
    question = asking.question_by(token)
    if question is None:
        raise SaemError("link.unknown", status=404)
    refund(limits.LINK_FROM_ADDRESS, address)
    return question
