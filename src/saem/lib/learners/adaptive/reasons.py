"""Why an item was chosen and why a test ended, as codes with parameters: pages turn them into one line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from saem.lib.learners.findings import Finding


class ReasonCode(StrEnum):
    """Practice: the first seven. Tests: the last three."""

    REVIEW_DUE = "review_due"  # skill, seconds (since it was met last), chance
    WEAKEST_SKILL = "weakest_skill"  # skill, mastery, chance
    NEXT_SKILL = "next_skill"  # skill, mastery, chance: weaker skills have no item in the zone
    UNCERTAIN = "uncertain"  # skill, responses, low, high (of its mastery), chance
    STRETCH = "stretch"  # skill, mastery, chance: everything asked for is mastered
    EASIEST_LEFT = "easiest_left"  # skill, chance: nothing of this skill is easy enough for the zone
    HARDEST_LEFT = "hardest_left"  # skill, chance: nothing of this skill is hard enough for the zone
    MEASURES_BEST = "measures_best"  # ability, information
    CONTENT_NEEDED = "content_needed"  # ability, information: a better item would have broken the test's content
    SPREADS_EXPOSURE = "spreads_exposure"  # ability, information: better items were passed by to keep them secret


class StopCode(StrEnum):
    LENGTH = "length"  # items
    STANDARD_ERROR = "standard_error"  # error, items
    MASTERED = "mastered"  # chance (that the ability is above the cut), cut
    NOT_MASTERED = "not_mastered"
    ITEMS_USED_UP = "items_used_up"  # items


Parameters = Mapping[str, float | str]


@dataclass(frozen=True)
class Reason:
    code: ReasonCode
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True)
class Stop:
    """Why a test ends here."""

    code: StopCode
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True)
class Nothing:
    """There is no item to give; `code` says why in snake_case."""

    code: str
    findings: tuple[Finding, ...] = ()
