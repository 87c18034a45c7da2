"""Changes of the item bank: a refit asked for, what it found, and the acceptance of models."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.models import Program
from saem.apps.events.services import record
from saem.apps.jobs.services import enqueue
from saem.apps.learning.itembank.queries import REFIT, REFITTED, programs_with_news
from saem.apps.learning.itembank.refitting import Refit, Stored, loaded
from saem.apps.learning.models import FittedModel, ItemRecord, ModelState
from saem.apps.people.models import User
from saem.errors import SaemError

# Behind everything that somebody waits for.
PRIORITY = -10
# A history of two months is what a page can show.
NIGHTS_KEPT = 60
# A model of a kind that was refused comes back only when there are so many times its answers.
GROWN = 1.2
SUPERSEDED, REFUSED_BEFORE = "in_force_changed", "refused_before"


def request_refit(program: Program) -> None:
    """Have the program computed again soon; one that waits or runs already is not doubled."""
    with transaction.atomic():
        enqueue(REFIT, program.pk, owner_key=REFIT, priority=PRIORITY)


def request_refits() -> None:
    """The night's work: every program with new answers. Call inside the transaction that ends the night's job."""
    for pk in programs_with_news():
        enqueue(REFIT, pk, owner_key=REFIT, priority=PRIORITY)


def record_refit(program_id: int, found: Refit) -> None:
    """Write what a refit found. Call inside the transaction that holds the claim.

    Only statistics and alarms are written: the live counts and difficulty belong to practice.
    """
    program = Program.objects.select_for_update().filter(pk=program_id).first()
    if program is None:
        return
    now = timezone.now()
    records = list(
        ItemRecord.objects.select_for_update().filter(program=program, item__in=found.statistics).order_by("pk")
    )
    for each in records:
        live = {"at": now.isoformat(), "difficulty": each.difficulty, "error": each.variance**0.5}
        history = [*each.statistics.get("history", ()), live][-NIGHTS_KEPT:]
        each.statistics = {**found.statistics[each.item], "history": history}
        each.alarms = list(found.alarms[each.item])
    ItemRecord.objects.bulk_update(records, ["statistics", "alarms"], batch_size=200)
    note = _propose(program, found)
    facts = {"note": note, "items": len(records), "alarms": sum(bool(each.alarms) for each in records)}
    record(REFITTED, actor=None, object_kind="program", object_id=program.pk, facts=facts)


def _propose(program: Program, found: Refit) -> str:
    """Keep the model that a refit would put in force, in place of an older proposal; returns the refit's note."""
    if found.model is None:
        return found.note
    models = FittedModel.objects.filter(program=program)
    in_force = models.filter(state=ModelState.IN_FORCE).values_list("pk", flat=True).first() or 0
    if in_force != found.in_force:
        # It was compared with a model that somebody has meanwhile replaced.
        return SUPERSEDED
    if _was_refused(program, found.model.name, found.card):
        return REFUSED_BEFORE
    models.filter(state=ModelState.PROPOSED).delete()
    model = dataclasses.asdict(found.model)
    model.pop("pk")
    FittedModel.objects.create(program=program, card=found.card, **model)
    return found.note


def _was_refused(program: Program, name: str, card: Mapping[str, Any]) -> bool:
    last = FittedModel.objects.filter(program=program).exclude(state=ModelState.PROPOSED).defer("document", "arrays")
    newest = last.filter(name=name).order_by("-decided_at", "-pk").first()
    if newest is None or newest.state != ModelState.REFUSED:
        return False
    return bool(card["trained_on"]["responses"] < GROWN * newest.card["trained_on"]["responses"])


def accept(model: FittedModel, *, by: User) -> bool:
    """Put a proposed model in force; the one before retires. False where it was decided before."""
    with transaction.atomic():
        locked = _locked(model, ModelState.PROPOSED)
        if locked is not None:
            _put_in_force(locked, "model.accepted", by)
    return locked is not None


def refuse(model: FittedModel, *, by: User) -> bool:
    """Decide not to use a proposed model. False where it was decided before."""
    with transaction.atomic():
        locked = _locked(model, ModelState.PROPOSED)
        if locked is not None:
            _decide(locked, ModelState.REFUSED, "model.refused", by, {})
    return locked is not None


def reinstate(model: FittedModel, *, by: User) -> bool:
    """Put a retired model in force again; the one before retires. False where it is not retired.

    Raises SaemError `itembank.unreadable_model` where this release can no longer read it: learners would silently be
    left with the ratings that a new program begins with.
    """
    kept = FittedModel.objects.values_list("name", "document", "arrays").get(pk=model.pk)
    if loaded(Stored(name=kept[0], document=bytes(kept[1]), arrays=bytes(kept[2]))) is None:
        raise SaemError("itembank.unreadable_model")
    with transaction.atomic():
        locked = _locked(model, ModelState.RETIRED)
        if locked is not None:
            _put_in_force(locked, "model.reinstated", by)
    return locked is not None


def _locked(model: FittedModel, state: ModelState) -> FittedModel | None:
    """The model, if it is in this state, under the lock of its program, which every decision and refit takes first."""
    Program.objects.select_for_update().get(pk=model.program_id)
    models = FittedModel.objects.select_for_update().defer("document", "arrays")
    return models.filter(pk=model.pk, state=state).first()


def _put_in_force(model: FittedModel, verb: str, by: User) -> None:
    before = FittedModel.objects.filter(program=model.program_id, state=ModelState.IN_FORCE)
    replaced = before.values_list("pk", flat=True).first()
    before.update(state=ModelState.RETIRED)
    _decide(model, ModelState.IN_FORCE, verb, by, {"before": replaced})


def _decide(model: FittedModel, state: ModelState, verb: str, by: User, facts: Mapping[str, object]) -> None:
    model.state, model.decided_at, model.decided_by = state, timezone.now(), by
    model.save(update_fields=["state", "decided_at", "decided_by"])
    protocol = model.card.get("evaluation", {}).get("protocol", {}).get("hash", "")
    told = {"program": model.program_id, "name": model.name, "protocol": protocol, **facts}
    record(verb, actor=by, object_kind="fitted_model", object_id=model.pk, facts=told)
