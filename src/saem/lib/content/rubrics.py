"""The rubric of a project: the author's own, or the usual eight criteria of four levels."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from saem.lib.content.codes import Code
from saem.lib.content.context import keyed, repeated, unknown
from saem.lib.content.documents import Document, read_document
from saem.lib.content.milestones import usual_milestones
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import Criterion, Milestone, ProjectFile, Rubric, Strict
from saem.lib.content.validation import validate

# Marks hold on to the ids in it: words may become better, an id never changes.
USUAL = Path(__file__).with_name("usual_rubric.yaml")
WHOLE = 100


class _UsualFile(Strict):
    rubric: Rubric


@lru_cache(maxsize=1)
def usual_rubric() -> Rubric:
    """Eight criteria, from the problem to how it is told."""
    document, problems = read_document(USUAL.name, USUAL.read_text(encoding="utf-8"))
    found, more = validate(_UsualFile, document)
    if found is None:
        raise ValueError(f"{USUAL.name} is broken: {[*problems, *more]}")
    return found.rubric


def rubric_of(model: ProjectFile, milestones: tuple[Milestone, ...]) -> Rubric | None:
    """None where the project is not done in teams. The usual one looks only at stages that there are."""
    if model.team is None:
        return None
    if model.rubric is not None:
        return model.rubric
    known = {each.id for each in milestones}
    usual = usual_rubric()
    criteria = tuple(_looking_at(each, known) for each in usual.criteria)
    return usual.model_copy(update={"criteria": criteria})


def _looking_at(criterion: Criterion, known: set[str]) -> Criterion:
    return criterion.model_copy(update={"stages": tuple(stage for stage in criterion.stages if stage in known)})


def rubric_problems(document: Document) -> Iterator[Problem]:
    """Ids that are there twice, weights that do not make 100, unknown stages, a rubric without anybody to mark."""
    criteria = document.items("rubric", "criteria")
    if document.get("rubric") is None:
        return
    line = document.line("rubric")
    if document.get("team") is None and ("team",) not in document.lines:
        yield problem(document.file, line, Code.RUBRIC_WITHOUT_TEAM)
    yield from repeated(document, keyed(document, "id", "rubric", "criteria"))
    weights = [each.get("weight") if isinstance(each, dict) else None for each in criteria]
    # A weight that is no number is a problem of its own.
    whole = [weight for weight in weights if isinstance(weight, int)]
    if criteria and len(whole) == len(weights) and sum(whole) != WHOLE:
        yield problem(document.file, document.line("rubric", "criteria"), Code.RUBRIC_WEIGHTS, sum=sum(whole))
    yield from _stage_problems(document, len(criteria))


def _stage_problems(document: Document, number: int) -> Iterator[Problem]:
    own = [name for _, name in keyed(document, "id", "milestones")]
    known = own or [each.id for each in usual_milestones()]
    for at in range(number):
        yield from unknown(document, document.texts("rubric", "criteria", at, "stages"), known, Code.UNKNOWN_STAGE)
