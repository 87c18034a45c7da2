"""Spreadsheets: results and scores out, scores and applications in, with a report before anything changes."""

import tempfile
from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.calls.queries import call_run_for
from saem.apps.cohorts.calls.workbook import write_xlsx
from saem.apps.cohorts.models import Call, SheetKind
from saem.apps.cohorts.selection import importing, queries, results_book, score_sheets, sheet_pages, sheets
from saem.apps.cohorts.selection.forms import ScoreSheetForm, SheetForm
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.noting import note
from saem.apps.cohorts.selection.rule_pages import stage_titles
from saem.apps.cohorts.selection.views.stages import stage_of
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.lib.completion.sheets import write_sheet
from saem.web.downloads import workbook_response
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.uploads import LimitedUpload


@require_safe
@login_required
@never_cache
def results(request: HttpRequest, pk: int) -> FileResponse:
    """Everybody with answers, points of each stage, ranks and decisions. That they were taken away is an event."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    head, rows = results_book.table(selection, reader_language())
    note("exported", selection, by=user)
    name = f"{slugify(selection.call.title, allow_unicode=True)}-{_('선발')}.xlsx"
    return workbook_response(write_xlsx(head, rows, title=selection.call.title), name)


@require_safe
@login_required
@never_cache
def scores(request: HttpRequest, pk: int, stage: str) -> FileResponse:
    """The scores of one stage, in the form in which they are read in again."""
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    found = rules_of(selection).stage(stage_of(selection, stage))
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    score_sheets.write_scores(file, selection, found)
    file.seek(0)
    note("scores_exported", selection, by=user, stage=stage)
    return workbook_response(file, f"{slugify(found.title.ko, allow_unicode=True)}-{pk}.xlsx")


@require_safe
@login_required
def template(request: HttpRequest, pk: int) -> FileResponse:
    """An empty sheet with the columns of this call's form."""
    call = call_run_for(signed_in(request), pk)
    if call.form is None:
        raise SaemError("sheet.no_form", status=409)
    file = BytesIO()
    write_sheet(file, importing.layout_of(call), [])
    file.seek(0)
    return workbook_response(file, f"{slugify(call.title, allow_unicode=True)}-{_('양식')}.xlsx")


@csrf_exempt  # only so that the handler below counts the bytes first: `_upload` checks the token as ever
def upload_scores(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    limited = LimitedUpload(request, limit=sheets.MOST_BYTES)
    request.upload_handlers = [limited]
    return _upload_scores(request, pk, stage, limited)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@login_required
@never_cache
def _upload_scores(request: HttpRequest, pk: int, stage: str, limited: LimitedUpload) -> HttpResponse:
    user = signed_in(request)
    selection = queries.selection_run_for(user, pk)
    title = stage_titles(rules_of(selection))[stage_of(selection, stage)]
    form = ScoreSheetForm(request.POST, request.FILES) if request.method == "POST" else ScoreSheetForm()
    answer = taken(request, form, limited, selection.call, stage=stage)
    context = {"call": selection.call, "selection": selection, "form": form, "title": title, "stage": stage}
    return answer or render(request, "selection/upload_scores.html", context, status=422 if form.errors else 200)


@csrf_exempt  # as above
def upload_applications(request: HttpRequest, pk: int) -> HttpResponse:
    limited = LimitedUpload(request, limit=sheets.MOST_BYTES)
    request.upload_handlers = [limited]
    return _upload_applications(request, pk, limited)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@login_required
@never_cache
def _upload_applications(request: HttpRequest, pk: int, limited: LimitedUpload) -> HttpResponse:
    call = call_run_for(signed_in(request), pk)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    answer = None if call.form is None else taken(request, form, limited, call)
    columns = [] if call.form is None else importing.layout_of(call).columns
    return answer or render(
        request,
        "selection/upload.html",
        {
            "call": call,
            "form": form,
            "columns": columns,
            "has_groups": call.form is not None and importing.has_groups(call.form),
        },
        status=422 if form.errors else 200,
    )


def taken(
    request: HttpRequest,
    form: SheetForm,
    limited: LimitedUpload,
    call: Call,
    *,
    kind: SheetKind = SheetKind.APPLICATIONS,
    stage: str = "",
) -> HttpResponse | None:
    """Keep the file that came and lead to its report; None where the page is to be shown again."""
    if request.method == "POST" and limited.is_too_large:
        form.add_error("file", message("document.too_large", limit_mb=sheets.MOST_BYTES // 2**20))
        return None
    if not form.is_valid():
        return None
    file = form.cleaned_data["file"]
    assert isinstance(file, UploadedFile)
    sheet = sheets.hand_in(
        call,
        kind=SheetKind.SCORES if stage else kind,
        stage=stage,
        name=file.name or "",
        data=file.read(),
        by=signed_in(request),
        reason=form.cleaned_data.get("reason", ""),
    )
    return redirect("selection:sheet", call.pk, sheet.pk)


@require_safe
@login_required
@never_cache
def sheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """What a file would change, or has changed; while a job is at it, the page asks again by itself."""
    found = queries.sheet_for(signed_in(request), pk, sheet)
    return render(request, "selection/sheet.html", {"call": found.call, "sheet": found, **sheet_pages.page_of(found)})


@require_POST
@login_required
def apply(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    user = signed_in(request)
    sheets.confirm(queries.sheet_for(user, pk, sheet), by=user)
    messages.success(request, _("반영하기 시작했어요."))
    return redirect("selection:sheet", pk, sheet)
