"""The top bar: where this person may go, most used first."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from saem.apps.cohorts.queries import enrolments_of
from saem.apps.people.models import User


@dataclass(frozen=True)
class Place:
    """One entry of the top bar."""

    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, list[Place]]:
    """Context processor: the entries for whoever is signed in, or for a visitor."""
    entries = [(_("오늘"), reverse("insight:home"))] if request.user.is_authenticated else []
    if isinstance(request.user, User):
        latest = enrolments_of(request.user).order_by("-last_seen_at", "-pk").values_list("pk", flat=True).first()
        if latest is not None:
            entries.append((_("배우기"), reverse("learning:program", args=[latest])))
    entries.append((_("프로그램"), reverse("catalog:programs")))
    entries.append((_("모집"), reverse("calls:catalogue")))
    if getattr(request.user, "is_superuser", False):
        entries.append((_("운영"), reverse("jobs:queue")))
    return {"nav": [Place(label, url, is_current(request.path, url)) for label, url in entries]}


def is_current(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
