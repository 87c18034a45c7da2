"""What a teacher asks of a round, and what a pupil gives."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.projects.models.milestones import LONGEST_COMMENT
from saem.apps.projects.reviews.forms import STEPS
from saem.apps.projects.reviews.peers.dealing import MOST_EACH, Wish

SHORTEST_COMMENT = 10
FURTHEST = dt.timedelta(days=90)
FORMAT = "%Y-%m-%dT%H:%M"


class DeadlineForm(forms.Form):
    closes_at = forms.DateTimeField(
        label=_("마감"), input_formats=[FORMAT], widget=forms.DateTimeInput({"type": "datetime-local"}, format=FORMAT),
        error_messages={"required": _("날짜를 골라 주세요."), "invalid": _("날짜와 시각을 다시 확인해 주세요.")},
    )  # fmt: skip

    def clean_closes_at(self) -> dt.datetime:
        found: dt.datetime = self.cleaned_data["closes_at"]
        if not timezone.now() < found < timezone.now() + FURTHEST:
            raise forms.ValidationError(_("지금부터 90일 안의 때를 골라 주세요."))
        return found


class RoundForm(DeadlineForm):
    field_order = ("each", "samples", "closes_at")
    each = forms.IntegerField(
        label=_("한 사람이 볼 모둠 수"), min_value=1, max_value=MOST_EACH, initial=2,
        help_text=_("자기 모둠은 빼고, 모둠마다 받는 수가 고르게 나눠요."),
    )  # fmt: skip
    samples = forms.IntegerField(
        label=_("함께 볼 표본 수"), min_value=0, max_value=3, initial=0,
        help_text=_("다른 학급에서 수준을 합의한 모둠이에요. 표본을 얼마나 잘 봤는지로 평가의 무게를 정해요."),
    )  # fmt: skip

    def wish(self) -> Wish:
        return Wish(**self.cleaned_data)


class PeerMarkForm(forms.Form):
    """One criterion, named after it."""

    level = forms.TypedChoiceField(
        label=_("수준"), coerce=int, choices=[(step, str(step)) for step in STEPS], widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )  # fmt: skip
    comment = forms.CharField(
        label=_("그렇게 본 까닭"), required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea({"rows": 2})
    )


class ReturnForm(forms.Form):
    comment = forms.CharField(
        label=_("이 모둠에게"),
        min_length=SHORTEST_COMMENT,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("잘한 점 하나와 더 나아질 점 하나를 다정하게 써 주세요. 누가 썼는지는 보이지 않아요."),
        error_messages=PLEASE_WRITE,
    )


def initial_of(mark: Any) -> dict[str, object]:
    return {"level": mark.level, "comment": mark.comment} if mark is not None else {}
