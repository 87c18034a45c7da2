"""The public pages of programs."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saem.apps.catalog import outlines, queries
from saem.apps.catalog.assets import asset, asset_prefix
from saem.apps.catalog.competencies import has_map, map_view
from saem.apps.catalog.guides import sections_of
from saem.apps.people.queries import signed_in
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
        "reads_guides": queries.reads_guides(request.user, version.program),
        "has_bank": bool(queries.program_of(version).items) and queries.keeps(request.user, version.program),
        "has_map": has_map(queries.program_of(version)),
        "outline": outlines.outline_of(queries.program_of(version), language),
        "versions": list(queries.versions_of(version.program)),
        "trail": [(_("프로그램"), reverse("catalog:programs"))],
        **outlines.names_of(version.program, language),
    }
    return render(request, "catalog/program.html", page)


@require_safe
def competencies(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Which competencies a version works towards and which it does not; without `number`, the newest version."""
    version = queries.newest_version(slug) if number is None else queries.version_numbered(slug, number)
    page = {
        "version": version,
        "map": map_view(queries.program_of(version), reader_language()),
        "trail": [
            (_("프로그램"), reverse("catalog:programs")),
            (version.local_title, reverse("catalog:program", args=[slug])),
        ],
    }
    return render(request, "catalog/competencies.html", page)


@require_safe
@login_required
def guide(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """The page for teachers of one lesson, for who writes and reviews the program."""
    version, found = queries.guide_for(signed_in(request), slug, lesson)
    address = reverse("catalog:program", args=[slug])
    prefix = asset_prefix(version, reverse("catalog:guide_asset", args=[slug, lesson, "-"]).removesuffix("-"))
    page = {
        "lesson": found,
        "title": found.title.in_(reader_language()),
        "sections": sections_of(found, reader_language(), prefix, lambda _kind, step: f"{address}#{step}"),
        "trail": [(_("프로그램"), reverse("catalog:programs")), (version.local_title, address)],
    }
    return render(request, "catalog/guide.html", page)


@require_safe
@login_required
def guide_asset(request: HttpRequest, slug: str, lesson: str, path: str) -> HttpResponse:
    """A picture of such a page."""
    version, _lesson = queries.guide_for(signed_in(request), slug, lesson)
    return asset(version, path)
