"""A problem in rules, applications, reviews or reviewers: where it is and what it is."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


class Code(StrEnum):
    """What can be wrong; a message table turns each into words."""

    # Rules that cannot be read: a field is missing, not known, or not of the kind it must be.
    SHAPE = "rules.shape"
    # Rules that were read and do not fit together.
    REPEATED_ID = "rules.repeated_id"
    NO_WEIGHT = "rules.no_weight"
    SCALE = "rules.scale"
    MINIMUM = "rules.minimum"
    TRIMMED_TOO_FEW = "rules.trimmed_too_few"
    LAST_STAGE_ADVANCES = "rules.last_stage_advances"
    STAGE_KEEPS_ALL = "rules.stage_keeps_all"
    ADVANCES_TOO_FEW = "rules.advances_too_few"
    UNKNOWN_STAGE = "rules.unknown_stage"
    LOTTERY_NOT_LAST = "rules.lottery_not_last"
    REPEATED_TIE_BREAK = "rules.repeated_tie_break"
    UNKNOWN_ATTRIBUTE = "rules.unknown_attribute"
    UNKNOWN_VALUE = "rules.unknown_value"
    QUOTA_OF_NOTHING = "rules.quota_of_nothing"
    QUOTA_FOR_EVERYBODY = "rules.quota_for_everybody"
    SHARE_OVER_ALL = "rules.share_over_all"
    FLOOR_OVER_SEATS = "rules.floor_over_seats"
    FLOOR_OVER_CAP = "rules.floor_over_cap"
    QUOTAS_CONTRADICT = "rules.quotas_contradict"
    # Applications.
    REPEATED_APPLICATION = "application.repeated"
    BAD_APPLICATION_ID = "application.id"
    MISSING_ATTRIBUTE = "application.missing_attribute"
    BAD_ATTRIBUTE = "application.bad_attribute"
    MISSING_TIE_BREAK = "application.missing_tie_break"
    # Reviews.
    UNKNOWN_APPLICATION = "review.unknown_application"
    UNKNOWN_REVIEWER = "review.unknown_reviewer"
    UNKNOWN_REVIEW_STAGE = "review.unknown_stage"
    UNKNOWN_CRITERION = "review.unknown_criterion"
    NOT_A_NUMBER = "review.not_a_number"
    OUTSIDE_SCALE = "review.outside_scale"
    REPEATED_REVIEW = "review.repeated"
    CONFLICT = "review.conflict"
    # Reviewers.
    REPEATED_REVIEWER = "reviewer.repeated"
    BAD_LIMIT = "reviewer.limit"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`place` is a path with dots, as `quotas.girls.at_least`, `A-0017.office` or `A-0017.interview.R3.clarity`."""

    place: str
    code: Code
    params: Mapping[str, object] = field(default_factory=dict)


def problem(place: str, code: Code, **params: object) -> Problem:
    return Problem(place=place, code=code, params=params)


def repeated(names: Iterable[Name]) -> list[Name]:
    """Those that occur more than once, each once, in the order of their first occurrence."""
    return [name for name, times in Counter(names).items() if times > 1]
