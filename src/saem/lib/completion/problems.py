"""A problem in a rule file, a sheet or a row of numbers: where it is, what it is, and how grave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

MAX_NAMES_SHOWN = 8


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """The closed list; each has words and a remedy."""

    # rule files
    RULES_SYNTAX = "completion.rules_syntax"
    RULES_ALIAS = "completion.rules_alias"
    RULES_FORMAT = "completion.rules_format"
    DUPLICATE_KEY = "completion.duplicate_key"
    MISSING_KEY = "completion.missing_key"
    UNKNOWN_KEY = "completion.unknown_key"
    UNKNOWN_KIND = "completion.unknown_kind"
    NOT_CHOICE = "completion.not_choice"
    NOT_NUMBER = "completion.not_number"
    NOT_DAY = "completion.not_day"
    OUT_OF_RANGE = "completion.out_of_range"
    EMPTY_VALUE = "completion.empty_value"
    BAD_ID = "completion.bad_id"
    BAD_VALUE = "completion.bad_value"
    DUPLICATE_ID = "completion.duplicate_id"
    DAYS_REVERSED = "completion.days_reversed"
    RULES_GAP = "completion.rules_gap"
    RULES_OVERLAP = "completion.rules_overlap"
    WEIGHTS_SUM = "completion.weights_sum"
    WEIGHTS_TWICE = "completion.weights_twice"
    PROJECT_WANTS_NOTHING = "completion.project_wants_nothing"
    AT_LEAST_TOO_MANY = "completion.at_least_too_many"
    STEPS_ORDER = "completion.steps_order"
    # numbers
    NUMBER_SHAPE = "completion.number_shape"
    NUMBER_TWICE = "completion.number_twice"
    NUMBER_GAP = "completion.number_gap"
    # sheets
    NOT_XLSX = "completion.not_xlsx"
    OLD_XLS = "completion.old_xls"
    SHEET_TOO_LARGE = "completion.sheet_too_large"
    NO_HEADER = "completion.no_header"
    OTHER_SHEET = "completion.other_sheet"
    ABOVE_HEADER = "completion.above_header"
    MISSING_COLUMN = "completion.missing_column"
    EXTRA_COLUMN = "completion.extra_column"
    COLUMN_TWICE = "completion.column_twice"
    MERGED_CELLS = "completion.merged_cells"
    MERGED_UNCLEAR = "completion.merged_unclear"
    MISSING_CELL = "completion.missing_cell"
    FORMULA = "completion.formula"
    FORMULA_EMPTY = "completion.formula_empty"
    CELL_ERROR = "completion.cell_error"
    BAD_DATE = "completion.bad_date"
    SHORT_DATE = "completion.short_date"
    BAD_NUMBER = "completion.bad_number"
    NUMBER_RANGE = "completion.number_range"
    UNKNOWN_PERSON = "completion.unknown_person"
    AMBIGUOUS_PERSON = "completion.ambiguous_person"
    PERSON_MIXED = "completion.person_mixed"
    PERSON_TWICE = "completion.person_twice"
    PERSON_LEFT_OUT = "completion.person_left_out"
    ZEROS_LOST = "completion.zeros_lost"
    FIXED_CHANGED = "completion.fixed_changed"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`line` counts from 1 and is the row in a sheet; `cell` is its address (`C7`), or "" where it is about no cell.

    `code` and `remedy` name entries of the message table; both are filled from `params`.
    """

    file: str
    line: int
    code: Code
    cell: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def remedy(self) -> str:
        return f"{self.code}.near" if "suggestion" in self.params else f"{self.code}.remedy"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By line, then cell, then code; what is said twice stays once."""
    keyed = {(each.line, each.cell, each.code, repr(sorted(each.params.items()))): each for each in problems}
    return tuple(keyed[key] for key in sorted(keyed))


def near(name: str, known: Iterable[str]) -> dict[str, str]:
    """Params for a name nobody knows: `known` for the remedy, and `suggestion` where one comes close."""
    names = list(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    text = ", ".join(names[:MAX_NAMES_SHOWN]) + (" …" if len(names) > MAX_NAMES_SHOWN else "")
    return {"known": text or "-"} | ({"suggestion": close[0]} if close else {})
