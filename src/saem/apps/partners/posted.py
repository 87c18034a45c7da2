"""What forms of this room share: fields with names in the reader's language, and numbers that pages send back."""

from typing import TYPE_CHECKING, Any

from django import forms

from saem.apps.catalog.models import Program
from saem.apps.people.models import Institution

# Ids are 64 bits at most; a longer number is nobody's.
LONGEST_NUMBER = 15


if TYPE_CHECKING:  # generic for the type checker only
    InstitutionChoice = forms.ModelChoiceField[Institution]
    ProgramChoice = forms.ModelMultipleChoiceField[Program]
else:
    InstitutionChoice, ProgramChoice = forms.ModelChoiceField, forms.ModelMultipleChoiceField


class InstitutionField(InstitutionChoice):
    """An institution by its name in the reader's language."""

    def label_from_instance(self, obj: Institution) -> str:
        return obj.local_name


class ProgramsField(ProgramChoice):
    """Programs by their title in the reader's language."""

    titles: dict[int, str]

    def label_from_instance(self, obj: Program) -> str:
        return self.titles[obj.pk]


def number_in(text: Any) -> int:
    """A number that a page sent back; 0, which is nothing's id, for anything else."""
    is_number = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 0
