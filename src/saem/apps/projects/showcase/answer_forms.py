"""What each person answers, and what teachers and staff decide and record."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.calls.forms import GuardianForm
from saem.apps.cohorts.forms import PLAIN_TYPING, PLEASE_CHOOSE, PLEASE_WRITE, DateField
from saem.apps.cohorts.models import ConsentWay
from saem.apps.projects.models.showcase import LONGEST_PART, LONGEST_SHOWN_NAME
from saem.apps.projects.showcase.answering import Answer

WRONG_DATE = {"invalid": _("날짜를 2027-03-02처럼 써 주세요.")}


class VoiceForm(forms.Form):
    """One person's own answer."""

    answer = forms.ChoiceField(
        label=_("이 작품을 전시해도 될까요?"),
        choices=[("yes", _("네, 전시해도 돼요")), ("no", _("아니요, 전시하지 않을래요"))],
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )
    shown_name = forms.CharField(
        label=_("작품에 적을 내 이름"),
        required=False,
        max_length=LONGEST_SHOWN_NAME,
        widget=forms.TextInput(attrs=PLAIN_TYPING),
        help_text=_("비워 두면 내 이름은 어디에도 보이지 않아요. 별명을 써도 돼요."),
    )
    is_of_age = forms.BooleanField(
        label=_("나는 만 14세 이상이에요."),
        required=False,
        help_text=_("아직 아니라면 표시하지 말아요. 보호자의 동의를 받으면 돼요."),
    )

    def __init__(self, *args: Any, asks_age: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_age:
            del self.fields["is_of_age"]

    @property
    def given(self) -> Answer:
        given = self.cleaned_data
        return Answer(
            allows=given["answer"] == "yes",
            shown_name=" ".join(given["shown_name"].split()),
            is_of_age=bool(given.get("is_of_age")),
        )


class ApprovalForm(forms.Form):
    """What a teacher or the staff decide, of which revision."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = forms.CharField(
        label=_("모둠에게 남기는 말"),
        required=False,
        max_length=LONGEST_PART,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("돌려보내거나 내릴 때는 까닭을 꼭 써 주세요."),
    )
    outcome = forms.ChoiceField(
        choices=[("approve", ""), ("return", ""), ("take_down", "")], error_messages=PLEASE_CHOOSE
    )


class AskGuardianForm(GuardianForm):
    """Who the guardian is; the answer comes by mail, so only an address will do."""

    contact = forms.EmailField(
        label=_("보호자 이메일"),
        max_length=120,
        help_text=_("무엇이 보이는지 적은 메일을 보내요. 이메일이 없으면 선생님께 종이로 동의를 받아 달라고 해요."),
        error_messages=PLEASE_WRITE | {"invalid": _("이메일을 name@example.kr처럼 써 주세요.")},
    )

    def clean_contact(self) -> str:
        return str(self.cleaned_data["contact"]).lower()


class ConsentForm(forms.Form):
    """A guardian's consent that came on paper or by phone, as teacher or staff record it."""

    guardian_name = forms.CharField(label=_("보호자 이름"), max_length=60, error_messages=PLEASE_WRITE)
    way = forms.ChoiceField(
        label=_("확인한 방법"), choices=ConsentWay.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    given_on = DateField(label=_("동의한 날"), error_messages=PLEASE_WRITE | WRONG_DATE)
    remark = forms.CharField(
        label=_("메모"),
        required=False,
        max_length=300,
        help_text=_("동의서를 어디에 보관하는지처럼 나중에 확인할 수 있는 것"),
    )

    def clean_given_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("아직 오지 않은 날이에요."))
        return day
