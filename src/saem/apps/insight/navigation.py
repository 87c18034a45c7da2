"""The top bar: where this person may go, most used first."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from saem.apps.cohorts.queries import enrolments_of
from saem.apps.notices.queries import MOST_COUNTED, unread_count
from saem.apps.people.models import User


@dataclass(frozen=True)
class Place:
    """One entry of the top bar."""

    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context processor: the entries for whoever is signed in, or for a visitor; and how much is unread."""
    entries = [(_("오늘"), reverse("insight:home"))] if request.user.is_authenticated else []
    if isinstance(request.user, User):
        latest = enrolments_of(request.user).order_by("-last_seen_at", "-pk").values_list("pk", flat=True).first()
        if latest is not None:
            entries.append((_("배우기"), reverse("learning:program", args=[latest])))
    entries.append((_("프로그램"), reverse("catalog:programs")))
    entries.append((_("모집"), reverse("calls:catalogue")))
    entries.append((_("전시"), reverse("projects:gallery")))
    if getattr(request.user, "is_superuser", False):
        entries.append((_("운영"), reverse("jobs:queue")))
    places = [Place(label, url, is_current(request.path, url)) for label, url in entries]
    # Counted only by a page that shows it: parts of pages have no top bar.
    return {"nav": places, "unread": SimpleLazyObject(partial(unread_of, request))}


def unread_of(request: HttpRequest) -> str:
    """How many notices are unread, as the top bar writes it; nothing for none."""
    count = unread_count(request.user) if isinstance(request.user, User) else 0
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def is_current(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
