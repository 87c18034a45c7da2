"""The form in which staff declare rules: plain fields in, the document of `lib.selection` out, and back."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.calls.definition import FormDefinition
from saem.apps.cohorts.forms import PLEASE_WRITE
from saem.apps.cohorts.models import grade_name
from saem.apps.cohorts.selection.loading import GRADE, NO_ANSWER
from saem.lib.selection import SelectionRules
from saem.lib.selection.rules import Aggregation, Strength, TieRule
from saem.web.languages import reader_language

MOST_STAGES, MOST_QUOTAS, TIES = 8, 20, 3
AMOUNT = re.compile(r"[0-9]{1,7}|[0-9]{1,3}(\.[0-9]{1,2})?%")
AGGREGATIONS = (
    (Aggregation.MEAN.value, _("평균")),
    (Aggregation.TRIMMED.value, _("가장 높은 점수와 가장 낮은 점수를 뺀 평균")),
    (Aggregation.MEDIAN.value, _("가운데 값")),
)


class AmountField(forms.RegexField):
    """People, or a share of the seats: 6 or 30%."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            regex=AMOUNT.pattern + "$", error_messages={"invalid": _("6이나 30%%처럼 써 주세요.")}, **kwargs
        )

    def clean(self, value: object) -> Any:
        text = super().clean(value)
        return int(text) if text and not text.endswith("%") else text or None


