"""Public documents of badges, as verifiers and wallets fetch them, and the pages that people read."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from saem.apps.awards.badges import queries
from saem.apps.awards.badges.baking import baked_svg
from saem.apps.awards.badges.documents import achievement_of
from saem.apps.awards.badges.drawing import badge_svg
from saem.apps.awards.badges.issuing import credential_of
from saem.apps.awards.badges.statuses import signed_list
from saem.apps.awards.checking.verifying import check_badge
from saem.apps.awards.checking.views import told_of_badge, unlisted
from saem.apps.awards.issuers.rings import issuer_of, ring_of
from saem.apps.awards.models import BadgeTemplate
from saem.apps.people.models import Institution
from saem.lib.credentials.badges import Language
from saem.web.languages import reader_language

CREDENTIAL, JSON, SVG = "application/vc", "application/json", "image/svg+xml"
# A page of ours, an institution's keys: minutes. A drawing of words that never change: a day.
MINUTES, DAY = 300, 86_400


def document(request: HttpRequest, body: Mapping[str, Any] | str, kind: str, *, age: int = MINUTES) -> HttpResponseBase:
    """Public bytes with an ETag, for any verifier in any browser; an unchanged copy is not sent again."""
    # Sorted, because a database may give keys back in another order than they came; the signature does not care.
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8" if kind == SVG else kind)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={age}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
def badge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A badge as people read it: whether it holds, for what, from whom; not whose it is."""
    found = queries.public_badge(pk)
    told = told_of_badge(check_badge(credential_of(found)))
    return unlisted(render(request, "awards/badge.html", {"badge": found, "told": told}))


@require_safe
def badge_json(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    return attached(document(request, credential_of(queries.public_badge(pk)), CREDENTIAL), f"badge-{pk}.json")


@require_safe
def badge_svg_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The picture with the badge inside (a "baked" badge)."""
    found = queries.public_badge(pk)
    title = found.template.name_en if found.language == "en" else found.template.name_ko
    baked = baked_svg(badge_svg(found.template, title=title), credential_of(found))
    return attached(document(request, baked, SVG), f"badge-{pk}.svg")


def attached(answer: HttpResponseBase, name: str) -> HttpResponseBase:
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


@require_safe
def achievement(request: HttpRequest, pk: int) -> HttpResponse:
    """What a badge is for, in the reader's language, and which partners stand by it."""
    template = queries.public_template(pk)
    words = achievement_of(template).document(reader_language())
    endorsements = [
        {
            "institution": one.institution,
            "comment": one.credential["credentialSubject"]["endorsementComment"],
            "row": one,
        }
        for one in queries.endorsements_of(template, reader_language())
    ]
    context = {"template": template, "words": words, "endorsements": endorsements}
    return render(request, "awards/achievement.html", context)


@require_safe
def achievement_json(request: HttpRequest, pk: int, language: Language) -> HttpResponseBase:
    return document(request, achievement_of(queries.public_template(pk)).document(language), JSON)


@require_safe
def achievement_image(request: HttpRequest, pk: int) -> HttpResponseBase:
    template: BadgeTemplate = queries.public_template(pk)
    return document(request, badge_svg(template, title=template.name_ko), SVG, age=DAY)


@require_safe
def status(request: HttpRequest, pk: int) -> HttpResponseBase:
    return document(request, signed_list(queries.public_list(pk)), CREDENTIAL)


@require_safe
def endorsement(request: HttpRequest, pk: int) -> HttpResponseBase:
    return document(request, queries.public_endorsement(pk).credential, CREDENTIAL)


@require_safe
def issuer(request: HttpRequest, pk: int) -> HttpResponse:
    """Who an institution is to verifiers: its DID and its keys, the old ones too."""
    institution = an_issuer(pk)
    keys = institution.issuer_keys.order_by("-pk")
    return render(
        request, "awards/issuer.html", {"issuer": issuer_of(institution), "institution": institution, "keys": keys}
    )


@require_safe
def did_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    return document(request, ring_of(an_issuer(pk)).did_document(), JSON)


@require_safe
def key_set(request: HttpRequest, pk: int) -> HttpResponseBase:
    return document(request, ring_of(an_issuer(pk)).jwks(), JSON)


def an_issuer(pk: int) -> Institution:
    """An institution that has signed something; of others nothing is told."""
    return get_object_or_404(Institution.objects.filter(issuer_keys__isnull=False).distinct(), pk=pk)
