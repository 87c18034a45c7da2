"""Backfill: programs in which somebody was diagnosed get their first calibration, and results their place on it.

The calibration is what items were last given with. Results are scored by it in batches, each a transaction of its own;
what broke off goes on where it was, because only results without a calibration are looked at.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from saem.lib.learners.adaptive import measured
from saem.lib.learners.irt.bank import ItemBank

BATCH = 500
PARAMETERS = ("discrimination", "difficulty", "guess", "upper")


def backfill(apps: StateApps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    diagnoses = apps.get_model("learning", "Diagnosis").objects
    for program in diagnoses.order_by().values_list("version__program", flat=True).distinct():
        its = diagnoses.filter(version__program=program)
        calibration = _calibration(apps, program, its)
        missing = its.filter(calibration=None, finished_at__isnull=False)
        keys = list(missing.order_by("enrolment", "pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            with transaction.atomic():
                rows = list(its.filter(pk__in=keys[start : start + BATCH]))
                for row in rows:
                    row.ability, row.error = _scored(row.given, calibration.items)
                    row.calibration = calibration
                diagnoses.bulk_update(rows, ["ability", "error", "calibration"], batch_size=100)


def _calibration(apps: StateApps, program: int, diagnoses: Any) -> Any:
    """The first calibration: each item with the parameters that it was last given with."""
    items: dict[str, dict[str, float]] = {}
    for given in diagnoses.order_by("started_at", "pk").values_list("given", flat=True).iterator(BATCH):
        items |= {entry["item"]: {name: entry[name] for name in PARAMETERS} for entry in given}
    calibrations = apps.get_model("learning", "Calibration").objects
    return calibrations.get_or_create(program_id=program, number=1, defaults={"items": items})[0]


def _scored(
    given: Sequence[Mapping[str, Any]], items: Mapping[str, Mapping[str, float]]
) -> tuple[float | None, float | None]:
    done = [entry for entry in given if entry["score"] is not None]
    if not done:
        return None, None
    names = [entry["item"] for entry in done]
    columns = (np.array([items[name][column] for name in names], dtype=np.float64) for column in PARAMETERS)
    found = measured(ItemBank(tuple(names), *columns), names, [entry["score"] == 1 for entry in done])
    return found.ability, found.error


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("learning", "0003_calibration")]
    operations = [migrations.RunPython(backfill, migrations.RunPython.noop)]
