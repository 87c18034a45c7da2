"""Three versions of a program become one, passage by passage; what only a person can decide is a conflict."""

from saem.lib.content.merging.model import Choice, Conflict, Merge, Resolution, Trouble
from saem.lib.content.merging.programs import merge

__all__ = ["Choice", "Conflict", "Merge", "Resolution", "Trouble", "merge"]
