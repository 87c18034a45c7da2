"""One file: its text, the page beside it, and saving it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.catalog.assets import SHORTLY, sent
from saem.apps.catalog.editor import editing
from saem.apps.catalog.editor.forms import EditForm
from saem.apps.catalog.editor.previewing import preview_of
from saem.apps.catalog.editor.texts import kept, shown
from saem.apps.catalog.editor.trees import is_written
from saem.apps.catalog.editor.views.places import below_files, written
from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.files import bytes_of
from saem.apps.catalog.proposals.models import Incoming, Proposal, Revision
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.lib import content
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.middleware import is_htmx

MODES = {"md": "markdown", "yaml": "yaml", "yml": "yaml", "py": "python"}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int, file: str) -> HttpResponse:
    """The text on one side, what learners will see on the other."""
    found = written(request, pk)
    if not is_written(file):
        raise Http404
    if request.method == "POST":
        return _post(request, found, file)
    newest = queries.newest_revision(found)
    if file not in newest.files:
        raise Http404
    text = shown(bytes_of(newest.files, [file])[file])
    return _page(request, found, newest, file, EditForm(initial={"seen": newest.number, "text": text}))


def _post(request: HttpRequest, found: Proposal, file: str) -> HttpResponse:
    form = EditForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, file, form)
    if request.POST.get("action") == "preview":
        return _page(request, found, queries.revision_numbered(found, form.cleaned_data["seen"]), file, form)
    data = form.cleaned_data
    try:
        outcome = editing.save_text(
            found, file, data["text"], by=signed_in(request), seen=data["seen"], note=data["note"]
        )
    except SaemError as error:
        code = "editor.nothing_new" if error.code == "proposal.nothing_new" else error.code
        form.add_error(None, message(code, **error.params))
        return _refused(request, found, file, form)
    return _went(request, found, file, outcome, data["text"])


def _went(request: HttpRequest, found: Proposal, file: str, outcome: Revision | Incoming, text: str) -> HttpResponse:
    """The editor stays as it is where its text is what was saved; else the page is drawn anew."""
    if isinstance(outcome, Incoming):
        return _elsewhere(request, reverse("proposals:merge", args=[found.pk, outcome.pk]))
    now = bytes_of(outcome.files, [file]).get(file)
    if now is not None and now == kept(text, now) and is_htmx(request):
        return render(request, "editor/_saved.html", {"revision": outcome, "is_answer": True})
    if now is None or now != kept(text, now):
        messages.success(request, _("그 사이에 다른 분이 고친 것과 합쳐서 저장했어요."))
    else:
        messages.success(request, _("저장했어요. 지금 확인하고 있어요."))
    address = (
        reverse("editor:edit", args=[found.pk, file]) if now is not None else reverse("editor:files", args=[found.pk])
    )
    return _elsewhere(request, address)


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)


def _refused(request: HttpRequest, found: Proposal, file: str, form: EditForm) -> HttpResponse:
    """Nothing was saved; what was typed stays where it is."""
    if is_htmx(request):
        notice = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "editor/_saved.html", {"notice": notice}, status=422)
    return _page(request, found, queries.newest_revision(found), file, form)


def _page(request: HttpRequest, found: Proposal, revision: Revision, file: str, form: EditForm) -> HttpResponse:
    text = str(form["text"].value() or "")
    is_refused = form.is_bound and "text" not in form.cleaned_data
    readable = text if not is_refused else shown(bytes_of(revision.files, [file]).get(file, b""))
    preview = preview_of(revision, file, readable, reader_language())
    page = {
        **below_files(found),
        "proposal": found,
        "revision": revision,
        "file": file,
        "form": form,
        "text": text,
        "mode": MODES.get(file.rpartition(".")[2].lower(), "text"),
        "preview": preview,
    }
    return render(request, "editor/edit.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
@never_cache
def preview(request: HttpRequest, pk: int, file: str) -> HttpResponse:
    """What an unsaved text would look like; nothing is stored."""
    found = written(request, pk)
    form = EditForm(request.POST)
    if not is_written(file):
        raise Http404
    if not form.is_valid():
        notice = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return render(request, "editor/_refused.html", {"notice": notice}, status=422)
    revision = queries.revision_numbered(found, form.cleaned_data["seen"])
    drawn = preview_of(revision, file, form.cleaned_data["text"], reader_language())
    return render(
        request, "editor/_preview.html", {"preview": drawn, "proposal": found, "file": file, "is_answer": True}
    )


@require_safe
@login_required
def asset(request: HttpRequest, pk: int, file: str) -> HttpResponse:
    """A picture or a hand-out, as the newest revision has it."""
    revision = queries.newest_revision(written(request, pk))
    if not content.is_asset(file) or file not in revision.files:
        raise Http404
    return sent(file, bytes_of(revision.files, [file])[file], keep=SHORTLY)
