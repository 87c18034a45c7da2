"""The two kinds of jobs: send one message; each night, gather what waited for a digest and shorten the log.

A message is handed out once (`supply` marks it, and that is committed): when a worker dies between the mark and the
verdict, the next one finds the mark, sends nothing, and leaves the message `unsure` for an operator to see.
"""

import datetime as dt
import json
import logging

from django.urls import reverse
from django.utils import timezone

from saem.apps.jobs.kinds import Effect, Kind, ResultRefusedError
from saem.apps.notices import services
from saem.apps.notices.channels import SENDERS, NotSentError, UndeliverableError
from saem.apps.notices.kinds import kinds_that_open
from saem.apps.notices.models import Delivery, DeliveryState
from saem.apps.notices.sealing import opened
from saem.apps.notices.words import Words, address_of, words_of
from saem.apps.people.invitations import password_path
from saem.apps.people.models import User
from saem.lib.fleet import Claim, Parcel, Supply

log = logging.getLogger(__name__)
NOTHING = b""
# Servers that put us off, greylisting among them, take a letter within hours; after days nobody waits for it.
PATIENCE = dt.timedelta(days=3)


def hand_out(claim: Claim) -> bytes:
    delivery = services.begin(claim.subject_id)
    return str(delivery.pk).encode() if delivery is not None else NOTHING


def perform(_parcel: Parcel, supply: Supply) -> bytes:
    handed = supply()
    if handed == NOTHING:
        return _result(DeliveryState.UNSURE, "a worker was lost while sending")
    return _sent(Delivery.objects.get(pk=int(handed)))


def _sent(delivery: Delivery) -> bytes:
    try:
        SENDERS[delivery.channel](delivery, letter_words(delivery))
    except NotSentError as error:
        if isinstance(error, UndeliverableError) or timezone.now() - delivery.created_at > PATIENCE:
            return _result(DeliveryState.FAILED, str(error))
        services.put_back(delivery.pk)
        raise
    except Exception as error:
        log.exception("whether message %s went out is not known", delivery.pk)
        return _result(DeliveryState.UNSURE, f"{type(error).__name__}: {error}")
    return _result(DeliveryState.SENT, "")


def letter_words(delivery: Delivery) -> Words:
    """The notice's own words, the address it leads to, how to come in for the first time, and how to hear less."""
    facts = {**delivery.facts, "items": _with_addresses(delivery.facts.get("items", []))}
    opens = delivery.kind in kinds_that_open()
    if opens:
        facts["address"] = address_of(opened(delivery.path))
    words = words_of(delivery.kind, facts, delivery.language)
    recipient = delivery.recipient
    foot = {
        "address": address_of(delivery.path) if delivery.path and not opens else "",
        "settings": address_of(reverse("notices:settings")) if recipient is not None else "",
        "first": address_of(password_path(recipient)) if recipient is not None and is_new(recipient) else "",
    }
    below = words_of("foot", foot, delivery.language)
    return Words(words.title, "\n\n".join(filter(None, [words.text, below.text])))


def is_new(recipient: User) -> bool:
    """Whether somebody else made the account (an import, an invitation) and nobody has set its password yet."""
    return not recipient.has_usable_password()


def _with_addresses(items: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{**item, "address": address_of(item["path"]) if item["path"] else ""} for item in items]


def _result(state: DeliveryState, reason: str) -> bytes:
    return json.dumps({"state": state, "reason": reason}).encode()


def effect(claim: Claim, result: bytes) -> Effect:
    try:
        found = json.loads(result)
        state, reason = DeliveryState(found["state"]), str(found["reason"])
    except (ValueError, KeyError, TypeError) as error:
        raise ResultRefusedError(str(error)) from error
    return Effect(write=lambda: services.settle(claim.subject_id, state, reason=reason))


def nothing(_parcel: Parcel, _supply: Supply) -> bytes:
    """The night's job only asks for others: all of it is in the effect."""
    return NOTHING


def digests(_claim: Claim, _result: bytes) -> Effect:
    return Effect(write=_gather)


def _gather() -> None:
    services.gather_digests()
    services.shorten_log(timezone.now())


DELIVERY = Kind(name=services.DELIVERY, supply=hand_out, perform=perform, effect=effect, unavailable=(NotSentError,))
DIGESTS = Kind(name="digest.nightly", perform=nothing, effect=digests)
