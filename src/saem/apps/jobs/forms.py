"""The operators' form for a worker host's key."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class WorkerKeyForm(forms.Form):
    name = forms.CharField(label=_("컴퓨터 이름"), max_length=40, help_text=_("예: 채점 컴퓨터 3호"))
    capabilities = forms.CharField(
        label=_("맡길 일"),
        max_length=80,
        initial="cpu",
        validators=[
            RegexValidator(
                r"^[a-z0-9-]{1,16}( [a-z0-9-]{1,16})*$", _("cpu, gpu처럼 영문 소문자로 적고 빈칸으로 나눠 주세요.")
            )
        ],
        help_text=_("cpu 또는 gpu. 여럿이면 빈칸으로 나눠요."),
    )
    most_jobs = forms.IntegerField(label=_("한꺼번에 맡을 수 있는 작업 수"), min_value=1, max_value=200, initial=4)
