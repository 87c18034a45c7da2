"""XML from anybody, read into plain values: no DTD, no entities, nothing fetched, nothing too large or too deep."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from saem.lib.content.exchange.codes import Code
from saem.lib.content.problems import Problem, problem

MAX_BYTES = 5 * 2**20
MAX_DEPTH = 100
MAX_ELEMENTS = 100_000
_SEPARATOR = "\n"
XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(frozen=True)
class Element:
    """`line` counts from 1; an attribute with a namespace is named "{namespace}name"."""

    name: str
    namespace: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Element | str", ...] = ()
    line: int = 1

    @property
    def elements(self) -> tuple["Element", ...]:
        return tuple(each for each in self.children if isinstance(each, Element))

    @property
    def text(self) -> str:
        """All words within, with single spaces."""
        return " ".join("".join(self.texts()).split())

    @property
    def language(self) -> str:
        return self.attributes.get(f"{{{XML}}}lang", "")

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def walk(self) -> Iterator["Element"]:
        """The element and everything below it, in the order of the file."""
        yield self
        for each in self.elements:
            yield from each.walk()

    def all(self, *names: str) -> list["Element"]:
        return [each for each in self.walk() if each.name in names and each is not self]

    def first(self, *names: str) -> "Element | None":
        return next(iter(self.all(*names)), None)

    def texts(self) -> Iterator[str]:
        """The words within, as they stand in the file."""
        for each in self.children:
            yield from (each,) if isinstance(each, str) else each.texts()


class _RefusedError(Exception):
    def __init__(self, code: Code, line: int, **params: object) -> None:
        super().__init__(code)
        self.code, self.line, self.params = code, line, params


def read_xml(file: str, data: bytes) -> tuple[Element | None, list[Problem]]:
    """The root, or why there is none. Never raises."""
    if len(data) > MAX_BYTES:
        size = round(len(data) / 2**20, 1)
        return None, [problem(file, 1, Code.XML_LARGE, size=size, limit=MAX_BYTES // 2**20)]
    reading = _Reading()
    try:
        return reading.read(data), []
    except _RefusedError as refused:
        return None, [problem(file, refused.line, refused.code, **refused.params)]
    except expat.ExpatError as error:
        return None, [problem(file, error.lineno, Code.NOT_XML, detail=expat.ErrorString(error.code))]
    # An unknown encoding in the first line, or a byte that it does not have.
    except (LookupError, ValueError) as error:
        return None, [problem(file, 1, Code.NOT_XML, detail=str(error))]


@dataclass
class _Open:
    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    def closed(self) -> Element:
        return Element(self.name, self.namespace, self.attributes, tuple(self.children), self.line)


class _Reading:
    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.open: list[_Open] = [_Open("", "", {}, 1)]
        self.count = 0

    def read(self, data: bytes) -> Element:
        self.parser.Parse(data, True)
        return self.open[0].closed().elements[0]

    def _refuse_doctype(self, *_declared: object) -> None:
        """Entities are declared in a DTD and nowhere else: without one there are no bombs and no outside files."""
        raise _RefusedError(Code.XML_DOCTYPE, self.parser.CurrentLineNumber)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        line = self.parser.CurrentLineNumber
        if len(self.open) > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise _RefusedError(Code.XML_DEEP, line, depth=MAX_DEPTH, elements=MAX_ELEMENTS)
        namespace, _, name = tag.rpartition(_SEPARATOR)
        named = {_attribute(key): value for key, value in attributes.items()}
        self.open.append(_Open(name, namespace, named, line))

    def _end(self, _tag: str) -> None:
        done = self.open.pop().closed()
        self.open[-1].children.append(done)

    def _words(self, text: str) -> None:
        self.open[-1].children.append(text)


def _attribute(key: str) -> str:
    namespace, _, name = key.rpartition(_SEPARATOR)
    return f"{{{namespace}}}{name}" if namespace else name
