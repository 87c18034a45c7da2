"""The pages of practice: the waiting item, and what has grown."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.catalog.assets import asset as asset_response
from saem.apps.cohorts.services import note_visit
from saem.apps.learning.practice import forms, judging, pages, queries, services
from saem.apps.learning.practice.asking import answer_of
from saem.apps.learning.practice.queries import Bench
from saem.apps.learning.practice.rating import model_in_use
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language
from saem.web.messages import message

STALE = "practice.stale"
STATUS = {judging.BUSY: 409, judging.UNAVAILABLE: 503, services.NOT_WAITING: 409, STALE: 400}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def item(request: HttpRequest, enrolment: int) -> HttpResponse:
    """The waiting item; every button of its page is sent here."""
    bench = queries.bench_for(signed_in(request), enrolment)
    if request.method != "POST":
        note_visit(bench.enrolment)
        return _page(request, bench)
    form = forms.PracticeForm(request.POST)
    if not form.is_valid():
        return _page(request, bench, notice=STALE)
    sent = form.cleaned_data
    if sent["action"] == forms.ANSWER:
        return _answer(request, bench, sent)
    act = {
        forms.HINT: services.show_hint,
        forms.GIVE_UP: services.give_up,
        forms.NEXT: services.go_on,
        forms.AGAIN: services.ask_again,
    }[sent["action"]]
    act(bench, sent["item"], sent["seed"])
    return redirect("practice:item", enrolment)


@require_safe
@login_required
def growth(request: HttpRequest, enrolment: int) -> HttpResponse:
    """The map of growth, for the student and for who teaches them."""
    bench = queries.bench_seen_by(signed_in(request), enrolment)
    is_owner = bench.enrolment.user_id == signed_in(request).pk
    view = pages.growth_view(bench, model_in_use(bench.version), reader_language(), is_owner=is_owner)
    return render(request, "practice/growth.html", {"view": view})


@require_safe
@login_required
def asset(request: HttpRequest, enrolment: int, path: str) -> HttpResponse:
    """A picture of an item."""
    return asset_response(queries.bench_for(signed_in(request), enrolment).version, path)


def _answer(request: HttpRequest, bench: Bench, sent: dict[str, Any]) -> HttpResponse:
    fields = answer_of(request.POST)
    done = services.answer(bench, token=sent["token"], item=sent["item"], seed=sent["seed"], fields=fields)
    if not done.notice:
        return redirect("practice:item", bench.enrolment.pk)
    typed = fields if done.notice != services.NOT_WAITING else None
    return _page(request, bench, notice=done.notice, typed=typed, **done.params)


def _page(
    request: HttpRequest, bench: Bench, *, notice: str = "", typed: dict[str, list[str]] | None = None, **params: object
) -> HttpResponse:
    practice = services.give(bench)
    if not practice.item:
        return render(request, "practice/nothing.html", {"bench": bench, "trail": pages.trail_of(bench)})
    said = message(notice, **params) if notice else ""
    view = pages.item_view(bench, practice, reader_language(), notice=said, typed=typed)
    facts = {"view": view, "trail": pages.trail_of(bench)}
    return render(request, "practice/item.html", facts, status=STATUS.get(notice, 422) if notice else 200)
