"""What the completion library raises; what is wrong inside a rule file or a sheet is a Problem, never an exception."""


class CompletionError(Exception):
    """Base of the tree.

    CompletionError
    ├── PlanError       a session's times cannot be
    ├── PresenceError   a fact about somebody's presence cannot be
    ├── NoRuleError     no rule is valid on the day that decides
    ├── PatternError    a pattern of numbers is not one, or a number does not fit it
    ├── SheetError      rows cannot be written: an unknown column, or more rows than a sheet holds
    └── CalendarError   a meeting cannot be told in a calendar
    """


class PlanError(CompletionError):
    pass


class PresenceError(CompletionError):
    pass


class NoRuleError(CompletionError):
    pass


class PatternError(CompletionError):
    pass


class SheetError(CompletionError):
    pass


class CalendarError(CompletionError):
    pass
