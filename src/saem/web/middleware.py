"""What every request passes: the content policy, the reader's language, and errors turned into kind pages."""

import secrets
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from saem.errors import SaemError
from saem.web import error_pages

Handler = Callable[[HttpRequest], HttpResponseBase]

# Figures that a learner's code drew arrive inside the page, hence data: for images.
POLICY = (
    "default-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; object-src 'none'; worker-src 'self';"
    " frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"


def content_security_policy(get_response: Handler) -> Handler:
    """Give each page a nonce (`request.csp_nonce`) for the editor's styles, and the policy that names it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.csp_nonce = secrets.token_urlsafe(16)  # type: ignore[attr-defined]  # our attribute on Django's request
        response = get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy",
            POLICY.format(nonce=request.csp_nonce),  # type: ignore[attr-defined]  # our attribute on Django's request
        )
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def language_of(request: HttpRequest) -> str:
    """The language a person chose in the profile, else the one this browser chose or asks for, else Korean."""
    known = dict(settings.LANGUAGES)
    chosen = getattr(getattr(request, "user", None), "language", "")
    return chosen if chosen in known else translation.get_language_from_request(request)


def language(get_response: Handler) -> Handler:
    """Answer in the reader's language."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        code = language_of(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def nothing_left_behind(get_response: Handler) -> Handler:
    """When somebody signs out, or another person signs in, browsers forget what pages of the first kept on the device.

    Who signs in again after a session ran out goes on with what is there.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # Without a cookie nobody is asked: pages that are the same for everybody may be kept by caches on the way.
        before = request.session.get(SESSION_KEY) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        response = get_response(request)
        if before is not None and request.session.get(SESSION_KEY) != before:
            response.headers["Clear-Site-Data"] = '"storage"'
        return response

    return middleware


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def sign_in_again(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Turn a redirect to the sign-in page into one that htmx follows with the whole page.

    htmx would otherwise pour the sign-in page into the small place that was to change. The way back leads to the
    page the reader was on, not to the address of the fragment.
    """
    if not is_htmx(request) or not isinstance(response, HttpResponseRedirect):
        return response
    sign_in = resolve_url(settings.LOGIN_URL)
    if urlsplit(response.url).path != sign_in:
        return response
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = page._replace(scheme="", netloc="").geturl()
    if not page.path.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    return HttpResponse(status=401, headers={"HX-Redirect": f"{sign_in}?{urlencode({'next': back})}"})


class expected_errors:  # noqa: N801  # named like its sisters in MIDDLEWARE; Django finds process_exception on a class
    """Show a SaemError as a page, or as a fragment to htmx; send an expired session to the sign-in page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return sign_in_again(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SaemError):
            return None
        return error_pages.expected(request, exception, fragment=is_htmx(request))
