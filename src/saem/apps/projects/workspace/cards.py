"""Data card and model card as guided forms; what they say is looked at against the files and verdicts they name."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.queries import assignment_of
from saem.apps.cohorts.forms import PLEASE_WRITE
from saem.apps.projects.contents import titled_baselines
from saem.apps.projects.milestones.evidence import Given
from saem.apps.projects.milestones.formats import RefusedFileError, rows_of
from saem.apps.projects.milestones.forms import EvidenceForm
from saem.apps.projects.models import EvidenceKind, Submission, SubmissionState
from saem.apps.projects.queries import rule_of
from saem.apps.projects.teams.forms import choice
from saem.apps.projects.teams.queries import Access
from saem.apps.projects.workspace.claims import Finding, look_at_score, look_at_table
from saem.apps.projects.workspace.experiments import score_of, submissions_of
from saem.apps.projects.workspace.tables import table_bytes, tables_of
from saem.web.messages import message, words_of

LONGEST = 1500
MOST_COLUMNS = 200
MOST_SUBMISSIONS = 50


def words(label: Any, help_text: Any = "", *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages=PLEASE_WRITE,
    )


class CardForm(EvidenceForm):
    """A card: its answers, and what was found when they were looked at."""

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.access = access
        self.findings: list[Finding] = []

    def card(self) -> dict[str, object]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def given(self) -> Given:
        return Given(kind=self.kind, card=self.card(), findings=[each.as_dict() for each in self.findings])


class DataCardForm(CardForm):
    """Where data comes from, whether it may be used, who is missing; with a table, its rows and columns are counted."""

    kind = EvidenceKind.DATA_CARD
    source = words(_("어디서 온 데이터인가요?"), _("기관, 사이트, 또는 우리가 모은 방법"))
    licence = words(_("써도 되는 까닭"), _("이용 조건이나 허락. 사람에게서 모았다면 어떻게 동의를 받았나요?"))
    collected = words(_("언제, 어떻게 모았나요?"))
    people = words(_("사람에 관한 것이 있나요?"), _("누구인지 알 수 있는 것은 지웠나요? 없으면 없다고 써요."))
    missing = words(_("누가, 무엇이 빠졌나요?"))
    table = forms.ChoiceField(
        label=_("견주어 볼 표"), required=False, help_text=_("고르면 아래에 쓴 것이 표와 맞는지 살펴봐요.")
    )
    rows = forms.IntegerField(
        label=_("몇 줄인가요?"), min_value=0, max_value=100_000_000, help_text=_("제목 줄은 세지 않아요.")
    )
    columns = forms.CharField(
        label=_("어떤 열이 있나요?"),
        max_length=8000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("열 이름을 한 줄에 하나씩, 또는 쉼표로 나누어 써요."),
        error_messages=PLEASE_WRITE,
    )
    blanks = forms.BooleanField(label=_("빈 칸이 있어요"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables_of(self.access.team, self.access.project)
        named = [(key, words_of(name)) for key, name in self.tables.items()]
        # A table that is gone from the list since stays readable on the card, and may not be chosen anew.
        choice(self, "table").choices = [("", _("견주지 않기")), *named]
        if isinstance(self.initial.get("columns"), list):
            self.initial["columns"] = "\n".join(self.initial["columns"])

    def clean_columns(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["columns"].replace(",", "\n").splitlines()]
        found = list(dict.fromkeys(name for name in names if name))
        if not found or len(found) > MOST_COLUMNS:
            raise forms.ValidationError(
                _("열 이름을 하나에서 %(most)s개까지 써 주세요."), params={"most": MOST_COLUMNS}
            )
        return found

    def clean(self) -> dict[str, Any]:
        given, key = self.cleaned_data, self.cleaned_data.get("table")
        if key and not self.errors:
            self.findings = self._looked_at(key, given)
        return given

    def _looked_at(self, key: str, given: dict[str, Any]) -> list[Finding]:
        data = table_bytes(self.access.team, self.access.project, key)
        try:
            table: Sequence[Sequence[str]] = rows_of(data or b"")
        except RefusedFileError as refused:
            self.add_error("table", message(refused.reason))
            return []
        return look_at_table(table, rows=given["rows"], columns=given["columns"], blanks=given["blanks"])

    def card(self) -> dict[str, object]:
        return super().card() | {"table_name": self.tables.get(self.cleaned_data["table"], "")}


class ModelCardForm(CardForm):
    """What the model is for, how well it does and for whom less well; with a submission, the score is looked at."""

    kind = EvidenceKind.MODEL_CARD
    task = words(_("무엇을 하는 모델인가요?"), _("누가 언제 쓰나요?"))
    method = words(_("어떻게 만들었나요?"), _("데이터, 특성, 방법을 다른 모둠이 따라 할 수 있게 써요."))
    submission = forms.ChoiceField(
        label=_("어느 제출의 모델인가요?"),
        required=False,
        help_text=_("고르면 아래에 쓴 점수가 채점 결과와 맞는지 살펴봐요."),
    )
    score = forms.FloatField(label=_("점수"), required=False, help_text=_("채점 결과에 나온 그대로 써요."))
    compared = words(_("무엇과 견주어 얼마나 나은가요?"), _("기준 모델, AI를 쓰지 않는 방법"))
    groups = words(_("누구에게, 언제 더 많이 틀리나요?"))
    limits = words(_("쓰면 안 되는 곳"))
    ai_use = words(_("AI 도구를 어디에 썼나요?"), _("쓰지 않았으면 쓰지 않았다고 써요."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.access.team
        self.assignment = assignment_of(rule_of(team.classroom.cohort, team.project), team.project)
        self.measure = self.assignment.spec.measure
        scored = submissions_of(team).filter(state=SubmissionState.SCORED)[:MOST_SUBMISSIONS]
        self.submissions = {str(each.pk): each for each in scored}
        named = [(key, self._name(each)) for key, each in self.submissions.items()]
        choice(self, "submission").choices = [("", _("견주지 않기")), *named]

    def clean(self) -> dict[str, Any]:
        given, key = self.cleaned_data, self.cleaned_data.get("submission")
        if key and not self.errors:
            if given.get("score") is None:
                self.add_error("score", _("고른 제출의 점수를 써 주세요."))
            else:
                self.findings = self._looked_at(self.submissions[key], given["score"])
        return given

    def card(self) -> dict[str, object]:
        chosen = self.submissions.get(self.cleaned_data["submission"])
        return super().card() | {"submission_name": self._name(chosen) if chosen is not None else ""}

    def _looked_at(self, chosen: Submission, claimed: float) -> list[Finding]:
        actual = self._score(chosen)
        if actual is None:
            return []
        higher = self.measure.higher_is_better if self.measure is not None else True
        # Points of different kinds of files say nothing of each other.
        alike = [self._score(each) for each in self.submissions.values() if each.kind == chosen.kind]
        scores = [score for score in alike if score is not None]
        return look_at_score(
            claimed=claimed,
            actual=actual,
            best=(max(scores) if higher else min(scores)) if scores else None,
            baseline=self._baseline() if self._is_measured(chosen) else None,
            higher_is_better=higher,
        )

    def _baseline(self) -> tuple[dict[str, str], float] | None:
        return next(iter(titled_baselines(self.assignment)), None)

    def _is_measured(self, submission: Submission) -> bool:
        verdict = submission.verdict
        return self.measure is not None and verdict is not None and self.measure in verdict.metrics

    def _score(self, submission: Submission) -> float | None:
        return score_of(submission, self.measure if self._is_measured(submission) else None)

    def _name(self, submission: Submission) -> str:
        score = self._score(submission)
        return _now("%(who)s · %(file)s · %(score)s") % {
            "who": submission.enrolment.nickname,
            "file": submission.name,
            "score": "–" if score is None else f"{score:.6g}",
        }
