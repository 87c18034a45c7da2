"""What a writer sends from the editor."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.editor.texts import LONGEST
from saem.apps.catalog.proposals.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.lib.content import Text
from saem.lib.content.growing import ITEM_KINDS
from saem.lib.content.schema import FILE_PATTERN, ID_PATTERN

LONGEST_NAME = 200
KINDS = {"choice": _("고르기"), "number": _("수로 답하기")}
_ID = RegexValidator(ID_PATTERN, _("영문 소문자와 숫자를 붙임표(-)로 이어서 지어 주세요. 예: first-look"))
NO_TEXT = _("글이 아닌 것이 섞여 있어요. 붙여 넣은 것을 지우고 글만 넣어 주세요.")
_AS_WRITTEN = {"autocapitalize": "off", "spellcheck": "false", "autocomplete": "off"}


class SeenForm(forms.Form):
    """`seen` is the revision that the writer began from."""

    seen = forms.IntegerField(widget=forms.HiddenInput({"id": "seen"}), min_value=1, max_value=10**8)


class EditForm(SeenForm):
    text = forms.CharField(
        label=_("글"),
        required=False,
        strip=False,
        max_length=LONGEST,
        error_messages={
            "max_length": _("글이 너무 길어요. 여러 파일로 나누어 주세요."),
            "null_characters_not_allowed": NO_TEXT,
        },
    )
    note = forms.CharField(label=_("무엇을 고쳤나요?"), required=False, max_length=200)

    def clean_text(self) -> str:
        # A null character is refused before; other signs without a shape come with binary files, too.
        text: str = self.cleaned_data["text"]
        if re.search("[\x01-\x08\x0e-\x1f]", text):
            raise forms.ValidationError(NO_TEXT)
        return text


class MoveForm(SeenForm):
    name = forms.CharField(
        label=_("새 이름"),
        max_length=LONGEST_NAME,
        help_text=_("폴더까지 써요. 예: lessons/first-look/ko.md"),
        error_messages=PLEASE_WRITE,
        widget=forms.TextInput(_AS_WRITTEN),
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not is_file_name(name):
            raise forms.ValidationError(_("영문자와 숫자, 붙임표(-), 밑줄(_), 마침표만 쓰고 폴더는 /로 나누어 주세요."))
        return name


class NewLessonForm(SeenForm):
    id = forms.CharField(
        label=_("폴더 이름"),
        max_length=60,
        validators=[_ID],
        help_text=_("주소에 쓰이고 나중에 바꾸지 않아요. 예: first-look"),
        error_messages=PLEASE_WRITE,
        widget=forms.TextInput(_AS_WRITTEN),
    )
    title_ko = forms.CharField(label=_("제목 (한국어)"), max_length=120, error_messages=PLEASE_WRITE)
    title_en = forms.CharField(label=_("제목 (영어)"), max_length=120, error_messages=PLEASE_WRITE)
    goal_ko = forms.CharField(label=_("목표 (한국어)"), max_length=300, error_messages=PLEASE_WRITE)
    goal_en = forms.CharField(label=_("목표 (영어)"), max_length=300, error_messages=PLEASE_WRITE)
    minutes = forms.IntegerField(label=_("걸리는 시간(분)"), min_value=1, max_value=600, error_messages=PLEASE_WRITE)
    skills = forms.MultipleChoiceField(
        label=_("다루는 것"), required=False, widget=forms.CheckboxSelectMultiple, error_messages=PLEASE_CHOOSE
    )

    def __init__(self, *args: Any, skills: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]  # a field with choices, as declared

    @property
    def title(self) -> Text:
        return Text(ko=self.cleaned_data["title_ko"], en=self.cleaned_data["title_en"])

    @property
    def goal(self) -> Text:
        return Text(ko=self.cleaned_data["goal_ko"], en=self.cleaned_data["goal_en"])


class NewItemForm(SeenForm):
    id = forms.CharField(
        label=_("문항 이름"),
        max_length=50,
        validators=[_ID],
        help_text=_("학생의 기록이 여기에 달려서 나중에 바꾸지 않아요. 예: mean-of-days"),
        error_messages=PLEASE_WRITE,
        widget=forms.TextInput(_AS_WRITTEN),
    )
    kind = forms.ChoiceField(
        label=_("답하는 방법"),
        choices=[(kind, KINDS[kind]) for kind in ITEM_KINDS],
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )
    skill = forms.ChoiceField(label=_("무엇을 묻나요?"), error_messages=PLEASE_CHOOSE)
    file = forms.CharField(
        label=_("문항 파일"),
        max_length=80,
        validators=[
            RegexValidator(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*\.yaml$", _("items 폴더의 파일 이름이에요. 예: water.yaml"))
        ],
        help_text=_("있는 파일을 고르거나 새 이름을 써요. 예: water.yaml"),
        error_messages=PLEASE_WRITE,
        widget=forms.TextInput({**_AS_WRITTEN, "list": "item-files"}),
    )

    def __init__(self, *args: Any, skills: Sequence[tuple[str, str]], taken: Collection[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.taken = taken
        self.fields["skill"].choices = skills  # type: ignore[attr-defined]  # a field with choices, as declared

    def clean_id(self) -> str:
        name: str = self.cleaned_data["id"]
        if name in self.taken:
            raise forms.ValidationError(_("이미 있는 이름이에요. 다른 이름을 지어 주세요."))
        return name


def is_file_name(name: str) -> bool:
    """Whether the format takes the name: no way out of the folder, no letter that two systems write in two ways."""
    return all(re.match(FILE_PATTERN, part) for part in name.split("/"))
