"""XHTML of other systems as Markdown; what Markdown cannot say is told of."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from saem.lib.content.drawings import names
from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.markup import LANGUAGE, STRUCK
from saem.lib.content.exchange.xml import Element
from saem.lib.content.problems import Problem, warning

# The address that a picture or file has in our program, "" where it cannot come along.
Find = Callable[[str, Element], str]
GAP = "( \\_\\_\\_ )"
BLOCKS = names(
    "p div section article aside main header footer nav blockquote ul ol dl pre table h1 h2 h3 h4 h5 h6 hr figure "
    "details prompt content-body center fieldset form"
)
_PLAIN = names(
    "a abbr acronym address b bdi bdo big cite code dfn em font i img kbd label mark q rb ruby samp small span strong "
    "summary time tt u var br sub sup del s ins math wbr body html"
)
_TYPED = names("code kbd samp tt")
_SILENT = names("script style head title meta link stylesheet rt rp source track catalog-info")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "dfn": "*", "cite": "*", "var": "*", "del": "~~", "s": "~~"}
_SMALL = {
    "sub": str.maketrans("0123456789+-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ"),
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
}
_SPECIAL = re.compile(r"[\\`*\[\]$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_AT_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+>](?=\s|$)|[-+]{3,}|:{3,}|%|\((?=[\w-]+\)=)|=+$|\|)")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


@dataclass
class Prose:
    """Reads the content of elements of one file. `known` are elements that are something else's, such as answers."""

    file: str
    find: Find
    known: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    _blocky: dict[int, tuple[Element, bool]] = field(default_factory=dict)

    def markdown(self, *children: Element | str) -> str:
        return "\n\n".join(self._blocks(children)).strip()

    def _blocks(self, children: Sequence[Element | str]) -> Iterator[str]:
        run: list[Element | str] = []
        for child in children:
            if isinstance(child, Element) and self._is_block(child):
                yield from self._paragraph(run)
                run = []
                yield from (text for text in self._block(child) if text.strip())
            else:
                run.append(child)
        yield from self._paragraph(run)

    def _is_block(self, element: Element) -> bool:
        """Whether it stands on lines of its own. Asked again at every level, so it is remembered."""
        known = self._blocky.get(id(element))
        # The element is kept beside its answer, for an id is free again once its element is gone.
        if known is None:
            inner = element.name != "math" and any(self._is_block(each) for each in element.elements)
            alone = element.name in BLOCKS or (element.name == "math" and element.get("display") == "block")
            known = self._blocky[id(element)] = (element, inner or alone)
        return known[1]

    def _paragraph(self, run: Sequence[Element | str]) -> Iterator[str]:
        text = re.sub(r" {2,}", " ", self.inline(run)).strip()
        # A field alone on its line is where the answer goes, and nothing to be read.
        if text and text != GAP:
            yield _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\\1", text))

    def _block(self, element: Element) -> Iterator[str]:
        write: Callable[[], str] | None = {
            "math": lambda: f"$$\n{self._formula(element)}\n$$",
            "ul": lambda: self._list(element),
            "ol": lambda: self._list(element),
            "dl": lambda: self._definitions(element),
            "pre": lambda: _code(element),
            "table": lambda: self._table(element),
            "blockquote": lambda: _indented(self.markdown(*element.children), "> ", "> "),
            "hr": lambda: "---",
            "figure": lambda: self._figure(element),
        }.get(element.name)
        if write is not None:
            yield write()
        elif re.fullmatch(r"h[1-6]", element.name):
            # Pages begin at ##, below the title that comes from elsewhere.
            yield f"{'#' * max(2, int(element.name[1]))} {self.inline(element.children).strip()}"
        elif "admonition" in element.get("class").split():
            yield self._admonition(element)
        else:
            yield from self._blocks(element.children)

    def _list(self, element: Element) -> str:
        start = int(element.get("start", "1")) if element.get("start", "1").isdecimal() else 1
        entries = [each for each in element.elements if each.name == "li"]
        loose = any(child.name == "p" for each in entries for child in each.elements)
        written = []
        for at, entry in enumerate(entries):
            mark = f"{start + at}. " if element.name == "ol" else "- "
            text = ("\n\n" if loose else "\n").join(self._blocks(entry.children))
            written.append(_indented(text, mark, " " * len(mark)))
        return ("\n\n" if loose else "\n").join(written)

    def _definitions(self, element: Element) -> str:
        lines = []
        for each in element.elements:
            if each.name == "dt":
                lines.append(f"\n{self.inline(each.children).strip()}")
            elif each.name == "dd":
                lines.append(_indented(self.markdown(*each.children), ": ", "  "))
        return "\n".join(lines).strip()

    def _table(self, element: Element) -> str:
        rows = [[cell for cell in row.elements if cell.name in ("th", "td")] for row in element.all("tr")]
        rows = [row for row in rows if row]
        if not rows:
            return ""
        width = max(map(len, rows))
        for cell in (cell for row in rows for cell in row):
            if cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1":
                self._lost(cell, "colspan/rowspan")
        written = [self._row([self._cell(cell) for cell in row], width) for row in rows]
        marks = {"n": "--:", "c": ":-:"}
        line = self._row([marks.get(cell.get("class"), "---") for cell in rows[0]], width)
        caption = element.first("caption")
        title = [self.inline(caption.children).strip(), ""] if caption is not None else []
        return "\n".join([*title, written[0], line, *written[1:]])

    def _row(self, cells: list[str], width: int) -> str:
        return f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"

    def _cell(self, cell: Element) -> str:
        return " ".join(self.inline(cell.children).split()).replace("|", "\\|")

    def _figure(self, element: Element) -> str:
        picture, caption = element.first("img", "object"), element.first("figcaption")
        if picture is None:
            return self.markdown(*element.children)
        return self._picture(picture, caption.text if caption is not None else "")

    def _admonition(self, element: Element) -> str:
        kind = next((each for each in element.get("class").split() if each != "admonition"), "note")
        title = next((each for each in element.elements if each.get("class") == "admonition-title"), None)
        body = self.markdown(*(each for each in element.children if each is not title))
        colons = ":" * max([3, *(len(each) + 1 for each in re.findall(r"^:{3,}", body, re.MULTILINE))])
        return f"{colons}{{{kind}}} {title.text if title else ''}".rstrip() + f"\n{body}\n{colons}"

    def inline(self, children: Sequence[Element | str]) -> str:
        return "".join(self._inline(each) if isinstance(each, Element) else escaped(each) for each in children)

    def _inline(self, element: Element) -> str:
        if element.name in self.known:
            return GAP
        if element.name in _SILENT:
            return ""
        write: Callable[[], str] | None = {
            "math": lambda: f"${self._formula(element)}$",
            "br": lambda: "\\\n",
            "img": lambda: self._picture(element, ""),
            "object": lambda: self._picture(element, ""),
        }.get(element.name)
        if write is not None:
            return write()
        if element.name in _TYPED:
            return _code_span("".join(_raw(element)))
        return self._worded(element, self.inline(element.children))

    def _worded(self, element: Element, inner: str) -> str:
        """Words with a mark round them, or none."""
        name = element.name
        if name == "a":
            return self._link(element, inner)
        if name in _SMALL:
            return self._small(element, inner)
        if name not in _PLAIN and name not in BLOCKS:
            self._lost(element, name)
        mark = "~~" if STRUCK in element.get("class").split() else _MARKS.get(name, "")
        return _marked(inner, mark) if mark else f"“{inner}”" if name == "q" else inner

    def _link(self, element: Element, inner: str) -> str:
        href = element.get("href")
        address = href if re.match(r"(?:https?://|mailto:|#)", href) else self.find(href, element) if href else ""
        return f"[{inner}]({_address(address)})" if address and inner.strip() else inner

    def _picture(self, element: Element, caption: str) -> str:
        source = element.get("src") or element.get("data")
        alt = element.get("alt") or element.text
        address = self.find(source, element)
        if not address:
            return escaped(alt)
        if not alt.strip():
            self.problems.append(warning(self.file, element.line, Code.PICTURE_ALT, name=source))
        title = ' "{}"'.format(caption.replace('"', "”")) if caption else ""
        return f"![{escaped(alt)}]({_address(address)}{title})"

    def _small(self, element: Element, inner: str) -> str:
        table = _SMALL[element.name]
        if inner and all(ord(letter) in table for letter in inner):
            return inner.translate(table)
        self._lost(element, element.name)
        return inner

    def _formula(self, element: Element) -> str:
        note = next((each for each in element.all("annotation") if "tex" in each.get("encoding").lower()), None)
        tex = element.get("alttext") or (note.text if note is not None else "")
        if not tex:
            self.problems.append(warning(self.file, element.line, Code.FORMULA, text=element.text[:60]))
        return tex.strip() or f"\\text{{{re.sub(r'[^A-Za-z0-9가-힣 .,+=-]', ' ', element.text)}}}"

    def _lost(self, element: Element, what: str) -> None:
        self.problems.append(warning(self.file, element.line, Code.ELEMENT, name=what))


