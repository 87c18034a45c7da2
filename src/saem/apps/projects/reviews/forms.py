"""What markers give: a level with a comment and its ground, a last word, what was agreed on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.projects.models import HIGHEST, LOWEST, BarReason
from saem.apps.projects.models.milestones import LONGEST_COMMENT
from saem.apps.projects.reviews.evidence import Shown
from saem.lib import content

STEPS = range(LOWEST, HIGHEST + 1)
LEVEL_NAMES = (
    pgettext_lazy("rubric", "시작"),
    pgettext_lazy("rubric", "성장"),
    pgettext_lazy("rubric", "숙달"),
    pgettext_lazy("rubric", "탁월"),
)


class MarkForm(forms.Form):
    """One criterion. Its prefix is the criterion's id, so that a page may have all of them."""

    level = forms.TypedChoiceField(
        label=_("수준"), coerce=int, choices=[(step, str(step)) for step in STEPS], widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )  # fmt: skip
    comment = forms.CharField(
        label=_("남길 말"), required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea({"rows": 2})
    )
    evidence = forms.TypedChoiceField(label=_("근거로 본 것"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, shown: Sequence[Shown], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["evidence"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [
            ("", _("고르지 않음")),
            *(
                (each.version.pk, f"{each.stage.title.in_(language)} · {each.asked.title.in_(language)}")
                for each in shown
            ),
        ]


class FinishForm(forms.Form):
    comment = forms.CharField(
        label=_("모둠에게 남기는 말"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("잘한 점 하나와 다음에 해 볼 것 하나를 적어 주면 좋아요. 결과를 알릴 때 모둠이 읽어요."),
    )


class BarForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("까닭"), choices=BarReason.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )


class AgreedForm(forms.Form):
    """What was agreed on for one criterion; empty where nothing had to be."""

    level = forms.TypedChoiceField(
        label=_("합의한 수준"), coerce=int, empty_value=None, required=False,
        choices=[("", _("정하지 않음")), *((step, str(step)) for step in STEPS)],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("까닭"), required=False, max_length=LONGEST_COMMENT, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("level") is not None and not found.get("reason", "").strip():
            self.add_error("reason", PLEASE_WRITE["required"])
        return found


class MarkerForm(forms.Form):
    name = forms.CharField(label=_("이름"), max_length=60, error_messages=PLEASE_WRITE)
    email = forms.EmailField(
        label=_("함께 채점할 사람의 이메일"),
        help_text=_("이 학급의 모둠이 낸 것을 보고 채점하게 돼요. 서로의 점수는 자기 것을 마친 뒤에만 보여요."),
        error_messages=PLEASE_WRITE | {"invalid": _("이메일 주소를 다시 확인해 주세요.")},
    )


@dataclass(frozen=True, kw_only=True)
class LevelChoice:
    """One level of a criterion as a reader presses it."""

    number: int
    name: str | Promise
    text: str
    is_chosen: bool


def level_choices(criterion: content.Criterion, chosen: object, language: str) -> list[LevelChoice]:
    return [
        LevelChoice(number=step, name=name, text=text.in_(language), is_chosen=str(chosen) == str(step))
        for step, name, text in zip(STEPS, LEVEL_NAMES, criterion.levels, strict=True)
    ]


def agreed_forms(
    criteria: Sequence[content.Criterion], initial: dict[str, dict[str, object]], data: Any = None
) -> list[tuple[content.Criterion, AgreedForm]]:
    """One for each criterion, named after it."""
    return [(each, AgreedForm(data, prefix=each.id, initial=initial.get(each.id))) for each in criteria]
