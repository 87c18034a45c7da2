"""Items as the rest of Saem meets them: what is kept, what is shown, and what an answer was worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from saem.lib.content.codes import Code
from saem.lib.content.model import ToHtml


@dataclass(frozen=True)
class Prose:
    """Markdown in both languages, with the values of a variant in it."""

    ko: str
    en: str
    to_html: ToHtml = field(repr=False, compare=False)

    def in_(self, language: str) -> str:
        """The Markdown itself: in English where English is asked for, else in Korean."""
        return self.en if language.split("-", maxsplit=1)[0] == "en" else self.ko

    def html(self, language: str) -> str:
        spoken = "en" if language.split("-", maxsplit=1)[0] == "en" else "ko"
        return self.to_html(self.in_(spoken), spoken)

    def line(self, language: str) -> str:
        """The HTML for within a label: without the paragraph round it, where there is only one."""
        html = self.html(language)
        inner = html.removeprefix("<p>").removesuffix("</p>")
        alone = len(inner) == len(html) - len("<p></p>") and "<p>" not in inner
        return inner if alone else html


@dataclass(frozen=True)
class Option:
    """`key` is what the form sends. It says nothing about the option's id, which may give the answer away."""

    key: str
    text: Prose


@dataclass(frozen=True)
class Options:
    """Field `answer`: one key, or where `several` any number of keys."""

    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True)
class NumberField:
    """Field `answer`: what the learner types. `unit` stands behind the field; `units` are all that may be typed."""

    unit: Prose | None
    units: tuple[str, ...]


@dataclass(frozen=True)
class TextField:
    """Field `answer`: what the learner types."""


@dataclass(frozen=True)
class Line:
    """One line of an ordering: a piece of code, or a step in words."""

    key: str
    code: str = ""
    text: Prose | None = None


@dataclass(frozen=True)
class Lines:
    """Field `answer`: the keys of the used lines in order, each `key` or, where `indents`, `key:2`.

    A form without script sends `place-<key>` (1, 2, … or empty) and `indent-<key>` instead.
    """

    lines: tuple[Line, ...]
    indents: bool


@dataclass(frozen=True)
class Pairs:
    """Fields `match-<key of left>`: the key of a right side each. There may be more right sides than left ones."""

    left: tuple[Option, ...]
    right: tuple[Option, ...]


@dataclass(frozen=True)
class CodeField:
    """Field `answer`: Python. It is judged by `judge_run` after the app has run it with the item's checks."""

    setup: str
    start: str
    data: Mapping[str, str]


Ask = Options | NumberField | TextField | Lines | Pairs | CodeField


@dataclass(frozen=True)
class Series:
    title: Prose
    values: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`kind` is bar, line or scatter. `labels` name the places along x; where they are numbers, `at` has them."""

    kind: str
    x_title: Prose
    y_title: Prose
    labels: tuple[Prose, ...]
    at: tuple[float, ...] | None
    series: tuple[Series, ...]
    alt: Prose


@dataclass(frozen=True, kw_only=True)
class Variant:
    """What a learner is shown. No answer is in it."""

    item: str
    kind: str
    seed: int
    prompt: Prose
    hints: tuple[Prose, ...]
    ask: Ask
    chart: Chart | None = None


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`feedback` is the author's, `remarks` are codes with words in the message table; `chosen` are ids as written.

    Where `reason` is set the answer could not be read: it counts as no try, and `score` is 0.
    """

    score: float = 0.0
    feedback: tuple[Prose, ...] = ()
    remarks: tuple[Code, ...] = ()
    chosen: tuple[str, ...] = ()
    reason: Code | None = None
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def right(self) -> bool:
        return self.score == 1

    @property
    def unreadable(self) -> bool:
        return self.reason is not None


def unread(reason: Code, **params: object) -> Judged:
    return Judged(reason=reason, params=params)
