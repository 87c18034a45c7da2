"""A participant checks in or out: scans the code, signs in if need be, presses one button."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.models import Crossing, Session
from saem.apps.cohorts.sessions import codes, limits, queries
from saem.apps.cohorts.sessions.attending import check_by_code
from saem.apps.cohorts.sessions.forms import TypedCodeForm
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.lib.completion import Way

GONE, TOO_MANY, FORBIDDEN = 410, 429, 403


def way_named(word: str) -> Way:
    try:
        return Way(word)
    except ValueError:
        raise Http404 from None


@require_safe
@never_cache
def scan(request: HttpRequest, pk: int, way: str, code: str) -> HttpResponse:
    """What the QR code leads to: a code that is right gives this browser three minutes."""
    direction = way_named(way)
    if codes.opens(pk, direction, code):
        answer = redirect("sessions:check", pk, way)
        codes.give_pass(answer, pk, direction)
        return answer
    if not spend(limits.CODE_FROM_ADDRESS, client_address(request)):
        return run_out(request, pk, direction, status=TOO_MANY)
    return run_out(request, pk, direction)


def run_out(request: HttpRequest, pk: int, way: Way, *, status: int = GONE) -> HttpResponse:
    """The code has run out, or never was one; the same is said of sessions that are not there."""
    return render(request, "sessions/run_out.html", {"way": way.value, "pk": pk, "status": status}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """One button; then the time that was recorded."""
    direction = way_named(way)
    session = Session.objects.select_related("cohort", "classroom").filter(pk=pk).first()
    proof = codes.pass_of(request)
    has_pass = proof is not None and (proof.session, proof.way) == (pk, direction)
    user = request.user if isinstance(request.user, User) else None
    done = recorded(user, session, direction) if user is not None and session is not None else None
    if session is None or (done is None and not has_pass):
        return run_out(request, pk, direction)
    context = {"session": session, "way": way, "done": done}
    if user is None:
        return render(request, "sessions/check_sign_in.html", context | ways_in(session, request.path))
    if done is None and not queries.places_in(user, session).exists():
        return render(request, "sessions/not_yours.html", context, status=FORBIDDEN)
    if request.method == "POST" and done is None and proof is not None:
        check_by_code(session, direction, by=user, met_at=proof.met_at)
        return redirect("sessions:check", pk, way)
    return render(request, "sessions/check.html", context)


def recorded(user: User, session: Session, way: Way) -> Crossing | None:
    """The user's last crossing of the session, where it is of this way."""
    last = session.crossings.filter(enrolment__in=queries.places_in(user, session).values("pk")).last()
    return last if last is not None and last.way == way.value else None


def ways_in(session: Session, path: str) -> dict[str, str]:
    """By class code and PIN, or with an e-mail address; both lead back here."""
    back = urlencode({"next": path})
    # Whoever met the code on the wall may know the class's code, which hangs on the same wall.
    room = session.classroom
    join = reverse("cohorts:join", args=[room.join_code]) if room is not None else reverse("cohorts:join")
    return {"join_url": f"{join}?{back}", "login_url": f"{reverse('account_login')}?{back}"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def typed(request: HttpRequest) -> HttpResponse:
    """For a phone without a camera: the six signs under the QR code."""
    user = signed_in(request)
    form = TypedCodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        guesses = ((limits.CODE_OF_PERSON, user.pk), (limits.CODE_FROM_ADDRESS, client_address(request)))
        allowed = sum(spend(limit, subject) for limit, subject in guesses) == len(guesses)
        met = session_of_code(user, form.cleaned_data["code"]) if allowed else None
        if met is not None:
            for limit, subject in guesses:
                refund(limit, subject)
            answer = redirect("sessions:check", met[0].pk, met[1].value)
            codes.give_pass(answer, met[0].pk, met[1])
            return answer
        status = 200 if allowed else TOO_MANY
        form.add_error("code", _wrong() if allowed else _limited())
    near = list(queries.sessions_near(user, timezone.now()))
    return render(request, "sessions/typed.html", {"form": form, "near": near}, status=status)


def session_of_code(user: User, code: str) -> tuple[Session, Way] | None:
    """Which of the user's sessions of about now has this code on its screen."""
    near = queries.sessions_near(user, timezone.now())
    return next(((session, way) for session in near for way in Way if codes.opens(session.pk, way, code)), None)


def _wrong() -> str:
    return _("지금 화면에 보이는 코드와 달라요. 코드는 30초마다 바뀌니 새 코드를 보고 다시 써 주세요.")


def _limited() -> str:
    return _("여러 번 맞지 않아서 잠시 쉬어야 해요. 5분 뒤에 다시 하거나 선생님께 말씀드려요.")
