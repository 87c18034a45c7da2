"""What the manager's page may be asked for."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Cohort


class StudentFilter(forms.Form):
    """Narrows the student list by class and by part of a nickname; what does not parse filters nothing."""

    q = forms.CharField(label=_("학생 찾기"), required=False, max_length=30)
    classroom = forms.TypedChoiceField(label=_("학급"), required=False, coerce=int, empty_value=None)

    def __init__(self, cohort: Cohort, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = list(cohort.classrooms.order_by("name", "pk").values_list("pk", "name"))
        field: forms.TypedChoiceField = self.fields["classroom"]  # type: ignore[assignment]  # built above
        field.choices = [("", _("모든 학급")), *self.rooms]

    def options(self) -> SafeString:
        """The classes to choose from, written at once: as widgets, 400 of them take longer than all the rest."""
        chosen = self.narrowing()["classroom"]
        choices = ((pk, mark_safe(" selected") if pk == chosen else "", name) for pk, name in self.rooms)
        return format_html_join("", '<option value="{}"{}>{}</option>', choices)

    def narrowing(self) -> dict[str, Any]:
        """Arguments for `queries.students_of_cohort`."""
        self.is_valid()
        return {"search": self.cleaned_data.get("q", ""), "classroom": self.cleaned_data.get("classroom")}
