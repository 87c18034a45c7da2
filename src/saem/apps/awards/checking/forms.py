"""What a stranger sends to be checked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.awards.checking.spelling import code_of


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("확인 코드"),
        max_length=200,
        help_text=_("증서 아래쪽 주소 끝에 있는 12자리예요. 예: K7PX‑3MQA‑2RTV"),
        error_messages={"required": _("확인 코드를 써 주세요.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = code_of(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("확인 코드는 영어 대문자와 숫자 12자리예요. 다시 한번 봐 주세요."))
        return code


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("이수증이나 배지 파일"),
        help_text=_("이수증 PDF, 배지 JSON, 배지가 들어 있는 SVG나 PNG 그림을 올려 주세요. 파일은 저장하지 않아요."),
        error_messages={
            "required": _("파일을 골라 주세요."),
            "empty": _("파일이 비어 있어요. 다시 골라 주세요."),
        },
    )
