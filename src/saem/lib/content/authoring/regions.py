"""Cuts a code cell into what students get, in each language, and what the solution has."""

import ast
import textwrap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from saem.lib.content.authoring import marks
from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.names import parsed

GAP = "..."
SOLUTION_LANGUAGE = "ko"
Line = tuple[int, str]


@dataclass(frozen=True)
class Trouble:
    """A code with the line of the cell that it is about."""

    code: Code
    line: int
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Cut:
    """`starter` by language; `secret` are the lines that no student may see."""

    starter: dict[str, str]
    solution: str
    secret: tuple[Line, ...] = ()
    has_region: bool = False
    troubles: tuple[Trouble, ...] = ()


@dataclass
class Region:
    """What stands between a begin and an end."""

    line: int
    indent: str
    body: list[Line] = field(default_factory=list)
    instead: dict[str, list[str]] = field(default_factory=dict)

    def lines_for(self, language: str, names: Collection[str]) -> list[str]:
        """The author's own words, in the language if they differ, or else gaps to be filled."""
        if self.instead:
            return self.instead.get(language, next(iter(self.instead.values())))
        return [f"{self.indent}{line}" for line in gaps(self.body, names)]


def cut_code(source: str, *, checked: Collection[str] = (), first: int = 1) -> Cut:
    """`checked` are names that the question's checks look at: a region that assigns them leaves them as gaps.

    `first` is the number that the first line has in its cell.
    """
    numbered = list(enumerate(source.split("\n"), first))
    troubles = list(_stray_marks(numbered))
    starter: dict[str, str] = {}
    secret: dict[int, str] = {}
    solution, has_region = "", False
    for language in marks.LANGUAGES:
        kept = list(_in_language(numbered, language, troubles))
        given, solved, regions = _split(kept, troubles)
        starter[language] = "\n".join(
            line
            for part in given
            for line in (part.lines_for(language, checked) if isinstance(part, Region) else [part])
        )
        has_region = has_region or bool(regions)
        secret |= {number: text for region in regions for number, text in region.body if not marks.SHOWN.search(text)}
        if language == SOLUTION_LANGUAGE:
            solution = "\n".join(solved)
    return Cut(
        starter=starter,
        solution=solution,
        secret=tuple(sorted(secret.items())),
        has_region=has_region,
        troubles=tuple({(each.code, each.line): each for each in troubles}.values()),
    )


def _stray_marks(numbered: Sequence[Line]) -> Iterator[Trouble]:
    for number, line in numbered:
        if marks.is_nearly_a_mark(line):
            yield Trouble(Code.NEAR_MARK, number, {"text": line.strip()})


def _in_language(numbered: Sequence[Line], language: str, troubles: list[Trouble]) -> Iterator[Line]:
    """The lines for everybody and those for one language."""
    only, opened = None, 0
    for number, line in numbered:
        mark = marks.LANGUAGE.match(line)
        if mark is None:
            if only in (None, language):
                yield number, line
        else:
            only = mark["name"] if mark["name"] in marks.LANGUAGES else None
            opened = number
    if only is not None:
        troubles.append(Trouble(Code.LANGUAGE_UNCLOSED, opened))


def _split(numbered: Sequence[Line], troubles: list[Trouble]) -> tuple[list[str | Region], list[str], list[Region]]:
    """Lines and regions in order, the solution's lines, and the regions alone."""
    given: list[str | Region] = []
    solved: list[str] = []
    regions: list[Region] = []
    region: Region | None = None
    for number, line in numbered:
        if marks.BEGIN.match(line):
            if region is not None:
                troubles.append(Trouble(Code.REGION_NESTED, number, {"opened": region.line}))
                continue
            region = Region(number, line[: len(line) - len(line.lstrip())])
            regions.append(region)
            given.append(region)
        elif marks.END.match(line):
            if region is None:
                troubles.append(Trouble(Code.REGION_UNOPENED, number))
            region = None
        elif _is_instead(line):
            if region is None:
                troubles.append(Trouble(Code.INSTEAD_OUTSIDE, number))
            else:
                _note_instead(region, line)
        elif region is not None:
            region.body.append((number, line))
            solved.append(marks.SHOWN.sub("", line))
        else:
            given.append(line)
            solved.append(line)
    if region is not None:
        troubles.append(Trouble(Code.REGION_UNCLOSED, region.line))
    return given, solved, regions


def _is_instead(line: str) -> bool:
    return bool(marks.INSTEAD.match(line) or marks.NOTHING.match(line))


def _note_instead(region: Region, line: str) -> None:
    """`대신` gives the Korean starter's lines, `instead` the English one's; where one word is used, it gives both."""
    nothing = marks.NOTHING.match(line)
    if nothing:
        region.instead.setdefault("ko" if nothing["word"] else "en", [])
        return
    found = marks.INSTEAD.match(line)
    if found is not None:
        text = found["text"] or ""
        language = "ko" if found["word"] == "대신" else "en"
        region.instead.setdefault(language, []).append(f"{found['indent']}{text}" if text else "")


def gaps(body: Sequence[Line], names: Collection[str]) -> list[str]:
    """`name = ...` for each checked name that the region assigns, or a bare gap."""
    tree = parsed(textwrap.dedent("\n".join(line for _, line in body)))
    if tree is None:
        return [GAP]
    assigned = [
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    ]
    alone = len(tree.body) == 1
    wanted = [name for name in dict.fromkeys(assigned) if alone or name in names]
    return [f"{name} = {GAP}" for name in wanted] or [GAP]
