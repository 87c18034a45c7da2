"""What is asked of people who form, join and run a team."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLAIN_TYPING, PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.cohorts.models import Enrolment
from saem.apps.cohorts.spelling import code_of, nickname_of
from saem.apps.projects.models import Team
from saem.apps.projects.models.teams import LONGEST_LINE, LONGEST_NAME, LONGEST_REFLECTION
from saem.apps.projects.teams.journal import Lines


class TeamNameForm(forms.Form):
    """A new team."""

    name = forms.CharField(
        label=_("모둠 이름"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs=PLAIN_TYPING),
        help_text=_("학급 모두에게 보여요. 사람 이름은 쓰지 않는 게 좋아요."),
        error_messages=PLEASE_WRITE,
    )

    def clean_name(self) -> str:
        name = nickname_of(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("눈에 보이는 글자로 모둠 이름을 써 주세요."))
        return name


class ArrangeForm(TeamNameForm):
    """A team that a teacher makes of students who have none."""

    students = forms.MultipleChoiceField(
        label=_("함께할 학생"), widget=forms.CheckboxSelectMultiple, error_messages=PLEASE_CHOOSE
    )

    def __init__(self, *args: Any, students: Iterable[Enrolment], most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key, self.most = {str(student.pk): student for student in students}, most
        field = choice(self, "students")
        field.choices = [(key, student.nickname) for key, student in self.by_key.items()]
        field.help_text = _("%(most)s명까지 고를 수 있어요.") % {"most": most}

    def clean_students(self) -> list[Enrolment]:
        chosen = [self.by_key[key] for key in self.cleaned_data["students"]]
        if len(chosen) > self.most:
            raise forms.ValidationError(_("%(most)s명까지 고를 수 있어요."), params={"most": self.most})
        return chosen


class TeamCodeForm(forms.Form):
    """A team's code, however it was typed."""

    code = forms.CharField(
        label=_("모둠 코드"),
        max_length=40,
        widget=forms.TextInput(attrs=PLAIN_TYPING),
        help_text=_("모둠 친구에게 물어보세요. 여섯 글자예요."),
        error_messages=PLEASE_WRITE,
    )

    def clean_code(self) -> str:
        code = code_of(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("모둠 코드는 영어 글자와 숫자 여섯 개예요. 다시 확인해 주세요."))
        return code


class InviteForm(forms.Form):
    """A classmate who is in no team yet."""

    enrolment = forms.ChoiceField(label=_("초대할 친구"), error_messages=PLEASE_CHOOSE)

    def __init__(self, *args: Any, students: Iterable[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.students = {str(student.pk): student for student in students}
        choices = [(key, student.nickname) for key, student in self.students.items()]
        choice(self, "enrolment").choices = [("", _("골라 주세요")), *choices]

    @property
    def chosen(self) -> Enrolment:
        return self.students[self.cleaned_data["enrolment"]]


class MergeForm(forms.Form):
    """Another team of the class to go on with."""

    into = forms.ChoiceField(label=_("함께할 모둠"), error_messages=PLEASE_CHOOSE)

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        choice(self, "into").choices = [("", _("골라 주세요")), *((key, team.name) for key, team in self.teams.items())]

    @property
    def chosen(self) -> Team:
        return self.teams[self.cleaned_data["into"]]


def line(label: Any) -> forms.CharField:
    """One of the three lines; it may run over the edge of a phone, so that the whole of it is seen."""
    widget = forms.Textarea({"rows": 2})
    return forms.CharField(label=label, max_length=LONGEST_LINE, widget=widget, error_messages=PLEASE_WRITE)


class LogForm(forms.Form):
    """The three lines of a week, and which ones the writer had before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    done = line(_("이번 주에 한 일"))
    learned = line(_("알게 된 것, 막힌 것"))
    plan = line(_("다음에 할 일"))

    @property
    def lines(self) -> Lines:
        given = self.cleaned_data
        return Lines(done=given["done"], learned=given["learned"], plan=given["plan"])


class TeamReflectionForm(forms.Form):
    """One's own reflection, for the teacher alone."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("나의 성찰"),
        max_length=LONGEST_REFLECTION,
        widget=forms.Textarea({"rows": 10}),
        help_text=_(
            "내가 맡은 일, 모둠에서 잘된 것과 어려웠던 것, 다음에 다르게 할 것을 솔직하게 써요."
            " 모둠 친구들에게는 보이지 않아요."
        ),
        error_messages=PLEASE_WRITE,
    )


def choice(form: forms.Form, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field
