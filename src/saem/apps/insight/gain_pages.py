"""The pages that say what a class and a cohort gained between the two diagnoses."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saem.apps.catalog.models import Version
from saem.apps.insight import gains, queries
from saem.apps.insight.gain_columns import cohort_lines
from saem.apps.learning.diagnosis.bank import has_diagnosis
from saem.apps.learning.views import reader
from saem.web.downloads import csv_response


@require_safe
@login_required
def classroom_gains(request: HttpRequest, pk: int) -> HttpResponse:
    """Each student's two diagnoses, and the class's gain."""
    room = queries.classroom_for(reader(request), pk)
    need_diagnosis(room.cohort.version)
    students = room.enrolments.present().order_by("nickname", "pk")
    found = gains.gains_of(students, room.cohort.version)
    pairs = gains.pairs_of(found)
    context = {
        "classroom": room,
        "page": Paginator(found, queries.PER_PAGE).get_page(request.GET.get("page")),
        "report": gains.group_report(pairs),
        "pairs": len(pairs),
        "fewest": gains.FEWEST_PAIRS,
        "trail": [(room.name, reverse("insight:classroom", args=[room.pk]))],
    }
    return render(request, "insight/classroom_gains.html", context)


@require_safe
@login_required
def cohort_gains(request: HttpRequest, pk: int) -> HttpResponse:
    """The cohort's gain, and that of each class."""
    run = queries.cohort_for(reader(request), pk)
    need_diagnosis(run.version)
    found = gains.gains_of(queries.students_of_cohort(run), run.version)
    rooms = gains.class_reports(found)
    context = {
        "cohort": run,
        "rooms": rooms,
        "report": gains.cohort_report([room.pairs for room in rooms]),
        "pairs": len(gains.pairs_of(found)),
        "fewest": gains.FEWEST_PAIRS,
        "trail": [(run.local_title, reverse("insight:cohort", args=[run.pk]))],
    }
    return render(request, "insight/cohort_gains.html", context)


@require_safe
@login_required
def cohort_gains_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Each student's line, sent as it is worked out: a large cohort takes a while."""
    run = queries.cohort_for(reader(request), pk)
    need_diagnosis(run.version)
    name = f"{slugify(run.title, allow_unicode=True)}-{_('성장-폭')}-{timezone.localdate():%Y-%m-%d}.csv"
    return csv_response(cohort_lines(run), name)


def need_diagnosis(version: Version) -> None:
    """A program without a diagnosis has no such page."""
    if not has_diagnosis(version):
        raise Http404
