"""How a command tells of problems: for people, and as JSON."""

from collections.abc import Iterable

import click

from saem.apps.catalog.checking import problem_remedy, problem_text
from saem.lib.content import Problem


def problem_data(problem: Problem, language: str) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem_text(problem, language),
        "remedy": problem_remedy(problem, language),
    }


def print_problems(problems: Iterable[Problem], language: str) -> None:
    for problem in problems:
        click.echo(f"{problem.file}:{problem.line}: {problem.severity}: {problem_text(problem, language)}")
        click.echo(f"    → {problem_remedy(problem, language)}")
