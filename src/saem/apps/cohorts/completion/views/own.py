"""A learner's own way to completion, which their teachers see, too."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saem.apps.cohorts.completion import pages, queries
from saem.apps.cohorts.sessions.queries import unfilled_lists
from saem.apps.people.queries import signed_in


@require_safe
@login_required
@never_cache
def own(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment = queries.enrolment_seen_by(signed_in(request), pk)
    standing = getattr(enrolment, "standing", None)
    context = {
        "enrolment": enrolment,
        "cohort": enrolment.classroom.cohort,
        "standing": standing,
        "lines": pages.lines_of(standing, enrolment.classroom.cohort),
        "completion": queries.valid_completion(enrolment),
        "unfilled": unfilled_lists(enrolment.classroom),
    }
    return render(request, "completion/own.html", context)
