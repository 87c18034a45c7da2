"""Who the guardian is, what staff record of a consent that came on paper, and that it was taken back."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.calls.forms import GuardianForm
from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE, DateField
from saem.apps.cohorts.guardians.asking import Paper
from saem.apps.cohorts.models import ConsentWay

WRONG_DATE = {"invalid": _("날짜를 2027-03-02처럼 써 주세요.")}
LONGEST_REMARK = 300


class AskGuardianForm(GuardianForm):
    """Who the guardian is; the answer comes by mail, so only an address will do."""

    contact = forms.EmailField(
        label=_("보호자 이메일"),
        max_length=120,
        help_text=_("무엇에 동의하는지 적은 메일을 보내요. 이메일이 없으면 선생님께 종이로 동의를 받아 달라고 해요."),
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
        max_length=LONGEST_REMARK,
        help_text=_("동의서를 어디에 보관하는지처럼 나중에 확인할 수 있는 것"),
    )

    def clean_given_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("아직 오지 않은 날이에요."))
        return day

    @property
    def paper(self) -> Paper:
        given = self.cleaned_data
        return Paper(**(given | {"way": ConsentWay(given["way"])}))


class TakeBackForm(forms.Form):
    """That a guardian took a consent back on paper or by phone, as staff record it."""

    # Not `remark`: a consent that is sent twice must not take itself back.
    told_how = forms.CharField(
        label=_("어떻게 알려 왔나요?"),
        max_length=LONGEST_REMARK,
        help_text=_("예: 11월 3일 전화, 서면은 교무실 보관"),
        error_messages=PLEASE_WRITE,
    )
