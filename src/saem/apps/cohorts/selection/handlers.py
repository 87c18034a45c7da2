"""The jobs of a selection: what staff asked to have computed, letters, sheets, and each night offers that have run out.

None is portable: applications and scores never leave the house. The effects are short and may be done twice.
"""

import json
from typing import Any

from saem.apps.cohorts.models import SelectionSheet, SheetKind, SheetState
from saem.apps.cohorts.selection import importing, letters, offering, recommending, runs, score_sheets, sheets
from saem.apps.cohorts.selection.deciding import LETTERS as LETTERS_JOB
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.sheets import SHEET_JOB
from saem.apps.jobs.kinds import Effect, Kind, ResultRefusedError, load_pages
from saem.errors import SaemError
from saem.lib.fleet import Claim, Parcel, Supply

READERS = {
    SheetKind.SCORES: score_sheets,
    SheetKind.APPLICATIONS: importing,
    SheetKind.RECOMMENDATIONS: recommending,
}


def nothing(_parcel: Parcel, _supply: Supply) -> bytes:
    return b""


def write_letters(claim: Claim, _result: bytes) -> Effect:
    def write() -> None:
        letters.tell_batch(claim.subject_id)

    return Effect(write=write)


def pass_on_all(_claim: Claim, _result: bytes) -> Effect:
    def write() -> None:
        offering.pass_all_on()

    return Effect(write=write)


def sheet_of(claim: Claim) -> SelectionSheet:
    return SelectionSheet.objects.select_related("call__form", "call__cohort", "call__selection__rules", "sent_by").get(
        pk=claim.subject_id
    )


def pack_sheet(claim: Claim) -> Parcel:
    """A file that waits to be read, with its layout; of one that is being applied nothing is needed."""
    sheet = sheet_of(claim)
    if sheet.state != SheetState.WAITING:
        return Parcel(facts={"subject": sheet.pk})
    return Parcel(facts={"layout": sheets.layout_facts(layout_of(sheet))}, data=bytes(sheet.data))


def layout_of(sheet: SelectionSheet) -> Any:
    if sheet.kind == SheetKind.SCORES:
        return score_sheets.layout_of(rules_of(sheet.call.selection).stage(sheet.stage))
    return READERS[SheetKind(sheet.kind)].layout_of(sheet.call)


def read_sheet(parcel: Parcel, _supply: Supply) -> bytes:
    layout = parcel.facts.get("layout")
    return sheets.read(parcel.data, sheets.layout_from(layout)) if isinstance(layout, dict) else b""


def sheet_effect(claim: Claim, result: bytes) -> Effect:
    sheet = sheet_of(claim)
    room = READERS[SheetKind(sheet.kind)]
    if sheet.state == SheetState.APPLYING:
        return Effect(write=lambda: apply(sheet_of(claim), room))
    try:
        found = json.loads(result)
    except ValueError as error:
        raise ResultRefusedError(str(error)) from error
    rows = [] if found["missing"] else found["rows"]
    return Effect(write=lambda: room.look(sheet_of(claim), rows, found["problems"], found["letters"]))


def apply(sheet: SelectionSheet, room: Any) -> None:
    """The next batch. What has become impossible meanwhile ends the sheet and is told, it is no failure of ours."""
    if sheet.state != SheetState.APPLYING:
        return
    try:
        room.apply_batch(sheet)
    except SaemError as refused:
        problem = sheets.problem_row(0, refused.code, refused.params)
        sheet.state = SheetState.FAILED
        sheet.report = {**sheet.report, "problems": [problem, *sheet.report.get("problems", [])]}
        sheet.save(update_fields=["state", "report"])


def compute_run(claim: Claim, _result: bytes) -> Effect:
    """The computation is here, before the claim is ended: ten thousand rows need not be bytes in between."""
    return Effect(write=runs.compute(claim.subject_id))


RUNS = Kind(
    name=runs.RUN_JOB,
    perform=load_pages,
    effect=compute_run,
    on_set_aside=runs.set_aside,
    on_retry=runs.wait_again,
)
LETTERS = Kind(name=LETTERS_JOB, perform=load_pages, effect=write_letters)
OFFERS = Kind(name="offers.nightly", perform=nothing, effect=pass_on_all)
SHEETS = Kind(name=SHEET_JOB, pack=pack_sheet, perform=read_sheet, effect=sheet_effect)
