"""The stages of a project: the author's own, or the usual ten from Find to Reflect."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.context import keyed, repeated
from saem.lib.content.documents import Document, read_document
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import Milestone, ProjectFile, Strict
from saem.lib.content.validation import validate

# Teams at work hold on to the ids in it: words may become better, an id never changes.
USUAL = Path(__file__).with_name("usual_milestones.yaml")


class _UsualFile(Strict):
    milestones: Annotated[tuple[Milestone, ...], Field(strict=False, min_length=1)]


@lru_cache(maxsize=1)
def usual_milestones() -> tuple[Milestone, ...]:
    """The ten stages of a project that names none of its own."""
    document, problems = read_document(USUAL.name, USUAL.read_text(encoding="utf-8"))
    found, more = validate(_UsualFile, document)
    if found is None:
        raise ValueError(f"{USUAL.name} is broken: {[*problems, *more]}")
    return found.milestones


def milestones_of(model: ProjectFile) -> tuple[Milestone, ...]:
    """None where the project is not done in teams."""
    if model.team is None:
        return ()
    return model.milestones or usual_milestones()


def milestone_problems(document: Document) -> Iterator[Problem]:
    """Ids that are there twice, and stages without anybody to go through them."""
    yield from repeated(document, keyed(document, "id", "milestones"))
    for at in range(len(document.items("milestones"))):
        yield from repeated(document, keyed(document, "id", "milestones", at, "evidence"))
    if document.items("milestones") and document.get("team") is None and ("team",) not in document.lines:
        yield problem(document.file, document.line("milestones"), Code.MILESTONES_WITHOUT_TEAM)
