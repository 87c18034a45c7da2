"""What each YAML file of a program may hold; docs/program-format.md says it in words."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

LANGUAGES = ("ko", "en")
# The kinds of submission that lib.grading knows, said here once more because the two rooms do not know each other.
SubmittedAs = Literal["predictions", "notebook", "script", "functions", "model"]
ID_PATTERN = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
FILE_PATTERN = r"^[A-Za-z0-9_][A-Za-z0-9._-]*$"

Language = Literal["ko", "en"]


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty_value", "empty")
    return text


Words = Annotated[str, AfterValidator(_not_blank)]
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
FileName = Annotated[str, Field(pattern=FILE_PATTERN, max_length=80)]


class Strict(BaseModel):
    """`strict`: a number in quotes is a text. `forbid`: a misspelt key is a problem, not a silence."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Text(Strict):
    ko: Words
    en: Words

    def in_(self, language: str) -> str:
        """In English where English is asked for, else in Korean."""
        return self.en if language.split("-", maxsplit=1)[0] == "en" else self.ko


def _same_in_both(found: Any) -> Any:
    return {"ko": found, "en": found} if isinstance(found, str) else found


# Units and names of places are often the same in both languages, so one text may stand for two.
TextOrSame = Annotated[Text, BeforeValidator(_same_in_both)]


def _at_most(limit: int) -> AfterValidator:
    """As many letters in each language as a badge has room for (Open Badges wallets cut what is longer)."""

    def check(text: Text) -> Text:
        size = max(len(text.ko), len(text.en))
        if size > limit:
            raise PydanticCustomError("text_too_long", "too long", {"size": size, "limit": limit})
        return text

    return AfterValidator(check)


class Author(Strict):
    name: Words
    institution: Words | None = None


class Skill(Strict):
    id: Id
    title: Text


class Fingerprint(Strict):
    """How a source is recognised: counts and sums that a changed file would not have."""

    rows: int = Field(ge=1)
    sums: dict[str, float] = Field(default_factory=dict)
    columns: Annotated[tuple[str, ...], Field(strict=False)] = ()


class SourceFile(Strict):
    source: Words
    title: Text
    licence: Words
    credit: Text | None = None
    fingerprint: Fingerprint | None = None
    url: Words | None = None
    mirror_name: FileName | None = None
    member: Words | None = None
    encoding: Words = "utf-8"
    separator: str = Field(default=",", min_length=1, max_length=1)
    header: bool = True
    columns: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    rename: dict[str, str] = Field(default_factory=dict)
    dates: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str | int | float]] = Field(default_factory=dict)


class StepFile(Strict):
    lesson: Id | None = None
    project: Id | None = None


class Earned(Strict):
    """What earns a badge: a project's result (a share of its points, or a beaten baseline), or completing."""

    project: Id | None = None
    percent: int | None = Field(default=None, ge=1, le=100)
    beats: Words | None = None
    completion: bool = False


class Badge(Strict):
    """A badge that the program's authors propose; whoever runs a cohort decides whether it is given."""

    id: Id
    name: Annotated[Text, _at_most(80)]
    description: Annotated[Text, _at_most(300)]
    criteria: Annotated[Text, _at_most(1000)]
    earned_by: Earned


class AssetFile(Strict):
    """Under which terms a picture may be used, and, where it is somebody else's, whom to thank."""

    licence: Words
    credit: TextOrSame | None = None


class ProgramFile(Strict):
    format: int
    id: Id
    title: Text
    summary: Text
    level: Text
    licence: Words
    authors: Annotated[tuple[Author, ...], Field(strict=False, min_length=1)]
    skills: Annotated[tuple[Skill, ...], Field(strict=False)] = ()
    data: dict[Id, SourceFile] = Field(default_factory=dict)
    steps: Annotated[tuple[StepFile, ...], Field(strict=False, min_length=1)]
    badges: Annotated[tuple[Badge, ...], Field(strict=False)] = ()
    assets: dict[Words, AssetFile] = Field(default_factory=dict)


class WrongAnswer(Strict):
    """Code that looks right and is not, and the checks that must notice."""

    code: Words
    fails: Annotated[tuple[Words, ...], Field(strict=False, min_length=1)]


class Exercise(Strict):
    """`checks` stay as written: lib.grading knows their grammar."""

    cell: Id
    title: Text
    checks: Annotated[tuple[Mapping[str, Any], ...], Field(strict=False, min_length=1)]
    solution: Words
    wrong: Annotated[tuple[WrongAnswer, ...], Field(strict=False)] = ()


# What code finds loaded; other libraries than the course's need a machine that has them.
Flavour = Literal["course", "torch"]


# As "ai4k12/3"; lib.content.competencies knows which there are.
Tags = Annotated[tuple[Words, ...], Field(strict=False)]


class LessonFile(Strict):
    title: Text
    goal: Text
    minutes: int = Field(ge=1, le=600)
    flavour: Flavour = "course"
    skills: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    needs: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    tags: Tags = ()
    exit: Id | None = None
    data: dict[FileName, Id] = Field(default_factory=dict)
    exercises: Annotated[tuple[Exercise, ...], Field(strict=False)] = ()


class Column(Strict):
    name: Words
    title: Text
    unit: TextOrSame | None = None


