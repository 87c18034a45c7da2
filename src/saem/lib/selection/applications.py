"""Applications as a selection sees them: an identifier, attributes for quotas, and what ties may be broken by."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from saem.lib.selection.problems import Code, Problem, problem, repeated
from saem.lib.selection.rules import SelectionRules, TieRule


@dataclass(frozen=True, kw_only=True)
class Application:
    """`id` is public (it is drawn with and published), so it says nothing of the person. `applied` has a time zone."""

    id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    born: date | None = None
    applied: datetime | None = None


def check_applications(rules: SelectionRules, applications: Sequence[Application]) -> tuple[Problem, ...]:
    """What is wrong with applications under these rules; with a problem, they must not be ranked."""
    twice = repeated(application.id for application in applications)
    return (
        *(problem(name, Code.REPEATED_APPLICATION, application=name) for name in twice),
        *(found for application in applications for found in _problems(rules, application)),
    )


def _problems(rules: SelectionRules, application: Application) -> Iterator[Problem]:
    if not _is_drawable(application.id):
        yield problem(application.id, Code.BAD_APPLICATION_ID)
    for attribute, known in rules.attributes.items():
        value = application.attributes.get(attribute)
        if value is None:
            yield problem(f"{application.id}.{attribute}", Code.MISSING_ATTRIBUTE, attribute=attribute)
        elif value not in known:
            yield problem(f"{application.id}.{attribute}", Code.BAD_ATTRIBUTE, attribute=attribute, value=value)
    kinds = {tie.by for tie in rules.tie_breaks}
    if application.born is None and kinds & {TieRule.YOUNGER, TieRule.OLDER}:
        yield problem(application.id, Code.MISSING_TIE_BREAK, needs="born")
    is_dated = application.applied is not None and application.applied.tzinfo is not None
    if TieRule.APPLIED_FIRST in kinds and not is_dated:
        yield problem(application.id, Code.MISSING_TIE_BREAK, needs="applied")


def _is_drawable(name: str) -> bool:
    """A word with one spelling, so that a stranger who copies it draws with the same bytes."""
    is_word = name.isprintable() and name.split() == [name]
    return is_word and name == unicodedata.normalize("NFC", name)