def _code(element: Element) -> str:
    classes = (each for part in element.walk() for each in part.get("class").split())
    language = next((each.removeprefix(LANGUAGE) for each in classes if each.startswith(LANGUAGE)), "")
    text = "".join(_raw(element)).strip("\n")
    fence = _ticks(text, at_least=3)
    return f"{fence}{language}\n{text}\n{fence}"


def escaped(text: str) -> str:
    """Words that Markdown must take as they are."""
    plain = re.sub(r"\s+", " ", text)
    return _SPECIAL.sub(lambda found: "\\" + found[0], plain).replace("{{", "\\{\\{")


def _marked(inner: str, mark: str) -> str:
    """Spaces go outside the marks: `** a**` is no emphasis."""
    core = inner.strip()
    if not core:
        return inner
    left, _, right = inner.partition(core)
    return f"{left}{mark}{core}{mark}{right}"


def _code_span(text: str) -> str:
    plain = re.sub(r"\s+", " ", text)
    ticks = _ticks(plain, at_least=1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{ticks}{pad}{plain}{pad}{ticks}" if plain.strip() else plain


def _ticks(text: str, *, at_least: int) -> str:
    return "`" * max([at_least, *(len(each) + 1 for each in re.findall(r"`+", text))])


def _raw(element: Element) -> Iterator[str]:
    for each in element.children:
        if isinstance(each, str):
            yield each
        elif each.name == "br":
            yield "\n"
        else:
            yield from _raw(each)


def _address(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{first if not at else rest}{line}".rstrip() for at, line in enumerate(lines))
