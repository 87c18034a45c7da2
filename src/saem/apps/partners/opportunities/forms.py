"""What is offered, to whom it is new, and what a learner is curious about."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saem.apps.catalog.models import Program
from saem.apps.cohorts.forms import PLEASE_CHOOSE, PLEASE_WRITE
from saem.apps.partners.models import OpportunityKind
from saem.apps.partners.opportunities.knowing import skills_to_choose
from saem.apps.partners.posted import InstitutionField, ProgramsField
from saem.apps.partners.queries import hosts
from saem.apps.partners.topics import TOPICS, choices_of
from saem.apps.people.models import Institution

MOST_PLACES = 2000


def moment_field(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, help_text=help_text, error_messages=PLEASE_WRITE)


class OpportunityForm(forms.Form):
    host = InstitutionField(
        label=_("어느 기관의 학생에게 알릴까요?"), queryset=Institution.objects.none(), empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("무엇인가요?"), choices=OpportunityKind.choices, widget=forms.RadioSelect, error_messages=PLEASE_CHOOSE
    )
    title = forms.CharField(label=_("제목"), max_length=120, error_messages=PLEASE_WRITE)
    title_en = forms.CharField(label=_("영어 제목"), max_length=120, required=False)
    about = forms.CharField(
        label=_("안내"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("마크다운으로 쓸 수 있어요. 누구에게 좋은지, 무엇을 하는지, 무엇을 가져오는지 적어 주세요."),
        error_messages=PLEASE_WRITE,
    )
    where = forms.CharField(label=_("장소"), max_length=200, error_messages=PLEASE_WRITE)
    is_outside = forms.TypedChoiceField(
        label=_("학교 밖에서 하나요?"),
        coerce=lambda value: value == "outside",
        choices=[("inside", _("학교 안에서, 또는 온라인으로 해요")), ("outside", _("학교 밖에서 해요"))],
        widget=forms.RadioSelect,
        help_text=_("학교 밖이면 만 14세가 안 된 학생은 보호자가 동의해야 자리가 확정돼요."),
        error_messages=PLEASE_CHOOSE,
    )
    starts_at = moment_field(_("시작"))
    ends_at = moment_field(_("끝"))
    sign_up_until = moment_field(_("신청 마감"))
    places = forms.IntegerField(
        label=_("자리"),
        min_value=1,
        max_value=MOST_PLACES,
        help_text=_("넘치면 차례대로 기다리고, 자리가 나면 넘겨 줘요."),
        error_messages=PLEASE_WRITE,
    )
    topics = forms.MultipleChoiceField(
        label=_("주제"), choices=choices_of(TOPICS), widget=forms.CheckboxSelectMultiple, error_messages=PLEASE_CHOOSE
    )
    programs = ProgramsField(
        label=_("이어지는 프로그램"),
        queryset=Program.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("이 프로그램을 배우는 학생에게 먼저 보여 줘요."),
    )
    skills = forms.MultipleChoiceField(
        label=_("바탕이 되는 성취 요소"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("이것을 숙달한 학생에게 먼저 보여 줘요. 없어도 신청할 수 있어요."),
    )

    def __init__(self, *args: Any, titles: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host, programs, skills = (self.fields[name] for name in ("host", "programs", "skills"))
        assert isinstance(host, forms.ModelChoiceField)
        assert isinstance(programs, ProgramsField)
        assert isinstance(skills, forms.MultipleChoiceField)
        host.queryset = hosts()
        programs.queryset = Program.objects.filter(pk__in=titles).order_by("slug")
        programs.titles = titles
        skills.choices = skills_to_choose()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends, until = (cleaned.get(name) for name in ("starts_at", "ends_at", "sign_up_until"))
        if starts and starts <= timezone.now():
            self.add_error("starts_at", _("앞으로 올 때를 써 주세요."))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("시작보다 뒤여야 해요."))
        if starts and until and until > starts:
            self.add_error("sign_up_until", _("시작하기 전에 마감해야 해요."))
        if until and until <= timezone.now():
            self.add_error("sign_up_until", _("앞으로 올 때를 써 주세요."))
        return cleaned


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=pgettext_lazy("opportunity", "취소하는 까닭"),
        max_length=300,
        help_text=_("신청한 사람이 모두 읽어요."),
        error_messages=PLEASE_WRITE,
    )


class PlacesForm(forms.Form):
    places = forms.IntegerField(label=_("자리"), min_value=1, max_value=MOST_PLACES, error_messages=PLEASE_WRITE)


class InterestForm(forms.Form):
    topics = forms.MultipleChoiceField(
        label=_("궁금한 주제"), choices=choices_of(TOPICS), required=False, widget=forms.CheckboxSelectMultiple
    )


def soon(days: int, hour: int) -> dt.datetime:
    """A day ahead at a full hour, to begin with."""
    day = timezone.localtime() + dt.timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
