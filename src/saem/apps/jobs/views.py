"""The operators' pages, and what watches the site from outside."""

import hmac

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import Error, connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from saem.apps.jobs import keys, services
from saem.apps.jobs.forms import WorkerKeyForm
from saem.apps.jobs.metrics import CONTENT_TYPE, exposition
from saem.apps.jobs.models import JobState, WorkerKey
from saem.apps.jobs.queries import jobs_in_state, queue_state
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.web.messages import message

JOBS_A_PAGE = 50


def _operators_only(request: HttpRequest) -> User:
    # For everybody else the page does not exist.
    if not isinstance(request.user, User) or not request.user.is_superuser:
        raise Http404
    return request.user


@require_GET
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Depth, age, workers, and the jobs of one state (first of all those that were set aside)."""
    _operators_only(request)
    asked = request.GET.get("state", JobState.DEAD.value)
    state = JobState(asked) if asked in JobState.values else JobState.DEAD
    page = Paginator(jobs_in_state(state), JOBS_A_PAGE).get_page(request.GET.get("page"))
    context = {"queue": queue_state(), "page": page, "state": state, "states": JobState}
    return render(request, "jobs/_state.html" if request.headers.get("HX-Request") else "jobs/queue.html", context)


@require_POST
@login_required
def retry(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    _operators_only(request)
    if services.retry(pk):
        messages.success(request, _("다시 줄에 세웠어요."))
    else:
        messages.info(request, _("다시 세울 것이 없어요. 이미 처리됐거나 더 새로운 작업이 있어요."))
    return redirect("jobs:queue")


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def worker_keys(request: HttpRequest) -> HttpResponse:
    """The keys of worker hosts. A new one is shown in the answer to the form and never again."""
    operator = _operators_only(request)
    form, made = WorkerKeyForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = keys.make_key(**form.cleaned_data, by=operator)
            form = WorkerKeyForm()
        except SaemError as refused:
            form.add_error("name", message(refused.code, **refused.params))
    context = {"form": form, "made": made, "keys": keys.all_keys()}
    return render(request, "jobs/keys.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    operator = _operators_only(request)
    key = get_object_or_404(WorkerKey, pk=pk)
    keys.revoke_key(key, by=operator)
    messages.success(request, _("열쇠를 거두었어요. 그 컴퓨터는 이제 작업을 받지 못해요."))
    return redirect("jobs:keys")


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """For load balancers: 200 while this process answers and its database does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The queue for Prometheus; by token or for superusers."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    by_token = bool(settings.METRICS_TOKEN) and hmac.compare_digest(shown.encode(), settings.METRICS_TOKEN.encode())
    if not by_token:
        _operators_only(request)
    return HttpResponse(exposition(queue_state()), content_type=CONTENT_TYPE)
