"""Turns a form and its answers into what templates draw: one row per question, and the track of an application."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from saem.apps.cohorts.calls.answers import has_content, is_shown, leftover, name_of
from saem.apps.cohorts.calls.definition import FormDefinition, Kind, Problem, Question
from saem.apps.cohorts.models import Application, ApplicationState, Document
from saem.web.messages import message


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One question as it stands on a page; a group has rows of rows."""

    id: str
    name: str
    kind: str
    label: str
    help: str
    is_required: bool
    is_shown: bool = True
    is_conditional: bool = False
    value: Any = ""
    longest: int = 0
    choices: Sequence[Choice] = ()
    rows: Sequence[Sequence["Row"]] = ()
    may_add: bool = False
    document: Document | None = None
    problem: str = ""

    @property
    def control(self) -> str:
        """The id of the control, as labels and the list of problems name it."""
        return "q-" + self.name.removeprefix("a.").replace(".", "-")

    @property
    def focus(self) -> str:
        """Where a link to this question leads: the first control in it."""
        first = {Kind.CHOICE: "-0", Kind.CHOICES: "-0", Kind.SCHOOL: "-name"}
        return self.control + first.get(Kind(self.kind), "")

    @property
    def described_by(self) -> str:
        parts = [f"{self.control}-help"] * bool(self.help) + [f"{self.control}-problem"] * bool(self.problem)
        return " ".join(parts)


@dataclass(frozen=True)
class Filled:
    """Everything that fills a form: answers, documents by question, problems by place."""

    answers: Mapping[str, Any]
    documents: Mapping[str, Document] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


def said(problems: Iterable[Problem]) -> dict[str, str]:
    """The first sentence for each place."""
    found: dict[str, str] = {}
    for problem in problems:
        found.setdefault(problem.where, message(problem.code, **problem.params))
    return found


def rows_of(definition: FormDefinition, filled: Filled, language: str) -> list[Row]:
    return [row_of(one, definition, filled, language) for one in definition.questions]


def row_of(question: Question, definition: FormDefinition, filled: Filled, language: str) -> Row:
    value = filled.answers.get(question.id)
    group = group_rows(question, value, filled.problems, language) if question.kind is Kind.GROUP else ()
    return Row(
        **plain(question, value, language),
        name=name_of(question.id),
        is_shown=is_shown(question, definition, filled.answers),
        is_conditional=question.shown_if is not None,
        rows=group,
        may_add=len(group) < question.most_rows,
        document=filled.documents.get(question.id),
        problem=filled.problems.get(question.id, ""),
    )


def group_rows(group: Question, value: Any, problems: Mapping[str, str], language: str) -> list[list[Row]]:
    """The rows of a group, at least as many as it wants; an empty one stands ready where there is none."""
    given = list(value) if isinstance(value, list) else []
    given += [{}] * (max(group.least_rows, 1) - len(given))
    return [
        [
            Row(
                **plain(one, row.get(one.id), language),
                name=name_of(group.id, number, one.id),
                problem=problems.get(f"{group.id}.{number}.{one.id}", ""),
            )
            for one in group.questions
        ]
        for number, row in enumerate(given)
    ]


def plain(question: Question, value: Any, language: str) -> dict[str, Any]:
    chosen = value if isinstance(value, list) else [value]
    return {
        "id": question.id,
        "kind": question.kind.value,
        "label": question.label.in_(language),
        "help": question.help.in_(language),
        "is_required": question.required or question.least_rows > 0,
        "value": "" if value is None else value,
        "longest": question.longest,
        "choices": [Choice(one.value, one.label.in_(language), one.value in chosen) for one in question.options],
    }


