"""XML written as text, and our Markdown as the XHTML that other systems' formats hold."""

from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser

from markdown_it.token import Token

from saem.lib.content.markdown import Place, read_brief
from saem.lib.content.markdown.parser import parser
from saem.lib.content.model import ASSET

MATHML = "http://www.w3.org/1998/Math/MathML"
# XHTML of other systems has no such elements; as a class what was meant is kept.
STRUCK = "del"
LANGUAGE = "language-"
_SPANS = frozenset({"del", "s"})
_VOID = frozenset({"br", "hr", "img"})
_KEPT = frozenset({"href", "src", "alt", "class", "id", "title", "start", "scope"})
_MATH_TOKENS = ("math_inline", "math_inline_double", "math_block", "math_block_label")
_FENCES = ("fence", "code_block")


def tag(name: str, *content: str, **attributes: object) -> str:
    """An element; `content` is XML already, attributes are words. `base_type` is written base-type, None not at all."""
    named = {key.rstrip("_").replace("_", "-"): str(value) for key, value in attributes.items() if value is not None}
    written = "".join(f' {key}="{escape(value)}"' for key, value in named.items())
    inner = "".join(content)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def words(text: str) -> str:
    return escape(text, quote=False)


def markup(text: str, place: Place, *, root: str) -> str:
    """Markdown as XHTML; files of the program are named from the folder `root`, such as `../`.

    A formula keeps its LaTeX as `alttext`, a block of code its language as a class: so both can be read back.
    """
    writing = _Writing(root, list(_tokens(parser().parse(text, {}))))
    writing.feed(read_brief(text, place).html)
    writing.close()
    return "".join(writing.out)


def line(text: str, place: Place, *, root: str) -> str:
    """The same without the paragraph round it, where there is only one."""
    written = markup(text, place, root=root)
    inner = written.removeprefix("<p>").removesuffix("</p>")
    return inner if len(inner) == len(written) - len("<p></p>") and "<p>" not in inner else written


def _tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


class _Writing(HTMLParser):
    """Our own, sanitised HTML only: every element is closed, so a stack of names is enough."""

    def __init__(self, root: str, tokens: Sequence[Token]) -> None:
        super().__init__()
        self.root = root
        self.formulas = [token.content.strip() for token in tokens if token.type in _MATH_TOKENS]
        self.languages = [token.info.strip().split(" ")[0] for token in tokens if token.type in _FENCES]
        self.out: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        name = self._name(tag, attributes)
        if tag not in _VOID:
            self.open.append(name)
        if name:
            written = "".join(f' {key}="{escape(value)}"' for key, value in self._attributes(tag, attributes).items())
            self.out.append(f"<{name}{written}{'/' if tag in _VOID else ''}>")

    def handle_endtag(self, tag: str) -> None:
        name = self.open.pop() if tag not in _VOID else ""
        if name:
            self.out.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        self.out.append(words(data))

    def _name(self, tag: str, attributes: dict[str, str]) -> str:
        """Nothing for what only our pages need: boxes that scroll, colours of code, links that lead nowhere."""
        if tag == "div" and attributes.get("class", "").startswith("scroll "):
            return ""
        if tag == "span" and "pre" in self.open:
            return ""
        if tag == "a" and attributes.get("href", "#") == "#":
            return ""
        return "span" if tag in _SPANS else tag

    def _attributes(self, tag: str, found: dict[str, str]) -> dict[str, str]:
        if tag == "math":
            return found | {"xmlns": MATHML, "alttext": self.formulas.pop(0) if self.formulas else ""}
        if "math" in self.open[:-1]:
            return found
        if tag == "pre":
            language = self.languages.pop(0) if self.languages else ""
            return {"class": f"{LANGUAGE}{language}"} if language else {}
        if tag in _SPANS:
            return {"class": STRUCK}
        kept = {key: value for key, value in found.items() if key in _KEPT}
        return {
            key: value.replace(ASSET, self.root, 1) if key in ("src", "href") else value for key, value in kept.items()
        }
