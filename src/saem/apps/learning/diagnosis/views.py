"""The pages of a diagnosis: both moments, one item at a time, the result. The student's teachers may read results."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from saem.apps.catalog.assets import asset as asset_response
from saem.apps.learning.diagnosis import pages, queries, services
from saem.apps.learning.diagnosis.bank import LONGEST, SHORTEST
from saem.apps.learning.diagnosis.forms import AnswerForm
from saem.apps.learning.diagnosis.queries import Sitting
from saem.apps.learning.practice.asking import answer_of
from saem.apps.people.queries import signed_in
from saem.lib.content.items import Answer
from saem.web.languages import reader_language
from saem.web.messages import message


@require_safe
@login_required
def overview(request: HttpRequest, enrolment: int) -> HttpResponse:
    """Both moments: which may begin, which is done."""
    sittings = pages.moments(queries.sittings_for(signed_in(request), enrolment))
    facts = {"sittings": sittings, **_around(sittings[0])}
    return render(request, "diagnosis/overview.html", facts)


@require_safe
@login_required
def sitting(request: HttpRequest, enrolment: int, moment: str) -> HttpResponse:
    """The beginning, the waiting item, or the result."""
    return _page(request, queries.sitting_for(signed_in(request), enrolment, moment))


@require_POST
@login_required
def start(request: HttpRequest, enrolment: int, moment: str) -> HttpResponse:
    found = _own(request, enrolment, moment)
    outcome = services.start(found)
    if outcome.notice:
        return _page(request, found, message(outcome.notice), status=409)
    return redirect(_address(found))


@require_POST
@login_required
def answer(request: HttpRequest, enrolment: int, moment: str) -> HttpResponse:
    found = _own(request, enrolment, moment)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, message(services.STALE), status=422)
    typed = answer_of(request.POST)
    data = form.cleaned_data
    outcome = services.answer(found, data["token"], None if data["unknown"] else typed)
    if outcome.notice in {"", services.STALE, services.CLOSED}:
        return redirect(_address(found))
    return _page(request, found, message(outcome.notice, **outcome.params), typed=typed, status=422)


@require_safe
@login_required
def asset(request: HttpRequest, enrolment: int, moment: str, path: str) -> HttpResponse:
    """A picture of an item, of the version that the diagnosis is given from."""
    return asset_response(queries.sitting_for(signed_in(request), enrolment, moment).version, path)


def _own(request: HttpRequest, enrolment: int, moment: str) -> Sitting:
    """Whoever may read a diagnosis may not answer it."""
    found = queries.sitting_for(signed_in(request), enrolment, moment)
    if not found.is_owner:
        raise PermissionDenied
    return found


def _page(
    request: HttpRequest, sitting: Sitting, notice: str = "", *, typed: Answer | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "sitting": sitting,
        "notice": notice,
        "result": pages.result_of(sitting, reader_language()),
        **_around(sitting),
    }
    if sitting.is_owner and sitting.is_open:
        facts["question"] = pages.question_of(sitting, reader_language(), typed)
    return render(request, "diagnosis/sitting.html", facts, status=status)


def _around(sitting: Sitting) -> Mapping[str, object]:
    enrolment = sitting.enrolment
    trail = [(sitting.newest.local_title, reverse("learning:program", args=[enrolment.pk]))]
    return {
        "enrolment": enrolment,
        "is_owner": sitting.is_owner,
        "trail": trail,
        "shortest": SHORTEST,
        "longest": LONGEST,
    }


def _address(sitting: Sitting) -> str:
    return reverse("diagnosis:sitting", args=[sitting.enrolment.pk, sitting.moment.value])
