"""A child's guardian: asked by mail, answering through the link, and what staff of the host record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from saem.apps.cohorts.calls.views.vouching import by_link, refuse_flood, say_written
from saem.apps.cohorts.calls.vouching import Guardian
from saem.apps.cohorts.guardians.forms import AskGuardianForm, ConsentForm, TakeBackForm
from saem.apps.cohorts.guardians.pages import answered
from saem.apps.partners import queries
from saem.apps.partners.models import LIVE
from saem.apps.partners.opportunities import guardians
from saem.apps.partners.opportunities.pages import lines_of, own_place
from saem.apps.people.queries import signed_in
from saem.apps.projects.showcase.views.everybody import unlisted


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def guardian(request: HttpRequest, pk: int) -> HttpResponse:
    """A child who signed up says who the guardian is, and the letter goes out."""
    user = signed_in(request)
    found = queries.opportunity_for(user, pk)
    own = own_place(found, user)
    if own.sign_up is None or not own.needs_guardian:
        return redirect("partners:opportunity", pk)
    form = AskGuardianForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        refuse_flood(user, form.cleaned_data["contact"])
        question, _token = guardians.ask(own.sign_up, Guardian(**form.cleaned_data))
        say_written(request, question.contact)
        return redirect("partners:opportunity", pk)
    context = {"opportunity": found, "form": form, "words": guardians.words_now(found)}
    return render(request, "partners/opportunity_guardian.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def guardian_answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the child would go to; yes, no, and later: not any more."""
    question = by_link(request, guardians.question_by(token))
    wanted = answered(request, child=question.user_id)
    if wanted:
        if wanted == "withdraw":
            guardians.withdraw(question)
        else:
            guardians.answer(question, agrees=wanted == "agree")
        return redirect("partners:opportunity_guardian_answer", token)
    context = {
        "asked": question,
        "is_own": request.user.pk == question.user_id,
        "nickname": guardians.nickname_of(question),
        "opportunity": question.opportunity,
    }
    status = 422 if request.method == "POST" else 200
    return unlisted(render(request, "partners/opportunity_guardian_answer.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def consent(request: HttpRequest, pk: int, sign_up: int) -> HttpResponse:
    """Staff of the host record a consent that came on paper or by phone, or that it was taken back."""
    user = signed_in(request)
    found = queries.opportunity_run_for(user, pk)
    row = get_object_or_404(found.sign_ups.filter(state__in=LIVE).select_related("opportunity", "user"), pk=sign_up)
    (line,) = lines_of(found, [row])
    given = line.consent
    if given is None and not line.is_uncovered:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form: ConsentForm | TakeBackForm = ConsentForm(sent) if given is None else TakeBackForm(sent)
    if form.is_valid():
        if isinstance(form, ConsentForm):
            guardians.record_consent(row, form.paper, by=user)
            messages.success(request, _("보호자 동의를 기록했어요."))
        elif given is not None:
            guardians.withdraw(given, by=user, remark=form.cleaned_data["told_how"])
            messages.success(request, _("보호자가 동의를 거두어들였다고 기록했어요. 자리는 다음 사람에게 넘어가요."))
        return redirect("partners:opportunity", pk)
    context = {"opportunity": found, "row": row, "form": form, "given": given, "words": guardians.words_now(found)}
    return render(request, "partners/opportunity_consent.html", context, status=422 if form.errors else 200)
