"""MyST of anybody's as a page of ours: line by line, since everything that is alike may stay as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.identifiers import free_id
from saem.lib.content.exchange.pictures import Pictures
from saem.lib.content.problems import Problem, warning
from saem.lib.content.schema import ID_PATTERN

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>.*)$")
_DIRECTIVE = re.compile(r"^\{(?P<name>[\w:.-]+)\}\s*(?P<argument>.*)$")
_OPTION = re.compile(r"^\s*:(?P<key>[\w-]+):\s*(?P<value>.*)$")
_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>.+?)\s*#*$")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(\s*<?(?P<href>[^)\s>]+)>?(?P<title>\s+\"[^\"]*\")?\s*\)")
_ROLE = re.compile(r"\{(?P<name>[\w:.-]+)\}`(?P<text>[^`]+)`")
_TARGET = re.compile(r"^(?P<words>.*?)\s*<[^>]*>$")
BOXES = {
    "note": "note", "seealso": "note", "admonition": "note", "dropdown": "note", "important": "warning",
    "tip": "tip", "hint": "tip", "warning": "warning", "caution": "warning", "attention": "warning",
    "danger": "warning", "error": "warning", "think": "think", "exercise": "think",
}  # fmt: skip
MOST_NAMED = 8
# Deeper than anybody nests; below it everything is taken as it stands.
MAX_DEPTH = 12
_CODE = frozenset({"code-block", "code", "sourcecode"})
_CELLS = frozenset({"code-cell"})
_SILENT = frozenset({"tableofcontents", "toctree", "contents"})


@dataclass(frozen=True)
class Block:
    """What stands between two fences. `line` is that of the first; `body` begins on the line after it."""

    name: str
    argument: str
    options: dict[str, str]
    body: list[str]
    line: int


@dataclass
class Reading:
    """One page. `title` is its first heading of the first rank, which our pages do not repeat; `named` are the cells
    that had no name.
    """

    file: str
    pictures: Pictures
    title: str = ""
    named: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _depth: int = 0

    def page(self, text: str) -> str:
        lines = text.split("\n")
        start = self._front(lines)
        written = "\n".join(self._lines(lines[start:], start + 1)).strip("\n")
        if self.named:
            self._tell(1, Code.CELLS_NAMED, count=len(self.named), names=", ".join(self.named[:MOST_NAMED]))
        return re.sub(r"\n{3,}", "\n\n", written) + "\n"

    def _front(self, lines: list[str]) -> int:
        """How many lines the front matter takes; of it only the title comes along."""
        if not lines or lines[0].rstrip() != "---":
            return 0
        end = next((at for at in range(1, len(lines)) if lines[at].rstrip() in ("---", "...")), 0)
        try:
            found = yaml.safe_load("\n".join(lines[1:end])) if end else None
        except yaml.YAMLError:
            found = None
        if isinstance(found, dict) and isinstance(found.get("title"), str):
            self.title = found["title"]
        return end + 1 if end else 0

    def _lines(self, lines: list[str], first: int) -> Iterator[str]:
        at = 0
        while at < len(lines):
            fence = _FENCE.match(lines[at])
            if fence is None:
                yield from self._line(lines[at], first + at)
                at += 1
                continue
            end = _end(lines, at, fence["fence"])
            inner = lines[at + 1 : end]
            directive = _DIRECTIVE.match(fence["info"].strip())
            if directive is None or self._depth >= MAX_DEPTH:
                yield from lines[at : end + 1]
            else:
                block = _block(directive, inner, first + at)
                yield from (fence["indent"] + each if each else each for each in self._directive(block, fence["fence"]))
            at = end + 1

    def _line(self, line: str, number: int) -> Iterator[str]:
        heading = _HEADING.match(line)
        if heading is not None and heading["marks"] == "#":
            if not self.title or self.title == heading["title"]:
                self.title = heading["title"]
                return
            line = f"## {heading['title']}"
        line = _PICTURE.sub(lambda found: self._picture(found, number), line)
        yield _ROLE.sub(lambda found: self._role(found, number), line)

    def _picture(self, found: re.Match[str], number: int) -> str:
        return self._image(found["href"], found["alt"], found["title"] or "", number)

    def _image(self, href: str, alt: str, title: str, number: int) -> str:
        path = self.pictures.take(self.file, number, href)
        if not path:
            return alt
        if not alt.strip():
            self._tell(number, Code.PICTURE_ALT, name=href)
        return f"![{alt}]({path}{title})"

    def _role(self, found: re.Match[str], number: int) -> str:
        if found["name"] == "math":
            return f"${found['text']}$"
        target = _TARGET.match(found["text"])
        self._tell(number, Code.ROLE, name=found["name"])
        return target["words"] if target is not None else f"`{found['text']}`"

    def _directive(self, block: Block, fence: str) -> Iterator[str]:
        name = block.name
        if name in _CELLS:
            yield from self._cell(block, fence if fence[0] == "`" else "```")
        elif name in BOXES:
            yield from self._box(block)
        elif name in _CODE:
            yield from (f"{_ticks(fence)}{block.argument}", *block.body, _ticks(fence))
        elif name == "math":
            yield from ("$$", *block.body, "$$")
        elif name in ("image", "figure"):
            caption = " ".join(each.strip() for each in block.body if each.strip())
            title = ' "{}"'.format(caption.replace('"', "”")) if caption else ""
            yield self._image(block.argument, block.options.get("alt", caption), title, block.line)
        elif name not in _SILENT:
            self._tell(block.line, Code.DIRECTIVE, name=name)

    def _cell(self, block: Block, fence: str) -> Iterator[str]:
        """Each cell gets a name, for records of learners hang on it; tags of other tools are left behind."""
        language = block.argument.strip().lower()
        if language not in ("", "python", "python3", "ipython", "ipython3"):
            self._tell(block.line, Code.OTHER_CODE, language=language)
            yield from (f"{fence}{block.argument}", *block.body, fence)
            return
        named = block.options.get("name") or block.options.get("label") or ""
        if not re.match(ID_PATTERN, named):
            named = free_id(named or f"cell-{len(self._names) + 1}", fallback="cell", taken=self._names)
            self.named.append(named)
        self._names.add(named)
        yield from (f"{fence}{{code-cell}} python", f":name: {named}", *block.body, fence)

    def _box(self, block: Block) -> Iterator[str]:
        kind = BOXES[block.name]
        if block.name == "admonition":
            kind = next((BOXES[each] for each in block.options.get("class", "").split() if each in BOXES), "note")
        self._depth += 1
        inner = list(self._lines(block.body, block.line + 1))
        self._depth -= 1
        colons = ":" * max([3, *(len(found[0]) + 1 for each in inner if (found := re.match(r":{3,}", each.strip())))])
        yield from (f"{colons}{{{kind}}} {block.argument}".rstrip(), *inner, colons)

    def _tell(self, line: int, code: Code, **params: object) -> None:
        self.problems.append(warning(self.file, line, code, **params))


def _end(lines: list[str], start: int, fence: str) -> int:
    """The line that closes a block, or the last of the page where nothing does."""
    closing = re.compile(rf"^ *{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    return next((at for at in range(start + 1, len(lines)) if closing.match(lines[at])), len(lines))


def _block(directive: re.Match[str], inner: list[str], line: int) -> Block:
    """Options stand at the head, as `:key: value` or as YAML between two `---`."""
    options: dict[str, str] = {}
    rest = list(inner)
    if rest and rest[0].strip() == "---":
        end = next((at for at in range(1, len(rest)) if rest[at].strip() == "---"), 0)
        pairs = (each.partition(":") for each in rest[1:end])
        options = {key.strip(): value.strip() for key, _, value in pairs}
        rest = rest[end + 1 :] if end else rest
    while rest and (found := _OPTION.match(rest[0])):
        options[found["key"]] = found["value"].strip()
        rest.pop(0)
    while rest and not rest[0].strip():
        rest.pop(0)
    return Block(directive["name"], directive["argument"].strip(), options, rest, line)


def _ticks(fence: str) -> str:
    return "`" * max(3, len(fence))
