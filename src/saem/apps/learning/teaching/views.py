"""The page of a lesson for who teaches a class."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from saem.apps.catalog.assets import asset as asset_response
from saem.apps.learning.teaching import pages, queries
from saem.apps.people.queries import signed_in
from saem.web.languages import reader_language


@require_safe
@login_required
def lesson(request: HttpRequest, pk: int, lesson: str) -> HttpResponse:
    """The plan, common errors and answers, and what the class answered at the end of the lesson."""
    taught = queries.taught_for(signed_in(request), pk, lesson)
    return render(request, "teaching/lesson.html", {"view": pages.teaching_view(taught, reader_language())})


@require_safe
@login_required
def asset(request: HttpRequest, pk: int, lesson: str, path: str) -> HttpResponse:
    """A picture of the page, or of the question."""
    return asset_response(queries.taught_for(signed_in(request), pk, lesson).version, path)
