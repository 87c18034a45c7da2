"""Files of a challenge: the partner adds and removes them, teams that work on it take them along."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.calls.inspection import MEGABYTE
from saem.apps.partners import queries
from saem.apps.partners.challenges import files
from saem.apps.partners.challenges.formats import MOST_BYTES
from saem.apps.partners.challenges.forms import FileForm
from saem.apps.partners.challenges.views import acted
from saem.apps.partners.models import Challenge
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.apps.projects.views import attachment
from saem.errors import SaemError
from saem.web.messages import message
from saem.web.uploads import LimitedUpload


@csrf_exempt  # only so that the handler below sees the bytes first: `_add` checks the token as ever
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """The partner adds a file, as long as the challenge may be changed."""
    upload = LimitedUpload(request, limit=MOST_BYTES)
    request.upload_handlers = [upload]
    return _add(request, pk, upload)


@csrf_protect
def _add(request: HttpRequest, pk: int, upload: LimitedUpload) -> HttpResponse:
    user = signed_in(request)
    found = queries.challenge_own_for(user, pk)
    if request.method != "POST":
        return _page(request, found, FileForm(initial={"licence": found.licence}))
    form = FileForm(request.POST, request.FILES)
    if upload.is_too_large:
        form.errors.pop("file", None)
        form.add_error("file", message("document.too_large", limit_mb=MOST_BYTES // MEGABYTE))
        return _page(request, found, form, status=413)
    return _save(request, found, form, by=user)


def _save(request: HttpRequest, found: Challenge, form: FileForm, *, by: User) -> HttpResponse:
    if form.is_valid():
        try:
            files.add_file(found, form.brought, by=by)
        except SaemError as refused:
            form.add_error(None, message(refused.code, **refused.params))
        else:
            messages.success(request, _("파일을 올렸어요."))
            return redirect("partners:challenge", found.pk)
    return _page(request, found, form, status=422)


def _page(request: HttpRequest, found: Challenge, form: FileForm, *, status: int = 200) -> HttpResponse:
    return render(request, "partners/challenge_file.html", {"challenge": found, "form": form}, status=status)


@require_POST
@login_required
def remove(request: HttpRequest, pk: int, file: int) -> HttpResponseRedirect:
    user = signed_in(request)
    found = queries.challenge_file_own_for(user, pk, file)
    return acted(request, pk, lambda: files.remove_file(found, by=user), _("파일을 지웠어요."))


@require_safe
@login_required
@never_cache
def download(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The file, to be saved; once its data are withdrawn, words that say so and what to do."""
    user = signed_in(request)
    found = queries.challenge_file_for(user, pk, file)
    # Who only asks for the headers takes nothing along.
    data = files.bytes_of(found) if request.method == "HEAD" else files.hand_out(found, to=user)
    if data is None:
        return render(request, "partners/data_gone.html", {"file": found, "challenge": found.challenge}, status=410)
    return attachment(data, found.name)
