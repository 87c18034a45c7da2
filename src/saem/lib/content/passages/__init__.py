"""A file of a program cut into passages: what is compared, merged and talked about."""

from saem.lib.content.passages.matching import longest_run, match, moved
from saem.lib.content.passages.model import Kind, Passage
from saem.lib.content.passages.splitting import is_text, join, neighbours_in, rewritten, split, text_of

__all__ = [
    "Kind",
    "Passage",
    "is_text",
    "join",
    "longest_run",
    "match",
    "moved",
    "neighbours_in",
    "rewritten",
    "split",
    "text_of",
]
