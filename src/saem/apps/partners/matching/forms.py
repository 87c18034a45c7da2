"""What staff ask of a matching."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE


class PeriodForm(forms.Form):
    first = forms.DateField(label=_("언제부터"), widget=forms.DateInput({"type": "date"}), error_messages=PLEASE_WRITE)
    last = forms.DateField(
        label=_("언제까지"),
        widget=forms.DateInput({"type": "date"}),
        help_text=_("이 기간 내내 경력 조회가 이어지는 멘토만 맡겨요."),
        error_messages=PLEASE_WRITE,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("시작하는 날보다 빨라요."))
        if last and last < timezone.localdate():
            self.add_error("last", _("이미 지난 날이에요."))
        return cleaned

    @property
    def period(self) -> dict[str, dt.date]:
        return {"first": self.cleaned_data["first"], "last": self.cleaned_data["last"]}


class WhyForm(forms.Form):
    """Why a team has not some mentor."""

    mentor = forms.TypedChoiceField(label=_("멘토"), coerce=int, error_messages=PLEASE_CHOOSE)

    def __init__(self, *args: Any, mentors: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mentor"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = mentors


class ConflictForm(forms.Form):
    mentor = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("어떤 관계인가요?"), max_length=200, help_text=_("예: 가르치는 학생, 친척"), error_messages=PLEASE_WRITE
    )
