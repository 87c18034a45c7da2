"""The pages of projects and submissions. Handing in has a module of its own."""

import hashlib
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_POST, require_safe

from saem.apps.catalog import assets
from saem.apps.jobs.queries import place_of, unfinished_job
from saem.apps.people.queries import signed_in
from saem.apps.projects import board as boards
from saem.apps.projects import queries, services
from saem.apps.projects.contents import ProjectContent, project_content
from saem.apps.projects.forms import SubmitForm
from saem.apps.projects.metric_names import direction_of, name_of
from saem.apps.projects.models import Submission
from saem.apps.projects.regrading.queries import notice_of, notices_of, verdicts_of
from saem.apps.projects.results import result_of
from saem.apps.projects.standings import Direction
from saem.apps.projects.teams.queries import team_of
from saem.errors import SaemError
from saem.web.messages import message
from saem.web.middleware import is_htmx

SUBMISSIONS_A_PAGE = 10
# How old a submission is (s) → how long its page waits before it asks again (ms): quick at first, then patient.
POLLING = ((1, 150), (3, 300), (15, 1000), (120, 3000), (3600, 10_000))
SLOWEST_POLL_MS = 60_000
WAITING = "projects/_waiting.html"


@require_safe
@login_required
def project(request: HttpRequest, enrolment: int, project: str) -> HttpResponse:
    owner = queries.enrolment_for(signed_in(request), enrolment)
    content = project_content(owner, project, get_language())
    return render(request, "projects/project.html", project_page(request, content))


def project_page(request: HttpRequest, content: ProjectContent, form: SubmitForm | None = None) -> dict[str, object]:
    """The context of the project's page, with a form that may carry what was wrong with the last try."""
    enrolment, project = content.enrolment, content.project
    form = form or SubmitForm.fresh(accepts=content.accepts)
    used = services.attempts_used(enrolment, project.id)
    is_mine = enrolment.user_id == request.user.pk
    mine = Paginator(queries.submissions_of(enrolment, project.id), SUBMISSIONS_A_PAGE)
    return {
        "content": content,
        "project": project,
        "enrolment": enrolment,
        "is_mine": is_mine,
        "team": team_of(enrolment, project.id) if project.team is not None else None,
        "form": form,
        "limit": project.attempts_per_day,
        "left": max(0, project.attempts_per_day - used),
        "page": mine.get_page(request.GET.get("page")),
        "notices": notices_of(enrolment, project.id),
        "may_choose": is_mine and content.metric is not None and content.run.revealed_at is None,
        "card": project.data_card,
        "source": content.program.sources[project.data_card.source],
        **words_of(content),
    }


def words_of(content: ProjectContent) -> dict[str, object]:
    """The metric in words, and where the page hangs."""
    metric = content.metric
    if metric is None:
        return {"metric": None}
    return {
        "metric": metric,
        "metric_name": name_of(metric),
        "metric_direction": direction_of(metric),
        "higher_is_better": metric.higher_is_better,
    }


def file_etag(request: HttpRequest, enrolment: int, project: str, name: str) -> str | None:
    """A published version never changes, so its hash and the name are the file's identity."""
    if not request.user.is_authenticated:
        return None
    owner = queries.enrolment_for(signed_in(request), enrolment)
    version = owner.classroom.cohort.version.content_hash
    return quote_etag(hashlib.sha256(f"{version}/{project}/{name}".encode()).hexdigest()[:32])


@require_safe
@login_required
@condition(etag_func=file_etag)
def file(request: HttpRequest, enrolment: int, project: str, name: str) -> HttpResponse:
    """A download: the data, or the starter notebook."""
    owner = queries.enrolment_for(signed_in(request), enrolment)
    data = project_content(owner, project, get_language()).file(name)
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/octet-stream"
    shown = f"{project}.ipynb" if name.endswith(".ipynb") else name
    response = attachment(data, shown, content_type=kind)
    # Private: a shared cache must not hand it to people outside the class. The browser asks whether it changed.
    patch_cache_control(response, private=True, no_cache=True)
    return response


