"""What pages of questions to guardians share: the letter with its link, and what came through the link."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

from saem.apps.cohorts.calls.mail import write
from saem.apps.cohorts.calls.views.vouching import refuse_hurry, say_sent
from saem.apps.cohorts.guardians.asking import note_mailed
from saem.apps.cohorts.models import GuardianQuestion
from saem.errors import SaemError

ANSWERS = {"agree", "decline", "withdraw"}


def send(
    request: HttpRequest,
    question: GuardianQuestion,
    token: str,
    *,
    route: str,
    letter: str,
    facts: Mapping[str, object],
) -> None:
    """Mail the question with its link, and say whether it went out."""
    link = request.build_absolute_uri(reverse(route, args=[token]))
    is_sent = write(letter, question.contact, {**facts, "asked": question, "link": link})
    if is_sent:
        note_mailed(question)
    say_sent(request, is_sent, question.contact)


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
