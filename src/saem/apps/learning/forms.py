"""What a code cell sends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.learning.cleaning import clean_code

MAX_CODE_BYTES = 50_000


class Action(forms.ChoiceField):
    """The button that was pressed."""

    RUN, SAVE, RESET, RESTORE = "run", "save", "reset", "restore"

    def __init__(self, **kwargs: Any) -> None:
        names = (self.RUN, self.SAVE, self.RESET, self.RESTORE)
        super().__init__(choices=[(name, name) for name in names], **kwargs)


class CodeField(forms.CharField):
    """Python as it was typed, without characters that no keyboard makes."""

    def to_python(self, value: Any) -> Any:
        return clean_code(str(super().to_python(value) or ""))


class CellForm(forms.Form):
    action = Action()
    code = CodeField(strip=False, required=False)
    revision = forms.IntegerField(required=False, min_value=0)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if len(code.encode()) > MAX_CODE_BYTES:
            raise forms.ValidationError(_("코드가 너무 길어요. 5만 자 안으로 줄여 주세요."), code="too_long")
        return code
