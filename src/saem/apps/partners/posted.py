"""What forms of this room share: fields with names in the reader's language, and numbers that pages send back."""

from typing import Any

from django import forms

from saem.apps.people.models import Institution

# Ids are 64 bits at most; a longer number is nobody's.
LONGEST_NUMBER = 15


class InstitutionField(forms.ModelChoiceField[Institution]):
    """An institution by its name in the reader's language."""

    def label_from_instance(self, obj: Institution) -> str:
        return obj.local_name


def number_in(text: Any) -> int:
    """A number that a page sent back; 0, which is nothing's id, for anything else."""
    is_number = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 0
