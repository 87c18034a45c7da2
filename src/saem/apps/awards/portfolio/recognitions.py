"""What a learner was given by an institution: the one place that knows where recognitions come from."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from saem.apps.awards.badges.issuing import credential_of
from saem.apps.awards.badges.queries import own_badges
from saem.apps.awards.certificates.facts import verification_address
from saem.apps.awards.models import Badge, Certificate
from saem.apps.cohorts.models import Completion
from saem.apps.notices.words import address_of
from saem.apps.people.models import User
from saem.web.languages import reader_language


@dataclass(frozen=True)
class Evidence:
    """A file that belongs to a recognition, such as a signed badge; its bytes are read when they are wanted."""

    name: str
    load: Callable[[], bytes]


@dataclass(frozen=True)
class Recognition:
    """Something that an institution stands by. `address` is where a stranger checks it, if there is such a page.

    `name` is whom the record is about, as its record says; `picture` is an address of this site; `files` are what the
    learner takes along.
    """

    ref: str
    title: str
    issuer: str
    given_on: dt.date
    detail: str = ""
    number: str = ""
    name: str = ""
    address: str = ""
    picture: str = ""
    files: tuple[Evidence, ...] = ()


def recognitions(user: User) -> list[Recognition]:
    """Everything that is in force, the newest first: completions with their certificates, and badges. Three queries."""
    rows = (
        Completion.objects.filter(enrolment__user=user.pk, withdrawn_at=None)
        .select_related("institution", "enrolment__classroom__cohort")
        .order_by("-completed_on", "-pk")
    )
    codes = dict(Certificate.objects.filter(completion__in=rows, revoked_at=None).values_list("completion_id", "code"))
    found = [of_completion(row, codes.get(row.pk, "")) for row in rows]
    found += [of_badge(badge) for badge in own_badges(user) if badge.is_in_force]
    return sorted(found, key=lambda each: each.given_on, reverse=True)


def of_completion(row: Completion, code: str) -> Recognition:
    """`code` is that of the valid certificate, where one was made: strangers check it by that."""
    title = _("%(course)s 이수") % {"course": row.enrolment.classroom.cohort.local_title}
    detail = _("%(credits)s학점") % {"credits": row.credits} if row.credits else ""
    return Recognition(
        ref=f"recognition:completion:{row.pk}",
        title=title,
        issuer=row.institution.local_name,
        given_on=row.completed_on,
        detail=detail,
        number=row.number,
        name=row.name,
        address=verification_address(code) if code else "",
    )


def project_of(badge: Badge) -> str:
    """What the badge was given for, where that is a project."""
    title: dict[str, str] = badge.earning.facts["title"] if badge.earning is not None else {}
    return title.get(reader_language(), "")


def of_badge(badge: Badge) -> Recognition:
    """The badge travels as its signed credential."""

    def credential() -> bytes:
        return json.dumps(credential_of(badge), ensure_ascii=False, indent=2).encode()

    return Recognition(
        ref=f"recognition:badge:{badge.pk}",
        title=_("배지: %(name)s") % {"name": badge.template.local_name},
        issuer=badge.template.cohort.institution.local_name,
        given_on=timezone.localdate(badge.issued_at),
        name=badge.completion.name if badge.completion is not None else "",
        detail=project_of(badge),
        address=address_of(reverse("awards:badge", args=[badge.pk])),
        picture=reverse("awards:achievement_image", args=[badge.template_id]),
        files=(Evidence(f"badge-{badge.pk}.json", credential),),
    )
