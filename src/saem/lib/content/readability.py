"""How hard the prose of a page is to read, and how long that takes: figures for authors, not verdicts."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from saem.lib.content.model import Html, Page

# What is no running text: code, tables, formulas, drawings, headings.
_LEFT_OUT = frozenset({"pre", "table", "math", "svg", "figcaption", "h3", "h4", "h5", "h6"})
_APART = frozenset({"p", "li", "dd", "dt", "blockquote", "div"})
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+")
_KOREAN_WORD = re.compile(r"[가-힣]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouytdl]ed|[^aeiouyszxcghl]es)$")
LONG_EOJEOL = 5


@dataclass(frozen=True)
class Reading:
    """`hardness` is on the scale of the language: see `korean` and `english`."""

    sentences: int
    words: int
    mean_length: float
    hardness: float


def prose_of(page: Page) -> list[str]:
    """The sentences of a page's paragraphs and lists, without code, tables, formulas and headings."""
    found: list[str] = []
    for section in page.sections:
        for block in section.blocks:
            if isinstance(block, Html):
                parser = _Prose()
                parser.feed(block.html)
                parser.close()
                found += parser.sentences()
    return found


def korean(sentences: list[str]) -> Reading:
    """`hardness` = eojeol per sentence + percentage of eojeol with five syllables or more.

    The form is that of LIX (Björnsson 1968: words per sentence + percentage of words with more than six letters), with
    eojeol and syllables in their place. We know of no validated formula of this kind for Korean: the bounds are ours.
    """
    words = [[word for word in sentence.split() if _KOREAN_WORD.search(word)] for sentence in sentences]
    words = [each for each in words if each]
    count = sum(map(len, words))
    if not count:
        return Reading(0, 0, 0.0, 0.0)
    long = sum(len(_KOREAN_WORD.findall(word)) >= LONG_EOJEOL for each in words for word in each)
    mean = count / len(words)
    return Reading(len(words), count, mean, mean + 100 * long / count)


def english(sentences: list[str]) -> Reading:
    """`hardness` is the Flesch–Kincaid grade, 0.39 words/sentences + 11.8 syllables/words - 15.59.

    Source: Kincaid, Fishburne, Rogers & Chissom 1975, Naval Technical Training Command, Research Branch Report 8-75.
    Syllables are counted as groups of vowels less a silent ending (make, makes, asked), at least one for each word.
    """
    words = [found for sentence in sentences if (found := _LATIN_WORD.findall(sentence))]
    count = sum(map(len, words))
    if not count:
        return Reading(0, 0, 0.0, 0.0)
    syllables = sum(_syllables(word) for each in words for word in each)
    mean = count / len(words)
    return Reading(len(words), count, mean, 0.39 * mean + 11.8 * syllables / count - 15.59)


def _syllables(word: str) -> int:
    plain = word.lower()
    groups = len(_VOWELS.findall(plain))
    return max(1, groups - bool(_SILENT.search(plain)))


class _Prose(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[list[str]] = [[]]
        self.left_out = 0

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.left_out += tag in _LEFT_OUT
        if tag in _APART:
            self.blocks.append([])

    def handle_endtag(self, tag: str) -> None:
        self.left_out -= tag in _LEFT_OUT
        if tag in _APART:
            self.blocks.append([])

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.blocks[-1].append(data)

    def sentences(self) -> list[str]:
        texts = (" ".join("".join(block).split()) for block in self.blocks)
        return [sentence for text in texts if text for sentence in _SENTENCE.split(text) if sentence]
