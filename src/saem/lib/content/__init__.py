"""The program format: a folder of Markdown, YAML and notebooks, read into values or into a list of problems."""

from saem.lib.content.archive import content_hash, pack, unpack
from saem.lib.content.codes import Code
from saem.lib.content.errors import ArchiveError, ContentError, NotebookError, SourceError
from saem.lib.content.files import is_asset
from saem.lib.content.model import (
    Block,
    CodeCell,
    DataSource,
    Html,
    Item,
    Lesson,
    Loaded,
    Page,
    Program,
    Project,
    Section,
    Step,
    with_assets,
    with_steps,
)
from saem.lib.content.notebooks import NotebookCell, read_notebook
from saem.lib.content.problems import Problem, Severity
from saem.lib.content.programs import load
from saem.lib.content.schema import (
    Author,
    Badge,
    Column,
    DataCard,
    Download,
    Earned,
    Exercise,
    Fingerprint,
    Skill,
    Solution,
    Text,
    WrongAnswer,
    WrongSubmission,
)

__all__ = [
    "ArchiveError",
    "Author",
    "Badge",
    "Block",
    "Code",
    "CodeCell",
    "Column",
    "ContentError",
    "DataCard",
    "DataSource",
    "Download",
    "Earned",
    "Exercise",
    "Fingerprint",
    "Html",
    "Item",
    "Lesson",
    "Loaded",
    "NotebookCell",
    "NotebookError",
    "Page",
    "Problem",
    "Program",
    "Project",
    "Section",
    "Severity",
    "Skill",
    "Solution",
    "SourceError",
    "Step",
    "Text",
    "WrongAnswer",
    "WrongSubmission",
    "content_hash",
    "is_asset",
    "load",
    "pack",
    "read_notebook",
    "unpack",
    "with_assets",
    "with_steps",
]
