"""What code of teams has in common, across teams and years: ranked pairs with the passages of both, never a verdict
(ADR 23).
"""

from saem.lib.similarity.comparing import Ranking, compare
from saem.lib.similarity.errors import FileError, RepeatedError, SettingsError, SimilarityError
from saem.lib.similarity.fingerprints import Settings
from saem.lib.similarity.index import Index
from saem.lib.similarity.works import Pair, Passage, Stretch, Work

__all__ = [
    "FileError",
    "Index",
    "Pair",
    "Passage",
    "Ranking",
    "RepeatedError",
    "Settings",
    "SettingsError",
    "SimilarityError",
    "Stretch",
    "Work",
    "compare",
]
