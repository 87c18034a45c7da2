"""The files of a proposal: what is there, what is new, what is called otherwise."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.catalog.editor import editing
from saem.apps.catalog.editor.forms import MoveForm, NewItemForm, NewLessonForm, SeenForm
from saem.apps.catalog.editor.trees import groups_of, item_names_of, skills_of
from saem.apps.catalog.editor.views.places import below_files, below_proposal, written
from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.models import Incoming, Proposal
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.languages import reader_language
from saem.web.messages import message


@require_safe
@login_required
@never_cache
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """All files, by lesson and project."""
    found = written(request, pk)
    revision = queries.newest_revision(found)
    groups = groups_of(revision.files, reader_language())
    page = {**below_proposal(found), "proposal": found, "revision": revision, "groups": groups}
    return render(request, "editor/files.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new_lesson(request: HttpRequest, pk: int) -> HttpResponse:
    """A lesson from the template."""
    found = written(request, pk)
    newest = queries.newest_revision(found)
    skills = skills_of(newest.files, reader_language())
    form = NewLessonForm(_sent(request), skills=skills, initial={"seen": newest.number, "minutes": 50})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = _saved(
            request,
            found,
            form,
            f"lessons/{data['id']}/ko.md",
            lambda: editing.add_lesson(
                found,
                data["id"],
                by=signed_in(request),
                seen=data["seen"],
                title=form.title,
                goal=form.goal,
                minutes=data["minutes"],
                skills=data["skills"],
            ),
        )
        if answer is not None:
            return answer
    return _form_page(request, found, form, "editor/new_lesson.html")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new_item(request: HttpRequest, pk: int) -> HttpResponse:
    """A practice item from the template."""
    found = written(request, pk)
    newest = queries.newest_revision(found)
    skills, taken = skills_of(newest.files, reader_language()), item_names_of(newest.files)
    form = NewItemForm(_sent(request), skills=skills, taken=taken, initial={"seen": newest.number})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        file = f"items/{data['file']}"
        answer = _saved(
            request,
            found,
            form,
            file,
            lambda: editing.add_item(
                found,
                data["id"],
                by=signed_in(request),
                seen=data["seen"],
                file=file,
                kind=data["kind"],
                skill=data["skill"],
            ),
        )
        if answer is not None:
            return answer
    names = [name.removeprefix("items/") for name in newest.files if name.startswith("items/")]
    return _form_page(request, found, form, "editor/new_item.html", names=sorted(names))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def move(request: HttpRequest, pk: int, file: str) -> HttpResponse:
    """Another name for a file; from here it is removed, too."""
    found = written(request, pk)
    newest = queries.newest_revision(found)
    form = MoveForm(_sent(request), initial={"seen": newest.number, "name": file})
    if request.method == "POST" and form.is_valid():
        to, seen = form.cleaned_data["name"], form.cleaned_data["seen"]
        answer = _saved(
            request, found, form, "", lambda: editing.move(found, file, to, by=signed_in(request), seen=seen)
        )
        if answer is not None:
            return answer
    elif file not in newest.files:
        raise Http404
    return _form_page(request, found, form, "editor/move.html", file=file, revision=newest)


@require_POST
@login_required
def remove(request: HttpRequest, pk: int, file: str) -> HttpResponse:
    """Take a file out of the proposal; its revisions before still have it."""
    found = written(request, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise SaemError("proposal.changed_meanwhile", status=422)
    outcome = editing.remove(found, file, by=signed_in(request), seen=form.cleaned_data["seen"])
    return _went(request, found, outcome, "")


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _saved(
    request: HttpRequest,
    found: Proposal,
    form: SeenForm,
    file: str,
    act: Callable[[], editing.Outcome],
) -> HttpResponse | None:
    """Where a change leads; None where it could not be made, which the form then says."""
    try:
        outcome = act()
    except SaemError as error:
        form.add_error(None, message(error.code, **error.params))
        return None
    return _went(request, found, outcome, file)


def _went(request: HttpRequest, found: Proposal, outcome: editing.Outcome, file: str) -> HttpResponse:
    if isinstance(outcome, Incoming):
        return redirect("proposals:merge", found.pk, outcome.pk)
    messages.success(request, _("저장했어요. 지금 확인하고 있어요."))
    return redirect("editor:edit", found.pk, file) if file in outcome.files else redirect("editor:files", found.pk)


def _form_page(request: HttpRequest, found: Proposal, form: SeenForm, template: str, **more: object) -> HttpResponse:
    page = {**below_files(found), "proposal": found, "form": form, **more}
    return render(request, template, page, status=422 if form.errors else 200)
