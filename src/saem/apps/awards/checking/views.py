"""Public pages: type a code, bring a file, read what holds. Nothing needs an account, and nothing lists anything."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.awards.certificates.queries import certificate_by
from saem.apps.awards.checking import limits
from saem.apps.awards.checking.forms import CodeForm, FileForm
from saem.apps.awards.checking.spelling import code_of, masked
from saem.apps.awards.checking.verifying import MOST_BYTES, Brought, check_file, names_of
from saem.apps.awards.models import Certificate
from saem.apps.people.addresses import client_address
from saem.apps.people.limits import refund, spend
from saem.errors import SaemError
from saem.lib.credentials.badges import Verification
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

# The beginning of a content hash is enough to tell versions apart by eye (as in `Version.short_hash`).
HASH = re.compile(r"(sha256:[0-9a-f]{12})[0-9a-f]{52}")
NO_INDEX = "noindex, nofollow, noarchive"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The form for a code; what it finds has an address of its own."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("awards:certificate_check", form.cleaned_data["code"])
    context = {"form": form, "file_form": FileForm()}
    return unlisted(render(request, "awards/check.html", context, status=422 if form.errors else 200))


@require_safe
@never_cache
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate. A wrong code is counted, and gets the same page whatever it looks like."""
    spelt = code_of(code)
    address = client_address(request)
    if not spend(limits.WRONG_CODES, address):
        raise SaemError("too_many_requests", status=429)
    found = certificate_by(spelt)
    if found is None:
        context = {"form": CodeForm(initial={"code": code[:40]}), "file_form": FileForm(), "is_unknown": True}
        return unlisted(render(request, "awards/check.html", context, status=404))
    refund(limits.WRONG_CODES, address)
    return unlisted(render(request, "awards/certificate_check.html", {"told": told_of(found)}))


def told_of(found: Certificate) -> dict[str, object]:
    """What a stranger reads: that it holds, whose it is as far as the holder likes, what for, from whom."""
    facts = found.facts
    return {
        "certificate": found,
        "validity": found.validity,
        "name": facts["name"] if found.shows_name else masked(facts["name"]),
        "facts": facts,
        "begins": dt.date.fromisoformat(facts["begins"]),
        "ends": dt.date.fromisoformat(facts["ends"]),
        "issued": dt.date.fromisoformat(facts["issued"]),
        "checked_at": timezone.now(),
    }


@csrf_exempt  # only so that the handler below counts the bytes first: `_file` checks the token as ever
def file(request: HttpRequest) -> HttpResponse:
    """Set up the counting of bytes before anything reads the request's body."""
    upload = LimitedUpload(request, limit=MOST_BYTES)
    request.upload_handlers = [upload]
    return _file(request, upload)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def _file(request: HttpRequest, upload: LimitedUpload) -> HttpResponse:
    if request.method != "POST":
        return redirect("awards:check")
    if not spend(limits.FILES, client_address(request)):
        raise SaemError("too_many_requests", status=429)
    form = FileForm(request.POST, request.FILES)
    if upload.is_too_large:
        form.errors.clear()
        form.add_error("file", message("document.too_large", limit_mb=MOST_BYTES // 2**20))
    if not form.is_valid():
        return unlisted(render(request, "awards/check.html", {"form": CodeForm(), "file_form": form}, status=422))
    brought = check_file(form.cleaned_data["file"].read())
    return unlisted(render(request, "awards/file_check.html", told_of_file(brought)))


def told_of_file(brought: Brought) -> dict[str, object]:
    if brought.badge is None:
        told = told_of(brought.certificate) if brought.certificate is not None else None
        return {"is_pdf": True, "told": told}
    return {"is_pdf": False, "badge": told_of_badge(brought.badge)}


def told_of_badge(found: Verification) -> dict[str, object]:
    """A verified badge in words; of one whose signature does not hold, only that."""
    subject = found.document.get("credentialSubject", {}) if found.document else {}
    achievement = subject.get("achievement", {})
    names = names_of({found.issuer, *(one.by for one in found.endorsements)})
    return {
        "state": found.state.value,
        "words": message(f"badge.state.{found.state}"),
        "is_valid": found.is_valid,
        "name": achievement.get("name", ""),
        "criteria": achievement.get("criteria", {}).get("narrative", "") if achievement else "",
        "issuer": names.get(found.issuer, ""),
        "evidence": [
            {"name": one.get("name", ""), "narrative": in_short(str(one.get("narrative", "")))}
            for one in evidence_in(found.document)
        ],
        "signed_at": found.signed_at,
        "endorsements": [
            {"by": names.get(one.by, "") or one.by, "comment": one.comment, "is_valid": one.state == "valid"}
            for one in found.endorsements
        ],
    }


def in_short(narrative: str) -> str:
    """Whoever needs a whole hash finds it in the file; on a phone it would fill three lines."""
    return HASH.sub(r"\1…", narrative)


def evidence_in(document: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """What a verified badge says that it rests on; one alone may stand without a list (JSON-LD)."""
    found = document.get("evidence", []) if document else []
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def unlisted(answer: HttpResponse) -> HttpResponse:
    answer.headers["X-Robots-Tag"] = NO_INDEX
    return answer
