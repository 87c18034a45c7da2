"""What everybody sees without an account: the gallery, and the page of one work. Nothing may be kept by a cache."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saem.apps.catalog.queries import program_of
from saem.apps.projects.models import Showcase, ShowcaseTerm, TermKind
from saem.apps.projects.showcase import queries
from saem.apps.projects.showcase.finding import MOST_WORDS_ASKED, words_in
from saem.apps.projects.showcase.forms import GalleryForm
from saem.apps.projects.showcase.views.team import picture_answer, shown_of
from saem.web.languages import reader_language

A_PAGE = 12
MOST_SKILLS = 200
# A work may be taken back any day: what a search site keeps of it would stay.
NO_INDEX = "noindex, nofollow, noarchive"


@require_safe
@never_cache
def gallery(request: HttpRequest) -> HttpResponse:
    """Every public work, narrowed by words, area, method and skill."""
    form = GalleryForm(request.GET, skills=skills_shown())
    form.is_valid()
    asked = form.cleaned_data
    words = words_in(asked.get("q", ""))[:MOST_WORDS_ASKED]
    chosen = {name: asked.get(name, "") for name in ("area", "method", "skill")}
    found = queries.gallery(words=words, **chosen)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "choices": [form[name] for name in chosen],
        "page": page,
        "is_chosen": any(chosen.values()),
        "is_narrowed": bool(words) or any(chosen.values()),
    }
    return unlisted(render(request, "projects/showcase/gallery.html", context))


def skills_shown() -> list[tuple[str, str]]:
    """The skills that some public work has, by their names in the reader's language."""
    terms = ShowcaseTerm.objects.filter(kind=TermKind.SKILL, showcase__in=Showcase.objects.public().values("pk"))
    found = terms.values_list("term", "title", "title_en").distinct().order_by("term")[:MOST_SKILLS]
    english = reader_language() == "en"
    return list({term: (title_en if english else title) for term, title, title_en in found}.items())


@require_safe
@never_cache
def work(request: HttpRequest, address: str) -> HttpResponse:
    """One work; where it is shown no more, words that say so and nothing of it."""
    showcase, is_public = queries.public_showcase(address)
    if not is_public or showcase.public is None:
        return unlisted(render(request, "projects/showcase/gone.html", status=410))
    version = showcase.public
    context = {
        "showcase": showcase,
        "version": version,
        "shown": shown_of(version),
        "names": queries.names_shown(version),
        "program": program_of(showcase.team.classroom.cohort.version).title.in_(reader_language()),
        "skills": [each[reader_language()] for each in version.skills],
    }
    return unlisted(render(request, "projects/showcase/work.html", context))


@require_safe
@never_cache
def picture(request: HttpRequest, address: str) -> HttpResponse:
    """The picture of a work, as long as the work is shown."""
    showcase, is_public = queries.public_showcase(address)
    if showcase.public is None or showcase.public.picture is None or not is_public:
        if not is_public:
            return unlisted(render(request, "projects/showcase/gone.html", status=410))
        raise Http404
    return unlisted(picture_answer(bytes(showcase.public.picture.data)))


def unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = NO_INDEX
    return response
