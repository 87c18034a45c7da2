"""Results by a newer calibration: jobs that score the finished diagnoses of one class again.

A class is one transaction of some dozens of rows, with both moments of a learner in it: nobody ever reads a gain of two
scales, and nobody waits for the database.
"""

from collections.abc import Mapping

from saem.apps.jobs.kinds import Effect, Kind
from saem.apps.learning.diagnosis.measuring import scored
from saem.apps.learning.itembank.calibrations import RESCORE, newest_calibration, outdated, read
from saem.apps.learning.itembank.parameters import ItemParameters
from saem.apps.learning.models import Diagnosis
from saem.lib.fleet import Claim, Parcel, Supply

RESULT = ("ability", "error", "calibration")


def score(row: Diagnosis, parameters: Mapping[str, ItemParameters], calibration: int | None) -> None:
    """Put the result by these parameters into a row that is not saved yet."""
    measurement = scored(row.given, parameters)
    if measurement is not None:
        row.ability, row.error = measurement.ability, measurement.error
    row.calibration_id = calibration


def rescore_class(classroom: int) -> None:
    """Every result of a class by the newest calibration; call it inside a transaction."""
    rows = list(outdated().filter(enrolment__classroom=classroom).values_list("pk", "version__program"))
    for program in {program for _pk, program in rows}:
        calibration = newest_calibration(program)
        if calibration is None:
            continue
        parameters = read(calibration.items)
        locked = Diagnosis.objects.select_for_update().filter(pk__in=[pk for pk, its in rows if its == program])
        found = list(locked.order_by("pk"))
        for row in found:
            score(row, parameters, calibration.pk)
        Diagnosis.objects.bulk_update(found, RESULT, batch_size=200)


def nothing(_parcel: Parcel, _supply: Supply) -> bytes:
    """All of it is in the effect: a class is scored in milliseconds."""
    return b""


def effect(claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: rescore_class(claim.subject_id))


RESCORING = Kind(name=RESCORE, perform=nothing, effect=effect)
