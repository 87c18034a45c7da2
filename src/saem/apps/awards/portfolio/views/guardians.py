"""The guardian's way: the learner asks by mail, the guardian reads what will be seen, and answers or takes it back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from saem.apps.awards.models import SharingGuardian
from saem.apps.awards.portfolio import entries, guardians, limits, sharing
from saem.apps.awards.portfolio.gate import gate_of
from saem.apps.awards.portfolio.letters import called
from saem.apps.cohorts.calls.views.vouching import by_link, refuse_flood, say_written
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.guardians.forms import AskGuardianForm
from saem.apps.cohorts.guardians.pages import answered
from saem.apps.people.queries import signed_in
from saem.apps.projects.showcase.views.everybody import unlisted


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def guardian(request: HttpRequest) -> HttpResponse:
    """The learner says who the guardian is, and the letter goes out."""
    user = signed_in(request)
    if gate_of(entries.portfolio_of(user)).is_open:
        return redirect("portfolio:links")
    form = AskGuardianForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_flood(user, form.cleaned_data["contact"])
        question, _token = guardians.ask(user, Guardian(**form.cleaned_data))
        say_written(request, question.contact)
        return redirect("portfolio:links")
    context = {"form": form, "words": guardians.words_now()}
    return render(request, "portfolio/guardian.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def guardian_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What would be seen by whom and until when; yes, no, and later: not any more."""
    question = by_link(request, guardians.question_by(token))
    wanted = answered(request, child=question.user_id)
    if wanted:
        if wanted == "withdraw":
            guardians.withdraw(question)
        else:
            guardians.answer(question, agrees=wanted == "agree")
        return redirect("portfolio:guardian_answer", token)
    is_own = request.user.pk == question.user_id
    context = called(question.user) | seen_through(question) | {"asked": question, "is_own": is_own}
    status = 422 if request.method == "POST" else 200
    return unlisted(render(request, "portfolio/guardian_answer.html", context, status=status))


def seen_through(question: SharingGuardian) -> dict[str, object]:
    """What the learner has chosen so far, by kind and title, and the links that a yes would open."""
    if not (question.is_open or question.is_in_force):
        return {}
    portfolio = entries.portfolio_of(question.user)
    everything = entries.everything(portfolio, entries.courses_of(question.user))
    shown = [(each.kind.label, entries.title_of(each.work)) for each in everything if each.is_for_link()]
    links = [link for link in sharing.links_of(portfolio)[: limits.MOST_LINKS] if link.is_open]
    return {"shown": shown, "links": links}
