"""What only a built assignment tells of a program's badges."""

from collections.abc import Iterator, Mapping

from saem.lib import content
from saem.lib.content import Problem
from saem.lib.grading import Assignment


def badge_problems(program: content.Program, assignments: Mapping[str, Assignment]) -> Iterator[Problem]:
    """A share of the points can be asked for only where a project gives points."""
    for at, badge in enumerate(program.badges):
        project = badge.earned_by.project or ""
        if badge.earned_by.percent is None or project not in assignments:
            continue
        if not assignments[project].spec.gives_points:
            line = program.line_of("program.yaml", f"badges.{at}.earned_by.percent")
            yield Problem(file="program.yaml", line=line, code="catalog.badge_without_points", params={"name": project})
