"""Drawings (SVG) as parts of a page: read, judged, and written anew from what is allowed (ADR 10).

A drawing inside the page is set in the page's fonts, which one behind `<img>` never sees. So nothing of the file may
reach the page but shapes and words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from saem.lib.content.codes import Code
from saem.lib.content.problems import Problem, problem

SUFFIX = ".svg"
MAX_BYTES = 256 * 1024
MAX_ELEMENTS = 5000
# Every id begins with it until a page says which of its drawings this is. No XML can hold this sign.
_MARK = "\0"
_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "http://www.w3.org/1999/xlink href"


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


TAGS = names(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath linearGradient "
    "radialGradient stop clipPath mask pattern marker"
)
# What programs write about a drawing, not into it.
_SILENT = frozenset({"title", "desc", "metadata"})
_RUNS = names("script foreignObject animate animateMotion animateTransform set handler listener")
PROPERTIES = names(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset opacity color stop-color stop-opacity clip-path clip-rule mask marker-start "
    "marker-mid marker-end font-family font-size font-weight font-style font-stretch letter-spacing word-spacing "
    "text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode display visibility "
    "paint-order vector-effect shape-rendering text-rendering"
)
ATTRIBUTES = PROPERTIES | names(
    "id href d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate width height points pathLength transform offset "
    "textLength lengthAdjust startOffset spacing method gradientUnits gradientTransform spreadMethod clipPathUnits "
    "maskUnits maskContentUnits patternUnits patternContentUnits patternTransform markerUnits markerWidth markerHeight "
    "orient refX refY viewBox preserveAspectRatio"
)
_INSIDE = re.compile(r"""url\(\s*["']?#([^"')\s]+)["']?\s*\)""")
_FOR_ALL = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
_NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt)?\s*")
_BOX = re.compile(r"\s*-?[\d.]+(?:[\s,]+-?[\d.]+){3}\s*")


@dataclass(frozen=True)
class Drawing:
    """One file, cleaned. `size` is width and height as the file's own units give them."""

    root: str
    size: tuple[str, str]
    body: str

    def html(self, alt: str, *, prefix: str) -> str:
        """As an element of a page; `prefix` keeps the ids of a page's drawings apart."""
        width, height = self.size
        shown = (
            f'<svg class="drawing" role="img" aria-label="{escape(alt)}" width="{width}" height="{height}"'
            f"{self.root}>{self.body}</svg>"
        )
        return shown.replace(_MARK, prefix)


