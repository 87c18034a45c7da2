"""Giving marks: each is saved as it is given, and counts once its marker has finished. Every act appends its event."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from saem.apps.projects.models import BarReason, CriterionMark, Evidence, MarkerBar, MarkingSample, TeamMarking
from saem.apps.projects.reviews.noting import note_marking
from saem.apps.projects.reviews.queries import Seat, unsettled_samples
from saem.errors import SaemError


@dataclass(frozen=True, kw_only=True)
class GivenMark:
    """What a marker gives for one criterion."""

    criterion: str
    level: int
    comment: str = ""
    evidence: int | None = None


def save_mark(seat: Seat, given: GivenMark) -> CriterionMark:
    """Keep a level. Two markers at once have a row each; of one marker the last one counts.

    Raises SaemError `marking.finished` where they have finished, `marking.samples_first` before samples are settled,
    `marking.not_of_team` for evidence of another team.
    """
    refuse_before_samples(seat)
    if given.evidence is not None and not _is_of_team(seat, given.evidence):
        raise SaemError("marking.not_of_team", status=422)
    with transaction.atomic():
        marking = _held(seat)
        if marking.is_finished:
            raise SaemError("marking.finished", status=409)
        before = marking.marks.filter(criterion=given.criterion).first()
        values = {"level": given.level, "comment": given.comment, "evidence_id": given.evidence}
        if before is not None and all(getattr(before, name) == value for name, value in values.items()):
            return before
        mark, _is_new = CriterionMark.objects.update_or_create(
            marking=marking, criterion=given.criterion, defaults=values | {"saved_at": timezone.now()}
        )
        note_marking("marking.given", seat.team, by=seat.room.user, criterion=given.criterion, level=given.level)
    return mark


def finish_marking(seat: Seat, *, comment: str) -> TeamMarking:
    """From now on the marks count; a second press changes nothing. Raises SaemError `marking.missing`."""
    refuse_before_samples(seat)
    with transaction.atomic():
        marking = _held(seat)
        if marking.is_finished:
            return marking
        given = set(marking.marks.values_list("criterion", flat=True))
        missing = [each for each in seat.room.rubric.criteria if each.id not in given]
        if missing:
            raise SaemError("marking.missing", status=422, count=len(missing))
        marking.comment, marking.finished_at = comment, timezone.now()
        marking.save(update_fields=["comment", "finished_at"])
        note_marking("marking.finished", seat.team, by=seat.room.user)
    return marking


def reopen_marking(seat: Seat) -> None:
    """Go on with one's own marks; what the team was told stays until it is told again.

    Raises SaemError `marking.seen_others`: whoever has seen others' marks changes theirs only by agreeing.
    """
    with transaction.atomic():
        marking = _held(seat)
        others = seat.team.markings.filter(finished_at__isnull=False).exclude(pk=marking.pk)
        if others.exists():
            raise SaemError("marking.seen_others", status=409)
        if marking.is_finished:
            marking.finished_at = None
            marking.save(update_fields=["finished_at"])
            note_marking("marking.reopened", seat.team, by=seat.room.user)


def bar_oneself(seat: Seat, *, reason: BarReason) -> None:
    """Say that one may not mark this team. Marks that were given stay readable and count no more."""
    with transaction.atomic():
        MarkerBar.objects.get_or_create(team=seat.team, user=seat.room.user, defaults={"reason": reason})
        seat.team.markings.filter(marker=seat.room.user).update(finished_at=None)
        note_marking("marking.barred", seat.team, by=seat.room.user, reason=reason)


def refuse_before_samples(seat: Seat) -> None:
    """Samples come first: raises SaemError `marking.samples_first` for any other team."""
    if not MarkingSample.objects.filter(team=seat.team).exists() and unsettled_samples(seat.room):
        raise SaemError("marking.samples_first", status=409)


def _held(seat: Seat) -> TeamMarking:
    """The marker's row, made where there is none, held until the transaction ends."""
    TeamMarking.objects.get_or_create(team=seat.team, marker=seat.room.user)
    found: TeamMarking = TeamMarking.objects.select_for_update(of=("self",)).get(team=seat.team, marker=seat.room.user)
    return found


def _is_of_team(seat: Seat, evidence: int) -> bool:
    return Evidence.objects.filter(pk=evidence, milestone__team=seat.team).exists()
