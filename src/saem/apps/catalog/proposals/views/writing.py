"""Opening a proposal, saving to it, answering what clashes, publishing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from saem.apps.catalog.proposals import publishing, queries, saving
from saem.apps.catalog.proposals.checks import ask_for_check
from saem.apps.catalog.proposals.files import MOST_BYTES, bytes_of
from saem.apps.catalog.proposals.forms import MergeForm, OpenForm, PublishForm, UploadForm
from saem.apps.catalog.proposals.models import CheckState, Incoming, Proposal, Revision
from saem.apps.catalog.proposals.rule import standing_of
from saem.apps.catalog.proposals.views.reading import below, below_program
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

MEGABYTE = 2**20


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a proposal on the newest version; files come in afterwards."""
    user = signed_in(request)
    program = queries.program_for(user, slug)
    if not queries.may_write(user, program):
        raise Http404
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        opened = saving.open_proposal(program, by=user, title=data["title"], why=data["why"])
        messages.success(request, _("제안을 열었어요. 폴더를 내려받아 고치고, 고친 것을 올려 주세요."))
        return redirect("proposals:proposal", opened.pk)
    page = {**below_program(program), "form": form}
    return render(request, "proposals/new.html", page, status=422 if form.errors else 200)


@csrf_exempt  # only so that the handler below sees the bytes first: `_upload` checks the token as ever
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Save one text file, or the whole folder as a zip."""
    handler = LimitedUpload(request, limit=MOST_BYTES)
    request.upload_handlers = [handler]
    return _upload(request, pk, handler)


@csrf_protect
def _upload(request: HttpRequest, pk: int, handler: LimitedUpload) -> HttpResponse:
    user, found = _written_by(request, pk)
    newest = queries.newest_revision(found)
    form = UploadForm(initial={"seen": newest.number}, held={})
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, held=_held(found, request.POST.get("seen", "")))
        if handler.is_too_large:
            form.add_error("file", message("proposal.too_large", limit=MOST_BYTES // MEGABYTE))
        elif form.is_valid() and (answer := _saved(request, found, form, user)) is not None:
            return answer
    page = {**below(found), "proposal": found, "form": form, "names": sorted(newest.files), "revision": newest}
    return render(request, "proposals/upload.html", page, status=422 if form.errors else 200)


def _held(found: Proposal, seen: str) -> dict[str, bytes]:
    """The files that one file is put among: those that the writer had before them."""
    return bytes_of(queries.revision_numbered(found, int(seen)).files) if seen.isdecimal() and len(seen) < 9 else {}  # noqa: PLR2004  # as a number of the database


def _saved(request: HttpRequest, found: Proposal, form: UploadForm, user: User) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        outcome = saving.save(found, form.folder, by=user, seen=data["seen"], note=data["note"])
    except SaemError as error:
        form.add_error("file", message(error.code, **error.params))
        return None
    return _went(request, found, outcome)


@require_POST
@login_required
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the program's newest version."""
    user, found = _written_by(request, pk)
    return _went(request, found, saving.take_version(found, by=user))


def _went(request: HttpRequest, found: Proposal, outcome: Revision | Incoming) -> HttpResponse:
    if isinstance(outcome, Incoming):
        return redirect("proposals:merge", found.pk, outcome.pk)
    messages.success(request, _("저장했어요. 지금 확인하고 있어요."))
    return redirect("proposals:proposal", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def merging(request: HttpRequest, pk: int, incoming: int) -> HttpResponse:
    """Passages that both sides changed: a person says what becomes of each."""
    user, found = _written_by(request, pk)
    coming = queries.incoming_for(user, found, incoming)
    newest = queries.newest_revision(found)
    conflicts = saving.merge_of(coming, newest).conflicts
    form = MergeForm(
        request.POST if request.method == "POST" else None, conflicts=conflicts, initial={"seen": newest.number}
    )
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            saving.settle(coming, form.chosen(), by=user, seen=form.cleaned_data["seen"])
        except SaemError as error:
            trouble = message(error.code, **error.params)
            # The questions may be others now: nothing that was chosen for the old ones is kept.
            form = MergeForm(conflicts=conflicts, initial={"seen": newest.number})
        else:
            messages.success(request, _("합쳤어요. 지금 확인하고 있어요."))
            return redirect("proposals:proposal", pk)
    page = {**below(found), "proposal": found, "incoming": coming, "form": form, "trouble": trouble}
    return render(request, "proposals/merge.html", page, status=422 if form.errors or trouble else 200)


@require_POST
@login_required
def drop(request: HttpRequest, pk: int, incoming: int) -> HttpResponse:
    """Give up what waits to be taken in."""
    user, found = _written_by(request, pk)
    saving.drop(queries.incoming_for(user, found, incoming), by=user)
    return redirect("proposals:proposal", pk)


@require_POST
@login_required
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the newest revision to be checked again: what it needs may be there by now."""
    _user, found = _written_by(request, pk)
    with transaction.atomic():
        revision = queries.newest_revision(found)
        if revision.check_result.state != CheckState.WAITING:
            ask_for_check(revision)
    return redirect("proposals:proposal", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes in both languages, and the version."""
    user = signed_in(request)
    found = queries.proposal_for(user, pk)
    if not found.is_open or not queries.may_publish(user, found.program):
        raise Http404
    standing = standing_of(found)
    form = PublishForm(request.POST if request.method == "POST" else None, initial={"seen": standing.revision.number})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        version = publishing.publish(found, by=user, seen=data["seen"], ko=data["ko"], en=data["en"])
        messages.success(request, _("%(number)s판으로 나왔어요.") % {"number": version.number})
        return redirect("proposals:proposal", pk)
    page = {**below(found), "proposal": found, "standing": standing, "form": form}
    return render(request, "proposals/publish.html", page, status=422 if form.errors else 200)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a proposal without publishing it."""
    user, found = _written_by(request, pk)
    saving.close(found, by=user)
    messages.success(request, _("제안을 그만두었어요. 남긴 글과 말은 그대로 읽을 수 있어요."))
    return redirect("proposals:proposal", pk)


def _written_by(request: HttpRequest, pk: int) -> tuple[User, Proposal]:
    """A proposal that the reader may write in, or Http404."""
    user = signed_in(request)
    found = queries.proposal_for(user, pk)
    if not queries.may_write(user, found.program):
        raise Http404
    return user, found
