"""The public catalogue of calls, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saem.apps.cohorts.calls import queries
from saem.apps.cohorts.calls.applying import definition_of
from saem.apps.cohorts.calls.definition import Kind
from saem.apps.cohorts.calls.prose import safe_html
from saem.apps.cohorts.models import Call, CallState
from saem.apps.cohorts.retention.periods import keeping_of
from saem.apps.people.models import User
from saem.web.languages import reader_language

CLOSED_A_PAGE = 20


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every published call: open now, coming, closed."""
    now = timezone.now()
    closed = Paginator(queries.published_calls(CallState.CLOSED, now), CLOSED_A_PAGE)
    context = {
        "open_calls": list(queries.published_calls(CallState.OPEN, now)),
        "coming_calls": list(queries.published_calls(CallState.COMING, now)),
        "page": closed.get_page(request.GET.get("page")),
    }
    return render(request, "calls/catalogue.html", context)


@require_safe
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """What a call offers, to whom, until when, and what one needs."""
    user = request.user if isinstance(request.user, User) else None
    found = queries.call_seen_by(user, pk)
    context = {
        "call": found,
        "state": found.state,
        "summary": safe_html(found.in_language("summary")),
        "eligibility": safe_html(found.in_language("eligibility")),
        "needed": needed_for(found),
        "kept": keeping_of(found),
        "application": queries.own_application_to(user, found) if user else None,
        "may_run": user is not None and queries.calls_run_by(user).filter(pk=pk).exists(),
        "trail": [(_("모집"), reverse("calls:catalogue"))],
    }
    return render(request, "calls/call.html", context)


def needed_for(call: Call) -> list[str]:
    """What one should have at hand before beginning: documents by name, recommendation, guardian."""
    language = reader_language()
    questions = definition_of(call.form).questions if call.form else ()
    files = [one.label.in_(language) for one in questions if one.kind is Kind.FILE and one.required]
    found = [_("올릴 파일: %(names)s") % {"names": ", ".join(files)}] if files else []
    if call.needs_recommendation:
        found.append(_("추천서: 추천해 줄 분의 이메일을 쓰면 링크를 보내요."))
    if call.audience == "student":
        found.append(_("만 14세가 안 됐다면 보호자 동의: 이메일이나 종이로 받아요."))
    return found
