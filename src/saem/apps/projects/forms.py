"""The form that hands in one file."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from saem.apps.projects.models import SubmissionKind

LONGEST_NAME = 200


class SubmitForm(forms.Form):
    """One file and the token that makes a double click one submission."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("제출할 파일"),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("제출할 파일을 골라 주세요."),
            "missing": _("제출할 파일을 골라 주세요."),
            "invalid": _("파일을 받지 못했어요. 다시 골라 주세요."),
            "empty": _("파일이 비어 있어요. 내용을 저장했는지 확인하고 다시 골라 주세요."),
            "max_length": _("파일 이름이 너무 길어요. 이름을 줄여서 다시 골라 주세요."),
        },
    )

    @classmethod
    def fresh(cls, *, accepts: tuple[SubmissionKind, ...]) -> "SubmitForm":
        """An empty form with a token of its own."""
        form = cls(initial={"token": uuid.uuid4()})
        form.accept_only(accepts)
        return form

    def accept_only(self, kinds: tuple[SubmissionKind, ...]) -> None:
        """Say which files fit, to the reader and to the file chooser."""
        suffixes = {SubmissionKind.PREDICTIONS: ".csv", SubmissionKind.NOTEBOOK: ".ipynb"}
        field = self.fields["file"]
        field.widget.attrs["accept"] = ",".join(suffixes[kind] for kind in kinds)
        field.widget.attrs["data-max-bytes"] = str(settings.SUBMISSION_MAX_BYTES)
        field.help_text = HELP[frozenset(kinds)] % {"limit": settings.SUBMISSION_MAX_BYTES // 2**20}


HELP = {
    frozenset({SubmissionKind.PREDICTIONS}): _("예측을 담은 CSV 파일 하나, %(limit)sMB까지 낼 수 있어요."),
    frozenset({SubmissionKind.NOTEBOOK}): _("노트북(.ipynb) 파일 하나, %(limit)sMB까지 낼 수 있어요."),
    frozenset(SubmissionKind): _("예측을 담은 CSV 파일이나 노트북(.ipynb) 파일 하나, %(limit)sMB까지 낼 수 있어요."),
}


def kind_of(name: str, data: bytes) -> SubmissionKind:
    """What a file is: a notebook is JSON, whatever it is called; a broken one is known by its name."""
    begins = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_notebook = begins.startswith(b"{") or name.lower().endswith(".ipynb")
    return SubmissionKind.NOTEBOOK if is_notebook else SubmissionKind.PREDICTIONS
