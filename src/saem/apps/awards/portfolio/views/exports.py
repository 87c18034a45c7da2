"""The portfolio to take along: as PDF, as JSON-LD, and whole."""

import json
from collections.abc import Iterator
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saem.apps.awards.models import Portfolio
from saem.apps.awards.portfolio import entries, limits
from saem.apps.awards.portfolio.archive import Member, read_me, safe_name, submitted_files, zipped
from saem.apps.awards.portfolio.documents import booklet, pdf_of
from saem.apps.awards.portfolio.entries import Shown
from saem.apps.awards.portfolio.linked import linked, versions_of
from saem.apps.awards.portfolio.recognitions import Recognition
from saem.apps.cohorts.models import Enrolment
from saem.apps.people.limits import spend
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.languages import reader_language

JSON_LD = "application/ld+json"


@require_safe
@login_required
@never_cache
def pdf(request: HttpRequest) -> HttpResponseBase:
    """What a link would show; with ?what=all, everything."""
    portfolio, shown, courses = wanted(request)
    return attachment(pdf_bytes(portfolio, shown, courses), "portfolio.pdf", "application/pdf")


@require_safe
@login_required
@never_cache
def jsonld(request: HttpRequest) -> HttpResponseBase:
    """The same for other software."""
    portfolio, shown, _courses = wanted(request)
    return attachment(linked_bytes(portfolio, shown), "portfolio.jsonld", JSON_LD)


@require_safe
@login_required
@never_cache
def archive(request: HttpRequest) -> HttpResponseBase:
    """Everything: both documents, the files of recognitions, and all that was handed in. Sent while it is made."""
    portfolio, shown, courses = everything_of(allowed(request))
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename="portfolio.zip") or ""}
    return StreamingHttpResponse(
        spoken(zipped(members(portfolio, shown, courses)), reader_language()),
        content_type="application/zip",
        headers=headers,
    )


def spoken(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    """The same pieces, each made in the reader's language: a response is sent when the request is over."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def wanted(request: HttpRequest) -> tuple[Portfolio, list[Shown], list[Enrolment]]:
    portfolio, everything, courses = everything_of(allowed(request))
    is_whole = request.GET.get("what") == "all"
    return portfolio, [each for each in everything if is_whole or each.is_for_link()], courses


def everything_of(user: User) -> tuple[Portfolio, list[Shown], list[Enrolment]]:
    portfolio, courses = entries.portfolio_of(user), entries.courses_of(user)
    return portfolio, entries.everything(portfolio, courses), courses


def allowed(request: HttpRequest) -> User:
    user = signed_in(request)
    if not spend(limits.EXPORTS_OF_PERSON, user.pk):
        raise SaemError("too_many_requests", status=429)
    return user


def members(portfolio: Portfolio, shown: list[Shown], courses: list[Enrolment]) -> Iterator[Member]:
    yield Member("README.txt", read_me)
    yield Member("portfolio.pdf", partial(pdf_bytes, portfolio, shown, courses))
    yield Member("portfolio.jsonld", partial(linked_bytes, portfolio, shown, with_versions=True))
    for each in shown:
        if isinstance(each.work, Recognition):
            for file in each.work.files:
                yield Member(f"recognitions/{each.anchor}-{safe_name(file.name)}", file.load)
    yield from submitted_files(portfolio.user)


def pdf_bytes(portfolio: Portfolio, shown: list[Shown], courses: list[Enrolment]) -> bytes:
    name = portfolio.user.display_name
    return pdf_of(booklet(portfolio, shown, courses, name=name, issued=timezone.localdate()))


def linked_bytes(portfolio: Portfolio, shown: list[Shown], *, with_versions: bool = False) -> bytes:
    versions = versions_of(portfolio) if with_versions else None
    name = portfolio.user.display_name
    document = linked(portfolio, shown, name=name, issued=timezone.localdate(), versions=versions)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """Bytes to be saved under `name`."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(data, content_type=content_type, headers=headers)
