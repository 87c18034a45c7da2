"""What the manager's page may be asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Classroom, Cohort


class StudentFilter(forms.Form):
    """Narrows the student list by class and by part of a nickname; what does not parse filters nothing."""

    q = forms.CharField(label=_("학생 찾기"), required=False, max_length=30)
    classroom = forms.ModelChoiceField(label=_("학급"), queryset=Classroom.objects.none(), required=False)

    def __init__(self, cohort: Cohort, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Classroom] = self.fields["classroom"]  # type: ignore[assignment]  # built above
        field.queryset = cohort.classrooms.all()
        field.empty_label = str(_("모든 학급"))

    def narrowing(self) -> dict[str, Any]:
        """Arguments for `queries.students_of_cohort`."""
        self.is_valid()
        classroom = self.cleaned_data.get("classroom")
        return {"search": self.cleaned_data.get("q", ""), "classroom": classroom.pk if classroom else None}
