"""Where the exit question of a lesson is answered."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from saem.apps.learning.exits import services
from saem.apps.learning.exits.forms import ExitForm
from saem.apps.learning.exits.pages import exit_view
from saem.apps.learning.exits.queries import exit_of
from saem.apps.learning.practice.asking import answer_of
from saem.apps.learning.practice.judging import BUSY, UNAVAILABLE
from saem.apps.learning.queries import Place, place_for
from saem.apps.learning.views import lesson_page
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language
from saem.web.messages import message

STALE = "exits.stale"
STATUS = {BUSY: 409, UNAVAILABLE: 503, STALE: 400}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: HttpRequest, enrolment: int, lesson: str) -> HttpResponse:
    """Take in the answer of the student whose lesson it is. Its own address shows the lesson at the question."""
    place = place_for(signed_in(request), enrolment, lesson, reader_language())
    question = exit_of(place)
    if question is None:
        raise Http404
    if request.method != "POST":
        return redirect(address(place))
    if not place.is_owner:
        raise PermissionDenied
    form = ExitForm(request.POST)
    fields = answer_of(request.POST)
    if not form.is_valid():
        return _again(request, place, STALE, fields)
    done = services.answer(question, token=form.cleaned_data["token"], fields=fields)
    return _again(request, place, done.notice, fields, **done.params) if done.notice else redirect(address(place))


def address(place: Place) -> str:
    return f"{reverse('learning:lesson', args=[place.enrolment.pk, place.lesson.id])}#exit"


def _again(
    request: HttpRequest, place: Place, notice: str, typed: dict[str, list[str]], **params: object
) -> HttpResponse:
    """Nothing was counted; what was sent stays in the form."""
    shown = exit_view(place, notice=message(notice, **params), typed=typed)
    return lesson_page(request, place, exit_question=shown, status=STATUS.get(notice, 422))
