"""What learners are told about their completion."""

from collections.abc import Sequence

from django.urls import reverse

from saem.apps.cohorts.models import Completion, Enrolment
from saem.apps.notices.services import Telling, notify_many


def tell_completed(completions: Sequence[Completion]) -> None:
    tellings = [_telling(each.enrolment, key=str(each.pk), number=each.number) for each in completions]
    notify_many("completion.reached", tellings)


def tell_withdrawn(completion: Completion) -> None:
    facts = {"number": completion.number, "reason": completion.withdrawal_reason}
    notify_many("completion.withdrawn", [_telling(completion.enrolment, key=f"{completion.pk}:withdrawn", **facts)])


def tell_out_of_reach(enrolments: Sequence[Enrolment]) -> None:
    tellings = [_telling(each, key=f"{each.pk}:out-of-reach") for each in enrolments]
    notify_many("completion.out_of_reach", tellings)


def _telling(enrolment: Enrolment, *, key: str, **facts: object) -> Telling:
    cohort = enrolment.classroom.cohort
    title = {"ko": cohort.title, "en": cohort.title_en or cohort.title}
    return Telling(
        recipient=enrolment.user,
        key=f"completion:{key}",
        facts={"cohort": title, **facts},
        path=reverse("completion:own", args=[enrolment.pk]),
    )
