"""The forms around an application: facts, recommender, guardian, and what staff fill in."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.calls.documents import MOST_BYTES
from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE, DateField
from saem.apps.cohorts.models import (
    GRADES,
    RETENTION_YEARS,
    Audience,
    Call,
    ConsentWay,
    RetentionBasis,
    grade_name,
)

NAME_MAX = 60
OLDEST = 110
PHONE_OR_MAIL = _("전화번호나 이메일 가운데 하나를 써 주세요.")


def grade_choices(codes: list[str]) -> list[tuple[str, str]]:
    return [(code, grade_name(code)) for code in GRADES if not codes or code in codes]


class FactsForm(forms.Form):
    """Who applies. Nothing more is asked before the form itself."""

    name = forms.CharField(
        label=_("이름"),
        max_length=NAME_MAX,
        error_messages=PLEASE_WRITE,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    birth_date = DateField(
        label=_("생년월일"),
        help_text=_("지원 자격을 확인하고, 만 14세가 안 됐다면 보호자 동의를 받는 데 써요."),
        error_messages=PLEASE_WRITE | {"invalid": _("날짜를 2011-03-02처럼 써 주세요.")},
    )
    grade = forms.ChoiceField(label=_("학년"), error_messages=PLEASE_CHOOSE)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if call.audience == Audience.TEACHER:
            del self.fields["grade"]
            self.fields["birth_date"].help_text = _("지원 자격을 확인하는 데 써요.")
        else:
            grade = self.fields["grade"]
            assert isinstance(grade, forms.ChoiceField)
            grade.choices = [("", _("골라 주세요")), *grade_choices(call.grades)]

    def clean_birth_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["birth_date"]
        if not timezone.localdate() - dt.timedelta(days=366 * OLDEST) < day < timezone.localdate():
            raise forms.ValidationError(_("생년월일을 다시 봐 주세요."))
        return day

    def facts(self) -> dict[str, Any]:
        return {"grade": "", **self.cleaned_data}


class RecommenderForm(forms.Form):
    name = forms.CharField(label=_("추천해 줄 분의 이름"), max_length=NAME_MAX, error_messages=PLEASE_WRITE)
    email = forms.EmailField(
        label=_("추천해 줄 분의 이메일"),
        help_text=_("이 주소로 추천서를 쓰는 링크를 보내요."),
        error_messages=PLEASE_WRITE,
    )
    role = forms.CharField(
        label=_("나와 어떤 사이인가요?"),
        max_length=NAME_MAX,
        help_text=_("예: 담임 선생님, 정보 선생님, 학교장"),
        error_messages=PLEASE_WRITE,
    )


def contact_help() -> str:
    if settings.SMS_SENDER:
        return gettext("이메일이나 휴대전화 번호를 쓰면 동의를 묻는 링크를 바로 보내요.")
    return gettext("이메일을 쓰면 동의를 묻는 편지를 바로 보내요. 전화번호를 쓰면 종이 동의서로 받아요.")


class GuardianForm(forms.Form):
    """All that a child may be asked before the guardian agrees: who the guardian is and how to reach them."""

    name = forms.CharField(label=_("보호자 이름"), max_length=NAME_MAX, error_messages=PLEASE_WRITE)
    relation = forms.CharField(
        label=_("나와의 관계"), max_length=30, help_text=_("예: 어머니, 아버지, 할머니"), error_messages=PLEASE_WRITE
    )
    contact = forms.CharField(
        label=_("보호자 이메일이나 전화번호"),
        max_length=120,
        help_text=lazy(contact_help, str)(),
        error_messages=PLEASE_WRITE,
    )

    def clean_contact(self) -> str:
        contact = str(self.cleaned_data["contact"]).strip()
        if "@" in contact:
            return str(forms.EmailField().clean(contact)).lower()
        if sum(sign.isdecimal() for sign in contact) < 8:  # noqa: PLR2004  # no shorter number exists in Korea
            raise forms.ValidationError(PHONE_OR_MAIL)
        return contact


class RecommendationForm(forms.Form):
    statement = forms.CharField(
        label=_("추천하는 까닭"),
        max_length=3000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("지원자가 이 과정에서 잘 배울 수 있다고 보는 까닭을 써 주세요. 3,000자까지 쓸 수 있어요."),
        error_messages={"max_length": _("3,000자까지 쓸 수 있어요.")},
    )
    answer = forms.ChoiceField(
        label=_("추천할까요?"),
        choices=[("recommend", _("추천해요")), ("decline", _("추천서를 쓰지 않을래요"))],
        widget=forms.RadioSelect,
        error_messages=PLEASE_CHOOSE,
    )

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("answer") == "recommend" and "statement" in values and not values["statement"].strip():
            self.add_error("statement", _("추천하는 까닭을 써 주세요."))
        return values


class DateTimeField(forms.DateTimeField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        super().__init__(widget=widget, **kwargs)


def retention_choices(call: Call | None) -> list[tuple[int, str]]:
    """How long applications may be kept. Whoever has read a published call was promised no longer time than it says."""
    longest = call.retention_years if call is not None and call.published_at else max(RETENTION_YEARS)
    return [
        (years, ngettext("%(years)s년", "%(years)s년", years) % {"years": years})
        for years in RETENTION_YEARS
        if years <= longest
    ]


class CallForm(forms.Form):
    """A call as staff write it; the form that applicants fill in is built on a page of its own."""

    title = forms.CharField(label=_("제목"), max_length=120, error_messages=PLEASE_WRITE)
    title_en = forms.CharField(label=_("영어 제목"), max_length=120, required=False)
    audience = forms.ChoiceField(label=_("누가 지원하나요?"), choices=Audience.choices, widget=forms.RadioSelect)
    opens_at = DateTimeField(label=_("지원 시작"), error_messages=PLEASE_WRITE)
    closes_at = DateTimeField(label=_("지원 마감"), error_messages=PLEASE_WRITE)
    grace_minutes = forms.IntegerField(
        label=_("마감 뒤 여유(분)"),
        min_value=0,
        max_value=720,
        initial=0,
        help_text=_("느린 인터넷 때문에 몇 분 늦은 지원서도 받아요. 지원자에게도 알려 줘요."),
    )
    followup_days = forms.IntegerField(
        label=_("추천서와 동의를 더 받는 날수"),
        min_value=0,
        max_value=90,
        initial=7,
        help_text=_("마감 뒤로 며칠까지 받나요?"),
    )
    seats = forms.IntegerField(label=_("모집 인원"), min_value=1, max_value=100_000)
    summary = forms.CharField(
        label=_("안내"),
        required=False,
        widget=forms.Textarea,
        max_length=20_000,
        help_text=_("마크다운으로 쓸 수 있어요."),
    )
    summary_en = forms.CharField(label=_("영어 안내"), required=False, widget=forms.Textarea, max_length=20_000)
    eligibility = forms.CharField(label=_("지원 자격"), required=False, widget=forms.Textarea, max_length=4000)
    eligibility_en = forms.CharField(label=_("영어 지원 자격"), required=False, widget=forms.Textarea, max_length=4000)
    born_from = DateField(label=_("생년월일: 이날부터"), required=False)
    born_until = DateField(label=_("생년월일: 이날까지"), required=False)
    grades = forms.MultipleChoiceField(
        label=_("지원할 수 있는 학년"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("하나도 고르지 않으면 모든 학년이 지원해요."),
    )
    needs_recommendation = forms.BooleanField(label=_("추천서 받기"), required=False)
    recommendation_prompt = forms.CharField(
        label=_("추천인에게 묻는 말"), required=False, widget=forms.Textarea, max_length=2000
    )
    recommendation_prompt_en = forms.CharField(
        label=_("추천인에게 묻는 말(영어)"), required=False, widget=forms.Textarea, max_length=2000
    )
    guardian_text = forms.CharField(
        label=_("보호자 동의서"),
        required=False,
        widget=forms.Textarea,
        max_length=10_000,
        help_text=_("비워 두면 기본 동의서를 써요. 고친 동의서는 그 뒤에 동의하는 보호자부터 쓰여요."),
    )
    guardian_text_en = forms.CharField(
        label=_("보호자 동의서(영어)"), required=False, widget=forms.Textarea, max_length=10_000
    )

    retention_years = forms.TypedChoiceField(
        label=_("지원서 보관 기간"),
        coerce=int,
        initial=RETENTION_YEARS[0],
        help_text=_(
            "결과를 발표한 날부터 세고, 합격해서 참여하는 사람은 과정이 끝난 날부터 세요. 지나면 밤에 저절로 지워요. "
            "공개한 뒤에는 줄일 수만 있어요."
        ),
        error_messages=PLEASE_CHOOSE,
    )
    retention_basis = forms.ChoiceField(
        label=_("보관하는 근거"), choices=RetentionBasis.choices, initial=RetentionBasis.LAWSUIT
    )

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grades, years = self.fields["grades"], self.fields["retention_years"]
        assert isinstance(grades, forms.MultipleChoiceField)
        assert isinstance(years, forms.ChoiceField)
        grades.choices = grade_choices([])
        years.choices = retention_choices(call)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        pairs = (
            ("opens_at", "closes_at", _("마감이 시작보다 앞서거나 같아요.")),
            ("born_from", "born_until", _("끝나는 날이 시작하는 날보다 앞서요.")),
        )
        for first, last, words in pairs:
            begin, end = values.get(first), values.get(last)
            if begin and end and (end < begin or (first == "opens_at" and end == begin)):
                self.add_error(last, words)
        return values


class ConsentRecordForm(GuardianForm):
    """A consent that came on paper, by mail or by phone, as staff record it."""

    name = forms.CharField(label=_("보호자 이름"), max_length=NAME_MAX, error_messages=PLEASE_WRITE)
    relation = forms.CharField(label=_("학생과의 관계"), max_length=30, error_messages=PLEASE_WRITE)
    contact = forms.CharField(label=_("보호자 연락처"), max_length=120, error_messages=PLEASE_WRITE)
    way = forms.ChoiceField(
        label=_("확인한 방법"), choices=ConsentWay.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    given_at = DateTimeField(label=_("동의한 때"), error_messages=PLEASE_WRITE)
    file = forms.FileField(
        label=_("증빙 파일"),
        required=False,
        max_length=200,
        help_text=_("서명한 동의서를 찍은 사진이나 회신을 저장한 파일. PDF, PNG, JPEG, HWPX, DOCX, 10MB까지."),
        widget=forms.FileInput({"data-max-bytes": str(MOST_BYTES), "accept": ".pdf,.png,.jpg,.jpeg,.hwpx,.docx"}),
    )
    note = forms.CharField(
        label=_("메모"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("회신 내용이나 통화한 시각처럼 증빙이 될 만한 것"),
    )

    def clean_given_at(self) -> dt.datetime:
        given: dt.datetime = self.cleaned_data["given_at"]
        if given > timezone.now() + dt.timedelta(minutes=5):
            raise forms.ValidationError(_("아직 오지 않은 때예요."))
        return given


class ApplicationFilter(forms.Form):
    """What a list of applications is narrowed by; nonsense narrows nothing."""

    q = forms.CharField(label=_("이름이나 접수 번호"), required=False, max_length=60)
    show = forms.ChoiceField(
        label=_("어떤 지원서"),
        required=False,
        choices=[
            ("", _("제출된 지원서 모두")),
            ("complete", _("다 갖춘 지원서")),
            ("waiting", _("추천서나 동의를 기다리는 지원서")),
            ("withdrawn", _("취소한 지원서")),
        ],
    )
