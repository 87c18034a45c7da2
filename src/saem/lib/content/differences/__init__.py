"""What has changed from one version of a program to another, as values that a page can draw."""

from saem.lib.content.differences.comparing import compare, compare_file
from saem.lib.content.differences.model import Change, FileDifference, PassageDifference, Words
from saem.lib.content.differences.renaming import renames
from saem.lib.content.differences.words import compare_words

__all__ = [
    "Change",
    "FileDifference",
    "PassageDifference",
    "Words",
    "compare",
    "compare_file",
    "compare_words",
    "renames",
]
