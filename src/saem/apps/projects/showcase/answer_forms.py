"""What each person answers, and what teachers and staff decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLAIN_TYPING, PLEASE_CHOOSE
from saem.apps.projects.models.showcase import LONGEST_PART, LONGEST_SHOWN_NAME
from saem.apps.projects.showcase.answering import Answer


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
