"""Facts and a rule give a decision that explains itself: per condition what is wanted, had and missing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from saem.lib.completion.conditions import Case
from saem.lib.completion.facts import Facts
from saem.lib.completion.findings import Finding, State
from saem.lib.completion.rulebook import DecidedBy, RuleBook
from saem.lib.completion.rules import Rule


class Outcome(StrEnum):
    COMPLETED = "completed"
    NOT_YET = "not_yet"
    NO_LONGER_POSSIBLE = "no_longer_possible"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`rule` and `rule_hash` say by which rule it was decided; `waits` where all is met and the course still runs."""

    outcome: Outcome
    rule: str
    rule_hash: str
    finding: Finding
    at_risk: bool
    waits: bool = False


def decide(book: RuleBook, days: Mapping[DecidedBy, dt.date], facts: Facts) -> Decision:
    """Evaluate by the rule of the day that decides. Raises NoRuleError where no rule is valid on it."""
    return evaluate(book.rule_for(days), facts)


def evaluate(rule: Rule, facts: Facts) -> Decision:
    """Decide one person by one rule. More of any fact never makes the outcome worse."""
    finding = Case(rule, facts).find(rule.condition)
    waits = finding.state is State.MET and rule.earliest == "course_end" and not facts.closed
    if finding.state is State.MET:
        outcome = Outcome.NOT_YET if waits else Outcome.COMPLETED
    else:
        outcome = Outcome.NOT_YET if finding.state is State.MISSING else Outcome.NO_LONGER_POSSIBLE
    return Decision(
        outcome=outcome, rule=rule.id, rule_hash=rule.hash, finding=finding, at_risk=finding.at_risk, waits=waits
    )
