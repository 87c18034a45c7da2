"""The form for one thing that a stage asks for, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from saem.apps.projects.milestones.forms import SIMPLE, EvidenceForm, initial_of, named_after
from saem.apps.projects.models import Evidence, EvidenceKind
from saem.apps.projects.teams.queries import Access
from saem.apps.projects.workspace.cards import CardForm, DataCardForm, ModelCardForm
from saem.lib import content

CARDS: Mapping[str, type[CardForm]] = {
    EvidenceKind.DATA_CARD: DataCardForm,
    EvidenceKind.MODEL_CARD: ModelCardForm,
}


def form_for(
    access: Access,
    asked: content.EvidenceAsked,
    newest: Evidence | None,
    *,
    language: str,
    data: Mapping[str, Any] | None = None,
    files: MultiValueDict[str, Any] | None = None,
) -> EvidenceForm:
    """Begins with the newest version, so that writing further is easy; `data` and `files` are what was sent."""
    initial = dict(initial_of(newest))
    if asked.kind in CARDS:
        return CARDS[asked.kind](data, initial=initial, access=access)
    return named_after(SIMPLE[asked.kind](data, files, initial=initial), asked, language)
