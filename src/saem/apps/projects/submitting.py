"""The one address that takes a file: who, how large, what kind, how often; then the submission."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from saem.apps.people.queries import signed_in
from saem.apps.projects import queries, services
from saem.apps.projects.contents import ProjectContent, project_content
from saem.apps.projects.forms import SubmitForm
from saem.apps.projects.models import SubmissionKind
from saem.apps.projects.views import project_page
from saem.errors import SaemError
from saem.lib import grading
from saem.web.messages import message
from saem.web.middleware import is_htmx
from saem.web.uploads import LimitedUpload


@require_POST
@csrf_exempt  # only so that the handler below sees the bytes first: `_submit` checks the token as ever
def submit(request: HttpRequest, enrolment: int, project: str) -> HttpResponse:
    """Set up the counting of bytes before anything reads the request's body."""
    if not request.user.is_authenticated:
        messages.warning(
            request, _("로그인이 풀려서 파일을 받지 못했어요. 다시 로그인한 뒤 파일을 한 번 더 골라 주세요.")
        )
        return redirect_to_login(reverse("projects:project", args=[enrolment, project]))
    upload = LimitedUpload(request, limit=settings.SUBMISSION_MAX_BYTES)
    request.upload_handlers = [upload]
    return _submit(request, enrolment, project, upload)


@csrf_protect
def _submit(request: HttpRequest, enrolment: int, project: str, upload: LimitedUpload) -> HttpResponse:
    owner = queries.own_enrolment_for(signed_in(request), enrolment)
    content = project_content(owner, project, get_language())
    form = SubmitForm(request.POST, request.FILES)
    form.accept_only(content.accepts)
    if upload.is_too_large:
        form.errors.pop("file", None)
        form.add_error("file", message("upload_too_large", limit_mb=settings.SUBMISSION_MAX_BYTES // 2**20))
        return _refused(request, content, form, status=413)
    if not form.is_valid():
        return _refused(request, content, form, status=422)
    handed_in = form.cleaned_data["file"]
    data = handed_in.read()
    kind = SubmissionKind(grading.kind_of(handed_in.name, data, content.accepts))
    if kind not in content.accepts:
        form.add_error("file", message(f"only_{content.accepts[0]}"))
        return _refused(request, content, form, status=422)
    try:
        submission = services.submit_work(
            owner,
            project=project,
            upload=services.Upload(name=handed_in.name, kind=kind, data=data),
            token=form.cleaned_data["token"],
            attempts_per_day=content.project.attempts_per_day,
        )
    except SaemError as refused:
        form.add_error(None, message(refused.code, **refused.params))
        return _refused(request, content, form, status=refused.status)
    return redirect("projects:submission", submission.pk)


def _refused(request: HttpRequest, content: ProjectContent, form: SubmitForm, *, status: int) -> HttpResponse:
    """The page again, or only the form for htmx, with a sentence that says what to do. Nothing was handed in."""
    template = "projects/_submit.html" if is_htmx(request) else "projects/project.html"
    return render(request, template, project_page(request, content, form), status=status)
