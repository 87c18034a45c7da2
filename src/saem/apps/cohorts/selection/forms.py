"""The small forms of selection: reviewers, the draw, conflicts, appeals, sheets, classes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.cohorts.models import Classroom, Cohort
from saem.apps.cohorts.selection.sheets import MOST_BYTES


class ReviewerForm(forms.Form):
    name = forms.CharField(label=_("이름"), max_length=60, error_messages=PLEASE_WRITE)
    email = forms.EmailField(
        label=_("이메일"),
        help_text=_("계정이 없으면 새로 만들어요. 비밀번호는 본인이 정해요."),
        error_messages=PLEASE_WRITE,
    )
    limit = forms.IntegerField(label=_("많아야 몇 개를 심사하나요?"), min_value=1, max_value=5000, initial=100)
    ties = forms.CharField(
        label=_("관련 있는 학교"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("한 줄에 하나씩, 학교 이름이나 코드. 이 학교 지원자는 맡기지 않아요."),
    )

    def clean_ties(self) -> list[str]:
        return [line.strip()[:80] for line in str(self.cleaned_data["ties"]).splitlines() if line.strip()][:100]


class DrawForm(forms.Form):
    public_value = forms.CharField(
        label=_("약속한 값"),
        max_length=200,
        help_text=_("선언할 때 쓴 그대로 적어 주세요. 추첨은 한 번만 할 수 있어요."),
        error_messages=PLEASE_WRITE,
    )


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label=_("어떤 관계인가요?"), required=False, max_length=200, help_text=_("예: 가르치는 학생, 친척")
    )


class AppealForm(forms.Form):
    text = forms.CharField(
        label=_("무엇을 다시 살펴봐야 하나요?"),
        max_length=3000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("심사하지 않은 사람이 다시 살펴보고 답해요. 한 번만 신청할 수 있어요."),
        error_messages=PLEASE_WRITE,
    )


class AppealAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("지원자에게 보낼 답"), max_length=3000, widget=forms.Textarea({"rows": 6}), error_messages=PLEASE_WRITE
    )
    state = forms.ChoiceField(
        label=_("이의를 받아들이나요?"),
        choices=[("upheld", _("받아들여요")), ("rejected", _("받아들이지 않아요"))],
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("엑셀이나 CSV 파일"),
        max_length=200,
        help_text=_("12MB까지 올릴 수 있어요. 올리면 무엇이 바뀌는지 먼저 보여 줘요."),
        widget=forms.FileInput({"data-max-bytes": str(MOST_BYTES), "accept": ".xlsx,.csv"}),
        error_messages={"required": _("파일을 골라 주세요.")},
    )


class ScoreSheetForm(SheetForm):
    reason = forms.CharField(
        label=_("점수를 바꾸는 까닭"), required=False, max_length=400, help_text=_("바뀐 점수마다 기록에 남아요.")
    )


class ClassroomsForm(forms.Form):
    classrooms = forms.ModelMultipleChoiceField(
        label=_("등록한 사람이 들어갈 학급"),
        queryset=Classroom.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("여럿이면 사람이 적은 학급부터 채워요."),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["classrooms"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = cohort.classrooms.order_by("name", "pk")
