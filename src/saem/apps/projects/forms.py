"""The form that hands in one file."""

import uuid

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from saem.apps.projects.models import SubmissionKind
from saem.lib import grading

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
        suffixes = [suffix for kind in kinds for suffix in grading.SUFFIXES[grading.SubmissionKind(kind)]]
        field = self.fields["file"]
        field.widget.attrs["accept"] = ",".join(dict.fromkeys(suffixes))
        field.widget.attrs["data-max-bytes"] = str(settings.SUBMISSION_MAX_BYTES)
        names = " · ".join(str(FILES[kind]) for kind in kinds)
        field.help_text = _("낼 수 있는 파일: %(names)s. 하나만, %(limit)sMB까지 낼 수 있어요.") % {
            "names": names,
            "limit": settings.SUBMISSION_MAX_BYTES // 2**20,
        }


FILES = {
    SubmissionKind.PREDICTIONS: _("예측을 담은 CSV 파일"),
    SubmissionKind.NOTEBOOK: _("노트북(.ipynb)"),
    SubmissionKind.SCRIPT: _("파이썬 스크립트(.py)"),
    SubmissionKind.FUNCTIONS: _("함수를 담은 파이썬 파일(.py)"),
    SubmissionKind.MODEL: _("모델 코드를 담은 파이썬 파일(.py)"),
}
