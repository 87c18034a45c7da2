"""Letting a page out and taking it down. What was public when, and why it ended, stays."""

from django.db import transaction
from django.utils import timezone

from saem.apps.people.models import User
from saem.apps.projects.models import (
    Showcase,
    ShowcasePublication,
    ShowcaseStatus,
    ShowcaseVersion,
    TakenDown,
    Team,
)
from saem.apps.projects.showcase import finding, telling
from saem.apps.projects.showcase.asking import ask_makers
from saem.apps.projects.showcase.covering import Cover, covers_of
from saem.apps.projects.showcase.holding import held, moved, refuse_changed
from saem.apps.projects.showcase.noting import note
from saem.apps.projects.showcase.queries import newest_version, voices_of
from saem.errors import SaemError


def approve(team: Team, *, by: User, seen: int) -> Showcase:
    """Let out what was looked at at revision `seen`.

    Raises SaemError `showcase.changed` where it is another by now, `showcase.not_all` while somebody has not allowed
    it or a child's guardian is missing.
    """
    _ask_newcomers(team)
    with transaction.atomic():
        showcase = held(team)
        refuse_changed(showcase, seen)
        version = newest_version(showcase)
        assert version is not None
        _keep_covers(_all_ready(showcase, version))
        _end(showcase, TakenDown.REPLACED)
        now = timezone.now()
        ShowcasePublication.objects.create(version=version, approved_by=by, since=now)
        showcase.public, showcase.published_at = version, now
        showcase.save(update_fields=["public", "published_at"])
        finding.index(showcase, version)
        moved(showcase, ShowcaseStatus.APPROVED)
        note("showcase.published", showcase, by=by, number=version.number)
        telling.tell_decided(showcase, version, is_published=True, comment="")
    return showcase


def give_back(team: Team, *, by: User, comment: str, seen: int) -> None:
    """Return it with what to mend. Raises SaemError `showcase.changed` or `gate.comment_needed`."""
    if not comment:
        raise SaemError("gate.comment_needed", status=422)
    with transaction.atomic():
        showcase = held(team)
        refuse_changed(showcase, seen)
        version = newest_version(showcase)
        assert version is not None
        moved(showcase, ShowcaseStatus.RETURNED, comment=comment)
        note("showcase.returned", showcase, by=by, number=version.number)
        telling.tell_decided(showcase, version, is_published=False, comment=comment)


def take_down(team: Team, *, by: User, comment: str) -> None:
    """A teacher or the staff take it down, with a word why. Raises SaemError `gate.comment_needed`."""
    if not comment:
        raise SaemError("gate.comment_needed", status=422)
    with transaction.atomic():
        showcase = held(team)
        note("showcase.taken_down", showcase, by=by)
        take_down_held(showcase, TakenDown.STAFF, comment=comment)


def take_down_held(showcase: Showcase, how: TakenDown, *, comment: str = "") -> None:
    """Nobody sees or finds it from this moment on. Call with the row held; nothing where nothing is public."""
    version = showcase.public
    if version is None:
        return
    _end(showcase, how, comment=comment)
    showcase.public = None
    showcase.save(update_fields=["public"])
    finding.forget(showcase)
    still = ShowcaseStatus(showcase.status)
    moved(showcase, ShowcaseStatus.WRITING if still == ShowcaseStatus.APPROVED else still, comment=comment)
    telling.tell_taken_down(showcase, version, how, comment=comment)


def _ask_newcomers(team: Team) -> None:
    """Whoever came into the team while it waited has a say, too. Kept even where nothing is let out then."""
    with transaction.atomic():
        showcase = held(team)
        version = newest_version(showcase)
        if version is None or showcase.status != ShowcaseStatus.WAITING:
            return
        if ask_makers(showcase, version):
            telling.tell_asked(showcase, voices_of(version))


def _all_ready(showcase: Showcase, version: ShowcaseVersion) -> list[Cover]:
    covers = covers_of(showcase, voices_of(version))
    missing = sum(not cover.is_ready for cover in covers)
    if missing or not covers:
        raise SaemError("showcase.not_all", status=409, count=missing)
    return covers


def _keep_covers(covers: list[Cover]) -> None:
    """What each child's part rests on: taken back, the page is gone without anybody doing anything."""
    for cover in covers:
        voice = cover.voice
        voice.guardian = cover.guardian
        voice.application_consent = cover.application_consent if cover.guardian is None else None
        voice.save(update_fields=["guardian", "application_consent"])


def _end(showcase: Showcase, how: TakenDown, *, comment: str = "") -> None:
    ShowcasePublication.objects.filter(version__showcase=showcase, until=None).update(
        until=timezone.now(), ended=how, comment=comment
    )
