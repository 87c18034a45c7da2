"""Telling people. Call `notify` inside the transaction of the act that it tells of: both happen, or neither."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from saem.apps.jobs.services import enqueue, enqueue_many
from saem.apps.notices.kinds import NoticeKind, Topic, kinds_that_open, notice_kind
from saem.apps.notices.models import Channel, Delivery, DeliveryState, Notice, Pace, Preference
from saem.apps.notices.sealing import sealed
from saem.apps.notices.words import language_of, notice_words
from saem.apps.people.models import User

DELIVERY = "delivery"
DIGEST = "digest"
OWNER = "notices"
BATCH = 1000
# Grading is waited for; a letter may come a moment later.
PRIORITY = -1
MOST_IN_A_DIGEST = 50
# The log of what left the house names addresses: nobody asks about a letter after that.
LOG_KEPT = dt.timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One notice to be: who is told what, where it leads, and the key that tells it from every other one."""

    recipient: User
    facts: Mapping[str, object] = field(default_factory=dict)
    path: str = ""
    key: str


def notify(recipient: User, kind: str, *, key: str, facts: Mapping[str, object] | None = None, path: str = "") -> None:
    """Tell one person one thing, once: the same `key` again changes nothing."""
    notify_all([recipient], kind, key=key, facts=facts, path=path)


def notify_all(
    recipients: Iterable[User], kind: str, *, key: str, facts: Mapping[str, object] | None = None, path: str = ""
) -> None:
    """Tell several people the same thing, each of them once."""
    notify_many(kind, [Telling(recipient=each, facts=facts or {}, path=path, key=key) for each in recipients])


def notify_many(kind: str, tellings: Iterable[Telling]) -> None:
    """Tell many people in a handful of statements."""
    told = notice_kind(kind)
    wanted = {(telling.recipient.pk, telling.key): telling for telling in tellings}
    with transaction.atomic():
        paces = _paces(told, [recipient for recipient, _key in wanted])
        known = set(
            Notice.objects.filter(
                recipient__in={recipient for recipient, _key in wanted}, key__in={key for _recipient, key in wanted}
            ).values_list("recipient_id", "key")
        )
        new = [telling for place, telling in wanted.items() if place not in known]
        # Somebody who tells the same at the same moment wins: their row stands, and ours is passed over.
        Notice.objects.bulk_create(
            [_notice(told, telling, paces) for telling in new], batch_size=BATCH, ignore_conflicts=True
        )
        _send([_letter(told, telling) for telling in new if _goes_out(telling.recipient, paces)])


def write_to(
    address: str,
    kind: str,
    *,
    key: str,
    language: str,
    facts: Mapping[str, object] | None = None,
    path: str = "",
    channel: Channel = Channel.EMAIL,
) -> None:
    """Write to somebody who may have no account: a guardian, a teacher who is asked for a recommendation.

    Where the kind `opens` something, its path is kept encrypted, and no longer than until it has been sent.
    """
    kept = sealed(path) if notice_kind(kind).opens else path
    letter = Delivery(
        channel=channel, address=address, language=language, kind=kind, facts=dict(facts or {}), path=kept, key=key
    )
    with transaction.atomic():
        _send([letter])


def forget(*, paths: Collection[str], keys: Collection[str]) -> None:
    """Take away all that was told of these pages, and letters with these keys: what they tell of is kept no more."""
    Notice.objects.filter(path__in=paths).delete()
    Delivery.objects.filter(Q(path__in=paths) | Q(key__in=keys)).delete()


def shorten_log(now: dt.datetime) -> int:
    """Take letters out of the log that were settled long ago; returns how many."""
    return Delivery.objects.filter(settled_at__lt=now - LOG_KEPT).delete()[0]


def mark_read(notice: Notice) -> None:
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now(), waits_for_digest=False)


def mark_all_read(user: User) -> int:
    return Notice.objects.filter(recipient=user, read_at=None).update(read_at=timezone.now(), waits_for_digest=False)


def set_preferences(user: User, paces: Mapping[Topic, Pace]) -> None:
    """What is told from now on; what already waits for a digest still comes with it, or with none any more."""
    with transaction.atomic():
        for topic, pace in paces.items():
            Preference.objects.update_or_create(user=user, topic=topic, defaults={"pace": pace})
        if Pace.DAILY not in paces.values():
            Notice.objects.filter(recipient=user, waits_for_digest=True).update(waits_for_digest=False)


