"""What a reviewer sees of an application: blind or not, and the criteria with what was given so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from saem.apps.cohorts.calls.answers import is_shown
from saem.apps.cohorts.calls.applying import definition_of
from saem.apps.cohorts.calls.definition import FormDefinition, Kind
from saem.apps.cohorts.calls.pages import Said, answers_read
from saem.apps.cohorts.models import Application, ReviewAssignment
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.scoring import Saved, Sent, scores_of
from saem.web.languages import reader_language
from saem.web.messages import message

# Names of schools, files with faces and names, consents: none of them is an answer to judge.
HIDDEN = frozenset({Kind.SCHOOL, Kind.FILE, Kind.CONSENT})
NAME = "○○○"


@dataclass(frozen=True)
class CriterionRow:
    """One criterion as the page draws it; `other` is what another page saved meanwhile."""

    id: str
    title: str
    most: str
    least: str
    value: str
    problem: str = ""
    other: str = ""


def criteria_rows(reading: ReviewAssignment, sent: Sent | None, saved: Saved | None) -> list[CriterionRow]:
    stage, language = rules_of(reading.selection).stage(reading.stage), reader_language()
    kept = scores_of(reading)
    rows = []
    for one in stage.criteria:
        number = kept.get(one.id)
        text = f"{number.normalize():f}" if number is not None else ""
        value = sent.values.get(one.id, "") if sent else text
        code, params = saved.problems.get(one.id, ("", {})) if saved else ("", {})
        rows.append(
            CriterionRow(
                one.id,
                getattr(one.title, language),
                str(one.maximum),
                str(one.minimum),
                value,
                message(code, **params) if code else "",
                text if sent and value != text else "",
            )
        )
    return rows


def said_of(reading: ReviewAssignment) -> Sequence[Said]:
    """The submitted answers; in a blind reading without what tells who it is."""
    application = reading.application
    if application.sent is None:
        return ()
    definition, language = definition_of(application.sent.form), reader_language()
    if not reading.selection.is_blind:
        return answers_read(definition, application.sent.answers, {}, language)
    seen = FormDefinition(questions=tuple(one for one in definition.questions if one.kind not in HIDDEN))
    shown = [one for one in seen.questions if is_asked(one.id, application)]
    said = answers_read(FormDefinition(questions=tuple(shown)), application.sent.answers, {}, language)
    return [
        Said(one.label, [without_name(line, application) for line in one.lines], None, one.is_heading) for one in said
    ]


def is_asked(name: str, application: Application) -> bool:
    """Conditions are looked up in the whole form, for what they hang on may be hidden here."""
    assert application.sent is not None
    whole = definition_of(application.sent.form)
    question = whole.question(name)
    return question is not None and is_shown(question, whole, application.sent.answers)


def without_name(text: str, application: Application) -> str:
    """A text in which the applicant's own name, whole or without the family name, is covered."""
    name = application.name.strip()
    parts = [name, name[1:]] if len(name) >= 3 and not name.isascii() else [name]  # noqa: PLR2004  # 김하늘 → 하늘
    for part in parts:
        text = text.replace(part, NAME) if len(part) > 1 else text
    return text
