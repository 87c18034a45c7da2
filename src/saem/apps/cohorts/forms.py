"""The forms of joining a class and of running classes and cohorts."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Classroom
from saem.apps.cohorts.services import EntryStatus
from saem.apps.cohorts.spelling import code_of, nickname_of, pin_of
from saem.apps.people.models import Institution

NICKNAME_MAX = 20
NAME_MAX = 60
# A tablet must neither correct a nickname nor offer to remember a PIN for the next child.
PLAIN_TYPING = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}

PLEASE_WRITE = {"required": _("여기를 써 주세요.")}
PLEASE_CHOOSE = {"required": _("하나를 골라 주세요.")}

ENTRY_WORDS: dict[EntryStatus, str | Promise] = {
    EntryStatus.WRONG_PIN: _(
        "이 별명은 우리 학급에서 이미 쓰고 있어요. 내 별명이 맞으면 PIN을 다시 써 보고, 처음이라면 다른 별명을"
        " 골라 주세요. PIN이 기억나지 않으면 선생님께 말씀드려요."
    ),
    EntryStatus.EASY_PIN: _(
        "친구가 금방 맞힐 수 있는 PIN이에요. 1234나 1111처럼 쉬운 것 말고 다른 숫자로 골라 주세요."
    ),
    EntryStatus.CLOSED: _(
        "별명이나 PIN이 맞지 않아요. 전에 쓰던 그대로 써 보세요. 처음 왔다면 선생님께 말씀드려요."
        " 지금은 새 학생을 받지 않아요."
    ),
    EntryStatus.REMOVED: _("선생님이 이 학급에서 뺀 계정이에요. 다시 들어오려면 선생님께 말씀드려요."),
    EntryStatus.TAKEN: _("이 별명은 우리 학급에서 이미 쓰고 있어요. 다른 별명을 골라 주세요."),
    EntryStatus.LIMITED: _(
        "여러 번 맞지 않아서 잠시 쉬어야 해요. 5분 뒤에 다시 해 보거나, 선생님께 PIN을 새로 받으세요."
    ),
}
WRONG_PIN_FORM = _("PIN은 숫자 4개에서 6개예요.")
NICKNAME_TAKEN = _("이 학급에 같은 별명을 쓰는 학생이 있어요. 다른 별명을 써 주세요.")
CLASSROOM_TAKEN = _("이 기수에 같은 이름의 학급이 있어요. 다른 이름을 써 주세요.")


class NicknameField(forms.CharField):
    """A nickname, spelled one way."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs=PLAIN_TYPING)
        words = {"required": _("별명을 써 주세요."), "max_length": _("별명은 20자까지 쓸 수 있어요.")}
        super().__init__(label=_("별명"), max_length=NICKNAME_MAX, widget=widget, error_messages=words, **kwargs)

    def clean(self, value: Any) -> str:
        nickname = nickname_of(super().clean(value))
        if not nickname:
            raise forms.ValidationError(_("눈에 보이는 글자로 별명을 써 주세요."))
        if len(nickname) > NICKNAME_MAX:
            raise forms.ValidationError(self.error_messages["max_length"])
        return nickname


class CodeForm(forms.Form):
    """The class code alone; what it means is for the database to say."""

    code = forms.CharField(
        label=_("참여 코드"),
        max_length=40,
        help_text=_("선생님이 알려 준 글자와 숫자 6개예요. 큰 글자, 작은 글자를 가리지 않아요."),
        widget=forms.TextInput(attrs=PLAIN_TYPING | {"inputmode": "text", "enterkeyhint": "go"}),
        error_messages={"required": _("참여 코드를 써 주세요."), "max_length": _("코드는 글자와 숫자 6개예요.")},
    )

    def clean_code(self) -> str:
        code = code_of(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("코드는 글자와 숫자 6개예요. 빠진 것이 없는지 다시 봐 주세요."))
        return code

    def refuse(self) -> None:
        """Say that no class has the code; with the signs that no code ever has, that they are the likely slip."""
        self.add_error(
            "code",
            _(
                "이 코드를 쓰는 학급이 없어요. 숫자 0과 1, 글자 O, I, L은 코드에 쓰지 않아요."
                " 비슷하게 생긴 글자를 다시 봐 주세요."
            )
            if set(self.cleaned_data["code"]) & set("01OIL")
            else _("이 코드를 쓰는 학급이 없어요. 한 글자씩 다시 봐 주세요. 선생님이 코드를 바꿨을 수도 있어요."),
        )

    def refuse_for_now(self) -> None:
        self.add_error("code", _("맞지 않는 코드가 너무 많았어요. 10분 뒤에 다시 해 주세요."))


