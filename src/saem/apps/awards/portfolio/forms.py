"""What a learner says about the portfolio, and what staff record of a guardian's consent."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.awards.models import Audience
from saem.apps.awards.portfolio.limits import LONGEST_TEXT
from saem.apps.awards.portfolio.prompts import FREE, PROMPTS
from saem.apps.cohorts.calls.forms import GuardianForm
from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE, DateField
from saem.apps.cohorts.models import ConsentWay

WRONG_DATE = {"invalid": _("날짜를 2027-03-02처럼 써 주세요.")}


class AboutForm(forms.Form):
    """The front of the portfolio."""

    title = forms.CharField(
        label=_("제목"), required=False, max_length=80, help_text=_("예: 비를 읽는 사람이 되기까지")
    )
    introduction = forms.CharField(
        label=_("소개"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("무엇이 궁금해서 시작했고, 무엇을 만들고 있는지 몇 문장으로 써 보세요."),
    )


class ChoiceForm(forms.Form):
    """One entry: who sees it, and a sentence about it."""

    audience = forms.ChoiceField(
        label=_("누가 볼 수 있나요?"), choices=Audience.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    remark = forms.CharField(
        label=_("한마디"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("왜 골랐는지, 어디를 봐 주면 좋을지 한 문장으로 써 보세요."),
    )


class ReflectionForm(forms.Form):
    """A reflection; an older one keeps its question."""

    prompt = forms.ChoiceField(
        label=_("어떤 물음에 답할까요?"),
        choices=[(code, prompt.question) for code, prompt in PROMPTS.items()],
        initial=FREE,
        error_messages=PLEASE_CHOOSE,
    )
    about = forms.ChoiceField(label=_("무엇에 대해 쓰나요?"), required=False)
    text = forms.CharField(
        label=_("돌아보기"),
        max_length=LONGEST_TEXT,
        error_messages=PLEASE_WRITE,
        widget=forms.Textarea({"rows": 10}),
    )
    audience = forms.ChoiceField(
        label=_("누가 볼 수 있나요?"),
        choices=Audience.choices,
        initial=Audience.NOBODY,
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )

    def __init__(self, *args: Any, abouts: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        """With `abouts`, a new reflection that may be about one of these; without, one that is written further."""
        super().__init__(*args, **kwargs)
        if abouts is None:
            del self.fields["prompt"], self.fields["about"]
            return
        about = self.fields["about"]
        assert isinstance(about, forms.ChoiceField)
        about.choices = [("", _("배움 전체")), *abouts]


class LinkForm(forms.Form):
    """A new link."""

    label = forms.CharField(
        label=_("누구에게 주는 링크인가요?"),
        max_length=60,
        error_messages=PLEASE_WRITE,
        help_text=_("예: 동아리 선생님. 나에게만 보이는 메모예요."),
    )
    ends_on = DateField(
        label=_("마지막 날"),
        required=False,
        help_text=_("이날까지만 열려요. 비워 두면 거두어들일 때까지 열려 있어요."),
        error_messages=WRONG_DATE,
    )
    naming = forms.ChoiceField(
        label=_("이름을 어떻게 보일까요?"),
        choices=[("nickname", _("별명만")), ("name", _("이름까지"))],
        initial="nickname",
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )

    def clean_ends_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["ends_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("이미 지난 날이에요."))
        return day


class AskGuardianForm(GuardianForm):
    """Who the guardian is; the answer comes by mail, so only an address will do."""

    contact = forms.EmailField(
        label=_("보호자 이메일"),
        max_length=120,
        help_text=_(
            "무엇이 누구에게 보이는지 적은 메일을 보내요. 이메일이 없으면 선생님께 종이로 동의를 받아 달라고 해요."
        ),
        error_messages=PLEASE_WRITE | {"invalid": _("이메일을 name@example.kr처럼 써 주세요.")},
    )

    def clean_contact(self) -> str:
        return str(self.cleaned_data["contact"]).lower()


class SharingConsentForm(forms.Form):
    """A guardian's consent, as staff or the teacher record it."""

    guardian_name = forms.CharField(label=_("보호자 이름"), max_length=60, error_messages=PLEASE_WRITE)
    way = forms.ChoiceField(
        label=_("확인한 방법"), choices=ConsentWay.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    given_on = DateField(label=_("동의한 날"), error_messages=PLEASE_WRITE | WRONG_DATE)
    note = forms.CharField(
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