def send_again(delivery_id: int) -> bool:
    """An operator decides that a message that failed, or may not have arrived, is sent once more."""
    with transaction.atomic():
        again = Delivery.objects.filter(pk=delivery_id, state__in=[DeliveryState.FAILED, DeliveryState.UNSURE]).update(
            state=DeliveryState.WAITING, settled_at=None, reason=""
        )
        if again:
            enqueue(DELIVERY, delivery_id, owner_key=OWNER, priority=PRIORITY)
    return bool(again)


def begin(delivery_id: int) -> Delivery | None:
    """Take a message to send it, once and for all; None where somebody has begun before. Commits at once."""
    taken = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.WAITING).update(state=DeliveryState.SENDING)
    return Delivery.objects.get(pk=delivery_id) if taken else None


def put_back(delivery_id: int) -> None:
    """What was begun certainly did not leave the house: it may be tried again."""
    Delivery.objects.filter(pk=delivery_id, state=DeliveryState.SENDING).update(state=DeliveryState.WAITING)


def settle(delivery_id: int, state: DeliveryState, *, reason: str = "") -> None:
    """Write down what became of a message that was begun, or of one that cannot be sent at all."""
    row = Delivery.objects.filter(pk=delivery_id, state__in=[DeliveryState.SENDING, DeliveryState.WAITING])
    row.update(state=state, settled_at=timezone.now(), reason=reason[:200])
    # Whoever was sent a key has it: here it is wanted no more.
    row = Delivery.objects.filter(pk=delivery_id, state=DeliveryState.SENT, kind__in=kinds_that_open())
    row.update(path="")


def gather_digests() -> int:
    """One letter for each person whose notices waited for it and are still unread; returns how many letters."""
    with transaction.atomic():
        waiting = list(
            Notice.objects.select_for_update(of=("self",))
            .filter(waits_for_digest=True, read_at=None, recipient__email__isnull=False)
            .select_related("recipient")
            .order_by("recipient", "-created_at")
        )
        by_person: dict[User, list[Notice]] = defaultdict(list)
        for notice in waiting:
            by_person[notice.recipient].append(notice)
        today = timezone.localdate()
        _send([_digest(user, notices, today) for user, notices in by_person.items()])
        Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(waits_for_digest=False)
    return len(by_person)


def _paces(kind: NoticeKind, recipients: Collection[int]) -> dict[int, Pace]:
    """How those want it who do not want it at once."""
    if kind.is_required:
        return {}
    chosen = Preference.objects.filter(user__in=set(recipients), topic=kind.topic)
    return {user: Pace(pace) for user, pace in chosen.values_list("user_id", "pace")}


def _goes_out(recipient: User, paces: Mapping[int, Pace]) -> bool:
    return bool(recipient.email) and paces.get(recipient.pk, Pace.AT_ONCE) == Pace.AT_ONCE


def _notice(kind: NoticeKind, telling: Telling, paces: Mapping[int, Pace]) -> Notice:
    return Notice(
        recipient=telling.recipient,
        kind=kind.name,
        facts=dict(telling.facts),
        path=telling.path,
        key=telling.key,
        waits_for_digest=bool(telling.recipient.email) and paces.get(telling.recipient.pk) == Pace.DAILY,
    )


def _letter(kind: NoticeKind, telling: Telling) -> Delivery:
    return Delivery(
        address=telling.recipient.email or "",
        recipient=telling.recipient,
        language=language_of(telling.recipient.language),
        kind=kind.name,
        facts=dict(telling.facts),
        path=telling.path,
        key=f"{telling.recipient.pk}:{telling.key}",
    )


def _digest(user: User, notices: list[Notice], day: dt.date) -> Delivery:
    language = language_of(user.language)
    shown = notices[:MOST_IN_A_DIGEST]
    with translation.override(language):
        items = [{"title": notice_words(notice, language).title, "path": notice.path} for notice in shown]
    return Delivery(
        address=user.email or "",
        recipient=user,
        language=language,
        kind=DIGEST,
        facts={"items": items, "count": len(notices), "more": len(notices) - len(shown)},
        key=f"{user.pk}:{DIGEST}:{day.isoformat()}:{notices[0].pk}",
    )


def _send(letters: list[Delivery]) -> None:
    """Write the letters down with their jobs; one that is there already keeps its only job."""
    known = set(Delivery.objects.filter(key__in=[letter.key for letter in letters]).values_list("key", flat=True))
    made = Delivery.objects.bulk_create([letter for letter in letters if letter.key not in known], batch_size=BATCH)
    if made:
        enqueue_many(DELIVERY, [letter.pk for letter in made], owner_key=OWNER, priority=PRIORITY)
