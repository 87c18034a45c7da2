"""The items that a version's diagnosis is made of, with the newest calibration of each."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.learning.itembank.calibrations import newest_calibration, read, records_of
from saem.apps.learning.itembank.parameters import ItemParameters, parameters_of
from saem.lib import content
from saem.lib.content.items import left_out_of_diagnosis
from saem.lib.learners.adaptive import Precomputed
from saem.lib.learners.irt.bank import ItemBank

SHORTEST, LONGEST = 8, 15


@dataclass(frozen=True)
class DiagnosisBank:
    """The tables that items are chosen by, over `items` in the order of the bank.

    `parameters` has these items and every other one of the calibration, whose primary key is `calibration`: None
    before anybody began a diagnosis.
    """

    tables: Precomputed
    items: Mapping[str, content.Item]
    parameters: Mapping[str, ItemParameters]
    scale: str
    calibration: int | None

    @property
    def longest(self) -> int:
        return min(LONGEST, len(self.items))


def diagnosis_items(version: Version) -> dict[str, content.Item]:
    """The version's items for diagnosis, by id."""
    found = program_of(version).items
    return {id_: found[id_] for id_ in sorted(found) if left_out_of_diagnosis(found[id_]) is None}


def has_diagnosis(version: Version) -> bool:
    """Fewer items than the shortest diagnosis is long are none."""
    return len(diagnosis_items(version)) >= SHORTEST


def bank_of(version: Version) -> DiagnosisBank | None:
    """The bank by the newest calibration, in one query, or None where the version has too few items.

    Items that it lacks are those of a version in which nobody has begun: they get what is known of them today.
    """
    items = diagnosis_items(version)
    if len(items) < SHORTEST:
        return None
    calibration = newest_calibration(version.program_id)
    parameters = read(calibration.items) if calibration is not None else {}
    lacking = {id_: item for id_, item in items.items() if id_ not in parameters}
    if lacking:
        parameters |= parameters_of(lacking, records_of(version.program_id))
    tables = Precomputed.of(item_bank({id_: parameters[id_] for id_ in items}))
    scale = f"program:{version.program_id}"
    return DiagnosisBank(tables, items, parameters, scale, calibration.pk if calibration is not None else None)


def item_bank(parameters: Mapping[str, ItemParameters]) -> ItemBank:
    columns = (
        np.array([getattr(each, name) for each in parameters.values()], dtype=np.float64)
        for name in ("discrimination", "difficulty", "guess", "upper")
    )
    return ItemBank(tuple(parameters), *columns)
