"""What comes of carrying content from one format to another."""

from collections.abc import Mapping
from dataclasses import dataclass

from saem.lib.content.problems import Problem


@dataclass(frozen=True)
class Carried:
    """`files` by their paths, with `/` between parts; `problems` say what did not come along."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
