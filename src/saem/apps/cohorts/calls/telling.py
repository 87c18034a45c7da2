"""What applicants are told while others add to their application."""

from django.urls import reverse

from saem.apps.cohorts.models import Application
from saem.apps.notices.services import notify


def tell_applicant(application: Application, kind: str, *, key: str) -> None:
    """Tell the applicant once for each `key`; call inside the transaction of the act."""
    call = application.call
    title = {"ko": call.title, "en": call.title_en or call.title}
    notify(
        application.applicant,
        kind,
        key=f"application:{application.pk}:{key}",
        facts={"call": title, "receipt": application.receipt},
        path=reverse("calls:application", args=[application.pk]),
    )
