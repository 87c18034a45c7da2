"""What is stored, as `lib.selection` reads it: rules, applications, readings, reviewers, numbers, the draw."""

import re
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet

from saem.apps.cohorts.calls.applying import definition_of
from saem.apps.cohorts.calls.definition import FormDefinition, Kind
from saem.apps.cohorts.calls.queries import complete
from saem.apps.cohorts.models import (
    GRADES,
    Application,
    Candidate,
    ConflictOfInterest,
    ReviewAssignment,
    Reviewer,
    ReviewScore,
    Selection,
)
from saem.lib import selection as lib

# A reading without a reviewer: what the office entered itself.
OFFICE = "office"
# Whoever left a question open counts for it by this value.
NO_ANSWER = "none"
GRADE = "grade"
CHUNK = 2000


def rules_of(selection: Selection) -> lib.SelectionRules:
    """The rules in force; they were without problems when they were declared."""
    assert selection.rules is not None
    return lib.SelectionRules.model_validate_json(selection.rules.text)


def draw_of(selection: Selection) -> lib.Draw:
    return lib.Draw(selection.secret, selection.public_value)


def askable(definition: FormDefinition, grades: Iterable[str]) -> dict[str, list[str]]:
    """What quotas may ask about, with its values: choices of the form, consents that may be left out, the grade."""
    found = {GRADE: [*(list(grades) or GRADES), NO_ANSWER]}
    for one in definition.questions:
        if one.kind is Kind.CHOICE:
            found[one.id] = [*(option.value for option in one.options), NO_ANSWER]
        elif one.kind is Kind.CONSENT and not one.required:
            found[one.id] = ["yes", "no"]
    return found


def attributes_of(application: Application, rules: lib.SelectionRules) -> dict[str, str]:
    """What the rules ask about, of the submitted answers; an unknown value stays, so that it is told and not lost."""
    answers = application.sent.answers if application.sent else {}
    found = {}
    for name in rules.attributes:
        value = application.grade if name == GRADE and name not in answers else answers.get(name)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        is_consent = set(rules.attributes[name]) == {"yes", "no"}
        found[name] = str(value) if value else "no" if is_consent else NO_ANSWER
    return found


def applicants(selection: Selection) -> QuerySet[Application]:
    """Complete applications: those who take part, or would if the draw were now."""
    return complete(selection.call.applications.all()).select_related("sent").defer("answers").order_by("pk")


def as_application(application: Application, rules: lib.SelectionRules) -> lib.Application:
    return lib.Application(
        id=application.receipt or "",
        attributes=attributes_of(application, rules),
        born=application.birth_date,
        applied=application.submitted_at,
    )


def standing(selection: Selection) -> list[Candidate]:
    """Candidates who still take part: their application is complete now, too. In the order of the draw."""
    ready = complete(selection.call.applications.all()).values("pk")
    found = Candidate.objects.filter(selection=selection, application__in=ready)
    return list(found.select_related("application").defer("application__answers").order_by("draw_place"))


def as_candidate(candidate: Candidate) -> lib.Application:
    """A candidate with the attributes that were frozen at the draw."""
    application = candidate.application
    return lib.Application(
        id=candidate.receipt,
        attributes=candidate.attributes,
        born=application.birth_date,
        applied=application.submitted_at,
    )


def plain(tie: str) -> str:
    """A school as it is compared: without spaces and case."""
    return re.sub(r"\s+", "", tie).casefold()


def school_questions(selection: Selection) -> dict[int, list[str]]:
    """The questions for schools in each version of the form; a form is read once, not once an application."""
    return {
        form.pk: [one.id for one in definition_of(form).questions if one.kind is Kind.SCHOOL]
        for form in selection.call.form_versions.all()
    }


def ties_of(application: Application, schools: Mapping[int, Iterable[str]]) -> frozenset[str]:
    """Names and codes of the schools in an application."""
    if application.sent is None:
        return frozenset()
    given = [application.sent.answers.get(name) for name in schools.get(application.sent.form_id, ())]
    parts = (str(part) for school in given if isinstance(school, dict) for part in school.values())
    return frozenset(plain(part) for part in parts if part.strip())


def readings_of(selection: Selection, applications: Iterable[Application]) -> list[lib.Reading]:
    """Applications with what bars reviewers from them."""
    barred: dict[int, set[str]] = {}
    said = ConflictOfInterest.objects.filter(reviewer__selection=selection, reviewer__left_at=None)
    for application, reviewer in said.values_list("application_id", "reviewer_id"):
        barred.setdefault(application, set()).add(str(reviewer))
    schools = school_questions(selection)
    return [
        lib.Reading(id=one.receipt or "", ties=ties_of(one, schools), barred=frozenset(barred.get(one.pk, ())))
        for one in applications
    ]


def as_reviewer(reviewer: Reviewer, *, limit: int | None = None) -> lib.Reviewer:
    ties = frozenset(plain(tie) for tie in reviewer.ties)
    return lib.Reviewer(id=str(reviewer.pk), limit=reviewer.limit if limit is None else limit, ties=ties)


def counting(selection: Selection) -> QuerySet[ReviewAssignment]:
    """Readings that count: handed in, and not taken back for a conflict."""
    return selection.readings.filter(withdrawn_at=None).exclude(submitted_at=None)


def reviews_of(selection: Selection, stage: str = "") -> Iterator[lib.Review]:
    """Every number that counts, of one stage or of all."""
    numbers = ReviewScore.objects.filter(reading__in=counting(selection).values("pk"))
    if stage:
        numbers = numbers.filter(reading__stage=stage)
    rows = numbers.order_by("pk").values_list(
        "reading__application__receipt", "reading__reviewer_id", "reading__stage", "criterion", "value"
    )
    for receipt, reviewer, of_stage, criterion, value in rows.iterator(chunk_size=CHUNK):
        yield lib.Review(str(receipt), str(reviewer or OFFICE), of_stage, criterion, value)
