"""What staff fill in: who signs, what a badge says, why something is taken back or issued again."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_WRITE
from saem.lib.credentials.certificates import DocumentError, Picture

LARGEST_SEAL_MB = 2
LARGEST_SEAL = LARGEST_SEAL_MB * 2**20


class ReasonForm(forms.Form):
    """Why: it is kept with the record, and the holder reads it."""

    reason = forms.CharField(
        label=_("사유"),
        max_length=200,
        help_text=_("기록에 남고, 받은 사람도 읽어요."),
        error_messages=PLEASE_WRITE,
    )


class ReissueForm(ReasonForm):
    name = forms.CharField(
        label=_("증서에 쓸 이름"),
        max_length=60,
        help_text=_("이름이 틀렸다면 바르게 고쳐 주세요. 이수 기록의 이름도 함께 바뀌어요."),
        error_messages=PLEASE_WRITE,
    )
    field_order = ["name", "reason"]


class ProfileForm(forms.Form):
    officer = forms.CharField(
        label=_("직위"),
        max_length=60,
        help_text=_("증서 맨 아래에 크게 찍혀요. 예: 한빛교육연수원장"),
        error_messages=PLEASE_WRITE,
    )
    officer_en = forms.CharField(label=_("영어 직위"), max_length=60, required=False)
    name = forms.CharField(
        label=_("직위를 맡은 사람"), max_length=60, required=False, help_text=_("비워 두면 직위만 찍혀요.")
    )
    seal = forms.FileField(
        label=_("직인 그림"),
        required=False,
        help_text=_("바탕이 투명한 PNG가 좋아요. JPEG나 SVG도 되고, 2MB까지예요. 비워 두면 지금 직인을 그대로 써요."),
        error_messages={"empty": _("파일이 비어 있어요. 다시 골라 주세요.")},
    )

    def clean_seal(self) -> bytes | None:
        file: UploadedFile[Any] | None = self.cleaned_data["seal"]
        if file is None:
            return None
        data: bytes = file.read()
        try:
            Picture(content=data, alt="seal")
        except DocumentError as error:
            raise forms.ValidationError(
                _("인쇄할 수 없는 그림이에요. PNG나 JPEG로 저장해서 다시 올려 주세요.")
            ) from error
        return data


class RotateForm(forms.Form):
    is_compromised = forms.BooleanField(
        label=_("지금 키가 다른 사람 손에 들어갔을 수 있어요"),
        required=False,
        help_text=_("표시하면 지금 키로 서명한 배지는 다시 서명해서 받아야 다른 곳에서 확인할 수 있어요."),
    )
    is_sure = forms.BooleanField(
        label=_("키를 바꾸면 되돌릴 수 없다는 것을 알고 있어요"),
        error_messages={"required": _("확인했다면 표시해 주세요.")},
    )


class TemplateForm(forms.Form):
    """The words of a badge, in both languages: a badge goes where English is read."""

    name_ko = forms.CharField(label=_("배지 이름"), max_length=80, error_messages=PLEASE_WRITE)
    name_en = forms.CharField(label=_("배지 이름 (영어)"), max_length=80, error_messages=PLEASE_WRITE)
    description_ko = forms.CharField(
        label=_("무엇을 했나요"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("예: 날씨 자료로 비를 예측하는 모델을 만들고 설명했어요."),
        error_messages=PLEASE_WRITE,
    )
    description_en = forms.CharField(
        label=_("무엇을 했나요 (영어)"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages=PLEASE_WRITE,
    )
    criteria_ko = forms.CharField(
        label=_("받는 기준"), max_length=1000, widget=forms.Textarea({"rows": 4}), error_messages=PLEASE_WRITE
    )
    criteria_en = forms.CharField(
        label=_("받는 기준 (영어)"), max_length=1000, widget=forms.Textarea({"rows": 4}), error_messages=PLEASE_WRITE
    )
    hours = forms.IntegerField(label=_("이수 시간"), min_value=1, max_value=9999, required=False)


class EndorseForm(forms.Form):
    comment = forms.CharField(
        label=_("보증하는 말"),
        max_length=300,
        help_text=_("배지와 함께 누구나 읽어요. 예: 우리 대학이 함께 만들고 살펴본 과정입니다."),
        error_messages=PLEASE_WRITE,
        widget=forms.Textarea({"rows": 3}),
    )
