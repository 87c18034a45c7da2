"""Staff: the calls of a cohort, the applications to one, reading them, recording consent, the table to take away."""

from io import BytesIO
from itertools import chain

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.calls import filling, pages, queries, running, vouching, workbook
from saem.apps.cohorts.calls.documents import MOST_BYTES_SENT
from saem.apps.cohorts.calls.edits import starter
from saem.apps.cohorts.calls.forms import ApplicationFilter, CallForm, ConsentRecordForm
from saem.apps.cohorts.calls.vouching import Evidence, Guardian
from saem.apps.cohorts.models import Application, ApplicationState, Call, ConsentWay
from saem.apps.cohorts.queries import cohort_for
from saem.apps.cohorts.retention.periods import keeping_of
from saem.apps.events.services import record
from saem.apps.people.queries import signed_in
from saem.errors import SaemError
from saem.web.downloads import csv_response, workbook_response
from saem.web.messages import message
from saem.web.uploads import LimitedUpload

A_PAGE = 50


@require_safe
@login_required
def calls(request: HttpRequest, pk: int) -> HttpResponse:
    cohort = cohort_for(signed_in(request), pk)
    return render(request, "calls/calls.html", {"cohort": cohort, "calls": list(queries.calls_of(cohort))})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a call."""
    user = signed_in(request)
    cohort = cohort_for(user, pk)
    form = CallForm(request.POST if request.method == "POST" else None, initial={"audience": "student"})
    if form.is_valid():
        call = running.open_call(cohort, by=user, facts=form.cleaned_data, form=starter())
        messages.success(request, _("모집을 준비했어요. 이제 지원서 양식을 다듬고 공개해요."))
        return redirect("calls:builder", call.pk)
    return render(request, "calls/settings.html", {"cohort": cohort, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    call = queries.call_run_for(user, pk)
    initial = {name: getattr(call, name) for name in CallForm.base_fields}
    form = CallForm(request.POST if request.method == "POST" else None, initial=initial, call=call)
    if form.is_valid():
        running.change_call(call, by=user, facts=form.cleaned_data)
        messages.success(request, _("저장했어요."))
        return redirect("calls:applications", pk)
    return render(
        request,
        "calls/settings.html",
        {"cohort": call.cohort, "call": call, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@login_required
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the call to everybody."""
    user = signed_in(request)
    call = queries.call_run_for(user, pk)
    if running.publish_call(call, by=user):
        messages.error(request, _("지원서 양식에 고칠 곳이 있어요. 고친 뒤에 공개해 주세요."))
        return redirect("calls:builder", pk)
    messages.success(request, _("모집을 공개했어요."))
    return redirect("calls:applications", pk)


@require_safe
@login_required
@never_cache
def applications(request: HttpRequest, pk: int) -> HttpResponse:
    """Who applied: searched, narrowed, page by page."""
    call = queries.call_run_for(signed_in(request), pk)
    form = ApplicationFilter(request.GET)
    page = Paginator(narrowed(call, form), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "call": call,
        "form": form,
        "page": page,
        "counts": queries.counts_of(call),
        "kept": keeping_of(call),
    }
    return render(request, "calls/applications.html", context)


