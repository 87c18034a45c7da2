"""Asking all who made it, and each person's own answer. Whoever takes it back takes the page down at once."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.guardians.asking import ages_of
from saem.apps.projects.models import (
    Membership,
    Showcase,
    ShowcaseStatus,
    ShowcaseVersion,
    ShowcaseVoice,
    TakenDown,
)
from saem.apps.projects.showcase import telling
from saem.apps.projects.showcase.asking import ask_makers
from saem.apps.projects.showcase.covering import covers_of
from saem.apps.projects.showcase.holding import held, moved
from saem.apps.projects.showcase.noting import note
from saem.apps.projects.showcase.publishing import take_down_held
from saem.apps.projects.showcase.queries import Asked, newest_version, voices_of
from saem.errors import SaemError


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Yes or no, the name to be shown (none is the rule), and whether they say to be 14 or older."""

    allows: bool
    shown_name: str = ""
    is_of_age: bool = False


def hand_in(membership: Membership) -> Showcase:
    """Ask everybody who made it, and the teacher. A second press changes nothing.

    Raises SaemError `showcase.nothing` where nothing is written, `showcase.unchanged` where this version is public.
    """
    with transaction.atomic():
        showcase = held(membership.team)
        version = newest_version(showcase)
        if version is None:
            raise SaemError("showcase.nothing", status=409)
        if showcase.status == ShowcaseStatus.WAITING:
            return showcase
        if not Showcase.objects.public().filter(pk=showcase.pk).exists():
            # A consent given with an application was taken back there: the page is gone since, and here it ends.
            take_down_held(showcase, TakenDown.GUARDIAN)
        if showcase.public_id == version.pk:
            raise SaemError("showcase.unchanged", status=409)
        ask_makers(showcase, version)
        # Who said no to this very version is asked once more, now that the team wants it again.
        version.voices.filter(allows=False).update(allows=None, answered_at=None)
        moved(showcase, ShowcaseStatus.WAITING)
        note("showcase.handed_in", showcase, by=membership.enrolment.user, number=version.number)
        telling.tell_asked(showcase, voices_of(version))
        tell_if_all_allow(showcase, version)
    return showcase


def take_back(membership: Membership) -> None:
    """Go on writing, as long as nobody has decided."""
    with transaction.atomic():
        showcase = held(membership.team)
        if showcase.status == ShowcaseStatus.WAITING:
            moved(showcase, ShowcaseStatus.WRITING)
            note("showcase.taken_back", showcase, by=membership.enrolment.user)


def answer(asked: Asked, given: Answer) -> None:
    """Keep a person's answer to the version that is asked for, or change it for the one that is public.

    Raises SaemError `showcase.not_asked` where nothing is asked, `showcase.under_14` where a birth date says otherwise.
    """
    if given.is_of_age and is_known_child(asked):
        raise SaemError("showcase.under_14", status=422)
    with transaction.atomic():
        showcase = held(asked.team)
        voice = _voice_now(showcase, asked)
        if voice.version_id == showcase.public_id and not given.allows:
            _withdraw(showcase, asked)
            return
        voice.allows, voice.answered_at = given.allows, timezone.now()
        voice.shown_name = given.shown_name if given.allows else ""
        voice.is_of_age = voice.is_of_age or given.is_of_age
        voice.save(update_fields=["allows", "answered_at", "shown_name", "is_of_age"])
        facts = {"number": voice.version.number, "allows": given.allows, "with_name": bool(voice.shown_name)}
        note("showcase.answered", showcase, by=asked.enrolment.user, **facts)
        if showcase.status == ShowcaseStatus.WAITING:
            tell_if_all_allow(showcase, voice.version)


def withdraw(asked: Asked) -> None:
    """Take it back altogether: what is public is gone, what is asked for has a no."""
    with transaction.atomic():
        _withdraw(held(asked.team), asked)


def is_known_child(asked: Asked) -> bool:
    age = ages_of([(asked.enrolment.user_id, False)])[asked.enrolment.user_id]
    return age.is_known and age.is_child


def tell_if_all_allow(showcase: Showcase, version: ShowcaseVersion) -> None:
    covers = covers_of(showcase, voices_of(version))
    if covers and all(cover.is_ready for cover in covers):
        telling.tell_waiting(showcase)


def _voice_now(showcase: Showcase, asked: Asked) -> ShowcaseVoice:
    """The voice that the page showed, as long as it is still the one that is asked for or public."""
    voice = asked.voice
    newest = newest_version(showcase)
    is_asked = newest is not None and showcase.status == ShowcaseStatus.WAITING
    current = {showcase.public_id, newest.pk if is_asked and newest is not None else None}
    if voice is None or voice.version_id not in current:
        raise SaemError("showcase.not_asked", status=409)
    return ShowcaseVoice.objects.select_related("version").get(pk=voice.pk)


def _withdraw(showcase: Showcase, asked: Asked) -> None:
    newest = newest_version(showcase)
    versions = [showcase.public_id, newest.pk if newest is not None else None]
    mine = ShowcaseVoice.objects.filter(version__in=[key for key in versions if key], enrolment=asked.enrolment)
    if not mine.exclude(allows=False).update(allows=False, shown_name="", answered_at=timezone.now()):
        return
    note("showcase.withdrawn", showcase, by=asked.enrolment.user)
    take_down_held(showcase, TakenDown.MEMBER)
