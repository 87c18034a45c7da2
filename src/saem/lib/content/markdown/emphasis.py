"""Emphasis that works in Korean.

CommonMark closes `**샘(Saem)**은` nowhere: a letter right after `)**` makes it no closing mark. Korean
attaches particles to words all the time, so a neighbouring Korean, Chinese or Japanese letter counts as
a border here (the amendment known as CJK-friendly emphasis). Other text is read as CommonMark says.
"""

import re

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

_CJK = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff]")


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _flanks(inner: str, outer: str) -> bool:
    """Whether marks between `outer` and `inner` may hold on to `inner`."""
    if isWhiteSpace(ord(inner)):
        return False
    if not _is_punctuation(inner):
        return True
    return isWhiteSpace(ord(outer)) or _is_punctuation(outer) or bool(_CJK.match(outer))


def tokenize(state: StateInline, silent: bool) -> bool:
    """Stands in for markdown-it's rule of the same name."""
    start, marker = state.pos, state.src[state.pos]
    if silent or marker not in ("_", "*"):
        return False
    end = start
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    left, right = _flanks(after, before), _flanks(before, after)
    splits_words = marker == "*"
    can_open = left and (splits_words or not right or _is_punctuation(before))
    can_close = right and (splits_words or not left or _is_punctuation(after))
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True
