"""An applicant's pages: begin, the form that saves itself, where it stands, withdraw."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.calls import applying, eligibility, filling, limits, pages, queries
from saem.apps.cohorts.calls.applying import Outcome, Result
from saem.apps.cohorts.calls.documents import MOST_BYTES_SENT
from saem.apps.cohorts.calls.forms import FactsForm
from saem.apps.cohorts.calls.outcomes import outcome_of
from saem.apps.cohorts.calls.telling import key_of
from saem.apps.cohorts.models import Application, ApplicationState, Call
from saem.apps.cohorts.retention.periods import is_participant, keeping_of
from saem.apps.notices.queries import states_of
from saem.apps.people.limits import spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message
from saem.web.middleware import is_htmx
from saem.web.uploads import LimitedUpload

STATUS = {Outcome.CONFLICT: 409, Outcome.CLOSED: 409, Outcome.INCOMPLETE: 422}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the few facts that eligibility needs, then lead to the form."""
    user = signed_in(request)
    call = queries.published_call(pk)
    existing = queries.own_application_to(user, call)
    if existing is not None and existing.state != ApplicationState.WITHDRAWN:
        return redirect("calls:application", existing.pk)
    if not call.takes_submissions:
        return redirect("calls:call", pk)
    form = FactsForm(request.POST if request.method == "POST" else None, call=call, initial=first_facts(user, existing))
    if form.is_valid() and is_eligible(form, call):
        if not spend(limits.START_OF_PERSON, user.pk):
            raise SaemError("too_many_requests", status=429)
        application = applying.start(call, by=user, **form.facts())
        return redirect("calls:guardian" if application.needs_guardian else "calls:form", application.pk)
    return render(request, "calls/begin.html", {"call": call, "form": form}, status=422 if form.errors else 200)


def first_facts(user: User, existing: Application | None) -> dict[str, Any]:
    """What the page begins with: of an application that was withdrawn, its facts; else a name that is one."""
    if existing is not None:
        return {"name": existing.name, "birth_date": existing.birth_date, "grade": existing.grade}
    return {"name": user.display_name if user.email else ""}


def is_eligible(form: FactsForm, call: Call) -> bool:
    """Whether the facts fit the call; what does not is said at its field."""
    facts = form.facts()
    problems = eligibility.problems_of(call, birth_date=facts["birth_date"], grade=facts["grade"])
    for problem in problems:
        form.add_error(problem.where if problem.where in form.fields else None, message(problem.code, **problem.params))
    return not problems


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct name, birth date or grade."""
    user = signed_in(request)
    application = queries.own_application_for(user, pk)
    form = FactsForm(
        request.POST if request.method == "POST" else None,
        call=application.call,
        initial={"name": application.name, "birth_date": application.birth_date, "grade": application.grade},
    )
    if form.is_valid() and is_eligible(form, application.call):
        applying.change_facts(application, by=user, **form.facts())
        messages.success(request, _("저장했어요."))
        return redirect("calls:application", pk)
    return render(
        request,
        "calls/begin.html",
        {"call": application.call, "form": form, "application": application},
        status=422 if form.errors else 200,
    )


@csrf_exempt  # only so that the handler below counts the bytes first: `_form` checks the token as ever
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up the counting of bytes before anything reads the request's body."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            messages.warning(request, _("로그인이 풀렸어요. 다시 로그인하면 마지막으로 저장한 곳부터 이어 써요."))
        return redirect_to_login(reverse("calls:form", args=[pk]))
    upload = LimitedUpload(request, limit=MOST_BYTES_SENT)
    request.upload_handlers = [upload]
    return _form(request, pk, upload)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@never_cache
def _form(request: HttpRequest, pk: int, upload: LimitedUpload) -> HttpResponse:
    user = signed_in(request)
    application = queries.own_application_for(user, pk)
    if application.state == ApplicationState.WITHDRAWN:
        return redirect("calls:application", pk)
    if request.method != "POST":
        return render(request, "calls/form.html", filling.form_page(application))
    sent = filling.Sent.of(request, application)
    if sent.action == "submit":
        return _submit(request, application, sent)
    result = applying.save(application, read=sent.read, seen=sent.seen)
    if result.outcome is Outcome.CONFLICT:
        return again(request, result, sent)
    if is_htmx(request):
        return render(request, "calls/_saved.html", filling.saved(application, result.application))
    return filling.carry_out(request, result.application, sent, upload)


def _submit(request: HttpRequest, application: Application, sent: filling.Sent) -> HttpResponse:
    result = applying.submit(application, by=application.person, read=sent.read, seen=sent.seen, form=sent.form)
    if result.outcome is Outcome.SUBMITTED:
        messages.success(request, _("제출했어요. 접수 번호: %(receipt)s") % {"receipt": result.application.receipt})
        return redirect("calls:application", application.pk)
    if result.outcome is Outcome.FORM_CHANGED:
        messages.warning(
            request,
            _(
                "그사이 양식이 바뀌어서 아직 제출하지 않았어요. 쓴 내용은 모두 옮겼어요. "
                "새 질문을 보고 다시 제출해 주세요."
            ),
        )
        return redirect("calls:form", application.pk)
    return again(request, result, sent)


def again(request: HttpRequest, result: Result, sent: filling.Sent) -> HttpResponse:
    """The page once more with everything that was typed, and what stands in the way."""
    answers: Mapping[str, Any] = sent.read(result.application.answers)
    context = filling.form_page(result.application, answers=answers, result=result, sent=sent)
    status = STATUS.get(result.outcome, 200)
    if is_htmx(request):
        return render(request, "calls/_saved.html", context, status=status)
    return render(request, "calls/form.html", context, status=status)


@require_safe
@login_required
@never_cache
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an application stands: what is there, what is missing, who is waited for."""
    found = queries.own_application_for(signed_in(request), pk)
    recommendation, consent = queries.standing(found)
    recommender = recommendation.name if recommendation and recommendation.state_now == "asked" else ""
    guardian = consent.guardian_name if consent and not consent.declined_at and not consent.withdrawn_at else ""
    outcome = outcome_of(found)
    letters = states_of(key_of(asked) for asked in (recommendation, consent) if asked is not None)
    context = {
        **(outcome.context if outcome else {}),
        "application": found,
        "call": found.call,
        "outcome": outcome,
        "track": pages.track_of(found, outcome.steps if outcome else ()),
        "waiting": pages.waiting_for(found, recommender, guardian),
        "recommendation": recommendation,
        "consent": consent,
        "recommendation_letter": letters.get(key_of(recommendation)) if recommendation else None,
        "kept": keeping_of(found.call, is_participant=is_participant(found)),
        "consent_letter": letters.get(key_of(consent)) if consent else None,
        **filling.read_page(found),
    }
    return render(request, "calls/application.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take the application back."""
    user = signed_in(request)
    found = queries.own_application_for(user, pk)
    if request.method == "POST":
        applying.withdraw(found, by=user)
        messages.success(request, _("지원을 취소했어요."))
        return redirect("calls:application", pk)
    return render(request, "calls/withdraw.html", {"application": found, "call": found.call})
