"""Recommendations that schools send as a list: the sheet to fill in, and its way in."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from saem.apps.cohorts.calls.queries import call_run_for
from saem.apps.cohorts.models import SheetKind
from saem.apps.cohorts.selection import recommending, sheets
from saem.apps.cohorts.selection.forms import SheetForm
from saem.apps.cohorts.selection.views.sheets import taken
from saem.apps.people.queries import signed_in
from saem.lib.completion.sheets import write_sheet
from saem.web.downloads import workbook_response
from saem.web.uploads import LimitedUpload


@require_safe
@login_required
def template(request: HttpRequest, pk: int) -> FileResponse:
    """An empty sheet for schools."""
    call = call_run_for(signed_in(request), pk)
    file = BytesIO()
    write_sheet(file, recommending.LAYOUT, [])
    file.seek(0)
    return workbook_response(file, f"{slugify(call.title, allow_unicode=True)}-{_('추천 명단')}.xlsx")


@csrf_exempt  # only so that the handler below counts the bytes first: `_upload` checks the token as ever
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    limited = LimitedUpload(request, limit=sheets.MOST_BYTES)
    request.upload_handlers = [limited]
    return _upload(request, pk, limited)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@login_required
@never_cache
def _upload(request: HttpRequest, pk: int, limited: LimitedUpload) -> HttpResponse:
    call = call_run_for(signed_in(request), pk)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    answer = taken(request, form, limited, call, kind=SheetKind.RECOMMENDATIONS) if call.needs_recommendation else None
    context = {"call": call, "form": form, "columns": recommending.LAYOUT.columns}
    status = 422 if form.errors else 200
    return answer or render(request, "selection/upload_recommendations.html", context, status=status)
