"""HTML from anybody, which need not be well-formed, as the same plain elements that XML is read into."""

from html.parser import HTMLParser

from saem.lib.content.drawings import names
from saem.lib.content.exchange.xml import MAX_DEPTH, Element

_VOID = names("area base br col embed hr img input link meta source track wbr")
# Elements that end where the next one of the same sort begins, as HTML has it.
_ENDED_BY = {
    "p": names("p div ul ol dl pre table blockquote hr h1 h2 h3 h4 h5 h6"),
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
}  # fmt: skip


def read_html(text: str, *, line: int = 1) -> Element:
    """Never raises. The root has no name; `line` is where the text begins in its file."""
    reading = _Reading(line)
    reading.feed(text)
    reading.close()
    return reading.root()


class _Open:
    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name, self.attributes, self.line = name, attributes, line
        self.children: list[Element | str] = []


class _Reading(HTMLParser):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.before = line - 1
        self.open = [_Open("", {}, line)]

    def root(self) -> Element:
        self._close_to(1)
        return Element("", children=tuple(self.open[0].children), line=self.open[0].line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while len(self.open) > 1 and tag in _ENDED_BY.get(self.open[-1].name, ()):
            self._close_to(len(self.open) - 1)
        line = self.before + self.getpos()[0]
        self.open.append(_Open(tag, {key: value or "" for key, value in attrs}, line))
        # Below that depth everything lies side by side: nobody nests like that but to do harm.
        if tag in _VOID or len(self.open) > MAX_DEPTH:
            self._close_to(len(self.open) - 1)

    def handle_endtag(self, tag: str) -> None:
        at = next((at for at in range(len(self.open) - 1, 0, -1) if self.open[at].name == tag), 0)
        if at:
            self._close_to(at)

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _close_to(self, depth: int) -> None:
        while len(self.open) > depth:
            done = self.open.pop()
            closed = Element(done.name, "", done.attributes, tuple(done.children), done.line)
            self.open[-1].children.append(closed)
