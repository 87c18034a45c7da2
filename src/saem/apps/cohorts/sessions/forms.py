"""The forms of planning a session, of typing a code, and of an attendance sheet."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.forms import PLAIN_TYPING, PLEASE_WRITE, DateField
from saem.apps.cohorts.models import Classroom, Cohort, Session
from saem.apps.cohorts.sessions.planning import Meeting
from saem.apps.cohorts.spelling import code_of
from saem.lib.completion import PlanError, session_on
from saem.lib.completion import Session as Planned

MOST_WEEKS = 40
MOST_BREAKS = 10
SHEET_MAX_BYTES = 5 * 2**20
BREAK = re.compile(r"(\d{1,2}):(\d{2})\s*[-~–]\s*(\d{1,2}):(\d{2})")


class TimeField(forms.TimeField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), error_messages=PLEASE_WRITE, **kwargs
        )


class SessionForm(forms.Form):
    """A session, or the first of a weekly series. Times are read on the clock of the site's zone."""

    title = forms.CharField(
        label=_("제목"), max_length=120, help_text=_("예: 1차시 · 날씨 자료 살펴보기"), error_messages=PLEASE_WRITE
    )
    title_en = forms.CharField(label=_("영어 제목"), max_length=120, required=False)
    classroom = forms.ModelChoiceField(
        label=_("누구의 차시인가요?"), queryset=Classroom.objects.none(), required=False, empty_label=_("기수 전체")
    )
    day = DateField(label=_("날짜"), error_messages=PLEASE_WRITE)
    start = TimeField(label=_("시작"))
    end = TimeField(label=_("끝"))
    breaks = forms.CharField(
        label=_("쉬는 시간"),
        required=False,
        max_length=200,
        help_text=_("출석 시간으로 세지 않아요. 여러 번이면 쉼표로 나눠요. 예: 10:50-11:00, 11:50-12:00"),
    )
    room = forms.CharField(label=_("장소"), required=False, max_length=120)
    online_url = forms.URLField(
        label=_("온라인 주소"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("https://로 시작하는 주소를 써 주세요.")},
    )
    weeks = forms.IntegerField(
        label=_("매주 몇 번 할까요?"),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        help_text=_("한 번이면 1을 써요. 같은 요일, 같은 시각으로 만들어요."),
    )

    def __init__(self, *args: Any, cohort: Cohort, classrooms: QuerySet[Classroom] | None, **kwargs: Any) -> None:
        """Without `classrooms` the class is settled already; without a series there is no `weeks`."""
        is_series = kwargs.pop("is_series", True)
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        self.planned: list[Planned] = []
        field = self.fields["classroom"]
        assert isinstance(field, forms.ModelChoiceField)
        if classrooms is None:
            del self.fields["classroom"]
        else:
            field.queryset = classrooms
        if not is_series:
            del self.fields["weeks"]

    def clean_breaks(self) -> list[tuple[dt.time, dt.time]]:
        text = str(self.cleaned_data["breaks"]).strip().strip(",")
        if not text:
            return []
        parts = [BREAK.fullmatch(part.strip()) for part in text.split(",")]
        try:
            found = [(dt.time(int(m[1]), int(m[2])), dt.time(int(m[3]), int(m[4]))) for m in parts if m is not None]
        except ValueError:
            found = []
        if len(found) != len(parts) or len(found) > MOST_BREAKS:
            raise forms.ValidationError(_("쉬는 시간을 10:50-11:00처럼 써 주세요."))
        return found

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        day, start, end = (values.get(name) for name in ("day", "start", "end"))
        if day is None or start is None or end is None or "breaks" not in values:
            return values
        if end <= start:
            self.add_error("end", _("끝나는 시각이 시작보다 앞서거나 같아요."))
        elif any(not start <= first < last <= end for first, last in values["breaks"]):
            self.add_error("breaks", _("쉬는 시간은 시작과 끝 사이에 있어야 해요."))
        else:
            self._plan(day, start, end, values["breaks"], values.get("weeks") or 1)
        return values

    def _plan(
        self, day: dt.date, start: dt.time, end: dt.time, breaks: list[tuple[dt.time, dt.time]], weeks: int
    ) -> None:
        """Each week by the clock on the wall, so that a clock change in between moves nothing."""
        try:
            self.planned = [
                session_on("new", day + dt.timedelta(weeks=week), start, end, breaks=breaks, zone=settings.TIME_ZONE)
                for week in range(weeks)
            ]
        except PlanError:
            self.add_error("start", _("시계를 바꾸는 날이라 이 시각이 없어요. 다른 시각을 골라 주세요."))
        if any(not times.seconds for times in self.planned):
            self.add_error("breaks", _("쉬는 시간을 빼면 남는 시간이 없어요."))

    def meetings(self) -> list[Meeting]:
        texts = {name: self.cleaned_data[name] for name in ("title", "title_en", "room", "online_url")}
        return [Meeting(times=times, **texts) for times in self.planned]


def initial_of(session: Session) -> dict[str, Any]:
    """What the form of an existing session begins with."""
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    pauses = ["-".join(f"{timezone.localtime(moment):%H:%M}" for moment in pair) for pair in session.pauses]
    return {
        **{name: getattr(session, name) for name in ("title", "title_en", "room", "online_url")},
        "day": start.date(),
        "start": start.time(),
        "end": end.time(),
        "breaks": ", ".join(pauses),
    }


class TypedCodeForm(forms.Form):
    """The six signs under the QR code, for a phone without a camera."""

    code = forms.CharField(
        label=_("출석 코드"),
        max_length=40,
        help_text=_("선생님 화면에 보이는 글자와 숫자 6개예요. 30초마다 바뀌어요."),
        widget=forms.TextInput(attrs=PLAIN_TYPING | {"inputmode": "text", "enterkeyhint": "go"}),
        error_messages={"required": _("출석 코드를 써 주세요."), "max_length": _("코드는 글자와 숫자 6개예요.")},
    )

    def clean_code(self) -> str:
        code = code_of(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("코드는 글자와 숫자 6개예요. 빠진 것이 없는지 다시 봐 주세요."))
        return code


class SheetForm(forms.Form):
    """An attendance sheet that comes back."""

    file = forms.FileField(
        label=_("출석부 파일"),
        max_length=200,
        help_text=_("여기에서 받아 고친 엑셀 파일(XLSX), 5MB까지."),
        widget=forms.FileInput({"data-max-bytes": str(SHEET_MAX_BYTES), "accept": ".xlsx"}),
        error_messages={"required": _("파일을 골라 주세요."), "empty": _("파일이 비어 있어요.")},
    )


class ListFilter(forms.Form):
    """What the list is narrowed by; nonsense narrows nothing."""

    q = forms.CharField(label=_("이름"), required=False, max_length=60)
