"""What people write into a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.proposals.files import MOST_BYTES, Files, read_archive
from saem.apps.catalog.proposals.models import LONGEST_TEXT, LONGEST_TITLE, ReviewDecision
from saem.errors import SaemError
from saem.lib.content.merging import Choice, Conflict, Resolution
from saem.lib.content.passages import is_text
from saem.web.messages import message

PLEASE_WRITE = {"required": _("여기를 써 주세요.")}
PLEASE_CHOOSE = {"required": _("하나를 골라 주세요."), "invalid_choice": _("하나를 골라 주세요.")}
NO_FILE = {
    "required": _("파일을 골라 주세요."),
    "missing": _("파일을 골라 주세요."),
    "invalid": _("파일을 받지 못했어요. 다시 골라 주세요."),
    "empty": _("파일이 비어 있어요. 내용을 저장했는지 확인하고 다시 골라 주세요."),
    "max_length": _("파일 이름이 너무 길어요. 이름을 줄여서 다시 골라 주세요."),
}
CHOICES = {
    Choice.OURS: _("지금 제안의 글"),
    Choice.THEIRS: _("들어오는 글"),
    Choice.BOTH: _("둘 다"),
    Choice.OWN: _("아래에 새로 쓰기"),
}
LONGEST_PASSAGE = 200_000


def prose(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": rows}),
        error_messages=PLEASE_WRITE,
    )


class OpenForm(forms.Form):
    title = forms.CharField(
        label=_("제목"),
        max_length=LONGEST_TITLE,
        help_text=_("무엇을 바꾸는지 한 줄로 써요. 예: 3차시에 지도 그리기를 더해요"),
        error_messages=PLEASE_WRITE,
    )
    why = prose(_("왜 고치나요?"), _("검토하는 분이 먼저 읽어요. 수업에서 겪은 일을 쓰면 좋아요."))


class UploadForm(forms.Form):
    """One text file of the program, or a zip of the whole folder. `seen` is the revision that it was made of."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    file = forms.FileField(
        label=_("파일"),
        max_length=200,
        help_text=_("프로그램 폴더 전체를 묶은 zip이나, 폴더 안의 글 파일 하나(.md, .yaml, .ipynb, .py …)를 골라요."),
        error_messages=NO_FILE,
        widget=forms.FileInput({"data-max-bytes": str(MOST_BYTES)}),
    )
    name = forms.CharField(
        label=_("폴더 안의 위치"),
        required=False,
        max_length=200,
        help_text=_("파일 하나를 올릴 때만 써요. 예: lessons/first-look/ko.md"),
        widget=forms.TextInput({"list": "names", "autocapitalize": "off", "spellcheck": "false"}),
    )
    note = forms.CharField(label=_("무엇을 고쳤나요?"), required=False, max_length=200)

    def __init__(self, *args: Any, held: Files, **more: Any) -> None:
        """`held` are the files of the revision, of which one is replaced or added to."""
        super().__init__(*args, **more)
        self.held = held
        self.folder: dict[str, bytes] = {}

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if data is not None and data.get("file") is not None:
            try:
                self.folder = self._folder(data["file"].read(), data["file"].name, data.get("name", ""))
            except SaemError as error:
                self.add_error("file", message(error.code, **error.params))
        return data

    def _folder(self, data: bytes, sent_as: str, name: str) -> dict[str, bytes]:
        if data.startswith(b"PK\x03\x04"):
            return read_archive(data)
        if not is_text(data):
            raise SaemError("proposal.not_text", status=422)
        return {**self.held, self._place(sent_as, name): data}

    def _place(self, sent_as: str, name: str) -> str:
        """The place that was said, or the only one where a file of this name is."""
        if name.strip():
            return name.strip().removeprefix("./")
        places = [each for each in self.held if each.rpartition("/")[2] == sent_as]
        if len(places) != 1:
            raise SaemError("proposal.which_file", status=422, name=sent_as)
        return places[0]


class CommentForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    file = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)
    text = prose(_("남길 말"))


class AnswerForm(forms.Form):
    text = prose(_("답"), rows=2)


class ReviewForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    decision = forms.ChoiceField(
        label=_("어떻게 생각하나요?"),
        choices=ReviewDecision.choices,
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )
    text = prose(_("한마디"), required=False, rows=3)

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if data is not None and data.get("decision") == ReviewDecision.CHANGES and not data.get("text"):
            self.add_error("text", forms.ValidationError(_("무엇을 고치면 좋을지 써 주세요.")))
        return data


class PublishForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    ko = prose(
        _("달라진 것 (한국어)"), _("이 판을 쓰는 선생님이 읽어요. 무엇이 달라졌는지, 수업에서 무엇을 챙길지 써요.")
    )
    en = prose(_("달라진 것 (영어)"), _("영어로 읽는 사람을 위해 같은 내용을 영어로 써요."))


class MergeForm(forms.Form):
    """One question for each conflict, its own text beside it; nothing is chosen beforehand."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, conflicts: tuple[Conflict, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.conflicts = conflicts
        for number, conflict in enumerate(conflicts, start=1):
            self.fields[f"choice-{conflict.id}"] = forms.ChoiceField(
                label=_("%(number)s번째 대목을 어떻게 할까요?") % {"number": number},
                choices=[(choice.value, CHOICES[choice]) for choice in conflict.choices],
                widget=forms.RadioSelect,
                error_messages=PLEASE_CHOOSE,
            )
            if Choice.OWN in conflict.choices:
                self.fields[f"text-{conflict.id}"] = forms.CharField(
                    label=_("새로 쓴 글"),
                    required=False,
                    strip=False,
                    max_length=LONGEST_PASSAGE,
                    initial=conflict.ours if conflict.ours is not None else conflict.theirs,
                    widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
                )

    def questions(self) -> list[dict[str, Any]]:
        return [
            {
                "conflict": conflict,
                "choice": self[f"choice-{conflict.id}"],
                "text": self[f"text-{conflict.id}"] if f"text-{conflict.id}" in self.fields else None,
            }
            for conflict in self.conflicts
        ]

    def chosen(self) -> dict[str, Resolution]:
        return {
            conflict.id: Resolution(
                Choice(self.cleaned_data[f"choice-{conflict.id}"]), self.cleaned_data.get(f"text-{conflict.id}", "")
            )
            for conflict in self.conflicts
        }
