"""What an item may be given for: practice takes every kind, a diagnosis only what is answered in a minute or two."""

from enum import StrEnum

from saem.lib.content.items.registry import KINDS
from saem.lib.content.model import Item


class LeftOut(StrEnum):
    """Why a diagnosis does not give an item."""

    RUNS = "runs"
    PRACTICE_ONLY = "practice_only"


def left_out_of_diagnosis(item: Item) -> LeftOut | None:
    """None where a diagnosis may give the item.

    An answer that is code takes minutes to write and tells a test no more than one of another kind; written without
    being tried, as a test would have it, it measures typing; and a test must not stop because a sandbox is busy.
    """
    if KINDS[item.kind].runs:
        return LeftOut.RUNS
    return None if item.is_for("diagnosis") else LeftOut.PRACTICE_ONLY
