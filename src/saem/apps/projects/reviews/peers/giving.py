"""What a reviewer gives, saved as it is given, until the round closes. Their events are not the team's."""

from django.db import transaction
from django.utils import timezone

from saem.apps.events.services import record
from saem.apps.projects.models import PeerMark, PeerRound, PeerTask
from saem.apps.projects.reviews.peers.queries import Work
from saem.errors import SaemError


def save_peer_mark(work: Work, *, criterion: str, level: int, comment: str) -> PeerMark:
    """Keep a level. Raises SaemError `peer.closed` past the deadline, `peer.gone` where the task was taken away."""
    with transaction.atomic():
        task = _held(work)
        mark, _is_new = PeerMark.objects.update_or_create(
            task=task, criterion=criterion, defaults={"level": level, "comment": comment, "saved_at": timezone.now()}
        )
        if task.begun_at is None:
            task.begun_at = timezone.now()
            task.save(update_fields=["begun_at"])
        _note("peer.marked", work, criterion=criterion, level=level)
    return mark


def return_review(work: Work, *, comment: str) -> None:
    """Hand a review in; until the round closes it may be changed. Raises SaemError `peer.missing`."""
    with transaction.atomic():
        task = _held(work)
        given = set(task.marks.values_list("criterion", flat=True))
        missing = [each for each in work.rubric.criteria if each.id not in given]
        if missing:
            raise SaemError("peer.missing", status=422, count=len(missing))
        task.comment, task.returned_at = comment, timezone.now()
        task.save(update_fields=["comment", "returned_at"])
        _note("peer.returned", work)


def _held(work: Work) -> PeerTask:
    # The round first, as the teacher who ends it holds it: what comes after that is past the deadline.
    opened = PeerRound.objects.select_for_update().get(pk=work.task.round_id)
    if not opened.is_open:
        raise SaemError("peer.closed", status=409)
    task = PeerTask.objects.select_for_update().filter(pk=work.task.pk, dropped_at=None).first()
    if task is None:
        raise SaemError("peer.gone", status=409)
    return task


def _note(verb: str, work: Work, **facts: object) -> None:
    record(verb, actor=work.user, object_kind="peer_task", object_id=work.task.pk, facts=facts)
