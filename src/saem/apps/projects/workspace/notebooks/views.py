"""The pages of a notebook: reading and writing it, where a draft begins, a colleague's version beside it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from saem.apps.people.queries import signed_in
from saem.apps.projects.models import Evidence, Membership, NotebookDraft
from saem.apps.projects.teams.queries import own_team_for
from saem.apps.projects.workspace.notebooks import drafts, taking
from saem.apps.projects.workspace.notebooks.acting import address_of, perform
from saem.apps.projects.workspace.notebooks.forms import NUMBER, NotebookForm, OpenForm
from saem.apps.projects.workspace.notebooks.pages import above, editor_context, reader_context, views_of
from saem.apps.projects.workspace.notebooks.queries import (
    Desk,
    cells_of,
    desk_for,
    opened_starter,
    opened_version,
    version_at,
)
from saem.apps.projects.workspace.notebooks.reading import Opened, empty
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def notebook(request: HttpRequest, pk: int, milestone: str, ask: str) -> HttpResponse:
    """The draft of a member who writes; for everybody else the newest version, or the one that is asked for."""
    desk = desk_for(signed_in(request), pk, milestone, ask)
    if request.method == "POST":
        mine, draft = own_draft(desk)
        return perform(request, desk, mine, draft, NotebookForm(request.POST))
    if desk.may_write and desk.draft is not None and "version" not in request.GET:
        return render(request, "projects/notebook/write.html", editor_context(desk, desk.draft))
    return render(request, "projects/notebook/read.html", reader_context(desk, _version_asked(request, desk)))


def own_draft(desk: Desk) -> tuple[Membership, NotebookDraft]:
    """The draft of a member at work. A stage that was handed in meanwhile still lets them keep what they type."""
    _access, mine = own_team_for(desk.place.access.user, desk.place.access.team.pk)
    if desk.draft is None:
        raise SaemError("notebook.draft_gone", status=409)
    return mine, desk.draft


def _version_asked(request: HttpRequest, desk: Desk) -> Evidence | None:
    asked = request.GET.get("version", "")
    return version_at(desk.place, int(asked)) if NUMBER.fullmatch(asked) else desk.place.newest


@require_POST
@login_required
def open_(request: HttpRequest, pk: int, milestone: str, ask: str) -> HttpResponse:
    """A member begins a draft."""
    desk = desk_for(signed_in(request), pk, milestone, ask)
    _access, mine = own_team_for(desk.place.access.user, pk)
    form = OpenForm(request.POST)
    if not form.is_valid():
        raise Http404
    source, replace = form.cleaned_data["source"], form.cleaned_data["replace"]
    try:
        opened, number, name = _source(desk, source)
        drafts.open_draft(desk.place, mine, opened, based_on=number, name=name, replace=replace)
    except SaemError as refused:
        return _not_opened(request, desk, source, refused)
    for code in opened.notes:
        messages.info(request, message(code))
    return redirect(address_of(desk))


def _source(desk: Desk, source: str) -> tuple[Opened, int, str]:
    """What a draft begins with, the newest version that its writer has before them, and what its file is called."""
    newest = desk.place.newest
    named = newest.name if newest is not None else f"{desk.place.access.team.project}-{desk.place.asked.id}.ipynb"
    seen = newest.number if newest is not None else 0
    if source == OpenForm.EMPTY:
        return empty(), seen, named
    if source == OpenForm.STARTER:
        starter = opened_starter(desk.place.access.project, reader_language())
        if starter is None:
            raise Http404
        return starter, seen, named
    version = version_at(desk.place, int(source))
    return opened_version(version), version.number, version.name


def _not_opened(request: HttpRequest, desk: Desk, source: str, refused: SaemError) -> HttpResponse:
    """The page again; where a draft stands in the way, with the choice to let it go."""
    said = message(refused.code, **refused.params)
    context = {**reader_context(desk, desk.place.newest), "refused": said}
    if refused.code == "notebook.unsaved":
        context["replacing"] = source
    return render(request, "projects/notebook/read.html", context, status=refused.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def compare(request: HttpRequest, pk: int, milestone: str, ask: str, version: int) -> HttpResponse:
    """A version beside one's own draft: what is other, and cells to take over."""
    desk = desk_for(signed_in(request), pk, milestone, ask)
    theirs = version_at(desk.place, version)
    _mine, draft = own_draft(desk)
    opened = opened_version(theirs)
    if request.method == "POST":
        key = request.POST.get("cell", "")
        if not key:
            taking.settle(draft, theirs)
            messages.success(request, _("이제 저장하면 이 판 다음의 판이 돼요."))
            return redirect(address_of(desk))
        taking.take(draft, opened.cells, key)
        return redirect(reverse("projects:notebook_compare", args=[pk, milestone, ask, version]) + f"#theirs-{key}")
    return _comparison(request, desk, draft, theirs, opened)


def _comparison(
    request: HttpRequest, desk: Desk, draft: NotebookDraft, theirs: Evidence, opened: Opened
) -> HttpResponse:
    cells = cells_of(draft)
    found = taking.pairs(cells, opened.cells)
    shared = {pair.theirs.key for pair in found}
    context = {
        **above(desk),
        "theirs": theirs,
        "pairs": [pair for pair in found if not pair.is_same],
        "same": sum(pair.is_same for pair in found),
        "only_mine": [view for view in views_of(cells) if view.id not in shared],
    }
    return render(request, "projects/notebook/compare.html", context)
