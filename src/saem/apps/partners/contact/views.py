"""The team's page with its thread, and the mentor's own page with what waits."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.partners.contact import booking, needs, queries, reviews, thread
from saem.apps.partners.contact.forms import AnswerForm, AskForm, BookForm, NeedForm, PostForm, ReportForm, SlotForm
from saem.apps.partners.contact.hours import month_of, planned_in, used_in
from saem.apps.partners.contact.pages import (
    challenge_of,
    entries_of,
    free_slots,
    meetings_ahead,
    own_words,
    slot_choices,
    slots_of,
    waiting_review,
)
from saem.apps.partners.contact.queries import Viewer
from saem.apps.partners.contact.queue import queue_of
from saem.apps.partners.mentors.clearance import clearances_of
from saem.apps.partners.models import Why
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import Team
from saem.errors import SaemError
from saem.web.messages import message

A_PAGE = 30


@require_safe
@login_required
@never_cache
def team(request: HttpRequest, pk: int) -> HttpResponse:
    found, viewer = queries.team_for(signed_in(request), pk)
    return team_page(request, found, viewer)


def team_page(request: HttpRequest, found: Team, viewer: Viewer, **forms: Any) -> HttpResponse:
    """Everything about a team and its mentor; `forms` are those that came back with problems."""
    pairing = thread.contact_of(found)
    page = Paginator(found.posts.select_related("author"), A_PAGE).get_page(request.GET.get("page"))
    slots = free_slots(pairing) if pairing and viewer.is_member else []
    may_write = found.is_working
    context = {
        "team": found,
        "viewer": viewer,
        # As the navigation of a team asks.
        "access": {"membership": viewer.is_member, "is_teacher": viewer.is_teacher},
        "pairing": pairing,
        "is_paused": pairing is None and found.pairings.filter(until=None).exists(),
        "page": page,
        "entries": entries_of(page),
        "ahead": meetings_ahead(found),
        "waiting": waiting_review(found),
        "challenge": challenge_of(found),
        "post_form": forms.get("post") or (PostForm() if may_write else None),
        "book_form": forms.get("book") or (BookForm(slots=slot_choices(slots)) if slots else None),
        "ask_form": forms.get("ask") or (AskForm() if pairing and viewer.is_member else None),
    }
    return render(request, "partners/team.html", context, status=422 if forms else 200)


@require_POST
@login_required
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever reads the thread may write in it."""
    user = signed_in(request)
    found, viewer = queries.team_for(user, pk)
    form = PostForm(request.POST)
    if not form.is_valid():
        return team_page(request, found, viewer, post=form)
    thread.write(found, text=form.cleaned_data["text"], token=form.cleaned_data["token"], by=user)
    messages.success(request, _("글을 남겼어요."))
    return redirect("partners:team", pk)


@require_POST
@login_required
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A member takes a half hour; where another team was faster, the page comes back with what is left."""
    user = signed_in(request)
    found = queries.own_team_for(user, pk)
    pairing = thread.contact_of(found)
    slots = free_slots(pairing) if pairing else []
    form = BookForm(request.POST, slots=slot_choices(slots))
    if form.is_valid():
        slot = next(one for one in slots if one.pk == form.cleaned_data["slot"])
        if tried(form, lambda: booking.book(slot, found, about=form.cleaned_data["about"], by=user)):
            messages.success(request, _("상담을 예약했어요."))
            return redirect("partners:team", pk)
    return team_page(request, found, Viewer(is_member=True, is_mentor=False), book=form)


def tried(form: Any, act: Callable[[], object]) -> bool:
    """Whether it went well; else the form says why not."""
    try:
        act()
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return False
    return True


@require_POST
@login_required
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    found = queries.own_team_for(user, pk)
    form = AskForm(request.POST)
    if form.is_valid() and tried(form, lambda: reviews.ask(found, **form.cleaned_data, by=user)):
        messages.success(request, _("검토를 부탁했어요."))
        return redirect("partners:team", pk)
    return team_page(request, found, Viewer(is_member=True, is_mentor=False), ask=form)


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """A member or the mentor calls a meeting off."""
    user = signed_in(request)
    found = queries.booking_for(user, pk)
    booking.cancel(found, Why.MENTOR if found.pairing.mentor.user_id == user.pk else Why.TEAM, by=user)
    messages.success(request, _("상담을 취소했어요."))
    return redirect("partners:team", found.pairing.team_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def need(request: HttpRequest, pk: int) -> HttpResponse:
    """What a team wants of a mentor, before the matching."""
    user = signed_in(request)
    found = queries.own_team_for(user, pk)
    mentors = needs.mentors_to_wish_for(found)
    choices = [(one.pk, own_words(one)) for one in mentors]
    form = NeedForm(request.POST if request.method == "POST" else None, mentors=choices, initial=needs.kept(found))
    if form.is_valid():
        needs.say(found, needs.from_form(form.cleaned_data), by=user)
        messages.success(request, _("바라는 것을 저장했어요."))
        return redirect("partners:team", pk)
    context = {"team": found, "form": form, "mentors": mentors}
    return render(request, "partners/need.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
@never_cache
def mentoring(request: HttpRequest) -> HttpResponse:
    """A mentor's own page: what waits in its order, minutes given against promised, teams, half hours offered."""
    user = signed_in(request)
    own = list(queries.mentors_of(user).select_related("host", "user").order_by("pk"))
    if not own:
        raise Http404
    today = timezone.localdate()
    pks, month = [one.pk for one in own], month_of(today)
    used, planned, clearances = used_in(pks, month), planned_in(pks, month), clearances_of(own)
    context = {
        "tasks": queue_of(user),
        "places": [
            {
                "mentor": one,
                "used": used.get(one.pk, 0),
                "planned": planned.get(one.pk, 0),
                "until": clearances[one.pk].until(today),
            }
            for one in own
        ],
        "pairings": list(queries.pairings_in_contact(user).select_related("team__classroom__cohort").order_by("pk")),
    }
    return render(request, "partners/mentoring.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def slots(request: HttpRequest, pk: int) -> HttpResponse:
    """The half hours that a mentor offers, and more of them."""
    user = signed_in(request)
    found = queries.mentor_own_for(user, pk)
    form = SlotForm(request.POST if request.method == "POST" else None, initial={"day": timezone.localdate()})
    if form.is_valid():
        count, where = form.cleaned_data["count"], form.cleaned_data["where"]
        if tried(form, lambda: booking.offer(found, starts_at=form.starts_at, count=count, where=where, by=user)):
            messages.success(request, _("상담 시간을 열었어요."))
            return redirect("partners:slots", pk)
    context = {"mentor": found, "form": form, "slots": slots_of(found)}
    return render(request, "partners/slots.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    user = signed_in(request)
    found = queries.slot_own_for(user, pk)
    booking.close(found, by=user)
    messages.success(request, _("상담 시간을 닫았어요."))
    return redirect("partners:slots", found.mentor_id)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """After a meeting."""
    user = signed_in(request)
    found = queries.booking_own_for(user, pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and tried(form, lambda: booking.report(found, **form.cleaned_data, by=user)):
        messages.success(request, _("적었어요. 모둠이 읽을 수 있어요."))
        return redirect("partners:mentoring")
    return render(request, "partners/report.html", {"booking": found, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer one request of a team."""
    user = signed_in(request)
    found = queries.review_own_for(user, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and tried(form, lambda: reviews.answer(found, **form.cleaned_data, by=user)):
        messages.success(request, _("답을 보냈어요. 고마워요."))
        return redirect("partners:mentoring")
    return render(request, "partners/review.html", {"review": found, "form": form}, status=422 if form.errors else 200)
