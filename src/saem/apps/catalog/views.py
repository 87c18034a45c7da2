"""The public pages of programs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saem.apps.catalog import outlines, queries
from saem.apps.catalog.proposals.queries import reads
from saem.web.languages import reader_language

PER_PAGE = 24


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Every program, in its newest version."""
    page = Paginator(queries.published_programs(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "catalog/programs.html", {"page": page})


@require_safe
def program(request: HttpRequest, slug: str) -> HttpResponse:
    """What a program is, step by step."""
    version = queries.newest_version(slug)
    language = reader_language()
    page = {
        "version": version,
        "has_bank": bool(queries.program_of(version).items) and queries.keeps(request.user, version.program),
        "sees_proposals": reads(request.user, version.program),
        "outline": outlines.outline_of(queries.program_of(version), language),
        "versions": list(queries.versions_of(version.program)),
        "trail": [(_("프로그램"), reverse("catalog:programs"))],
        **outlines.names_of(version.program, language),
    }
    return render(request, "catalog/program.html", page)