def narrowed(call: Call, form: ApplicationFilter) -> QuerySet[Application]:
    """The applications that a list or a table shows."""
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "show": ""}
    found = queries.applications_to(call)
    if wanted["q"]:
        found = found.filter(Q(name__icontains=wanted["q"]) | Q(receipt__icontains=wanted["q"]))
    if wanted["show"] == "withdrawn":
        return found.filter(state=ApplicationState.WITHDRAWN)
    found = found.filter(state=ApplicationState.SUBMITTED)
    ready = queries.complete(call.applications.all()).values("pk")
    if wanted["show"] == "complete":
        return found.filter(pk__in=ready)
    return found.exclude(pk__in=ready) if wanted["show"] == "waiting" else found


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The applications as XLSX or CSV, narrowed as the list is. That they were taken away is an event."""
    user = signed_in(request)
    call = queries.call_run_for(user, pk)
    if kind not in {"xlsx", "csv"}:
        raise Http404
    questions = workbook.columns_of(call)
    head, rows = workbook.heads(questions), workbook.lines(narrowed(call, ApplicationFilter(request.GET)), questions)
    name = f"{slugify(call.title, allow_unicode=True)}-{timezone.localdate():%Y-%m-%d}.{kind}"
    record(
        "applications.exported",
        actor=user,
        object_kind="call",
        object_id=call.pk,
        cohort_id=call.cohort_id,
        facts={"kind": kind},
    )
    if kind == "xlsx":
        return workbook_response(workbook.write_xlsx(head, rows, title=call.title), name)
    return csv_response(chain([head], rows), name)


@require_safe
@login_required
@never_cache
def read(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """One application as it was submitted, with what others added. Of a child without consent, no answers."""
    found = queries.application_run_for(signed_in(request), pk, application)
    return render(request, "calls/read.html", reading(found))


def reading(found: Application) -> dict[str, object]:
    recommendation, consent = queries.standing(found)
    is_readable = queries.is_readable(found)
    return {
        "application": found,
        "call": found.call,
        "track": pages.track_of(found),
        "recommendation": recommendation,
        "consent": consent,
        "is_readable": is_readable,
        "revisions": found.revisions.count(),
        **(filling.read_page(found) if is_readable else {"said": []}),
    }


@csrf_exempt  # only so that the handler below counts the bytes first: `_record_consent` checks the token as ever
def record_consent(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """Set up the counting of bytes before anything reads the request's body."""
    upload = LimitedUpload(request, limit=MOST_BYTES_SENT)
    request.upload_handlers = [upload]
    return _record_consent(request, pk, application)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def _record_consent(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    user = signed_in(request)
    found = queries.application_run_for(user, pk, application)
    _recommendation, consent = queries.standing(found)
    initial: dict[str, object] = {"given_at": timezone.localtime(), "way": ConsentWay.SIGNED_PAPER}
    if consent is not None:
        initial |= {"name": consent.guardian_name, "contact": consent.contact, "relation": consent.relation}
    form = ConsentRecordForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid() and keep_consent(form, found, request):
        messages.success(request, _("보호자 동의를 기록했어요."))
        return redirect("calls:read", pk, application)
    context = {"application": found, "call": found.call, "form": form, "consent": consent}
    return render(request, "calls/record_consent.html", context, status=422 if form.errors else 200)


def keep_consent(form: ConsentRecordForm, application: Application, request: HttpRequest) -> bool:
    values = form.cleaned_data
    file = values["file"]
    evidence = Evidence(
        way=ConsentWay(values["way"]),
        guardian=Guardian(values["name"], values["contact"], values["relation"]),
        given_at=values["given_at"],
        note=values["note"],
        file=(file.name, file.read()) if file else None,
    )
    try:
        vouching.record_consent(application, evidence, by=signed_in(request))
    except SaemError as refused:
        form.add_error(
            "file" if refused.code.startswith("document.") else None, message(refused.code, **refused.params)
        )
        return False
    return True


@require_POST
@login_required
def withdraw_consent(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """Note that the guardian took the consent back: from then on nobody reads the answers."""
    user = signed_in(request)
    found = queries.application_run_for(user, pk, application)
    if vouching.withdraw_consent(found, by=user):
        messages.success(request, _("보호자가 동의를 거두어들인 것을 기록했어요. 이제 답을 볼 수 없어요."))
    return redirect("calls:read", pk, application)


@require_POST
@login_required
@never_cache
def renew_link(request: HttpRequest, pk: int, application: int) -> HttpResponse:
    """A new link for the recommender, shown once, for where a letter did not arrive."""
    user = signed_in(request)
    found = queries.application_run_for(user, pk, application)
    recommendation, _consent = queries.standing(found)
    if recommendation is None:
        raise Http404
    token = vouching.renew_recommendation_link(recommendation, by=user)
    link = request.build_absolute_uri(reverse("calls:recommend", args=[token]))
    return render(request, "calls/read.html", reading(found) | {"hand_over": link})


@require_safe
@login_required
@never_cache
def document(request: HttpRequest, pk: int, document: int) -> FileResponse:
    """A document as a download: never shown in the page, never taken for anything else."""
    found = queries.document_for(signed_in(request), pk, document)
    answer = FileResponse(
        BytesIO(bytes(found.file.data)),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
