"""An item as its page shows it, and the map of what has grown."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saem.apps.catalog.queries import program_of
from saem.apps.learning.models import Attempt, PracticeState, SkillMastery
from saem.apps.learning.pages import step_url
from saem.apps.learning.practice.asking import AskView, ask_view
from saem.apps.learning.practice.bank import has_other_numbers, skill_title
from saem.apps.learning.practice.judging import RUN
from saem.apps.learning.practice.queries import Bench, last_try, mastery_of
from saem.apps.learning.practice.rating import is_mastered, is_unknown, mastered_at
from saem.apps.learning.practice.services import SOLVED
from saem.apps.learning.prose import Reading, pictures_at
from saem.lib.content import Item
from saem.lib.content.codes import Code
from saem.lib.content.items import CodeFile, Judged, explanation, judge, judge_run, variant
from saem.web.messages import TABLE, message

WHY = "practice.why."
# Until then too little was seen to say anything.
NEARLY = 0.2
PERCENT = 100


@dataclass(frozen=True)
class FeedbackView:
    """What an answer was worth, in the author's words and ours."""

    is_right: bool
    percent: int
    said: tuple[SafeString, ...]
    remarks: tuple[str, ...]
    output: Mapping[str, Any]


@dataclass(frozen=True)
class ItemView:
    """The waiting item. `notice` says why an answer was not counted."""

    bench: Bench
    practice: PracticeState
    ask: AskView
    why: str
    token: str
    hints: tuple[SafeString, ...]
    hints_in_all: int
    feedback: FeedbackView | None = None
    explanation: SafeString | None = None
    can_vary: bool = False
    notice: str = ""

    @property
    def is_done(self) -> bool:
        return "done" in self.practice.why

    @property
    def is_solved(self) -> bool:
        return bool(self.practice.why.get("done") == SOLVED)

    @property
    def has_next(self) -> bool:
        return bool(self.practice.why.get("next"))

    @property
    def hints_left(self) -> int:
        return self.hints_in_all - len(self.hints) if self.practice.tries else 0

    @property
    def next_hint(self) -> int:
        return len(self.hints) + 1


def item_view(
    bench: Bench,
    practice: PracticeState,
    language: str,
    *,
    notice: str = "",
    typed: Mapping[str, Any] | None = None,
) -> ItemView:
    """The page of the waiting item; `typed` is what was sent just now and not counted."""
    item = bench.items[practice.item]
    shown = variant(item, practice.seed)
    attempt = last_try(practice) if practice.tries else None
    is_done = "done" in practice.why
    reading = reading_of(bench, language)
    fields = typed if typed is not None else attempt.answer if attempt else None
    return ItemView(
        bench=bench,
        practice=practice,
        ask=ask_view(shown, reading, fields),
        why=why_line(bench, practice.why, language),
        token=str(uuid.uuid4()),
        hints=tuple(reading.html(hint) for hint in shown.hints[: practice.hints]),
        hints_in_all=len(shown.hints),
        feedback=feedback_of(item, attempt, reading) if attempt and not notice else None,
        explanation=reading.html(explanation(item, practice.seed)) if is_done else None,
        can_vary=is_done and has_other_numbers(item),
        notice=notice,
    )


def reading_of(bench: Bench, language: str) -> Reading:
    pk = bench.enrolment.pk
    return Reading(language, pictures_at(bench.version, "practice:asset", pk), partial(step_url, pk))


def why_line(bench: Bench, why: Mapping[str, Any], language: str) -> str:
    """One line on why this item was chosen."""
    skill = skill_title(bench.version, str(why.get("skill", "")), language)
    return message(f"{WHY}{why.get('code', '')}", skill=skill)


def feedback_of(item: Item, attempt: Attempt, reading: Reading) -> FeedbackView:
    """Judged anew from what the attempt keeps, so that words follow the language of the reader."""
    judged = _judged(item, attempt)
    return FeedbackView(
        is_right=attempt.is_right,
        percent=int(attempt.score * PERCENT),
        said=tuple(reading.html(each) for each in judged.feedback),
        remarks=tuple(message(code.value) for code in judged.remarks),
        output=_output(attempt.answer.get(RUN)),
    )


def _judged(item: Item, attempt: Attempt) -> Judged:
    judged = judge(item, attempt.seed, attempt.answer)
    if judged.reason == Code.ANSWER_NEEDS_RUN and isinstance(item.asked, CodeFile):
        return judge_run(item, attempt.seed, {str(each["id"]) for each in item.asked.checks} - set(attempt.chosen))
    return judged


def _output(said: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """As web's `_output.html` draws it."""
    if not said:
        return {}
    fault = said["fault"]
    error = None
    if fault:
        code, params = fault["code"], fault["params"]
        advice = message(f"{code}.advice", **params) if f"{code}.advice" in TABLE else ""
        error = {"title": message(code, **params), "advice": advice, "line": fault["line"]}
    return {"stdout": said["text"], "error": error}


@dataclass(frozen=True)
class SkillView:
    """One skill of the map, in per cent. `row` is None where nothing was answered yet."""

    title: str
    row: SkillMastery | None
    level: str
    word: str
    why: str = ""

    @property
    def is_drawn(self) -> bool:
        return self.row is not None and self.row.usable

    @property
    def value(self) -> int:
        return round(self.row.value * PERCENT) if self.row else 0

    @property
    def low(self) -> int:
        return round(self.row.low * PERCENT) if self.row else 0

    @property
    def high(self) -> int:
        return round(self.row.high * PERCENT) if self.row else 0

    @property
    def responses(self) -> int:
        return self.row.responses if self.row else 0


@dataclass(frozen=True)
class GrowthView:
    bench: Bench
    skills: tuple[SkillView, ...]
    is_owner: bool

    @property
    def answered(self) -> int:
        return sum(skill.responses for skill in self.skills)

    @property
    def trail(self) -> list[tuple[str, str]]:
        return trail_of(self.bench)


def growth_view(bench: Bench, model: str, language: str, *, is_owner: bool) -> GrowthView:
    """Every skill that practice asks for, in the program's order. One query."""
    rows = mastery_of(bench)
    asked = {skill for item in bench.items.values() for skill in item.skills}
    at = mastered_at(model)
    skills = [each for each in program_of(bench.version).skills if each.id in asked]
    return GrowthView(
        bench,
        tuple(_skill(each.title.in_(language), rows.get(each.id), at) for each in skills),
        is_owner,
    )


def _skill(title: str, row: SkillMastery | None, at: float) -> SkillView:
    if row is None:
        return SkillView(title, None, "unknown", _("아직 몰라요"))
    if not row.usable:
        code = f"practice.unusable.{row.why}"
        return SkillView(
            title, row, "unusable", _("말할 수 없어요"), message(code if code in TABLE else "practice.unusable")
        )
    level, word = _level(row, at)
    return SkillView(title, row, level, word)


def _level(row: SkillMastery, at: float) -> tuple[str, str]:
    if is_unknown(row):
        return "unknown", _("아직 몰라요")
    if is_mastered(row, at):
        return "mastered", _("숙달")
    if row.value >= at - NEARLY:
        return "nearly", _("거의 다 왔어요")
    return "learning", _("익히는 중")


def trail_of(bench: Bench) -> list[tuple[str, str]]:
    return [(bench.version.local_title, reverse("learning:program", args=[bench.enrolment.pk]))]
