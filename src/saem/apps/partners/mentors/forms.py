"""What staff write of a mentor, and what mentors say of themselves."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.partners.mentors.inviting import Promise
from saem.apps.partners.mentors.vetting import Check
from saem.apps.partners.models import VettingKind
from saem.apps.partners.posted import InstitutionField
from saem.apps.partners.topics import LANGUAGES, TIMES, TOPICS, choices_of
from saem.apps.people.models import Institution

# A check of criminal records is made anew each year; a longer one is a slip of the pen.
LONGEST_DAYS = 366
MOST_PLACES, MOST_MINUTES = 10, 600


class InviteForm(forms.Form):
    name = forms.CharField(label=_("이름"), max_length=60, error_messages=PLEASE_WRITE)
    email = forms.EmailField(
        label=_("이메일"),
        help_text=_("계정이 없으면 새로 만들어요. 비밀번호는 본인이 정해요."),
        error_messages=PLEASE_WRITE,
    )
    home = InstitutionField(
        label=_("소속 기관"), queryset=Institution.objects.none(), required=False, empty_label=_("목록에 없음")
    )

    def __init__(self, *args: Any, homes: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["home"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = homes


class CheckForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=_("무엇을 조회했나요?"),
        choices=VettingKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("두 가지가 모두 있어야 학생을 만날 수 있어요."),
        error_messages=PLEASE_CHOOSE,
    )
    holds_from = forms.DateField(
        label=_("조회한 날"), widget=forms.DateInput({"type": "date"}), error_messages=PLEASE_WRITE
    )
    holds_until = forms.DateField(
        label=_("언제까지 인정하나요?"),
        widget=forms.DateInput({"type": "date"}),
        help_text=_("이날까지 학생을 만날 수 있어요. 길어야 1년이에요."),
        error_messages=PLEASE_WRITE,
    )
    reference = forms.CharField(
        label=_("문서 번호"), max_length=60, required=False, help_text=_("조회 결과는 적지 않아요. 번호만 남겨요.")
    )

    def clean_holds_from(self) -> dt.date:
        day: dt.date = self.cleaned_data["holds_from"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("아직 오지 않은 날이에요."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("holds_from"), cleaned.get("holds_until")
        if first and last and last < first:
            self.add_error("holds_until", _("조회한 날보다 빨라요."))
        elif first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("holds_until", _("길어야 1년까지 인정할 수 있어요."))
        return cleaned

    @property
    def check(self) -> Check:
        given = self.cleaned_data
        return Check(
            kinds=tuple(VettingKind(kind) for kind in given["kinds"]),
            holds_from=given["holds_from"],
            holds_until=given["holds_until"],
            reference=given["reference"],
        )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("취소하는 까닭"), max_length=200, error_messages=PLEASE_WRITE)


class PromiseForm(forms.Form):
    places = forms.IntegerField(
        label=_("모둠 몇 개를 맡을 수 있나요?"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("0이면 새 모둠을 맡기지 않아요."),
        error_messages=PLEASE_WRITE,
    )
    minutes = forms.IntegerField(
        label=_("한 달에 몇 분을 쓸 수 있나요?"),
        min_value=30,
        max_value=MOST_MINUTES,
        help_text=_("모든 모둠을 합친 시간이에요. 두 시간이면 120분이에요."),
        error_messages=PLEASE_WRITE,
    )
    topics = forms.MultipleChoiceField(
        label=_("잘 아는 주제"),
        choices=choices_of(TOPICS),
        widget=forms.CheckboxSelectMultiple,
        error_messages=PLEASE_CHOOSE,
    )
    languages = forms.MultipleChoiceField(
        label=_("쓸 수 있는 말"),
        choices=choices_of(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
        error_messages=PLEASE_CHOOSE,
    )
    times = forms.MultipleChoiceField(
        label=_("만날 수 있는 때"),
        choices=choices_of(TIMES),
        widget=forms.CheckboxSelectMultiple,
        error_messages=PLEASE_CHOOSE,
    )
    about = forms.CharField(
        label=_("나를 소개하는 말"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("모둠이 멘토를 고를 때 읽어요. 전화번호나 개인 연락처는 쓰지 마세요."),
    )

    @property
    def promise(self) -> Promise:
        return Promise(**self.cleaned_data)
