"""The forms of completion: rules as choices or as a book, the training, a person's record, points, a sheet."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.completion.retention import PERSONAL, RECORD, SCORES
from saem.apps.cohorts.completion.sheets import PARTS
from saem.apps.cohorts.models import StandingOutcome, TraineeRecord, TrainingCourse

HUNDRED, MOST_YEARS = 100, 200
MOST_TEXT = 50_000
PART_NAMES = {
    "online_exam": _("온라인시험"),
    "assignment": _("과제"),
    "participation": _("참여도"),
    "attended_exam": _("출석시험"),
}


def _percent(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=HUNDRED, max_digits=5, decimal_places=2, required=False, **options
    )


class RulesForm(forms.Form):
    """What most courses ask for; whoever needs more writes the book itself."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    attendance = _percent(_("출석률(%)"), help_text=_("계획한 시간 전체에 대한 비율이에요. 비우면 보지 않아요."))
    progress = _percent(_("진도율(%)"), help_text=_("끝낸 수업과 프로젝트의 비율이에요."))
    points = _percent(
        _("환산점수(점)"), help_text=_("100점 만점의 최소 점수예요. 아래 반영 비율의 합은 100이어야 해요.")
    )
    online_exam = _percent(_("온라인시험 반영 비율(%)"))
    assignment = _percent(_("과제 반영 비율(%)"))
    participation = _percent(_("참여도 반영 비율(%)"))
    attended_exam = _percent(_("출석시험 반영 비율(%)"))
    projects = forms.MultipleChoiceField(
        label=_("채점까지 받아야 하는 프로젝트"), required=False, widget=forms.CheckboxSelectMultiple
    )
    waits = forms.BooleanField(label=_("과정이 끝난 뒤에 이수로 정하기"), required=False)
    illness = forms.ChoiceField(
        label=_("병결"),
        choices=[
            ("absent", _("결석으로 봐요")),
            ("not_planned", _("계획 시간에서 빼요")),
            ("present", _("출석으로 봐요")),
        ],
    )
    missing_check_out = forms.ChoiceField(
        label=_("나갈 때 찍지 않은 사람"),
        choices=[("nothing", _("그 차시를 인정하지 않아요")), ("until_end", _("끝까지 있었다고 봐요"))],
    )
    grace = forms.IntegerField(label=_("봐주는 지각(분)"), min_value=0, max_value=120, initial=0)

    def __init__(self, *args: Any, projects: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["projects"]
        assert isinstance(field, forms.MultipleChoiceField)  # for the types: it is declared above
        field.choices = projects

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        asked = [found.get(name) for name in ("attendance", "progress", "points")]
        if all(each is None for each in asked) and not found.get("projects"):
            raise forms.ValidationError(_("적어도 하나의 기준을 정해 주세요."))
        found["weights"] = {part: found.get(part) for part in PARTS if found.get(part)}
        if found.get("points") is not None and sum(found["weights"].values(), Decimal(0)) != HUNDRED:
            self.add_error("points", _("반영 비율을 모두 더하면 100이 되어야 해요."))
        return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    """Decimals as the book writes them: 60 and 66.5, never 60.00."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return {key: _plain(one) for key, one in value.items()} if isinstance(value, dict) else value


class BookForm(forms.Form):
    """The book of rules as text."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("기준 파일(YAML)"),
        max_length=MOST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code"}),
    )


class TrainingForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    """What makes a cohort a training; how long a field is kept may be said for each one (`keep_…`)."""

    class Meta:
        model = TrainingCourse
        fields = (
            "hours",
            "mode",
            "area",
            "code",
            "is_job_related",
            "needs_designation",
            "number_name",
            "retention_years",
            "personal_retention_years",
        )
        help_texts = {"retention_years": _("과정이 끝난 뒤로 세요. 비우면 계속 보존해요.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {name: TraineeForm.base_fields[name].label for name in (*PERSONAL, *RECORD)} | {SCORES: _("평가 점수")}
        for name, label in labels.items():
            self.fields[f"keep_{name}"] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=MOST_YEARS,
                initial=self.instance.retention_by_field.get(name),
            )  # fmt: skip

    def usual(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if not field.name.startswith("keep_")]

    def kept(self) -> list[forms.BoundField]:
        """The fields for how long single fields of a record are kept."""
        return [field for field in self.visible_fields() if field.name.startswith("keep_")]

    def facts(self) -> dict[str, Any]:
        own = {
            name.removeprefix("keep_"): years for name, years in self.cleaned_data.items() if name.startswith("keep_")
        }
        told = {name: years for name, years in own.items() if years is not None}
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {"retention_by_field": told}


class TraineeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only for the type checker
    reason = forms.CharField(label=_("고친 까닭"), max_length=200, required=False)

    class Meta:
        model = TraineeRecord
        fields = (
            "name",
            "birth_date",
            "neis_number",
            "designation_number",
            "school",
            "office",
            "district",
            "kind",
        )
        widgets = {"birth_date": forms.DateInput(attrs={"type": "date"})}


class ScoresForm(forms.Form):
    """Points of 100 for each part; an empty field takes the points back."""

    def __init__(self, *args: Any, parts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts:
            self.fields[f"part-{part}"] = forms.DecimalField(
                label=PART_NAMES.get(part, part),
                min_value=0,
                max_value=HUNDRED,
                max_digits=6,
                decimal_places=3,
                required=False,
            )
        self.fields["reason"] = forms.CharField(label=_("고친 까닭"), max_length=200, required=False)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("취소하는 까닭"), max_length=200)


class NameForm(forms.Form):
    name = forms.CharField(label=_("이수증에 쓸 이름"), max_length=60)
    reason = forms.CharField(label=_("고친 까닭"), max_length=200)


class PeopleFilter(forms.Form):
    show = forms.ChoiceField(
        label=_("누구를 볼까요?"),
        required=False,
        choices=[
            ("", _("모두")),
            *StandingOutcome.choices,
            ("at_risk", _("위험")),
            ("awaits_lists", _("출석부를 기다림")),
            ("undesignated", _("지명번호를 기다림")),
        ],
    )


class SheetForm(forms.Form):
    file = forms.FileField(label=_("성적 결과 엑셀 파일"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