def wrong_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows with something to put right, those inside groups too, in the order of the page."""
    found: list[Row] = []
    for row in rows:
        found += [row] if row.problem else []
        found += [inner for inside in row.rows for inner in inside if inner.problem]
    return found


@dataclass(frozen=True)
class Said:
    """An answer as it is read: a question, and its lines."""

    label: str
    lines: Sequence[str]
    document: Mapping[str, Any] | None = None
    is_heading: bool = False


def answers_read(
    definition: FormDefinition, answers: Mapping[str, Any], documents: Mapping[str, Any], language: str
) -> list[Said]:
    """Answers with the questions of their own version; what was not asked is left out."""
    found = []
    for one in definition.questions:
        if not is_shown(one, definition, answers):
            continue
        if one.kind is Kind.HEADING:
            found.append(Said(one.label.in_(language), (), is_heading=True))
        else:
            lines = lines_of(one, answers.get(one.id), language)
            found.append(Said(one.label.in_(language), lines, documents.get(one.id)))
    return found


def lines_of(question: Question, value: Any, language: str) -> list[str]:
    """An answer in words, one line per row of a group."""
    if question.kind is Kind.CONSENT:
        return [_("동의함") if value else _("동의하지 않음")]
    if not has_content(value):
        return []
    if question.kind is Kind.GROUP and isinstance(value, list):
        return [row_in_words(question, row, language) for row in value if has_content(row)]
    if question.kind is Kind.SCHOOL and isinstance(value, dict):
        code = str(value.get("code", "")).strip()
        return [f"{value.get('name', '')} ({code})" if code else str(value.get("name", ""))]
    names = {option.value: option.label.in_(language) for option in question.options}
    if isinstance(value, list):
        return [", ".join(names.get(str(one), str(one)) for one in value)]
    return [names.get(str(value), str(value))]


def row_in_words(group: Question, row: Any, language: str) -> str:
    given = row if isinstance(row, dict) else {}
    parts = [
        f"{one.label.in_(language)}: {' '.join(lines)}"
        for one in group.questions
        if (lines := lines_of(one, given.get(one.id), language))
    ]
    return " · ".join(parts)


def kept_apart(definition: FormDefinition, answers: Mapping[str, Any]) -> list[str]:
    """Answers to questions that are asked no more, in plain words, so that a writer can use them again."""
    return [words_of(value) for value in leftover(definition, answers).values()]


def words_of(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(words_of(one) for one in value.values() if has_content(one))
    if isinstance(value, list):
        return ", ".join(words_of(one) for one in value if has_content(one))
    return _("동의함") if value is True else str(value)


@dataclass(frozen=True)
class Step:
    """One step of the way of an application; `state` is done, now, todo or failed."""

    title: str
    state: str


def track_of(application: Application, after: Sequence[Step] = ()) -> list[Step]:
    """Where an application stands: each thing that is needed, and what comes after (`after`, where it has begun)."""
    call = application.call
    is_sent = application.state == ApplicationState.SUBMITTED
    needed = [(_("작성"), is_sent), (pgettext("application", "제출"), is_sent)]
    if call.needs_recommendation:
        needed.append((_("추천서"), bool(getattr(application, "is_recommended", False))))
    if application.needs_guardian:
        needed.append((_("보호자 동의"), bool(getattr(application, "has_consent", False))))
    needed += [(pgettext("application", "심사"), False), (pgettext("application", "결과"), False)]
    if application.state == ApplicationState.WITHDRAWN:
        return [Step(title, "done" if is_done else "todo") for title, is_done in needed[:1]] + [
            Step(_("지원 취소"), "failed")
        ]
    if after and all(is_done for _title, is_done in needed[:-2]):
        return [*(Step(title, "done") for title, _is_done in needed[:-2]), *after]
    first_open = next(number for number, (_title, is_done) in enumerate(needed) if not is_done)
    return [
        Step(title, "done" if is_done else "now" if number == first_open else "todo")
        for number, (title, is_done) in enumerate(needed)
    ]


def waiting_for(application: Application, recommender: str, guardian: str) -> list[str]:
    """What is missing and who is waited for, one sentence each; empty when everything is there."""
    found = []
    call = application.call
    if application.state == ApplicationState.DRAFT:
        if call.takes_submissions:
            when = date_format(timezone.localtime(call.closes_at), "DATETIME_FORMAT")
            found.append(_("아직 제출하지 않았어요. %(when)s까지 제출해 주세요.") % {"when": when})
        else:
            found.append(_("마감까지 제출하지 않아서 접수되지 않았어요. 쓴 내용은 그대로 남아 있어요."))
    if call.needs_recommendation and not getattr(application, "is_recommended", False):
        found.append(
            _("%(name)s 님의 추천서를 기다려요.") % {"name": recommender}
            if recommender
            else _("추천해 줄 선생님을 아직 정하지 않았어요.")
        )
    if application.needs_guardian and not getattr(application, "has_consent", False):
        found.append(
            _("%(name)s 님(보호자)의 동의를 기다려요.") % {"name": guardian}
            if guardian
            else _("보호자 동의를 아직 부탁하지 않았어요.")
        )
    return found
