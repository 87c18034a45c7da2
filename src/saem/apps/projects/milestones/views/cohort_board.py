"""The board of a cohort, for its staff: every class, who is waited for since when, and the same as a table."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saem.apps.cohorts.models import Classroom, Cohort
from saem.apps.cohorts.queries import classrooms_of, cohort_for
from saem.apps.people.queries import signed_in
from saem.apps.projects.milestones import cohort_board
from saem.apps.projects.milestones.cohort_board import ORDER, Narrowed
from saem.apps.projects.milestones.sheets import rows_of, write_board
from saem.apps.projects.milestones.stages import WaitsFor
from saem.lib import content
from saem.web.downloads import csv_response, workbook_response
from saem.web.languages import reader_language

WORDS = {
    WaitsFor.JUDGE: _("선생님이나 멘토를 기다려요"),
    WaitsFor.TEAM: _("모둠이 하는 중"),
    WaitsFor.NOBODY: _("마침"),
}
DAYS = ((3, _("3일 넘게")), (7, _("7일 넘게")), (14, _("14일 넘게")))


class BoardForm(forms.Form):
    """What of the board is asked for; a value that is none narrows nothing."""

    classroom = forms.ModelChoiceField(
        label=_("학급"), queryset=Classroom.objects.none(), required=False, empty_label=_("모든 학급")
    )
    waits = forms.ChoiceField(
        label=_("누구를 기다리나요?"),
        required=False,
        choices=[("", pgettext_lazy("filter", "모두")), *((turn, WORDS[turn]) for turn in ORDER)],
    )
    days = forms.TypedChoiceField(
        label=pgettext_lazy("waiting", "언제부터"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("언제든")), *DAYS],
    )

    def __init__(self, *args: Any, classrooms: QuerySet[Classroom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["classroom"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = classrooms

    @property
    def asked(self) -> Narrowed:
        self.is_valid()
        given = self.cleaned_data
        chosen = given.get("classroom")
        return Narrowed(
            classroom=chosen.pk if chosen is not None else None,
            waits_for=given.get("waits", ""),
            days=given.get("days") or 0,
        )


def asked_for(request: HttpRequest, pk: int, project: str) -> tuple[Cohort, content.Project, BoardForm]:
    cohort = cohort_for(signed_in(request), pk)
    found = cohort_board.team_project_of(cohort, project)
    return cohort, found, BoardForm(request.GET, classrooms=classrooms_of(cohort))


@require_safe
@login_required
@never_cache
def stages(request: HttpRequest, pk: int, project: str) -> HttpResponse:
    cohort, found, form = asked_for(request, pk, project)
    page, lines = cohort_board.cohort_page(cohort, found, form.asked, request.GET.get("page"))
    counted = cohort_board.counts(cohort_board.cohort_teams(cohort, found))
    context = {
        "cohort": cohort,
        "project": found,
        "title": found.title.in_(reader_language()),
        "form": form,
        "page": page,
        "lines": lines,
        "counts": [(turn, WORDS[turn], counted.get(turn, 0)) for turn in ORDER],
    }
    return render(request, "projects/stages.html", context)


@require_safe
@login_required
@never_cache
def workbook(request: HttpRequest, pk: int, project: str) -> FileResponse:
    """What the board shows, narrowed as it is, as a workbook."""
    cohort, found, form = asked_for(request, pk, project)
    lines = cohort_board.exported(cohort, found, form.asked)
    file = write_board(rows_of(lines), title=found.title.in_(reader_language()))
    return workbook_response(file, name_of(found, "xlsx"))


@require_safe
@login_required
@never_cache
def table(request: HttpRequest, pk: int, project: str) -> StreamingHttpResponse:
    """The same as CSV, sent as it is read."""
    cohort, found, form = asked_for(request, pk, project)
    return csv_response(rows_of(cohort_board.exported(cohort, found, form.asked)), name_of(found, "csv"))


def name_of(project: content.Project, ending: str) -> str:
    return f"{project.id}-stages-{timezone.localdate():%Y-%m-%d}.{ending}"
