"""What is asked about an experiment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_WRITE
from saem.apps.projects.models.teams import LONGEST_LINE


class NoteForm(forms.Form):
    """The one change, in a line."""

    text = forms.CharField(label=_("무엇을 하나만 바꿨나요?"), max_length=LONGEST_LINE, error_messages=PLEASE_WRITE)
