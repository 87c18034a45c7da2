"""What is asked at a stage: each kind of evidence has its form; comments and decisions have theirs."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.projects.milestones.evidence import MOST_BYTES, Given
from saem.apps.projects.milestones.formats import RefusedFileError, file_format, notebook_format
from saem.apps.projects.models import Evidence, EvidenceKind, GateOutcome
from saem.apps.projects.models.milestones import LONGEST_COMMENT, LONGEST_LINK, LONGEST_TEXT
from saem.lib import content
from saem.web.messages import message

LONGEST_NAME = 200
WRONG_LINK = {"invalid": _("https://로 시작하는 주소를 써 주세요.")}
NO_FILE = {
    "required": _("파일을 골라 주세요."),
    "missing": _("파일을 골라 주세요."),
    "invalid": _("파일을 받지 못했어요. 다시 골라 주세요."),
    "empty": _("파일이 비어 있어요. 내용을 저장했는지 확인하고 다시 골라 주세요."),
    "max_length": _("파일 이름이 너무 길어요. 이름을 줄여서 다시 골라 주세요."),
}


class EvidenceForm(forms.Form):
    """One thing that a stage asks for. `seen` is the version that the writer has before them."""

    kind: ClassVar[EvidenceKind]
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def given(self) -> Given:
        """What was asked for, once the form is valid."""
        return Given(kind=self.kind)


class TextForm(EvidenceForm):
    kind = EvidenceKind.TEXT
    text = forms.CharField(
        label=_("글"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6}), error_messages=PLEASE_WRITE
    )

    def given(self) -> Given:
        return Given(kind=self.kind, text=self.cleaned_data["text"].replace("\r\n", "\n"))


class LinkForm(EvidenceForm):
    kind = EvidenceKind.LINK
    link = forms.URLField(
        label=_("주소"),
        max_length=LONGEST_LINK,
        assume_scheme="https",
        help_text=_("로그인하지 않아도 열리는 주소인지 확인해 주세요."),
        error_messages=PLEASE_WRITE | WRONG_LINK,
    )

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if not link.startswith(("https://", "http://")):
            raise forms.ValidationError(WRONG_LINK["invalid"])
        return link

    def given(self) -> Given:
        return Given(kind=self.kind, link=self.cleaned_data["link"])


class VideoForm(LinkForm):
    kind = EvidenceKind.VIDEO


class FileForm(EvidenceForm):
    kind = EvidenceKind.FILE
    accept = ".pdf,.png,.jpg,.jpeg,.docx,.hwpx,.csv,.py,.ipynb,.txt,.md"
    file = forms.FileField(
        label=_("파일"),
        max_length=LONGEST_NAME,
        help_text=_("PDF, 그림(PNG, JPEG), 한글(HWPX), 워드(DOCX), CSV, 파이썬, 노트북, 글. 10MB까지 올릴 수 있어요."),
        error_messages=NO_FILE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"accept": self.accept, "data-max-bytes": str(MOST_BYTES)}
        self.fields["file"].widget.attrs.update(attributes)

    def format_of(self, name: str, data: bytes) -> str:
        return file_format(name, data)

    def clean(self) -> dict[str, Any] | None:
        upload = self.cleaned_data.get("file")
        if upload is not None:
            data = upload.read()
            try:
                self.cleaned_data["format"] = self.format_of(upload.name, data)
            except RefusedFileError as refused:
                self.add_error("file", message(refused.reason))
            self.cleaned_data["data"] = data
        return self.cleaned_data

    def given(self) -> Given:
        found = self.cleaned_data
        return Given(kind=self.kind, name=found["file"].name, format=found["format"], data=found["data"])


class NotebookForm(FileForm):
    kind = EvidenceKind.NOTEBOOK
    accept = ".ipynb"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("노트북")
        self.fields["file"].help_text = _("저장한 노트북(.ipynb) 파일. 10MB까지 올릴 수 있어요.")

    def format_of(self, name: str, data: bytes) -> str:  # noqa: ARG002  # a notebook is known by its content
        return notebook_format(data)


class CommentForm(forms.Form):
    """A word about a stage."""

    text = forms.CharField(
        label=_("남길 말"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("모둠과 선생님, 멘토가 모두 봐요."),
        error_messages=PLEASE_WRITE,
    )


class DecisionForm(forms.Form):
    """What is decided at the gate, of which revision."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    comment = forms.CharField(
        label=_("모둠에게 남기는 말"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("돌려보낼 때는 무엇을 어떻게 고치면 좋을지 꼭 써 주세요."),
    )
    outcome = forms.ChoiceField(choices=GateOutcome.choices, error_messages=PLEASE_CHOOSE)


SIMPLE: dict[str, type[EvidenceForm]] = {
    form.kind: form for form in (TextForm, LinkForm, VideoForm, FileForm, NotebookForm)
}


def initial_of(version: Evidence | None) -> Mapping[str, object]:
    """What a form begins with: the newest version, to be written further."""
    if version is None:
        return {"seen": 0}
    return {"seen": version.number, "text": version.text, "link": version.link, **version.card}


def named_after(form: EvidenceForm, asked: content.EvidenceAsked, language: str) -> EvidenceForm:
    """The form's main field goes by what the stage asks for."""
    for name in ("text", "link", "file"):
        if name in form.fields:
            form.fields[name].label = asked.title.in_(language)
            if asked.hint is not None and name != "file":
                form.fields[name].help_text = asked.hint.in_(language)
    return form
