"""What a partner writes of a challenge, and what staff answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.partners.challenges.checklist import FILE_POINTS, POINTS
from saem.apps.partners.challenges.files import Brought
from saem.apps.partners.challenges.formats import MOST_BYTES, RefusedDataError, look_into
from saem.apps.partners.models import Challenge, Licence
from saem.apps.partners.posted import InstitutionField
from saem.apps.partners.queries import hosts
from saem.apps.partners.topics import TOPICS, choices_of
from saem.apps.people.models import Institution
from saem.apps.projects.milestones.forms import NO_FILE
from saem.web.messages import message


class ChallengeForm(forms.Form):
    host = InstitutionField(
        label=_("어느 기관에 보낼까요?"),
        queryset=Institution.objects.none(),
        empty_label=None,
        help_text=_("이 기관의 담당자가 살펴보고 공개해요."),
        error_messages=PLEASE_CHOOSE,
    )
    title = forms.CharField(label=_("제목"), max_length=120, error_messages=PLEASE_WRITE)
    title_en = forms.CharField(label=_("영어 제목"), max_length=120, required=False)
    people = forms.CharField(
        label=_("누구의 어떤 어려움인가요?"),
        max_length=300,
        help_text=_("예: 비가 갑자기 와서 급식실 배달이 늦어지는 조리사"),
        error_messages=PLEASE_WRITE,
    )
    problem = forms.CharField(
        label=_("풀고 싶은 문제"),
        max_length=6000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("마크다운으로 쓸 수 있어요. 지금은 어떻게 하는지, 잘되면 무엇이 달라지는지 적어 주세요."),
        error_messages=PLEASE_WRITE,
    )
    topics = forms.MultipleChoiceField(
        label=_("주제"), choices=choices_of(TOPICS), widget=forms.CheckboxSelectMultiple, error_messages=PLEASE_CHOOSE
    )
    data_name = forms.CharField(label=_("데이터 이름"), max_length=120, error_messages=PLEASE_WRITE)
    data_url = forms.URLField(
        label=_("데이터를 받는 곳"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("파일이나 안내가 있는 주소예요. 파일로 올릴 때는 비워 두고, 저장한 다음 파일을 더해 주세요."),
        error_messages={"invalid": _("https://로 시작하는 주소를 써 주세요.")},
    )
    data_about = forms.CharField(
        label=_("데이터 설명"),
        max_length=3000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("어디에서 언제 모았는지, 한 줄이 무엇인지, 빠진 것은 무엇인지 적어 주세요."),
        error_messages=PLEASE_WRITE,
    )
    licence = forms.ChoiceField(
        label=_("이용 조건"), choices=Licence.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    checklist = forms.MultipleChoiceField(
        label=_("확인 목록"),
        choices=choices_of(POINTS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("모두 확인해야 보낼 수 있어요. 쓰는 동안에는 비워 두어도 저장돼요."),
    )
    contact_name = forms.CharField(label=_("담당자"), max_length=60, error_messages=PLEASE_WRITE)
    contact_email = forms.EmailField(
        label=_("담당자 이메일"),
        help_text=_("기관의 담당자만 보고, 학생에게는 보이지 않아요."),
        error_messages=PLEASE_WRITE,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["host"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = hosts()

    @classmethod
    def initial_of(cls, challenge: Challenge) -> dict[str, Any]:
        return {name: getattr(challenge, name) for name in cls.base_fields}


class FileForm(forms.Form):
    """A file of data, with the conditions and the privacy of this very file."""

    file = forms.FileField(
        label=_("파일"),
        max_length=200,
        help_text=_("표(CSV) 하나, 또는 표와 그림(PNG, JPEG)을 묶은 ZIP. 10MB까지, 풀었을 때 40MB까지 올릴 수 있어요."),
        widget=forms.FileInput({"accept": ".csv,.zip", "data-max-bytes": str(MOST_BYTES)}),
        error_messages=NO_FILE,
    )
    licence = forms.ChoiceField(
        label=_("이 파일의 이용 조건"), choices=Licence.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    checklist = forms.MultipleChoiceField(
        label=_("이 파일에 대해 확인했어요"),
        choices=choices_of(FILE_POINTS),
        widget=forms.CheckboxSelectMultiple,
        error_messages=PLEASE_CHOOSE,
    )

    def clean_checklist(self) -> list[str]:
        checked: list[str] = self.cleaned_data["checklist"]
        if set(FILE_POINTS) - set(checked):
            raise forms.ValidationError(_("모두 확인해야 올릴 수 있어요."))
        return checked

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if (upload := cleaned.get("file")) is not None:
            cleaned["data"] = upload.read()
            try:
                cleaned["inside"] = look_into(cleaned["data"])
            except RefusedDataError as refused:
                self.add_error("file", message(refused.reason, part=refused.part))
        return cleaned

    @property
    def brought(self) -> Brought:
        given = self.cleaned_data
        names = ("data", "inside", "licence", "checklist")
        return Brought(name=given["file"].name, **{name: given[name] for name in names})


class DecideForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("공개할까요?"),
        choices=[("approve", _("공개해요")), ("return", _("고쳐 달라고 해요"))],
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )
    comment = forms.CharField(
        label=_("보낸 기관이 읽을 말"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == "return" and not cleaned.get("comment"):
            self.add_error("comment", _("무엇을 고치면 되는지 써 주세요."))
        return cleaned


class DataForm(forms.Form):
    reason = forms.CharField(
        label=_("데이터를 거두는 까닭"),
        max_length=500,
        help_text=_("이 데이터를 쓰는 모둠과 선생님이 읽어요."),
        error_messages=PLEASE_WRITE,
    )
