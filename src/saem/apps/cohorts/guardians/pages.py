"""What pages of questions to guardians share: what came through the link."""

from django.http import HttpRequest

from saem.apps.cohorts.calls.views.vouching import refuse_hurry
from saem.errors import SaemError

ANSWERS = {"agree", "decline", "withdraw"}


def answered(request: HttpRequest, *, child: int) -> str:
    """What was pressed on the guardian's page, or "" where it is only to be shown.

    Raises SaemError `portfolio.not_the_guardian` where the child pressed it, `too_many_requests` for a flood.
    """
    wanted = request.POST.get("answer", "")
    if request.method != "POST" or wanted not in ANSWERS:
        return ""
    if request.user.pk == child:
        raise SaemError("portfolio.not_the_guardian", status=403)
    refuse_hurry(request)
    return wanted
