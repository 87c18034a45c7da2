"""The form in which staff write one question."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.calls.definition import LONGEST_LONG, WITH_OPTIONS, Kind, Words
from saem.apps.cohorts.calls.edits import Draft, lines_of, options_of
from saem.apps.cohorts.forms import PLEASE_WRITE
from saem.web.languages import reader_language

KIND_NAMES = {
    Kind.HEADING: _("제목줄"),
    Kind.SHORT: _("짧은 글"),
    Kind.LONG: _("긴 글"),
    Kind.NUMBER: _("숫자"),
    Kind.DATE: _("날짜"),
    Kind.CHOICE: _("하나 고르기"),
    Kind.CHOICES: _("여러 개 고르기"),
    Kind.FILE: _("파일"),
    Kind.CONSENT: _("동의"),
    Kind.SCHOOL: _("학교"),
    Kind.GROUP: _("되풀이 묶음"),
}
BOUNDED = frozenset({Kind.NUMBER, Kind.GROUP})
WRITTEN = frozenset({Kind.SHORT, Kind.LONG})


class QuestionForm(forms.Form):
    """One question in both languages; only what fits its kind is asked."""

    label_ko = forms.CharField(label=_("질문"), max_length=2000, error_messages=PLEASE_WRITE)
    label_en = forms.CharField(label=_("질문(영어)"), max_length=2000, required=False)
    help_ko = forms.CharField(label=_("도움말"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))
    help_en = forms.CharField(
        label=_("도움말(영어)"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    required = forms.BooleanField(label=_("꼭 답해야 해요"), required=False)
    options = forms.CharField(
        label=_("보기"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("한 줄에 하나씩 ‘한국어 | English’로 써요. 영어는 비워도 돼요."),
        error_messages=PLEASE_WRITE,
    )
    minimum = forms.FloatField(label=_("가장 작은 값"), required=False)
    maximum = forms.FloatField(label=_("가장 큰 값"), required=False)
    max_length = forms.IntegerField(label=_("가장 긴 글자 수"), required=False, min_value=1, max_value=LONGEST_LONG)
    shown_if = forms.ChoiceField(
        label=_("이 질문을 보일 때"), required=False, help_text=_("앞의 고르기 질문에 이렇게 답한 사람에게만 물어요.")
    )

    def __init__(self, *args: Any, question: Draft, before: Iterable[Draft], is_inner: bool, **kwargs: Any) -> None:
        kwargs["initial"] = written(question)
        super().__init__(*args, **kwargs)
        self.question, kind = question, Kind(question["kind"])
        unfit = {
            "options": kind not in WITH_OPTIONS,
            "minimum": kind not in BOUNDED,
            "maximum": kind not in BOUNDED,
            "max_length": kind not in WRITTEN,
            "shown_if": is_inner,
            "required": kind is Kind.HEADING,
        }
        for name in (name for name, is_unfit in unfit.items() if is_unfit):
            del self.fields[name]
        if kind is Kind.GROUP:
            self.fields["minimum"].label, self.fields["maximum"].label = _("가장 적은 줄 수"), _("가장 많은 줄 수")
        if "shown_if" in self.fields:
            field = self.fields["shown_if"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("언제나")), *conditions(before)]

    def written(self) -> Draft:
        """The question as it is now; what the page did not ask stays."""
        values = self.cleaned_data
        found = {key: value for key, value in self.question.items() if key not in {"minimum", "maximum", "max_length"}}
        for part in ("label", "help"):
            found[part] = {"ko": values[f"{part}_ko"].strip(), "en": values[f"{part}_en"].strip()}
        if "required" in values:
            found["required"] = values["required"]
        if "options" in values:
            found["options"] = options_of(values["options"], list(self.question.get("options", [])))
        if "shown_if" in values:
            question, _equals, value = values["shown_if"].partition("=")
            found["shown_if"] = {"question": question, "value": value} if question else None
        for bound in ("minimum", "maximum", "max_length"):
            if values.get(bound) is not None:
                found[bound] = values[bound]
        return found


def written(question: Draft) -> dict[str, Any]:
    """What the page begins with."""
    condition = question.get("shown_if") or {}
    texts = {
        f"{part}_{language}": question.get(part, {}).get(language, "")
        for part in ("label", "help")
        for language in ("ko", "en")
    }
    return {
        **texts,
        **{name: question.get(name) for name in ("required", "minimum", "maximum", "max_length")},
        "options": lines_of(list(question.get("options", []))),
        "shown_if": f"{condition['question']}={condition['value']}" if condition else "",
    }


def conditions(before: Iterable[Draft]) -> list[tuple[str, str]]:
    return [
        (f"{one['id']}={option['value']}", f"{label_of(one)} = {label_of(option)}")
        for one in before
        if Kind(one["kind"]) in WITH_OPTIONS
        for option in one.get("options", [])
    ]


def label_of(written: Draft) -> str:
    """What a question or an option is called in the reader's language, as far as it has been written."""
    return Words(**written["label"]).in_(reader_language())
