"""Check-in codes that live half a minute, and the proof that a browser met one in time.

A code is an HMAC over session, way and time step, so that nothing is stored and every server knows it. The proof is a
signed cookie: signing in may take a pupil longer than the code lives. No clock but the server's is asked.
"""

import datetime as dt
import hmac
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from saem.apps.cohorts.models import CODE_ALPHABET, Session
from saem.lib.completion import Way

STEP_SECONDS = 30
# A code that was on the screen until a moment ago still opens: somebody is just typing it.
GRACE_STEPS = 1
PASS_SECONDS = 180
# How long before it begins people may check in, and how long after it ends they may check out.
EARLY, AFTER = dt.timedelta(hours=1), dt.timedelta(hours=1)
LINK_LENGTH, TYPED_LENGTH = 16, 6
SALT = "saem.cohorts.sessions.code"
COOKIE = "saem_checkin"


@dataclass(frozen=True)
class Codes:
    """What a screen shows now: `link` goes into the QR code, `typed` is for phones without a camera."""

    link: str
    typed: str
    seconds_left: float


@dataclass(frozen=True)
class Pass:
    """A browser met the code of this session and way at this moment of the server."""

    session: int
    way: Way
    met_at: dt.datetime


def codes_now(session: Session, way: Way, now: dt.datetime | None = None) -> Codes:
    at = (now or timezone.now()).timestamp()
    step = int(at // STEP_SECONDS)
    return Codes(
        _code(session.pk, way, step, LINK_LENGTH),
        _code(session.pk, way, step, TYPED_LENGTH),
        (step + 1) * STEP_SECONDS - at,
    )


def opens(session: int, way: Way, code: str, now: dt.datetime | None = None) -> bool:
    """Whether the code, from a link or typed, is the present one or the one before."""
    step = int((now or timezone.now()).timestamp() // STEP_SECONDS)
    if len(code) not in (LINK_LENGTH, TYPED_LENGTH):
        return False
    known = [_code(session, way, step - back, len(code)) for back in range(GRACE_STEPS + 1)]
    return sum(hmac.compare_digest(code.encode(), each.encode()) for each in known) > 0


def _code(session: int, way: Way, step: int, length: int) -> str:
    # The two lengths are codes of their own: the typed one says nothing of the one in the link.
    digest = salted_hmac(SALT, f"{session}:{way}:{step}:{length}", algorithm="sha256").digest()
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:length])


def takes(session: Session, way: Way, at: dt.datetime) -> bool:
    """Whether people check in or out of this session at that moment."""
    if session.is_cancelled:
        return False
    if way is Way.IN:
        return session.starts_at - EARLY <= at < session.ends_at
    return session.starts_at <= at < session.ends_at + AFTER


def give_pass(response: HttpResponse, session: int, way: Way) -> None:
    """Let this browser, and no other, press the button for three minutes more."""
    response.set_signed_cookie(
        COOKIE,
        f"{session}:{way}:{timezone.now().timestamp():.3f}",
        salt=SALT,
        max_age=PASS_SECONDS,
        httponly=True,
        samesite="Lax",
    )


def pass_of(request: HttpRequest) -> Pass | None:
    """The pass that this browser was given, while it lasts."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=PASS_SECONDS) or ""
    session, _, rest = kept.partition(":")
    way, _, met = rest.partition(":")
    if not met:
        return None
    return Pass(int(session), Way(way), dt.datetime.fromtimestamp(float(met), tz=dt.UTC))
