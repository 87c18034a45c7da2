"""What a version of evidence shows on its page, and what is other in it than in an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from saem.apps.projects.milestones.formats import RefusedFileError, text_of
from saem.apps.projects.milestones.queries import bytes_of
from saem.apps.projects.models import Evidence, EvidenceKind
from saem.apps.projects.workspace.cards import DataCardForm, ModelCardForm
from saem.apps.projects.workspace.differences import Difference, of_cells, of_texts
from saem.lib.content import NotebookCell, NotebookError, read_notebook
from saem.web.messages import words_of

CARD_FORMS = {EvidenceKind.DATA_CARD: DataCardForm, EvidenceKind.MODEL_CARD: ModelCardForm}
# What a choice among files is called is kept beside its key.
NAMED = {"table": "table_name", "submission": "submission_name"}
TEXT_FORMATS = ("csv", "python", "text")
MOST_SHOWN = 20_000
MOST_COMPARED = 2 * 2**20


@dataclass(frozen=True)
class Answer:
    """One line of a card."""

    label: str | Promise
    value: object


def answers_of(version: Evidence) -> list[Answer]:
    """A card's answers in the order in which they are asked for."""
    form = CARD_FORMS.get(EvidenceKind(version.kind))
    if form is None:
        return []
    return [
        Answer(field.label or "", _said(version.card, name))
        for name, field in form.base_fields.items()
        if name != "seen"
    ]


def shown_text(version: Evidence) -> str:
    """The text of a version: its own, or that of a file of text."""
    if version.text or version.format not in TEXT_FORMATS:
        return version.text
    return _text(version)[:MOST_SHOWN]


def cells_of(version: Evidence) -> Sequence[NotebookCell]:
    """The cells of a notebook, to be read; never run."""
    if version.format != "notebook":
        return ()
    try:
        return read_notebook(bytes_of(version))
    except NotebookError:
        return ()


def difference(before: Evidence, after: Evidence) -> Difference | None:
    """None where two versions cannot be compared by their lines: pictures, documents, files that are too large."""
    if "notebook" in (before.format, after.format):
        if before.format != after.format:
            return None
        return of_cells([cell.source for cell in cells_of(before)], [cell.source for cell in cells_of(after)])
    if not (_is_text(before) and _is_text(after)):
        return None
    return of_texts(_words(before), _words(after))


def _is_text(version: Evidence) -> bool:
    return not version.sha256 or (version.format in TEXT_FORMATS and version.size <= MOST_COMPARED)


def _words(version: Evidence) -> str:
    """All that a version says, as lines."""
    if version.sha256:
        return _text(version)
    if version.card:
        return "\n".join(f"{answer.label}: {answer.value}" for answer in answers_of(version))
    return version.text or version.link


def _text(version: Evidence) -> str:
    try:
        return text_of(bytes_of(version))
    except RefusedFileError:
        return ""


def _said(card: dict[str, object], name: str) -> object:
    value = card.get(NAMED.get(name, name))
    return words_of(value) if isinstance(value, list | dict) else value
