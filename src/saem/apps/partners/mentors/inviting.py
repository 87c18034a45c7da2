"""Staff bring mentors in and let them go; mentors say what they promise."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.services import notify
from saem.apps.partners.contact.pairs import end_pairing
from saem.apps.partners.models import Mentor, MentorPromise, PairingEnd, Slot
from saem.apps.partners.noting import note
from saem.apps.people.models import Institution, Role, Scope, User
from saem.apps.people.services import account_by_email, grant, revoke


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a mentor says of themselves."""

    places: int
    minutes: int
    topics: list[str]
    languages: list[str]
    times: list[str]
    about: str


def invite(host: Institution, *, email: str, name: str, home: Institution | None, by: User) -> Mentor:
    """Make somebody a mentor here; whoever left comes back with the old promise, and who is here stays as they are."""
    with transaction.atomic():
        user, _is_new = account_by_email(email, display_name=name)
        mentor, is_new = Mentor.objects.get_or_create(
            user=user, host=host, defaults={"home": home, "languages": ["ko"], "invited_by": by}
        )
        if is_new or mentor.left_at is not None:
            Mentor.objects.filter(pk=mentor.pk).update(left_at=None, home=home)
            mentor.refresh_from_db()
            grant(user, role=Role.MENTOR, scope=Scope.INSTITUTION, scope_id=host.pk)
            note("invited", mentor, by=by)
            facts = {"host": {"ko": host.name, "en": host.name_en}}
            path = reverse("partners:profile", args=[mentor.pk])
            notify(
                user, "mentor.invited", key=f"invited:{mentor.pk}:{timezone.now().isoformat()}", facts=facts, path=path
            )
    return mentor


def declare(mentor: Mentor, promise: Promise, *, by: User) -> None:
    """Write what a mentor promises from now on; teams they have already stay, however few places are left."""
    with transaction.atomic():
        row = Mentor.objects.select_for_update(of=("self",)).get(pk=mentor.pk)
        Mentor.objects.filter(pk=mentor.pk).update(**vars(promise), declared_at=timezone.now())
        if row.declared_at is None or (row.places, row.minutes) != (promise.places, promise.minutes):
            MentorPromise.objects.create(mentor=row, places=promise.places, minutes=promise.minutes)
        note("promised", mentor, by=by, places=promise.places, minutes=promise.minutes)


def let_go(mentor: Mentor, *, by: User) -> None:
    """A mentor leaves: contact ends at once, what was booked is cancelled, the record stays."""
    with transaction.atomic():
        row = Mentor.objects.select_for_update().get(pk=mentor.pk)
        if row.left_at is not None:
            return
        for pairing in row.pairings.filter(until=None).select_related("team__classroom", "mentor__user"):
            end_pairing(pairing, PairingEnd.LEFT, by=by)
        Slot.objects.filter(mentor=row, closed_at=None, starts_at__gt=timezone.now()).update(closed_at=timezone.now())
        row.fixed_pairs.all().delete()
        row.left_at = timezone.now()
        row.save(update_fields=["left_at"])
        revoke(row.user, role=Role.MENTOR, scope=Scope.INSTITUTION, scope_id=row.host_id)
        note("left", row, by=by)
