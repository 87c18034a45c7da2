"""The portfolio as a PDF: the learner's own choice, or everything for the learner alone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

import saem.web
from saem.apps.awards.models import Portfolio
from saem.apps.awards.portfolio.entries import ReflectionWork, Shown
from saem.apps.awards.portfolio.learning_work import GainWork, GrowthWork, LessonWork, SkillGrowth
from saem.apps.awards.portfolio.project_work import BoardPlace, ProjectWork, RankedScore
from saem.apps.awards.portfolio.prose import plain_text
from saem.apps.awards.portfolio.recognitions import Recognition
from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.templatetags.scores import points, score
from saem.lib.credentials.certificates import (
    BadgeEntry,
    CourseEntry,
    DocumentError,
    Growth,
    Issuer,
    Language,
    ProjectEntry,
    Reflection,
    Result,
    render,
)
from saem.lib.credentials.certificates import Portfolio as Booklet
from saem.lib.credentials.certificates.documents import MAX_ISSUERS
from saem.lib.credentials.certificates.portfolio import MAX_ENTRIES, MAX_RESULTS, MAX_SKILLS, MAX_STEPS
from saem.lib.credentials.certificates.rules import LABEL, LINE, NAME, PARAGRAPH, TEXT, check_address, check_text
from saem.web.languages import reader_language

FONTS = Path(saem.web.__file__).resolve().parent / "fonts"
AS_IT_IS = "–"
Kind = TypeVar("Kind")


def booklet(
    portfolio: Portfolio, entries: Sequence[Shown], courses: Sequence[Enrolment], *, name: str, issued: dt.date
) -> Booklet:
    """The document of these entries, in their order within each of its sections; what is too long for it is cut."""
    return Booklet(
        name=fitting(name, NAME),
        issued=issued,
        issuers=issuers_of(courses),
        language=Language(reader_language()),
        title=fitting(portfolio.title, LINE, _("포트폴리오")),
        program=fitting(" · ".join(dict.fromkeys(course_of(each) for each in courses)), LINE, _("배움의 기록")),
        introduction=cut(portfolio.introduction, TEXT),
        projects=tuple(project_entry(each) for each in of_kind(entries, ProjectWork))[:MAX_ENTRIES],
        badges=tuple(badge_entry(each) for each in of_kind(entries, Recognition))[:MAX_ENTRIES],
        growth=growth_of(entries),
        courses=course_entries(entries),
        reflections=tuple(reflection_entry(work) for each in entries if isinstance(work := each.work, ReflectionWork))[
            :MAX_ENTRIES
        ],
    )


def pdf_of(document: Booklet) -> bytes:
    return render(document, fonts=FONTS)


def course_of(enrolment: Enrolment) -> str:
    return enrolment.classroom.cohort.version.local_title


def issuers_of(courses: Sequence[Enrolment]) -> tuple[Issuer, ...]:
    """The institutions that the learner learnt at; where there is none, the house itself."""
    names = list(dict.fromkeys(each.classroom.cohort.institution.local_name for each in courses))[:MAX_ISSUERS]
    return tuple(Issuer(institution=fitting(name, LABEL), officer=fitting(name, LABEL)) for name in names or [_("샘")])


def of_kind(entries: Iterable[Shown], kind: type) -> list[Shown]:
    return [each for each in entries if isinstance(each.work, kind)]


def project_entry(entry: Shown) -> ProjectEntry:
    work = entry.work
    assert isinstance(work, ProjectWork)
    told = _("%(course)s에서 한 프로젝트예요. 채점된 제출은 %(tries)s번이에요.") % {
        "course": work.course,
        "tries": work.tries,
    }
    return ProjectEntry(
        title=fitting(work.title, LINE),
        begins=work.first,
        ends=work.last,
        summary=fitting("\n".join(filter(None, (entry.remark, told))), TEXT),
        results=results_of(work),
    )


def results_of(work: ProjectWork) -> tuple[Result, ...]:
    if work.score is None:
        total = _("%(most)s점 가운데 %(points)s점") % {"most": points(work.most), "points": points(work.points)}
        return (Result(label=_("점수"), value=total),)
    shown = [Result(label=fitting(str(work.score.metric), NAME), value=score(work.score.value))]
    shown += band_of(work.score)
    shown += [Result(label=fitting(title, NAME), value=score(value)) for title, value in work.score.baselines]
    if work.score.place is not None:
        shown.append(Result(label=_("순위표"), value=place_words(work.score.place)))
    return tuple(shown[:MAX_RESULTS])


def band_of(found: RankedScore) -> list[Result]:
    if found.low is None or found.high is None:
        return []
    return [Result(label=_("95% 구간"), value=f"{score(found.low)}–{score(found.high)}")]


def place_words(place: BoardPlace) -> str:
    ranks = str(place.best) if place.is_single else f"{place.best}–{place.worst}"
    return _("%(total)s명 가운데 %(ranks)s위") % {"total": place.total, "ranks": ranks}


def badge_entry(entry: Shown) -> BadgeEntry:
    work = entry.work
    assert isinstance(work, Recognition)
    told = "\n".join(filter(None, (work.detail, work.number, entry.remark)))
    return BadgeEntry(
        name=fitting(work.title, NAME),
        issuer=fitting(work.issuer, NAME),
        earned=work.given_on,
        criteria=fitting(told, PARAGRAPH, work.title),
        address=work.address if is_address(work.address) else "",
    )


def is_address(text: str) -> bool:
    try:
        check_address("address", text)
    except DocumentError:
        return False
    return True


def growth_of(entries: Iterable[Shown]) -> tuple[Growth, ...]:
    works = [each.work for each in entries if isinstance(each.work, GrowthWork)]
    return tuple(growth_entry(skill) for work in works for skill in work.skills)[:MAX_SKILLS]


def growth_entry(skill: SkillGrowth) -> Growth:
    return Growth(
        skill=fitting(skill.title, LINE),
        now=skill.value,
        low=max(0.0, min(skill.low, skill.value)),
        high=min(1.0, max(skill.high, skill.value)),
    )


def course_entries(entries: Iterable[Shown]) -> tuple[CourseEntry, ...]:
    """Lessons and gains, each as it was put."""
    made = []
    for each in entries:
        match each.work:
            case LessonWork() as work:
                made.append(lesson_entry(work, each.remark))
            case GainWork() as work:
                made.append(gain_entry(work, each.remark))
    return tuple(made[:MAX_ENTRIES])


def lesson_entry(work: LessonWork, remark: str) -> CourseEntry:
    done = _("차시 %(total)s개 가운데 %(done)s개") % {"total": work.total, "done": len(work.titles)}
    steps = tuple(fitting(title, LINE) for title in work.titles[:MAX_STEPS])
    return CourseEntry(title=fitting(work.course, LINE), detail=done, steps=steps, text=remark)


def gain_entry(work: GainWork, remark: str) -> CourseEntry:
    told = gain_words(work)
    return CourseEntry(
        title=fitting(work.course, LINE), detail=_("진단으로 본 성장"), text="\n".join(filter(None, (told, remark)))
    )


def gain_words(work: GainWork) -> str:
    return _(
        "문항 100개 가운데 맞힐 것으로 보이는 수가 %(old).0f개에서 %(new).0f개로 바뀌었어요. "
        "바뀐 크기는 %(low).0f개에서 %(high).0f개 사이일 거예요."
    ) % {"old": work.before.value, "new": work.after.value, "low": work.gain.low, "high": work.gain.high}


def reflection_entry(work: ReflectionWork) -> Reflection:
    prompt = f"{work.question} ({work.about})" if work.about else str(work.question)
    return Reflection(
        prompt=fitting(prompt, LINE),
        text=fitting(plain_text(work.row.text), TEXT),
        written=timezone.localdate(work.row.written_at),
    )


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def fitting(text: str, limit: int, otherwise: str = AS_IT_IS) -> str:
    """The text, cut to what the document carries; `otherwise` where nothing of it can be seen."""
    short = cut(text, limit)
    try:
        check_text("text", short, limit)
    except DocumentError:
        return cut(otherwise, limit)
    return short
