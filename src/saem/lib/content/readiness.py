"""What is looked at before a program that reads well is published, and not again when a version of it is opened."""

from saem.lib.content.hints import lesson_hints
from saem.lib.content.licences import licence_problems
from saem.lib.content.model import Program
from saem.lib.content.problems import Problem, in_order


def readiness(program: Program) -> tuple[Problem, ...]:
    """Problems keep it from being published; warnings are hints to its authors."""
    return in_order([*licence_problems(program), *lesson_hints(program)])