def attachment(data: bytes, name: str, *, content_type: str = "application/octet-stream") -> HttpResponse:
    """Bytes that a browser saves and never opens, whatever they are."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)


@require_safe
@login_required
def asset(request: HttpRequest, enrolment: int, project: str, path: str) -> HttpResponse:  # noqa: ARG001  # the address names it
    """A picture of the brief."""
    owner = queries.enrolment_for(signed_in(request), enrolment)
    return assets.asset(owner.classroom.cohort.version, path)


@require_safe
@login_required
def board(request: HttpRequest, enrolment: int, project: str) -> HttpResponse:
    owner = queries.enrolment_for(signed_in(request), enrolment)
    content = project_content(owner, project, get_language())
    cohort = owner.classroom.cohort
    run = content.run
    context: dict[str, object] = {
        "content": content,
        "project": content.project,
        "enrolment": owner,
        "cohort": cohort,
        "revealed_at": run.revealed_at,
        "is_mine": owner.user_id == request.user.pk,
        "may_reveal": queries.runs_cohort(signed_in(request), cohort.pk),
        **words_of(content),
    }
    if content.metric is not None:
        context["board"] = boards.board_page(
            owner,
            run,
            direction=Direction(higher_is_better=content.metric.higher_is_better),
            baselines=content.baselines,
            number=request.GET.get("page"),
        )
    return render(request, "projects/board.html", context)


@require_safe
@login_required
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """Received, checking, then the verdict: the page asks again by itself until it is decided."""
    found = queries.submission_for(signed_in(request), pk)
    is_part = is_htmx(request)
    if is_part and found.is_pending:
        # Whoever waits asks again and again, beside the work that is waited for: what the part shows, and no more.
        return for_this_moment(render(request, WAITING, {"submission": found, **waiting_context(found)}))
    content = project_content(found.enrolment, found.project, get_language())
    part = WAITING if found.is_pending else "projects/_result.html"
    context: dict[str, object] = {
        "submission": found,
        "enrolment": found.enrolment,
        "content": content,
        "project": content.project,
        "is_mine": found.enrolment.user_id == request.user.pk,
        "part": part,
        "is_part": is_part,
        **words_of(content),
        **(waiting_context(found) if found.is_pending else decided_context(found, content)),
    }
    return for_this_moment(render(request, part if is_part else "projects/submission.html", context))


def for_this_moment(response: HttpResponse) -> HttpResponse:
    """The same address answers with a page or with a part of it, and never twice the same."""
    response.headers["Vary"] = "HX-Request, " + response.headers.get("Vary", "Cookie")
    patch_cache_control(response, private=True, no_store=True)
    return response


def waiting_context(submission: Submission) -> dict[str, object]:
    job = unfinished_job(services.GRADE, submission.pk)
    age = (timezone.now() - submission.created_at).total_seconds()
    return {
        "place": place_of(job) if job is not None else None,
        "poll_ms": next((pause for until, pause in POLLING if age < until), SLOWEST_POLL_MS),
    }


def decided_context(submission: Submission, content: ProjectContent) -> dict[str, object]:
    enrolment, project = submission.enrolment, content.project
    context: dict[str, object] = {
        "result": result_of(
            submission,
            content,
            previous=queries.previous_scored(submission),
            figures=list(queries.figures_of(submission)),
        ),
        "left": max(0, project.attempts_per_day - services.attempts_used(enrolment, project.id)),
        "notice": notice_of(submission),
        "verdicts": verdicts_of(submission),
    }
    if content.metric is not None:
        run = content.run
        context["revealed_at"] = run.revealed_at
        direction = Direction(higher_is_better=content.metric.higher_is_better)
        context["excerpt"] = boards.excerpt(enrolment, run, direction=direction, baselines=content.baselines)
    return context


@require_safe
@login_required
def submitted_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in, byte for byte."""
    found = queries.submission_for(signed_in(request), pk)
    return attachment(queries.file_of(found), found.name)


@require_safe
@login_required
def figure(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """A figure that the notebook drew: PNG, checked by the sandbox, and never anything else to a browser."""
    found = queries.submission_for(signed_in(request), pk)
    response = HttpResponse(bytes(queries.figure_for(found, figure).png), content_type="image/png")
    response.headers["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=3600)
    return response


@require_POST
@login_required
def final(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """The student's choice of what counts in the private part."""
    user = signed_in(request)
    found = queries.submission_for(user, pk)
    queries.own_enrolment_for(user, found.enrolment_id)
    try:
        services.choose_final(found, is_final=request.POST.get("is_final") != "no")
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    return redirect(reverse("projects:project", args=[found.enrolment_id, found.project]) + "#mine")


@require_POST
@login_required
def reveal(request: HttpRequest, pk: int, project: str) -> HttpResponseRedirect:
    """Staff open the private part to the cohort."""
    user = signed_in(request)
    cohort = queries.cohort_run_by(user, pk)
    queries.project_in(cohort, project)
    services.reveal(cohort, project=project, by=user)
    messages.success(request, _("비공개 점수를 모두에게 열었어요."))
    back = queries.somebody_in(cohort)
    return redirect("projects:board", back, project) if back is not None else redirect("insight:cohort", cohort.pk)