class MannerForm(forms.Form):
    """How the selection is held, and the ranking as a whole."""

    seats = forms.IntegerField(label=_("모집 인원"), min_value=0, max_value=100_000)
    reserve = forms.IntegerField(
        label=_("예비 합격 인원"),
        min_value=0,
        max_value=100_000,
        initial=0,
        help_text=_("자리가 나면 이 순서로 넘어가요."),
    )
    tie_1 = forms.ChoiceField(label=_("동점일 때 먼저 볼 것"), required=False)
    tie_2 = forms.ChoiceField(label=_("그래도 동점이면"), required=False)
    tie_3 = forms.ChoiceField(
        label=_("그다음"), required=False, help_text=_("여기까지 같으면 공개 추첨 순서로 정해요.")
    )
    public_source = forms.CharField(
        label=_("추첨에 쓸, 아직 아무도 모르는 값"),
        max_length=200,
        help_text=_("예: 2027년 3월 6일 로또 당첨 번호 여섯 개를 작은 것부터 빈칸으로 띄어 쓴 것"),
        error_messages=PLEASE_WRITE,
    )
    is_blind = forms.BooleanField(
        label=_("블라인드로 심사하기"),
        required=False,
        initial=True,
        help_text=_("심사자에게 이름, 학교, 파일, 추천서를 가리고 답만 보여 줘요."),
    )
    reply_days = forms.IntegerField(label=_("합격 통보 뒤 등록을 정할 날수"), min_value=1, max_value=60, initial=7)
    appeal_days = forms.IntegerField(label=_("이의를 신청할 수 있는 날수"), min_value=1, max_value=60, initial=7)
    reason = forms.CharField(
        label=_("고쳐서 다시 선언하는 까닭"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("지원이 시작된 뒤에 기준을 바꾸면 꼭 써야 해요. 누구나 볼 수 있게 남아요."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("", _("고르지 않음")),
            *(
                (f"stage:{number}", _("%(number)s번째 전형 점수가 높은 사람") % {"number": number})
                for number in range(1, MOST_STAGES + 1)
            ),
            (TieRule.YOUNGER.value, _("더 어린 사람")),
            (TieRule.OLDER.value, _("나이가 더 많은 사람")),
            (TieRule.APPLIED_FIRST.value, _("먼저 지원한 사람")),
        ]
        for number in range(1, TIES + 1):
            field = self.fields[f"tie_{number}"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class StageForm(forms.Form):
    """One stage: what it is worth, what reviewers give numbers for, who goes on."""

    id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    ko = forms.CharField(label=_("전형 이름"), max_length=80, error_messages=PLEASE_WRITE)
    en = forms.CharField(label=_("영어 이름"), max_length=80, required=False)
    weight = forms.IntegerField(
        label=_("비중"),
        min_value=0,
        max_value=1000,
        initial=100,
        help_text=_("다른 전형과 견준 크기예요. 0이면 통과 여부만 봐요."),
    )
    criteria = forms.CharField(
        label=_("평가 항목"),
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
        initial="지원 동기 | Motivation | 10\n꾸준함 | Perseverance | 10",
        help_text=_("한 줄에 하나씩: 이름 | 영어 이름 | 가장 높은 점수 | 비중. 비중을 쓰지 않으면 1이에요."),
        error_messages=PLEASE_WRITE,
    )
    reviews = forms.IntegerField(label=_("지원서마다 심사자 수"), min_value=1, max_value=20, initial=2)
    aggregation = forms.ChoiceField(label=_("심사자들의 점수를 모으는 법"), choices=AGGREGATIONS)
    minimum = forms.DecimalField(label=_("기준 점수(100점 만점)"), required=False, min_value=0, max_value=100)
    disagreement = forms.DecimalField(
        label=_("심사자 사이가 몇 점 넘게 벌어지면 알릴까요?"), required=False, min_value=0, max_value=100, initial=30
    )
    advance = forms.DecimalField(
        label=_("다음 전형으로 가는 사람: 모집 인원의 몇 배"),
        required=False,
        min_value=1,
        max_value=99,
        decimal_places=2,
        help_text=_("마지막 전형에는 쓰지 않아요."),
    )

    def clean_criteria(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for line in str(self.cleaned_data["criteria"]).splitlines():
            if line.strip():
                found.append(criterion_of(line, len(found) + 1))
        if not found:
            raise forms.ValidationError(PLEASE_WRITE["required"])
        return found


def criterion_of(line: str, number: int) -> dict[str, Any]:
    """A criterion from `이름 | English | 10 | 2`. Its id is its place, so that a title may be spelled anew."""
    ko, en, most, weight = [part.strip() for part in (*line.split("|", 3), "", "", "")[:4]]
    try:
        maximum, share = Decimal(most or "100"), int(weight or "1")
    except (ArithmeticError, ValueError) as wrong:
        raise forms.ValidationError(
            _("이 줄의 점수나 비중이 숫자가 아니에요: %(line)s"), params={"line": line}
        ) from wrong
    if not ko or not maximum.is_finite() or not 0 < maximum <= 10_000 or not 1 <= share <= 1000:  # noqa: PLR2004
        raise forms.ValidationError(_("이 줄을 다시 봐 주세요: %(line)s"), params={"line": line})
    return {
        "id": f"c{number}",
        "title": {"ko": ko[:200], "en": (en or ko)[:200]},
        "maximum": str(maximum),
        "weight": share,
    }


class QuotaForm(forms.Form):
    """Some of the seats for some of the people."""

    id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    ko = forms.CharField(label=_("몫의 이름"), max_length=80, error_messages=PLEASE_WRITE)
    en = forms.CharField(label=_("영어 이름"), max_length=80, required=False)
    where = forms.MultipleChoiceField(
        label=_("누구를 위한 몫인가요?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("같은 질문의 답은 그 가운데 하나면 되고, 질문이 여럿이면 모두 맞아야 해요."),
        error_messages={"required": _("하나 이상 골라 주세요.")},
    )
    at_least = AmountField(label=_("적어도"), required=False, help_text=_("6명이면 6, 모집 인원의 30%면 30%"))
    at_most = AmountField(label=_("많아야"), required=False)
    is_target = forms.BooleanField(
        label=_("되도록 지키는 목표"), required=False, help_text=_("표시하지 않으면 꼭 지켜요.")
    )

    def __init__(self, *args: Any, values: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["where"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(values)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if not found.get("at_least") and found.get("at_most") is None and not self.errors:
            self.add_error("at_least", _("적어도 몇 명인지, 많아야 몇 명인지 가운데 하나는 써 주세요."))
        return found


StageFormSet = forms.formset_factory(StageForm, extra=0, min_num=1, max_num=MOST_STAGES, can_delete=True)
QuotaFormSet = forms.formset_factory(QuotaForm, extra=0, max_num=MOST_QUOTAS, can_delete=True)


def values_of(definition: FormDefinition, attributes: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Every answer that a quota may ask about, as `question=value` with its words."""
    language = reader_language()
    words = {"yes": _("동의함"), "no": _("동의하지 않음"), NO_ANSWER: _("답하지 않음")}
    found = []
    for name, values in attributes.items():
        question = definition.question(name)
        label = question.label.in_(language) if question else _("학년") if name == GRADE else name
        options = {one.value: one.label.in_(language) for one in question.options} if question else {}
        for value in values:
            word = options.get(value) or words.get(value) or (grade_name(value) if name == GRADE else value)
            found.append((f"{name}={value}", f"{label}: {word}"))
    return found


def document_of(
    title: Mapping[str, str], manner: Mapping[str, Any], stages: Sequence[Mapping[str, Any]],
    quotas: Sequence[Mapping[str, Any]], attributes: Mapping[str, Sequence[str]],
) -> dict[str, Any]:  # fmt: skip
    """The rules as data. Only attributes that a quota asks about are named: nothing else is looked at."""
    named = with_ids(stages, "s")
    shares = [_quota(one, name) for one, name in zip(quotas, with_ids(quotas, "q"), strict=True)]
    asked = {attribute for one in shares for attribute in one["where"]}
    return {
        "title": dict(title),
        "seats": manner["seats"],
        "stages": [_stage(one, name) for one, name in zip(stages, named, strict=True)],
        "tie_breaks": _ties(manner, named),
        "attributes": {name: list(values) for name, values in attributes.items() if name in asked},
        "quotas": shares,
        "reserve": {"length": manner["reserve"]},
    }


def with_ids(rows: Sequence[Mapping[str, Any]], letter: str) -> list[str]:
    """The ids that rows have, and free ones for new rows: an id stays with its row whatever else changes."""
    taken = [str(row.get("id") or "") for row in rows]
    free = (name for number in range(1, 1000) if (name := f"{letter}{number}") not in taken)
    return [name or next(free) for name in taken]


def _stage(one: Mapping[str, Any], name: str) -> dict[str, Any]:
    advance = one["advance"]
    return {
        "id": name,
        "title": {"ko": one["ko"], "en": one["en"] or one["ko"]},
        "weight": one["weight"],
        "criteria": one["criteria"],
        "reviews": one["reviews"],
        "aggregation": one["aggregation"],
        "minimum": None if one["minimum"] is None else str(one["minimum"]),
        "disagreement": None if one["disagreement"] is None else str(one["disagreement"]),
        "advance": None if advance is None else f"{(advance * 100).normalize():f}%",
    }


def _quota(one: Mapping[str, Any], name: str) -> dict[str, Any]:
    where: dict[str, list[str]] = {}
    for pair in one["where"]:
        attribute, _sign, value = str(pair).partition("=")
        where.setdefault(attribute, []).append(value)
    return {
        "id": name,
        "title": {"ko": one["ko"], "en": one["en"] or one["ko"]},
        "where": where,
        "at_least": one["at_least"] or 0,
        "at_most": one["at_most"],
        "strength": (Strength.TARGET if one["is_target"] else Strength.HARD).value,
    }


def _ties(manner: Mapping[str, Any], stages: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(1, TIES + 1):
        kind, _colon, place = str(manner.get(f"tie_{number}") or "").partition(":")
        if kind == TieRule.STAGE.value:
            # A stage that there is not stays unnamed, and the rules say that it is unknown.
            stage = stages[int(place) - 1] if int(place) <= len(stages) else f"s{place}-missing"
            found.append({"by": kind, "stage": stage})
        elif kind:
            found.append({"by": kind})
    return [*found, {"by": TieRule.LOTTERY.value}]


def initial_of(rules: SelectionRules) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Rules as the form shows them: manner, stages, quotas."""
    places = {stage.id: number for number, stage in enumerate(rules.stages, start=1)}
    ties = [f"stage:{places[tie.stage]}" if tie.stage else tie.by.value for tie in rules.tie_breaks]
    manner: dict[str, Any] = {"seats": rules.seats, "reserve": rules.reserve.length}
    manner |= {f"tie_{number}": tie for number, tie in enumerate(ties, start=1) if tie != TieRule.LOTTERY.value}
    stages = []
    for stage in rules.stages:
        going = rules.advancing(stage)
        share = str(stage.advance)[:-1] if isinstance(stage.advance, str) else None
        advance = Decimal(share) / 100 if share else Decimal(going or 0) / max(rules.seats, 1) or None
        lines = [f"{one.title.ko} | {one.title.en} | {one.maximum} | {one.weight}" for one in stage.criteria]
        stages.append({
            "id": stage.id, "ko": stage.title.ko, "en": stage.title.en, "weight": stage.weight,
            "criteria": "\n".join(lines), "reviews": stage.reviews, "aggregation": stage.aggregation.value,
            "minimum": stage.minimum, "disagreement": stage.disagreement, "advance": advance,
        })  # fmt: skip
    quotas = [
        {
            "id": one.id, "ko": one.title.ko, "en": one.title.en, "at_least": one.at_least or "",
            "at_most": "" if one.at_most is None else one.at_most, "is_target": one.strength is Strength.TARGET,
            "where": [f"{name}={value}" for name, values in one.where.items() for value in values],
        }
        for one in rules.quotas
    ]  # fmt: skip
    return manner, stages, quotas
