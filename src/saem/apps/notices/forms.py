"""How a person wants to hear about each topic."""

from collections.abc import Mapping

from django import forms

from saem.apps.notices.kinds import Topic
from saem.apps.notices.models import Pace


class PreferencesForm(forms.Form):
    """One choice for each topic."""

    def __init__(self, data: Mapping[str, str] | None = None, *, paces: Mapping[Topic, Pace]) -> None:
        super().__init__(data, initial={topic.value: pace for topic, pace in paces.items()})
        for topic in Topic:
            self.fields[topic.value] = forms.ChoiceField(
                label=topic.label, choices=Pace.choices, widget=forms.RadioSelect
            )

    def paces(self) -> dict[Topic, Pace]:
        return {topic: Pace(self.cleaned_data[topic.value]) for topic in Topic}
