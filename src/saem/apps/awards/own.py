"""The learner's own page: certificates and badges, to take away, to show, to share."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.awards.badges.queries import own_badges
from saem.apps.awards.certificates import queries
from saem.apps.awards.certificates.facts import verification_address
from saem.apps.awards.certificates.issuing import share_name
from saem.apps.cohorts.queries import enrolments_of
from saem.apps.people.queries import signed_in

SHOWN = 100


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    certificates = list(queries.own_certificates(user)[:SHOWN])
    # One that was issued again is told with the one that took its place.
    current = [one for one in certificates if one.next_issue is None]
    done = {one.completion.enrolment_id for one in current if one.completion.withdrawn_at is None}
    under_way = enrolments_of(user).exclude(pk__in=done).select_related("classroom__cohort__version")
    context = {
        "certificates": [(one, verification_address(one.code)) for one in current],
        "badges": list(own_badges(user)[:SHOWN]),
        "under_way": list(under_way.order_by("-pk")[:SHOWN]),
    }
    return render(request, "awards/mine.html", context)


@require_POST
@login_required
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether strangers with the code read the whole name."""
    found = queries.own_certificate_for(signed_in(request), pk)
    shows = request.POST.get("shows") == "yes"
    share_name(found, shows=shows)
    messages.success(request, _("확인 화면에 이름이 모두 보여요.") if shows else _("확인 화면에서 이름 일부를 가려요."))
    return redirect("awards:mine")
