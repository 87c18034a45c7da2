"""What a learner says about the portfolio."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.awards.models import Audience
from saem.apps.awards.portfolio.limits import LONGEST_TEXT
from saem.apps.awards.portfolio.prompts import FREE, PROMPTS
from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE, DateField
from saem.apps.cohorts.guardians.forms import WRONG_DATE


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
