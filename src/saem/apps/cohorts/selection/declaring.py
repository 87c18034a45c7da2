"""Staff declare how seats will be given: before the call opens freely, later only with a reason, never in silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.calls.applying import definition_of
from saem.apps.cohorts.calls.definition import FormDefinition, read_definition
from saem.apps.cohorts.calls.running import locked
from saem.apps.cohorts.models import Call, RulesDeclaration, Selection, SelectionState
from saem.apps.cohorts.selection.loading import askable, rules_of
from saem.apps.cohorts.selection.noting import note
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import selection as lib


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a selection is held, beside its rules: what reviewers see, the days to answer, where the draw's value is."""

    is_blind: bool
    reply_days: int
    appeal_days: int
    public_source: str


def form_of(call: Call) -> FormDefinition:
    """The published form, or what is built so far: rules may be declared before the form is published."""
    return definition_of(call.form) if call.form is not None else read_definition(call.form_draft)[0]


def attributes_for(call: Call) -> dict[str, list[str]]:
    """What quotas of this call may ask about; of older forms, too, for their answers count as well."""
    found = askable(form_of(call), call.grades)
    for form in call.form_versions.order_by("number"):
        for name, values in askable(definition_of(form), call.grades).items():
            found[name] = list(dict.fromkeys([*found.get(name, []), *values]))
    return found


def declare(
    call: Call, *, by: User, data: Mapping[str, Any], manner: Manner, reason: str = ""
) -> tuple[lib.Problem, ...]:
    """Declare rules; with problems, nothing happens and they are returned.

    Raises SaemError where a reason is needed and not given, or where stages would change after the draw.
    """
    rules, problems = lib.read_rules(data)
    if rules is None or problems:
        return problems
    with transaction.atomic():
        row = locked(call)
        selection = _selection_of(row, manner)
        _refuse_late_change(selection, rules, reason)
        _keep(selection, rules, by=by, reason=reason)
    return ()


def _selection_of(call: Call, manner: Manner) -> Selection:
    """The call's selection with its manner; a new one draws its secret now and shows only the commitment."""
    secret = lib.new_secret()
    selection, _is_new = Selection.objects.select_for_update(of=("self",)).get_or_create(
        call=call, defaults={"secret": secret, "commitment": lib.commitment(secret)}
    )
    selection.is_blind, selection.reply_days = manner.is_blind, manner.reply_days
    selection.appeal_days = manner.appeal_days
    if not selection.is_drawn:
        selection.public_source = manner.public_source
    selection.save(update_fields=["is_blind", "reply_days", "appeal_days", "public_source"])
    return selection


def _refuse_late_change(selection: Selection, rules: lib.SelectionRules, reason: str) -> None:
    if selection.rules is not None and selection.rules.sha256 == rules.digest:
        return
    if selection.call.opens_at <= timezone.now() and selection.call.published_at and not reason.strip():
        raise SaemError("selection.reason_needed", status=409)
    if selection.is_drawn:
        before = rules_of(selection)
        if (before.stages, before.tie_breaks, before.decimals, before.attributes) != (
            *(rules.stages, rules.tie_breaks, rules.decimals, rules.attributes),
        ):
            raise SaemError("selection.stages_fixed", status=409)


def _keep(selection: Selection, rules: lib.SelectionRules, *, by: User, reason: str) -> None:
    if selection.rules is not None and selection.rules.sha256 == rules.digest:
        return
    selection.rules = RulesDeclaration.objects.create(
        selection=selection,
        number=selection.declarations.count() + 1,
        text=rules.canonical(),
        sha256=rules.digest,
        reason=reason.strip(),
        declared_by=by,
    )
    selection.revision += 1
    selection.save(update_fields=["rules", "revision"])
    note("declared", selection, by=by, number=selection.rules.number, sha256=rules.digest, reason=reason.strip())


def is_late(call: Call) -> bool:
    """Whether whoever declares now must say why: applicants have seen, or could have seen, other rules or none."""
    return call.published_at is not None and call.opens_at <= timezone.now()


def fixed_state(selection: Selection) -> bool:
    return selection.state != SelectionState.DECLARED