class DataCard(Strict):
    """`missing` says who or what the data leaves out."""

    source: Id
    collected: Text
    missing: Text
    columns: Annotated[tuple[Column, ...], Field(strict=False, min_length=1)]


class Download(Strict):
    file: Annotated[str, Field(pattern=FILE_PATTERN, max_length=80)]
    title: Text


class Solution(Strict):
    """What the author's own work must achieve: beat these baselines, or every point.

    `kind` is what a `.py` is handed in as; without it one writes predictions where predictions are graded.
    """

    file: Words
    kind: SubmittedAs | None = None
    beats: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    full: bool = False


class WrongSubmission(Strict):
    """A submission that must be turned away with this code, or must fail these checks."""

    file: Words
    kind: SubmittedAs | None = None
    rejected: Words | None = None
    fails: Annotated[tuple[Words, ...], Field(strict=False)] = ()


# What a stage may ask a team for; the site has a form for each.
EvidenceAs = Literal["text", "file", "link", "notebook", "data_card", "model_card", "video"]
MOST_IN_A_TEAM = 5


class EvidenceAsked(Strict):
    """One thing that a stage asks for; what is not `needed` may be left out at the gate."""

    id: Id
    kind: EvidenceAs
    title: Text
    hint: Text | None = None
    needed: bool = True


class Milestone(Strict):
    """A stage of a project. `gate` is the question that a teacher or mentor answers before the next one."""

    id: Id
    title: Text
    ask: Text
    gate: Text
    weeks: int = Field(default=1, ge=1, le=20)
    evidence: Annotated[tuple[EvidenceAsked, ...], Field(strict=False, min_length=1)]


class TeamSize(Strict):
    """How many may be in a team; 1 is a project that everybody does alone, with stages all the same."""

    most: int = Field(default=4, ge=1, le=MOST_IN_A_TEAM)


LEVELS = 4
MOST_OF_BOARD = 10
Levels = Annotated[tuple[Text, Text, Text, Text], Field(strict=False)]


class Criterion(Strict):
    """One line of a rubric: four levels from beginning to advanced, and the stages whose evidence speaks of it."""

    id: Id
    title: Text
    weight: int = Field(ge=1, le=100)
    levels: Levels
    stages: Annotated[tuple[Id, ...], Field(strict=False)] = ()


class Rubric(Strict):
    """Weights make 100. `board` is the share in percent that the place on the board has in the mark."""

    board: int = Field(default=MOST_OF_BOARD, ge=0, le=MOST_OF_BOARD)
    criteria: Annotated[tuple[Criterion, ...], Field(strict=False, min_length=1, max_length=20)]


class ProjectFile(Strict):
    title: Text
    summary: Text
    minutes: int = Field(ge=1, le=6000)
    flavour: Flavour = "course"
    skills: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    tags: Tags = ()
    data_card: DataCard
    prepare: Literal["prepare.py"] = "prepare.py"
    downloads: Annotated[tuple[Download, ...], Field(strict=False)] = ()
    attempts_per_day: int = Field(default=10, ge=1, le=1000)
    reveal: Literal["manual"] = "manual"
    team: TeamSize | None = None
    milestones: Annotated[tuple[Milestone, ...], Field(strict=False)] = ()
    rubric: Rubric | None = None
    grading: Mapping[str, Any]
    solutions: Annotated[tuple[Solution, ...], Field(strict=False, min_length=1)]
    wrong: Annotated[tuple[WrongSubmission, ...], Field(strict=False)] = ()


NAME_PATTERN = r"^[A-Za-z][A-Za-z0-9_]*$"
ParameterName = Annotated[str, Field(pattern=NAME_PATTERN, max_length=40)]
# Shorter than other ids: what a version keeps of an item has its name and a word before it.
ItemId = Annotated[str, Field(pattern=ID_PATTERN, max_length=50)]
# A number, or an expression over the parameters that gives one.
Number = int | float | Words


class ItemFile(Strict):
    """What every item may hold. `difficulty` is a guess on the scale of abilities: half of the learners solve a 0."""

    id: ItemId
    kind: str
    skills: Annotated[tuple[Id, ...], Field(strict=False, min_length=1)]
    prompt: Text
    hints: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    explanation: Text
    difficulty: float = Field(default=0.0, ge=-3, le=3)
    minutes: float | None = Field(default=None, ge=0.5, le=60)
    use: Literal["practice", "diagnosis", "both"] = "both"
    tags: Tags = ()


class Drawn(Strict):
    """A value that differs from learner to learner: a number between two ends, or one of a list.

    `low` and `high` may be expressions over the parameters above; `count` draws a list of that many values.
    """

    low: Number | None = None
    high: Number | None = None
    step: float = Field(default=1, ge=0.000001)
    one_of: Annotated[tuple[int | float | TextOrSame, ...], Field(strict=False)] = ()
    count: int | None = Field(default=None, ge=1, le=50)


class VaryingFile(ItemFile):
    """An item with variants: `parameters` in order, each drawn or worked out from those above it."""

    parameters: dict[ParameterName, Words | Drawn] = Field(default_factory=dict)
    where: Annotated[tuple[Words, ...], Field(strict=False)] = ()
