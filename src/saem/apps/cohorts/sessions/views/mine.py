"""A participant's own timetable and minutes, and the calendar feed."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.cohorts.queries import enrolments_of
from saem.apps.cohorts.sessions import feeds, limits, pages, queries
from saem.apps.cohorts.sessions.views.timetable import address_of
from saem.apps.notices.words import language_of
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError

# Sessions that nobody looks back at on a phone.
MOST_SESSIONS = 300


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """When and where, and how many minutes so far."""
    return render(request, "sessions/mine.html", own_page(signed_in(request)))


def own_page(user: User) -> dict[str, object]:
    places = list(enrolments_of(user).select_related("classroom__cohort", "user").order_by("-last_seen_at", "-pk"))
    newest = list(queries.own_sessions(user).order_by("-starts_at", "-pk")[:MOST_SESSIONS])
    return {
        "courses": pages.own_courses(places, newest[::-1]),
        "near": queries.sessions_near(user, timezone.now()).exists(),
        "link": feeds.link_of(user, None),
    }


@require_POST
@login_required
@never_cache
def own_calendar(request: HttpRequest) -> HttpResponse:
    """A new calendar link of one's own sessions, shown once; or close the one there is."""
    user = signed_in(request)
    if request.POST.get("action") == "close":
        feeds.take_back(user, None)
        messages.success(request, _("달력 링크를 닫았어요. 이제 그 링크로는 열리지 않아요."))
        return redirect("sessions:mine")
    if request.POST.get("action") != "open":
        raise Http404
    link = address_of(request, feeds.new_link(user, None))
    return render(request, "sessions/mine.html", own_page(user) | {"fresh_link": link})


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind a secret link; a calendar that has it already is told so in a few bytes."""
    address = client_address(request)
    if not spend(limits.FEED_FROM_ADDRESS, address):
        raise SaemError("calendar.too_often", status=429)
    link = feeds.link_by_token(token)
    if link is None:
        raise Http404
    refund(limits.FEED_FROM_ADDRESS, address)
    if not spend(limits.FEED_OF_LINK, link.pk):
        raise SaemError("calendar.too_often", status=429)
    with translation.override(language_of(link.owner.language)):
        data = feeds.feed_of(link, site=request.build_absolute_uri("/").rstrip("/"))
    etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag) or HttpResponse(
        data, content_type="text/calendar; charset=utf-8"
    )
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
