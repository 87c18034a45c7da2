"""A partner's own page: challenges, opportunities, mentors, and what came of it all."""

from collections.abc import Iterator

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from saem.apps.partners import queries
from saem.apps.partners.contact.queries import mentors_of
from saem.apps.partners.impact.numbers import FEWEST, Impact, hidden, impact_of
from saem.apps.partners.models import Challenge, ChallengeState, Opportunity, OpportunityState
from saem.apps.people.queries import institutions_run_by, signed_in
from saem.web.downloads import Value, csv_response

SHOWN = 50


@require_safe
@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Where somebody acts: for partners, as staff with what waits for an answer, as a mentor."""
    user = signed_in(request)
    run = institutions_run_by(user)
    context = {
        "spoken_for": list(queries.institutions_spoken_for(user).order_by("name")[:SHOWN]),
        "run": list(run.order_by("name")[:SHOWN]),
        "is_mentor": mentors_of(user).exists(),
        "challenges": list(
            Challenge.objects.filter(host__in=run, state=ChallengeState.SENT)
            .select_related("institution")
            .order_by("sent_at", "pk")[:SHOWN]
        ),
        "opportunities": list(
            Opportunity.objects.filter(host__in=run, state=OpportunityState.SENT)
            .select_related("institution")
            .order_by("starts_at", "pk")[:SHOWN]
        ),
    }
    return render(request, "partners/home.html", context)


@require_safe
@login_required
@never_cache
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours promised against used, and what was reached."""
    found = queries.institution_spoken_for(signed_in(request), pk)
    impact = impact_of(found)
    context = {
        "partner": found,
        "impact": impact,
        "learners": hidden(impact.learners),
        "came": hidden(impact.came),
        "fewest": FEWEST,
        "challenges": list(found.challenges.order_by("-pk")[:SHOWN]),
        "opportunities": list(found.opportunities.order_by("-starts_at", "-pk")[:SHOWN]),
    }
    return render(request, "partners/partner.html", context)


@require_safe
@login_required
@never_cache
def table(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The months as a table to take along."""
    found = queries.institution_spoken_for(signed_in(request), pk)
    return csv_response(rows_of(impact_of(found)), f"{found.name} {_('멘토링 시간')}.csv")


def rows_of(impact: Impact) -> Iterator[list[Value]]:
    yield [_("달"), _("약속한 분"), _("쓴 분"), _("상담한 분"), _("검토한 분")]
    for row in impact.months:
        yield [f"{row.first:%Y-%m}", row.promised, row.used, row.met, row.reviewed]
