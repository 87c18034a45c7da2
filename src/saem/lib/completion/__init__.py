"""Who has completed a course, decided from facts and dated rules, and explained; no database, no words.

Sheets (`completion.sheets`), calendars and numbers are asked for by their own names, so that deciding loads no
spreadsheet library.
"""

from saem.lib.completion.attendance import Attendance, CanStillPass, Chance, can_still_pass, count
from saem.lib.completion.counting import Attended, Oddity
from saem.lib.completion.credits import CreditTable
from saem.lib.completion.errors import CompletionError, NoRuleError, PlanError, PresenceError
from saem.lib.completion.evaluation import Decision, Outcome, decide, evaluate
from saem.lib.completion.facts import Facts, Progress, ProjectFact
from saem.lib.completion.findings import Finding, Reason, State, Unit, leaves
from saem.lib.completion.presence import AttendancePolicy, Crossing, Mark, Presence, Status, Way
from saem.lib.completion.problems import Code, Problem, Severity
from saem.lib.completion.rounding import Rounding
from saem.lib.completion.rulebook import DecidedBy, Loaded, RuleBook, load_rules
from saem.lib.completion.rules import Rule
from saem.lib.completion.scores import Score, best_total, converted_total
from saem.lib.completion.sessions import Overlap, Session, overlaps, session_on

__all__ = [
    "Attendance",
    "AttendancePolicy",
    "Attended",
    "CanStillPass",
    "Chance",
    "Code",
    "CompletionError",
    "CreditTable",
    "Crossing",
    "DecidedBy",
    "Decision",
    "Facts",
    "Finding",
    "Loaded",
    "Mark",
    "NoRuleError",
    "Oddity",
    "Outcome",
    "Overlap",
    "PlanError",
    "Presence",
    "PresenceError",
    "Problem",
    "Progress",
    "ProjectFact",
    "Reason",
    "Rounding",
    "Rule",
    "RuleBook",
    "Score",
    "Session",
    "Severity",
    "State",
    "Status",
    "Unit",
    "Way",
    "best_total",
    "can_still_pass",
    "converted_total",
    "count",
    "decide",
    "evaluate",
    "leaves",
    "load_rules",
    "overlaps",
    "session_on",
]
