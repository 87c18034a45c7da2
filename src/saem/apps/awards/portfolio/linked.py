"""The portfolio as JSON-LD that other software reads: schema.org's terms, and a few of ours (docs/portfolio.md).

Every term is defined in the document's own context, so that a reader needs no network.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from saem.apps.awards.models import Portfolio, Reflection
from saem.apps.awards.portfolio.entries import ReflectionWork, Shown
from saem.apps.awards.portfolio.learning_work import GainWork, GrowthWork, LessonWork, SkillGrowth
from saem.apps.awards.portfolio.project_work import ProjectWork, RankedScore
from saem.apps.awards.portfolio.recognitions import Recognition
from saem.web.languages import reader_language

Node = dict[str, Any]

SCHEMA_TERMS = (
    "CreativeWork", "Person", "Course", "EducationalOccupationalCredential", "Organization", "PropertyValue",
    "name", "abstract", "text", "creator", "hasPart", "hasCredential", "isPartOf", "recognizedBy", "identifier",
    "value", "minValue", "maxValue", "teaches", "about", "version", "comment", "url",
)  # fmt: skip
DATES = ("dateCreated", "dateModified", "datePublished")
OUR_TERMS = (
    "Portfolio", "Project", "LessonsDone", "Growth", "Gain", "Reflection", "BoardPlace",
    "audience", "score", "baseline", "higherIsBetter", "points", "mostPoints", "submissions", "place",
    "bestRank", "worstRank", "participants", "lessonsInAll", "skill", "responses", "before", "after", "gain",
    "question", "earlierVersion",
)  # fmt: skip
CONTEXT: Node = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "schema": "https://schema.org/",
    "saem": "urn:saem:portfolio:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "inLanguage": {"@id": "schema:inLanguage"},
    **{term: f"schema:{term}" for term in SCHEMA_TERMS},
    **{term: {"@id": f"schema:{term}", "@type": "xsd:date"} for term in DATES},
    **{term: f"saem:{term}" for term in OUR_TERMS},
}


def linked(
    portfolio: Portfolio,
    entries: Sequence[Shown],
    *,
    name: str,
    issued: dt.date,
    versions: dict[int, list[Node]] | None = None,
) -> Node:
    """The document. With `versions` (by reflection), reflections tell how they once stood."""
    credentials = [credential(each) for each in entries if isinstance(each.work, Recognition)]
    parts = [part(each, versions or {}) for each in entries if not isinstance(each.work, Recognition)]
    return {
        "@context": CONTEXT,
        "type": ["CreativeWork", "Portfolio"],
        "name": portfolio.title or name,
        "abstract": portfolio.introduction,
        "inLanguage": reader_language(),
        "datePublished": issued.isoformat(),
        "creator": {"type": "Person", "name": name, "hasCredential": credentials},
        "hasPart": parts,
    }


def credential(entry: Shown) -> Node:
    work = entry.work
    assert isinstance(work, Recognition)
    node = {
        "type": "EducationalOccupationalCredential",
        "name": work.title,
        "recognizedBy": {"type": "Organization", "name": work.issuer},
        "dateCreated": work.given_on.isoformat(),
        **chosen(entry),
    }
    optional = {"identifier": work.number, "abstract": work.detail, "url": work.address}
    return node | {term: value for term, value in optional.items() if value}


def chosen(entry: Shown) -> Node:
    """What the learner chose for it."""
    return {"audience": entry.audience.value} | ({"comment": entry.remark} if entry.remark else {})


def part(entry: Shown, versions: dict[int, list[Node]]) -> Node:
    match entry.work:
        case ProjectWork() as work:
            return project(work) | chosen(entry)
        case LessonWork() as work:
            return lessons(work) | chosen(entry)
        case GrowthWork() as work:
            return growth(work) | chosen(entry)
        case GainWork() as work:
            return gain(work) | chosen(entry)
        case ReflectionWork() as work:
            return reflection(work, versions.get(work.row.pk, [])) | chosen(entry)
        case _:
            raise TypeError(type(entry.work).__name__)


def course(name: str) -> Node:
    return {"type": "Course", "name": name}


def project(work: ProjectWork) -> Node:
    node: Node = {
        "type": ["CreativeWork", "Project"],
        "name": work.title,
        "isPartOf": course(work.course),
        "dateCreated": work.first.isoformat(),
        "dateModified": work.last.isoformat(),
        "submissions": work.tries,
    }
    if work.score is None:
        return node | {"points": work.points, "mostPoints": work.most}
    return node | ranked(work.score)


def ranked(score: RankedScore) -> Node:
    """A score never without its baselines and its band, a place never without its uncertainty."""
    node: Node = {
        "score": measured(str(score.metric), score.value, score.low, score.high),
        "higherIsBetter": score.higher_is_better,
        "baseline": [measured(title, value) for title, value in score.baselines],
    }
    if score.place is None:
        return node
    place = {"bestRank": score.place.best, "worstRank": score.place.worst, "participants": score.place.total}
    return node | {"place": {"type": "BoardPlace", **place}}


def measured(name: str, value: float, low: float | None = None, high: float | None = None) -> Node:
    node: Node = {"type": "PropertyValue", "name": name, "value": value}
    return node | {term: bound for term, bound in (("minValue", low), ("maxValue", high)) if bound is not None}


def lessons(work: LessonWork) -> Node:
    return {
        "type": ["CreativeWork", "LessonsDone"],
        "isPartOf": course(work.course),
        "hasPart": [{"type": "CreativeWork", "name": title} for title in work.titles],
        "lessonsInAll": work.total,
        "dateModified": work.last.isoformat(),
    }


def growth(work: GrowthWork) -> Node:
    return {
        "type": ["CreativeWork", "Growth"],
        "isPartOf": course(work.course),
        "skill": [skill(each) for each in work.skills],
        "dateModified": work.last.isoformat(),
    }


def skill(each: SkillGrowth) -> Node:
    return measured(each.title, each.value, each.low, each.high) | {"responses": each.responses}


def gain(work: GainWork) -> Node:
    before, after = (measured(word, each.value, each.low, each.high) for word, each in
                     (("before", work.before), ("after", work.after)))  # fmt: skip
    return {
        "type": ["CreativeWork", "Gain"],
        "isPartOf": course(work.course),
        "before": before,
        "after": after,
        "gain": measured("gain", work.gain.value, work.gain.low, work.gain.high),
        "dateCreated": work.first.isoformat(),
        "dateModified": work.last.isoformat(),
    }


def reflection(work: ReflectionWork, earlier: Sequence[Node]) -> Node:
    node: Node = {
        "type": ["CreativeWork", "Reflection"],
        "question": str(work.question),
        "text": work.row.text,
        "version": work.row.number,
        "dateCreated": timezone.localdate(work.row.begun_at).isoformat(),
        "dateModified": timezone.localdate(work.row.written_at).isoformat(),
    }
    if work.about:
        node["about"] = work.about
    return node | ({"earlierVersion": list(earlier)} if earlier else {})


def versions_of(portfolio: Portfolio) -> dict[int, list[Node]]:
    """How reflections once stood, by reflection, the oldest first. Two queries."""
    rows = Reflection.objects.filter(portfolio=portfolio.pk).prefetch_related("versions")
    return {
        row.pk: [
            {"type": "CreativeWork", "text": old.text, "version": old.number,
             "dateCreated": timezone.localdate(old.written_at).isoformat()}
            for old in sorted(row.versions.all(), key=lambda each: each.number)
            if old.number != row.number
        ]
        for row in rows
    }  # fmt: skip