def read_drawing(name: str, text: str) -> tuple[Drawing | None, list[Problem]]:
    """The drawing, or everything that keeps it from a page."""
    size = len(text.encode())
    if size > MAX_BYTES:
        params = {"size": round(size / 1024), "limit": MAX_BYTES // 1024}
        return None, [problem(name, 1, Code.SVG_LARGE, name=name, unit="KB", **params)]
    if "<!ENTITY" in text:
        line = text[: text.index("<!ENTITY")].count("\n") + 1
        return None, [problem(name, line, Code.SVG_PART, name=name, part="<!ENTITY>")]
    reading = _Reading(name)
    try:
        reading.parse(text)
    except expat.ExpatError as error:
        detail = expat.ErrorString(error.code)
        return None, [problem(name, error.lineno, Code.SVG_BROKEN, name=name, detail=detail)]
    problems = [*reading.problems, *reading.late_problems()]
    return (None, problems) if problems else (reading.drawing(), [])


@dataclass
class _Reading:
    """One pass over a file. `within` are the open elements; those below a silent one are not looked at."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    root: dict[str, str] = field(default_factory=dict)
    within: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    silent: int = 0
    elements: int = 0
    style: list[str] | None = None
    targets: dict[str, int] = field(default_factory=dict)
    nesting: set[str] = field(default_factory=set)

    def parse(self, text: str) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.Parse(text, True)

    def drawing(self) -> Drawing:
        shown = {key: value for key, value in self.root.items() if key not in ("width", "height", "x", "y")}
        return Drawing(_written(shown), self._size(), "".join(self.written))

    def late_problems(self) -> Iterator[Problem]:
        """What only the whole file can tell."""
        if self.elements > MAX_ELEMENTS:
            params = {"size": self.elements, "limit": MAX_ELEMENTS, "unit": "<…>"}
            yield problem(self.name, 1, Code.SVG_LARGE, name=self.name, **params)
        if self._size() == ("", "") and not self.problems:
            yield problem(self.name, 1, Code.SVG_SIZE, name=self.name)
        # A few lines of copies of copies would make a browser draw a billion shapes.
        for target in self.nesting & set(self.targets):
            yield problem(self.name, self.targets[target], Code.SVG_PART, name=self.name, part="<use> → <use>")

    def _start(self, full: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = full.rpartition(" ")
        self.within.append(tag)
        if self.silent or tag in _SILENT or (namespace not in (_SVG, "") and tag not in _RUNS):
            self.silent += 1
            return
        if len(self.within) == 1:
            self._open_root(namespace, tag, attributes)
        elif tag == "style":
            self.style = []
        elif tag in TAGS and tag != "svg":
            self._open(tag, self._kept(attributes))
        else:
            self._tell(Code.SVG_SCRIPT if tag in _RUNS else Code.SVG_PART, part=f"<{tag}>")
            self.silent += 1

    def _open_root(self, namespace: str, tag: str, attributes: dict[str, str]) -> None:
        if namespace != _SVG or tag != "svg":
            self._tell(Code.SVG_BROKEN, detail=f"<{tag}>")
        self.root = self._kept(attributes)
        self.ids.append("")
        width, height = (_NUMBER.fullmatch(self.root.get(side, "")) for side in ("width", "height"))
        if width and height:
            self.root.setdefault("viewBox", f"0 0 {width[1]} {height[1]}")

    def _open(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        self.ids.append(attributes.get("id", "").removeprefix(_MARK))
        if tag == "use":
            self.nesting.update(filter(None, self.ids))
            self.targets.setdefault(attributes.get("href", "").removeprefix(f"#{_MARK}"), self._line())
        self.written.append(f"<{tag}{_written(attributes)}>")

    def _end(self, full: str) -> None:
        tag = full.rpartition(" ")[2]
        self.within.pop()
        if self.silent:
            self.silent -= 1
        elif self.style is not None:
            self._finish_style("".join(self.style))
        elif self.within and tag in TAGS and tag != "svg":
            self.ids.pop()
            self.written.append(f"</{tag}>")

    def _text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)
        elif not self.silent and self.within[-1] in ("text", "tspan", "textPath"):
            self.written.append(escape(text, quote=False))

    def _finish_style(self, rules: str) -> None:
        """Plotting programs write one rule for everything, which is the same as saying it at the root."""
        self.style = None
        found = _FOR_ALL.fullmatch(rules)
        if found is None:
            self._tell(Code.SVG_PART, part="<style>")
        else:
            self.root |= self._kept({"style": found[1]})

    def _kept(self, attributes: Mapping[str, str]) -> dict[str, str]:
        """What may stay of an element's attributes. A style wins over an attribute, as in a browser."""
        kept = {}
        for full, value in attributes.items():
            key = "href" if full == _XLINK_HREF else full
            if key.lower().startswith("on"):
                self._tell(Code.SVG_SCRIPT, part=f"{key}=")
            elif key in ATTRIBUTES and key != "style":
                kept[key] = self._inside(key, value)
        for key, value in _declarations(attributes.get("style", "")):
            if key in PROPERTIES:
                kept[key] = self._inside(key, value)
        return kept

    def _inside(self, key: str, value: str) -> str:
        """The value with marked ids; a reference to anything outside the file is told."""
        if key == "id":
            return _MARK + value
        if key == "href":
            if "script:" in value.lower():
                self._tell(Code.SVG_SCRIPT, part=value[:40])
            elif not value.startswith("#"):
                self._tell(Code.SVG_OUTSIDE, target=value[:40])
            return f"#{_MARK}{value[1:]}"
        changed = _INSIDE.sub(rf"url(#{_MARK}\1)", value)
        if "url(" in _INSIDE.sub("", value).lower() or "\\" in value:
            self._tell(Code.SVG_OUTSIDE, target=value[:40])
        return changed

    def _size(self) -> tuple[str, str]:
        box = self.root.get("viewBox", "")
        if not _BOX.fullmatch(box):
            return "", ""
        width, height = re.split(r"[\s,]+", box.strip())[2:]
        return width, height

    def _line(self) -> int:
        return self.parser.CurrentLineNumber

    def _tell(self, code: Code, **params: str) -> None:
        self.problems.append(problem(self.name, self._line(), code, name=self.name, **params))


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        key, colon, value = declaration.partition(":")
        if colon:
            yield key.strip().lower(), value.partition("!")[0].strip()


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
