"""What learners are told about their completion."""

from django.urls import reverse

from saem.apps.cohorts.models import Completion, Enrolment
from saem.apps.notices.services import notify


def tell_completed(completion: Completion) -> None:
    _tell(completion.enrolment, "completion.reached", key=str(completion.pk), number=completion.number)


def tell_withdrawn(completion: Completion) -> None:
    reason = completion.withdrawal_reason
    key = f"{completion.pk}:withdrawn"
    _tell(completion.enrolment, "completion.withdrawn", key=key, number=completion.number, reason=reason)


def tell_out_of_reach(enrolment: Enrolment) -> None:
    _tell(enrolment, "completion.out_of_reach", key=f"{enrolment.pk}:out-of-reach")


def _tell(enrolment: Enrolment, kind: str, *, key: str, **facts: object) -> None:
    cohort = enrolment.classroom.cohort
    title = {"ko": cohort.title, "en": cohort.title_en or cohort.title}
    notify(
        enrolment.user,
        kind,
        key=f"completion:{key}",
        facts={"cohort": title, **facts},
        path=reverse("completion:own", args=[enrolment.pk]),
    )
