"""The pages for what went wrong: kind words, what to do now, a way back."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation

from saem.errors import SaemError
from saem.web.messages import message

log = logging.getLogger(__name__)

PAGES = frozenset({400, 403, 404, 413, 429})
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    name = status if status in PAGES else 400
    return render(request, f"errors/{name}.html", {"sentence": sentence, "status": status}, status=status)


def expected(request: HttpRequest, error: SaemError, *, fragment: bool = False) -> HttpResponse:
    """Show an error that a room raised, with its own sentence."""
    log.info("%s %s answered %s: %s", request.method, request.path, error.status, error.code)
    sentence = message(error.code, **error.params)
    if not fragment:
        return page(request, error.status, sentence)
    response = render(request, "errors/_fragment.html", {"sentence": sentence}, status=error.status)
    # The sentence goes to the corner for such news, whatever place the request meant to change.
    response.headers["HX-Retarget"] = "#toasts"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's signature
    return page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's signature
    return page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("%s %s refused: %s", request.method, request.path, reason)
    return render(request, "errors/403_csrf.html", status=403)


def stylesheet() -> str:
    """Where the style sheet is, or nothing: a broken set of static files must not break the page that says so."""
    try:
        return static("dist/saem.css")
    except ValueError:
        return ""


def server_error(request: HttpRequest) -> HttpResponse:
    """Our own fault. The page asks neither the database nor the session: either may be what broke."""
    code = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    with translation.override(code):
        words = render_to_string("errors/500.html", {"LANGUAGE_CODE": code, "stylesheet": stylesheet()})
    return HttpResponse(words, status=500)
