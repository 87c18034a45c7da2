"""What staff fill in for a badge that a project's result earns."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.awards.forms import TemplateForm
from saem.apps.awards.goals.levels import Beaten
from saem.apps.awards.models import Level
from saem.apps.cohorts.forms import PLEASE_CHOOSE
from saem.web.languages import reader_language

USUAL_PERCENT = 80
OUTSIDE = _("1부터 100까지의 수를 써 주세요.")
# The model's labels name a level; these answer the form's question.
ASKED = {Level.SHARE: _("점수를 정한 비율 이상 받았을 때"), Level.BASELINE: _("기준 모델보다 나을 때")}


class WordsForm(TemplateForm):
    """The words of the badge; hours belong to completions."""

    hours = None  # type: ignore[assignment]  # Django's way of leaving a field of the parent out


class GoalForm(WordsForm):
    """A level and the words of its badge. What the project's rule does not know is not asked."""

    level = forms.ChoiceField(label=_("어떤 결과에 줄까요?"), widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE)
    percent = forms.IntegerField(
        label=_("점수 비율(%)"),
        min_value=1,
        max_value=100,
        initial=USUAL_PERCENT,
        error_messages={
            "required": _("몇 % 이상이어야 하는지 써 주세요."),
            "invalid": OUTSIDE,
            "min_value": OUTSIDE,
            "max_value": OUTSIDE,
        },
        help_text=_("확인 항목 점수를 모두 더한 것 가운데 얼마 이상이어야 하는지 써 주세요."),
    )
    baseline = forms.ChoiceField(label=_("넘어야 하는 기준 모델"), error_messages=PLEASE_CHOOSE)
    field_order = ("level", "percent", "baseline")

    def __init__(self, *args: Any, gives_points: bool, baselines: Sequence[Beaten], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {Level.SHARE: gives_points, Level.BASELINE: bool(baselines)}
        level, baseline = self.fields["level"], self.fields["baseline"]
        assert isinstance(level, forms.ChoiceField)
        assert isinstance(baseline, forms.ChoiceField)
        level.choices = [(each.value, ASKED[each]) for each in Level if known[each]]
        level.initial = level.choices[0][0] if level.choices else None
        language = reader_language()
        baseline.choices = [(each.id, f"{each.title[language]} ({each.score:.4g})") for each in baselines]
        if not gives_points:
            del self.fields["percent"]
        if not baselines:
            del self.fields["baseline"]

    def clean(self) -> dict[str, Any]:
        """What the chosen level does not ask may be left out."""
        found = super().clean() or self.cleaned_data
        level = found.get("level")
        if level in Level:
            self.errors.pop("baseline" if level == Level.SHARE else "percent", None)
        return found

    def asked(self) -> dict[str, Any]:
        """The level as `giving.set_goal` takes it: what another level would ask is left out."""
        level = Level(self.cleaned_data["level"])
        return {
            "level": level,
            "percent": self.cleaned_data["percent"] if level == Level.SHARE else 0,
            "baseline": self.cleaned_data["baseline"] if level == Level.BASELINE else "",
        }

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WordsForm.base_fields}
