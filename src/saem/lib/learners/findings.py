"""What a model has to say about the data or about itself, as values: nothing is printed and nothing is silent."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """`code` is a snake_case name; `where` names the skill, item or student it is about, `row` a row counted from 0."""

    code: str
    where: str = ""
    row: int | None = None
    weight: Weight = Weight.WARNING
