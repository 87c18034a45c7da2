"""The staff's pages of a regrade: choose the rule, wait, look, apply or take back."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saem.apps.cohorts.models import Cohort
from saem.apps.people.queries import signed_in
from saem.apps.projects.models import Regrade
from saem.apps.projects.queries import cohort_run_by, project_in, rule_of
from saem.apps.projects.regrading import queries, services
from saem.apps.projects.regrading.preview import preview_of, progress_of
from saem.apps.projects.regrading.rules import rules_for
from saem.apps.projects.regrading.workbook import write_changes
from saem.errors import SaemError
from saem.web.downloads import workbook_response
from saem.web.languages import reader_language
from saem.web.messages import message
from saem.web.middleware import is_htmx

ROWS_A_PAGE = 50
POLL_MS = 2000


class VersionForm(forms.Form):
    """Which version's rule grades."""

    version = forms.IntegerField()


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def regrade(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    """The open regrade of a project, or the choice of a rule to begin one with."""
    cohort = cohort_run_by(signed_in(request), pk)
    project_in(cohort, project)
    if request.method == "POST":
        return start(request, cohort, project)
    found = queries.open_regrade(cohort, project)
    template = "projects/regrade.html"
    if is_htmx(request):
        template = "projects/_regrade_progress.html"
    context = page(request, cohort, project, found)
    response = render(request, template, context)
    if is_htmx(request) and not context["is_waiting"]:
        # What was waited for is there: the whole page has it.
        response = HttpResponse(headers={"HX-Refresh": "true"})
    response.headers["Vary"] = "HX-Request, " + response.headers.get("Vary", "Cookie")
    patch_cache_control(response, private=True, no_store=True)
    return response


def start(request: HttpRequest, cohort: Cohort, project: str) -> HttpResponseRedirect:
    form = VersionForm(request.POST)
    current = rule_of(cohort, project)
    chosen = form.cleaned_data["version"] if form.is_valid() else None
    rule = next((one for one in rules_for(cohort, project, current) if one.version.pk == chosen), None)
    if rule is None:
        raise Http404
    services.start(cohort, project=project, version=rule.version, by=signed_in(request))
    return redirect("projects:regrade", cohort.pk, project)


def page(request: HttpRequest, cohort: Cohort, project: str, found: Regrade | None) -> dict[str, object]:
    language = reader_language()
    title = project_in(cohort, project).title.in_(language)
    context: dict[str, object] = {
        "cohort": cohort, "project": project, "title": title, "regrade": found, "poll_ms": POLL_MS, "is_waiting": False,
    }  # fmt: skip
    if found is None:
        return context | {
            "rules": rules_for(cohort, project, rule_of(cohort, project)),
            "history": queries.regrades_of(cohort, project)[:ROWS_A_PAGE],
        }
    progress = progress_of(found)
    context |= {"progress": progress, "is_waiting": progress.done < progress.total}
    if not context["is_waiting"]:
        preview = preview_of(found)
        context |= {
            "preview": preview,
            "page": Paginator(preview.changes, ROWS_A_PAGE).get_page(request.GET.get("page")),
            "language": language,
        }
    return context


@require_POST
@login_required
def apply(request: HttpRequest, pk: int, project: str, regrade: int) -> HttpResponseRedirect:
    """Make it count. Pressed twice it is done once."""
    user = signed_in(request)
    found = queries.regrade_for(user, pk, project, regrade)
    try:
        services.apply(found, by=user)
    except SaemError as refused:
        messages.warning(request, message(refused.code, **refused.params))
    else:
        messages.success(request, _("새 채점 결과를 적용해요. 학생마다 한 번에 바뀌고, 바뀐 학생은 알림을 봐요."))
    return redirect("projects:regrade", pk, project)


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int, project: str, regrade: int) -> HttpResponseRedirect:
    """Take the preview back."""
    user = signed_in(request)
    found = queries.regrade_for(user, pk, project, regrade)
    if services.cancel(found, by=user):
        messages.success(request, _("다시 채점을 취소했어요. 점수는 하나도 바뀌지 않았어요."))
    else:
        messages.warning(request, _("이미 적용하고 있어서 취소할 수 없어요."))
    return redirect("projects:regrade", pk, project)


@require_safe
@login_required
def table(request: HttpRequest, pk: int, project: str, regrade: int) -> FileResponse:
    """Who goes up or down, as a workbook; of a regrade that was applied, too."""
    found = queries.regrade_for(signed_in(request), pk, project, regrade)
    file = write_changes(preview_of(found), title=project)
    name = f"{project}-regrade-{timezone.localdate():%Y-%m-%d}.xlsx"
    return workbook_response(file, name)
