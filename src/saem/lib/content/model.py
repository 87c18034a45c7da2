"""A program that was read and found sound: what the rest of Saem works with."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from saem.lib.content.documents import Document, split_path
from saem.lib.content.problems import Problem, Severity
from saem.lib.content.schema import (
    AssetFile,
    Author,
    Badge,
    DataCard,
    Download,
    Exercise,
    ItemFile,
    Milestone,
    Rubric,
    Skill,
    Solution,
    SourceFile,
    TeamSize,
    Text,
    WrongSubmission,
)

StepKind = Literal["lesson", "project"]
# Rendered pages hold these in place of addresses, which only the site knows.
ASSET = "asset:"
_STEP_LINK = re.compile(r'href="(lesson|project):([a-z0-9_-]+)"')


def with_assets(html: str, prefix: str) -> str:
    """Our placeholder for a file of the program, turned into an address that begins with `prefix`."""
    return html.replace(f'src="{ASSET}', f'src="{prefix}').replace(f'href="{ASSET}', f'href="{prefix}')


def with_steps(html: str, address: Callable[[str, str], str]) -> str:
    """`lesson:first-look` in a link, turned into `address("lesson", "first-look")`."""
    return _STEP_LINK.sub(lambda found: f'href="{address(found[1], found[2])}"', html)


@dataclass(frozen=True)
class Html:
    """Sanitised; may be marked safe once its placeholders are resolved."""

    html: str


@dataclass(frozen=True)
class CodeCell:
    """Code a learner can change and run. `line` is where it begins in the page's file."""

    id: str
    code: str
    hints: tuple[str, ...] = ()
    line: int = 1


Block = Html | CodeCell


@dataclass(frozen=True)
class Section:
    """What stands under one `##`; the title is plain text and not repeated in the blocks."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Page:
    """One lesson in one language."""

    sections: tuple[Section, ...]

    @property
    def cells(self) -> tuple[CodeCell, ...]:
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, CodeCell))

    def with_assets(self, prefix: str) -> "Page":
        return self._mapped(lambda html: with_assets(html, prefix))

    def with_steps(self, address: Callable[[str, str], str]) -> "Page":
        return self._mapped(lambda html: with_steps(html, address))

    def _mapped(self, change: Callable[[str], str]) -> "Page":
        def changed(block: Block) -> Block:
            return Html(change(block.html)) if isinstance(block, Html) else block

        return Page(tuple(replace(each, blocks=tuple(map(changed, each.blocks))) for each in self.sections))


class DataSource(SourceFile):
    """A source with its name in the program and the folder that a `file:` is looked for in."""

    name: str
    folder: Path

    @property
    def kind(self) -> str:
        """As "vega", "sklearn", "url", "file"."""
        return self.source.partition(":")[0]

    @property
    def rest(self) -> str:
        """What stands behind the colon."""
        return self.source.partition(":")[2]


@dataclass(frozen=True)
class Step:
    kind: StepKind
    id: str


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """`teacher` is the teacher's page by language, empty where there is none; no pupil is ever shown it.

    `exit` is the item that is asked at the end; `needs` are lessons that come before.
    """

    id: str
    title: Text
    goal: Text
    minutes: int
    skills: tuple[str, ...]
    data: Mapping[str, str]
    exercises: Mapping[str, Exercise]
    pages: Mapping[str, Page]
    flavour: str = "course"
    needs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    exit: str | None = None
    teacher: Mapping[str, Page] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Project:
    """`grading` is as written: lib.grading.parse_spec reads it. `brief` and `starters` are by language.

    With `team` the project is done in teams and has `milestones` and a `rubric`, its own or the usual ones; else none.
    """

    id: str
    title: Text
    summary: Text
    minutes: int
    skills: tuple[str, ...]
    brief: Mapping[str, str]
    data_card: DataCard
    downloads: tuple[Download, ...]
    attempts_per_day: int
    reveal: str
    grading: Mapping[str, Any]
    solutions: tuple[Solution, ...]
    wrong: tuple[WrongSubmission, ...]
    prepare: str
    checks: str
    starters: Mapping[str, bytes]
    folder: Path
    flavour: str = "course"
    tags: tuple[str, ...] = ()
    team: TeamSize | None = None
    milestones: tuple[Milestone, ...] = ()
    rubric: Rubric | None = None


# Markdown and a language to sanitised HTML, with the placeholders of `with_assets`.
ToHtml = Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A practice item; `lib.content.items` poses and judges it. `place` counts from 0 in the list of `file`."""

    asked: ItemFile
    file: str
    place: int
    to_html: ToHtml = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        return self.asked.id

    @property
    def kind(self) -> str:
        return self.asked.kind

    @property
    def skills(self) -> tuple[str, ...]:
        return self.asked.skills

    @property
    def tags(self) -> tuple[str, ...]:
        return self.asked.tags

    @property
    def difficulty(self) -> float:
        return self.asked.difficulty

    def is_for(self, use: Literal["practice", "diagnosis"]) -> bool:
        return self.asked.use in (use, "both")


@dataclass(frozen=True, kw_only=True)
class Program:
    id: str
    title: Text
    summary: Text
    level: Text
    licence: str
    authors: tuple[Author, ...]
    skills: tuple[Skill, ...]
    sources: Mapping[str, DataSource]
    steps: tuple[Step, ...]
    lessons: Mapping[str, Lesson]
    projects: Mapping[str, Project]
    assets: tuple[str, ...]
    items: Mapping[str, Item] = field(default_factory=dict)
    badges: tuple[Badge, ...] = ()
    credits: Mapping[str, AssetFile] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False)

    def step(self, step: Step) -> Lesson | Project:
        """What stands at one place of the program's order."""
        return self.lessons[step.id] if step.kind == "lesson" else self.projects[step.id]

    def line_of(self, file: str, path: str) -> int:
        """The line of "grading.notebook.questions.0" in "projects/rain/project.yaml" (or of what is above it)."""
        return self.line_of_key(file, *split_path(path))

    def line_of_key(self, file: str, *path: str | int) -> int:
        """The same, of a path whose keys may hold dots."""
        document = self.documents.get(file)
        return document.line(*path) if document is not None else 1


@dataclass(frozen=True)
class Loaded:
    """`program` is there exactly when no problem is an error."""

    program: Program | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        return self.program is not None

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)
