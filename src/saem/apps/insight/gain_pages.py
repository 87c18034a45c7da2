"""The pages that say what a class and a cohort gained between the two diagnoses."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from saem.apps.insight import gains, queries
from saem.apps.insight.gain_columns import cohort_lines
from saem.apps.learning.diagnosis.queries import bank_for
from saem.apps.people.queries import signed_in
from saem.web.downloads import csv_response


@require_safe
@login_required
def classroom_gains(request: HttpRequest, pk: int) -> HttpResponse:
    """Each student's two diagnoses, and the class's gain."""
    room = queries.classroom_for(signed_in(request), pk)
    bank = bank_for(room.cohort.version)
    students = room.enrolments.present().order_by("nickname", "pk")
    page = Paginator(students, queries.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "classroom": room,
        "page": page,
        "students": gains.student_gains(students, list(page.object_list), bank),
        "trail": [(room.name, reverse("insight:classroom", args=[room.pk]))],
    }
    pairs = gains.pairs_of(students, bank)
    facts = context | _group(pairs) | {"report": gains.group_report(pairs)}
    return render(request, "insight/classroom_gains.html", facts)


@require_safe
@login_required
def cohort_gains(request: HttpRequest, pk: int) -> HttpResponse:
    """The cohort's gain, and that of each class, in pages."""
    run = queries.cohort_for(signed_in(request), pk)
    bank = bank_for(run.version)
    pairs = gains.pairs_of(queries.students_of_cohort(run), bank)
    page = Paginator(run.classrooms.order_by("name", "pk"), queries.CLASSES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "cohort": run,
        "page": page,
        "rooms": gains.class_reports(list(page.object_list), pairs),
        "trail": [(run.local_title, reverse("insight:cohort", args=[run.pk]))],
    }
    facts = context | _group(pairs) | {"report": gains.cohort_report(pairs)}
    return render(request, "insight/cohort_gains.html", facts)


@require_safe
@login_required
def cohort_gains_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Each student's line, read in chunks as lines are sent."""
    run = queries.cohort_for(signed_in(request), pk)
    name = f"{slugify(run.title, allow_unicode=True)}-{_('성장-폭')}-{timezone.localdate():%Y-%m-%d}.csv"
    return csv_response(cohort_lines(run, bank_for(run.version)), name)


def _group(pairs: gains.Pairs) -> dict[str, object]:
    return {"pairs": len(pairs), "outdated": pairs.outdated, "fewest": gains.FEWEST_PAIRS}
