"""What teams and mentors write to each other, all of it before the eyes of the team and its teachers."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.partners.models import LONGEST_ABOUT, LONGEST_POST
from saem.apps.partners.topics import LANGUAGES, TIMES, TOPICS, choices_of

MOST_SLOTS = 8
MOST_MINUTES = 120
WISHES = 3


class TokenForm(forms.Form):
    """A form that counts once, however often its button is pressed."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None) -> None:
        # Several forms stand on one page, and their controls must have names of their own.
        super().__init__(data, initial={"token": uuid.uuid4()}, auto_id=f"{type(self).__name__.lower()}-%s")


class PostForm(TokenForm):
    text = forms.CharField(
        label=_("쓸 말"),
        max_length=LONGEST_POST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("모둠, 멘토, 선생님이 모두 읽어요. 전화번호나 개인 연락처는 쓰지 마세요."),
        error_messages=PLEASE_WRITE,
    )


class BookForm(forms.Form):
    about = forms.CharField(
        label=_("무엇을 이야기하고 싶나요?"),
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("미리 알면 멘토가 준비할 수 있어요."),
        error_messages=PLEASE_WRITE,
    )

    def __init__(self, data: Any = None, *, slots: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="bookform-%s")
        self.fields["slot"] = forms.TypedChoiceField(
            label=_("언제 만날까요?"),
            choices=slots,
            coerce=int,
            widget=forms.RadioSelect,
            error_messages={
                **PLEASE_CHOOSE,
                "invalid_choice": _("이 시간은 이제 고를 수 없어요. 다른 시간을 골라 주세요."),
            },
        )
        self.order_fields(["slot", "about"])


class AskForm(TokenForm):
    text = forms.CharField(
        label=_("무엇을 살펴봐 주면 좋을까요?"),
        max_length=LONGEST_POST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("30분 안에 볼 수 있게 한 가지만 물어보세요."),
        error_messages=PLEASE_WRITE,
    )
    link = forms.URLField(
        label=_("볼 것의 주소"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("없으면 비워 두세요."),
    )


class SlotForm(forms.Form):
    day = forms.DateField(label=_("날"), widget=forms.DateInput({"type": "date"}), error_messages=PLEASE_WRITE)
    time = forms.TimeField(label=_("시작 시각"), widget=forms.TimeInput({"type": "time"}), error_messages=PLEASE_WRITE)
    count = forms.IntegerField(
        label=_("30분씩 몇 번 열까요?"), min_value=1, max_value=MOST_SLOTS, initial=2, error_messages=PLEASE_WRITE
    )
    where = forms.CharField(
        label=_("어디에서 만나나요?"),
        max_length=300,
        help_text=_("화상 회의 주소나 장소. 모둠과 선생님이 함께 들어와요."),
        error_messages=PLEASE_WRITE,
    )

    @property
    def starts_at(self) -> dt.datetime:
        zone = timezone.get_current_timezone()
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], zone)


class ReportForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("몇 분 만났나요?"),
        min_value=0,
        max_value=MOST_MINUTES,
        initial=30,
        help_text=_("아무도 오지 않았으면 0이라고 써 주세요."),
        error_messages=PLEASE_WRITE,
    )
    words = forms.CharField(
        label=_("무엇을 이야기했나요?"),
        max_length=LONGEST_POST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("모둠 대화에 남아서 모두가 읽어요."),
        error_messages=PLEASE_WRITE,
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("모둠에 보낼 답"),
        max_length=LONGEST_POST,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("잘한 점 하나, 바꿔 볼 점 하나, 다음에 해 볼 일 하나를 적어 주세요."),
        error_messages=PLEASE_WRITE,
    )
    minutes = forms.IntegerField(
        label=_("몇 분 걸렸나요?"), min_value=1, max_value=MOST_MINUTES, initial=30, error_messages=PLEASE_WRITE
    )


class NeedForm(forms.Form):
    topics = forms.MultipleChoiceField(
        label=_("도움받고 싶은 주제"),
        choices=choices_of(TOPICS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("우리 모둠이 쓸 수 있는 말"),
        choices=choices_of(LANGUAGES),
        initial=["ko"],
        widget=forms.CheckboxSelectMultiple,
        error_messages=PLEASE_CHOOSE,
    )
    times = forms.MultipleChoiceField(
        label=_("모두 만날 수 있는 때"),
        choices=choices_of(TIMES),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("고르지 않으면 언제든 괜찮다는 뜻이에요."),
    )

    def __init__(self, *args: Any, mentors: Sequence[tuple[int, str | Promise]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, WISHES + 1):
            self.fields[f"wish{place}"] = forms.TypedChoiceField(
                label=_("%(place)s순위로 바라는 멘토") % {"place": place},
                choices=[("", _("따로 없어요")), *mentors],
                coerce=int,
                empty_value=None,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        wishes = [cleaned.get(f"wish{place}") for place in range(1, WISHES + 1)]
        named = [wish for wish in wishes if wish]
        if len(named) > len(set(named)):
            self.add_error("wish2", _("같은 멘토를 두 번 골랐어요."))
        cleaned["wishes"] = named
        return cleaned