class PupilForm(forms.Form):
    """Nickname and PIN on one page. `is_new` comes with the second button, after a nickname nobody has."""

    nickname = NicknameField(
        help_text=_("다음에도 똑같이 써야 하니 기억하기 쉬운 것으로 해요. 진짜 이름이 아니어도 돼요.")
    )
    pin = forms.CharField(
        label=_("PIN 번호"),
        max_length=20,
        help_text=_("숫자 4개에서 6개. 처음이면 나만 아는 숫자로 정하고, 전에 왔으면 그때 쓴 숫자를 써요."),
        widget=forms.TextInput(attrs=PLAIN_TYPING | {"inputmode": "numeric", "enterkeyhint": "go"}),
        error_messages={"required": _("PIN을 써 주세요."), "max_length": WRONG_PIN_FORM},
    )
    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_pin(self) -> str:
        pin = pin_of(self.cleaned_data["pin"])
        if not pin:
            raise forms.ValidationError(str(WRONG_PIN_FORM))
        return pin

    def refuse(self, status: EntryStatus) -> None:
        field = {EntryStatus.EASY_PIN: "pin", EntryStatus.WRONG_PIN: "pin", EntryStatus.TAKEN: "nickname"}.get(status)
        self.add_error(field, str(ENTRY_WORDS[status]))


class AccountForm(forms.Form):
    """Joining with an account of one's own: only how the class calls one."""

    nickname = NicknameField(help_text=_("학급과 순위표에서 이 별명으로 보여요."))

    def refuse(self, status: EntryStatus) -> None:
        self.add_error("nickname" if status is EntryStatus.TAKEN else None, str(ENTRY_WORDS[status]))


class DateField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class CohortForm(forms.Form):
    """What may be changed about a cohort at any time."""

    title = forms.CharField(
        label=_("이름"), max_length=120, error_messages=PLEASE_WRITE, help_text=_("예: 2026학년도 1학기, 3기")
    )
    title_en = forms.CharField(label=_("영어 이름"), max_length=120, required=False)
    starts_on = DateField(label=_("시작일"), error_messages={"required": _("날짜를 골라 주세요.")})
    ends_on = DateField(label=_("종료일"), required=False)

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if isinstance(starts_on, dt.date) and isinstance(ends_on, dt.date) and ends_on < starts_on:
            self.add_error("ends_on", _("종료일이 시작일보다 앞서요."))
        return values


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: Version) -> str:
        return _("%(title)s · %(number)s판") % {"title": obj.local_title, "number": obj.number}


class InstitutionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: Institution) -> str:
        return obj.local_name


class NewCohortForm(CohortForm):
    """A new cohort: also who runs it and which published version it keeps to the end."""

    institution = InstitutionField(
        label=_("기관"), queryset=Institution.objects.none(), empty_label=None, error_messages=PLEASE_CHOOSE
    )
    version = VersionField(
        label=_("진행할 프로그램"),
        queryset=Version.objects.none(),
        error_messages=PLEASE_CHOOSE,
        help_text=_("기수가 끝날 때까지 이 판으로 진행해요. 나중에 새 판이 나와도 바뀌지 않아요."),
    )
    field_order = ("institution", "version", "title", "title_en", "starts_on", "ends_on")

    def __init__(
        self, *args: Any, institutions: QuerySet[Institution], versions: QuerySet[Version], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, QuerySet[Any]] = {"institution": institutions, "version": versions}
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset


class TeacherForm(forms.Form):
    teacher_name = forms.CharField(label=_("선생님 이름"), max_length=NAME_MAX, error_messages=PLEASE_WRITE)
    teacher_email = forms.EmailField(
        label=_("선생님 이메일"),
        help_text=_("계정이 없으면 만들고, 비밀번호를 정하는 링크를 보내요."),
        error_messages=PLEASE_WRITE,
    )


class NewClassroomForm(TeacherForm):
    """A classroom, and its teacher if known already."""

    name = forms.CharField(
        label=_("학급 이름"), max_length=80, error_messages=PLEASE_WRITE, help_text=_("예: 2학년 3반")
    )
    teacher_name = forms.CharField(label=_("선생님 이름"), max_length=NAME_MAX, required=False)
    teacher_email = forms.EmailField(
        label=_("선생님 이메일"),
        required=False,
        help_text=_("계정이 없으면 만들고, 비밀번호를 정하는 링크를 보내요. 나중에 초대해도 돼요."),
    )
    field_order = ("name", "teacher_name", "teacher_email")

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("teacher_email") and not values.get("teacher_name"):
            self.add_error("teacher_name", _("초대할 선생님의 이름도 써 주세요."))
        if values.get("teacher_name") and "teacher_email" in values and not values["teacher_email"]:
            self.add_error("teacher_email", _("초대할 선생님의 이메일도 써 주세요."))
        return values


class ClassroomForm(forms.Form):
    name = forms.CharField(label=_("학급 이름"), max_length=80, error_messages=PLEASE_WRITE)
    join_open = forms.BooleanField(
        label=_("새 학생 받기"),
        required=False,
        help_text=_("모두 들어왔으면 꺼 두세요. 이미 들어온 학생은 그대로 들어올 수 있어요."),
    )


class RenameForm(forms.Form):
    nickname = NicknameField()


class MoveForm(forms.Form):
    classroom = forms.ModelChoiceField(
        label=_("옮길 학급"), queryset=Classroom.objects.none(), empty_label=None, error_messages=PLEASE_CHOOSE
    )

    def __init__(self, *args: Any, classrooms: QuerySet[Classroom], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["classroom"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = classrooms
