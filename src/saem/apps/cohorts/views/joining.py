"""A pupil comes in: the class code, then nickname and PIN."""

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from saem.apps.cohorts import limits
from saem.apps.cohorts.forms import AccountForm, CodeForm, PupilForm
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.queries import classroom_by_code
from saem.apps.cohorts.services import Entry, EntryStatus, come_in, join_with_account
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.apps.people.models import User

# A tablet goes from child to child: whoever forgets to sign out is signed out by the next morning.
PUPIL_SESSION_SECONDS = 10 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOO_MANY = 429


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the class code."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return code_page(request, form)
    classroom, allowed = look_up(request, form.cleaned_data["code"])
    if classroom is None:
        form.refuse() if allowed else form.refuse_for_now()
        return code_page(request, form, status=200 if allowed else TOO_MANY)
    return redirect(with_way_back(request, reverse("cohorts:join", args=[classroom.join_code])))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("pin")
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for nickname and PIN, or offer the class to somebody who is signed in."""
    form = CodeForm({"code": code})
    classroom, allowed = look_up(request, form.cleaned_data["code"]) if form.is_valid() else (None, True)
    if classroom is None:
        if form.is_valid():
            form.refuse() if allowed else form.refuse_for_now()
        return code_page(request, form, status=404 if allowed else TOO_MANY)
    if request.method == "POST" and "leave" in request.POST:
        logout(request)
        return redirect(with_way_back(request, request.path))
    if isinstance(request.user, User):
        return enter_signed_in(request, classroom, request.user)
    return enter_pupil(request, classroom)


def enter_pupil(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    form = PupilForm(request.POST if request.method == "POST" else None)
    asks_if_new = False
    status = 200
    if form.is_valid():
        entry = come_in(
            classroom,
            nickname=form.cleaned_data["nickname"],
            pin=form.cleaned_data["pin"],
            is_new=form.cleaned_data["is_new"],
            address=client_address(request),
            language=translation.get_language() or "",
        )
        if entry.enrolment is not None:
            return let_in(request, entry, entry.enrolment)
        asks_if_new = entry.status is EntryStatus.UNKNOWN
        status = TOO_MANY if entry.status is EntryStatus.LIMITED else 200
        if not asks_if_new:
            form.refuse(entry.status)
    context = {"classroom": classroom, "form": form, "asks_if_new": asks_if_new, "next": way_back(request)}
    return render(request, "cohorts/join_pupil.html", context, status=status)


def enter_signed_in(request: HttpRequest, classroom: Classroom, user: User) -> HttpResponse:
    """Somebody is signed in here: a pupil who forgot to leave, or a person with an account who joins the class."""
    if user.email is None:
        return render(request, "cohorts/join_occupied.html", {"classroom": classroom})
    initial = {"nickname": user.display_name[:20]}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        entry = join_with_account(classroom, user=user, nickname=form.cleaned_data["nickname"])
        if entry.enrolment is not None:
            greet(request, entry, entry.enrolment)
            return redirect(way_back(request) or "insight:home")
        form.refuse(entry.status)
    return render(request, "cohorts/join_account.html", {"classroom": classroom, "form": form})


def let_in(request: HttpRequest, entry: Entry, enrolment: Enrolment) -> HttpResponse:
    """Sign a pupil in on a device that others use too."""
    login(request, enrolment.user, backend=BACKEND)
    request.session.set_expiry(PUPIL_SESSION_SECONDS)
    greet(request, entry, enrolment)
    return redirect(way_back(request) or "insight:home")


def greet(request: HttpRequest, entry: Entry, enrolment: Enrolment) -> None:
    if entry.status is EntryStatus.JOINED:
        messages.success(request, _("%(name)s에 들어왔어요. 반가워요!") % {"name": enrolment.classroom.name})


def look_up(request: HttpRequest, code: str) -> tuple[Classroom | None, bool]:
    """The classroom of a code, and whether this address may still try; only wrong codes count."""
    address = client_address(request)
    if not spend(limits.WRONG_CODE, address):
        return None, False
    classroom = classroom_by_code(code)
    if classroom is not None:
        refund(limits.WRONG_CODE, address)
    return classroom, True


def code_page(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "cohorts/join.html", {"form": form, "next": way_back(request)}, status=status)


def way_back(request: HttpRequest) -> str:
    """The page of this site a pupil was on when the session ended, or nothing."""
    url = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    safe = url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return url if safe else ""


def with_way_back(request: HttpRequest, url: str) -> str:
    back = way_back(request)
    return f"{resolve_url(url)}?{urlencode({REDIRECT_FIELD_NAME: back})}" if back else url
