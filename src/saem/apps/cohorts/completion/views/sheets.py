"""Staff: the report and the sheet of results to take away, and the sheet of results back in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.completion import sheets
from saem.apps.cohorts.completion.forms import SheetForm
from saem.apps.cohorts.models import Cohort, TrainingCourse
from saem.apps.cohorts.queries import cohort_for
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.apps.people.queries import signed_in
from saem.web.downloads import workbook_response
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

MOST_BYTES = 8 * 1024 * 1024


@require_safe
@login_required
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who completed, as the office wants it. That it was taken away is an event."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    training = TrainingCourse.objects.filter(cohort=cohort).first()
    if training is None:
        raise Http404
    _note(cohort, user, "report")
    return workbook_response(sheets.write_report(cohort, training), _file_name(cohort, _("이수 보고")))


@require_safe
@login_required
@never_cache
def results(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    _note(cohort, user, "results")
    return workbook_response(sheets.write_results(cohort), _file_name(cohort, _("성적 결과")))


def _note(cohort: Cohort, user: User, kind: str) -> None:
    record(
        "records.exported",
        actor=user,
        object_kind="cohort",
        object_id=cohort.pk,
        cohort_id=cohort.pk,
        facts={"kind": kind},
    )


def _file_name(cohort: Cohort, kind: str) -> str:
    return f"{slugify(cohort.title, allow_unicode=True)}-{kind}-{timezone.localdate():%Y-%m-%d}.xlsx"


@csrf_exempt  # only so that the handler below counts the bytes first: `_upload` checks the token as ever
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    handler = LimitedUpload(request, limit=MOST_BYTES)
    request.upload_handlers = [handler]
    return _upload(request, pk, handler)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def _upload(request: HttpRequest, pk: int, handler: LimitedUpload) -> HttpResponse:
    """Ask for the sheet; then say what would change, and change nothing yet."""
    cohort = cohort_for(signed_in(request), pk)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    context = {"cohort": cohort, "form": form}
    if handler.is_too_large:
        form.add_error("file", _("파일이 너무 커요. 8MB까지 올릴 수 있어요."))
    if not form.is_valid():
        return render(request, "completion/upload.html", context, status=422 if form.errors else 200)
    file = form.cleaned_data["file"]
    found = sheets.read_results(cohort, file, file.name)
    problems = [
        {
            "cell": each.cell,
            "line": each.line,
            "text": message(each.code, **each.params),
            "remedy": message(f"{each.code}.remedy", **each.params),
            "is_error": each.severity == "error",
        }
        for each in found.problems
    ]
    context |= {
        "report": found,
        "problems": problems,
        "sealed": sheets.sealed(found, cohort) if found.changes else "",
    }
    is_refused = not found.changes and any(one["is_error"] for one in problems)
    return render(request, "completion/upload.html", context, status=422 if is_refused else 200)


@require_POST
@login_required
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply what the report showed, and nothing else."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    try:
        changed, left = sheets.apply(cohort, request.POST.get("sealed", ""), by=user)
    except signing.BadSignature:
        messages.error(request, _("보고서가 너무 오래되었거나 온전하지 않아요. 파일을 다시 올려 주세요."))
        return redirect("completion:upload", pk)
    words = ngettext("%(count)d칸을 고쳤어요.", "%(count)d칸을 고쳤어요.", changed) % {"count": changed}
    if left:
        words += " " + _("그 사이 다른 사람이 고친 %(count)d칸은 그대로 두었어요.") % {"count": left}
    messages.success(request, words)
    return redirect("completion:people", pk)
