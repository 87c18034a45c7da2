"""Who wants to be looked at, in a teacher's words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Classroom
from saem.apps.learning.queries import Stuck, stuck
from saem.lib.content import Program
from saem.web.languages import language_of
from saem.web.messages import message


@dataclass(frozen=True)
class Attention:
    """One student who does not get on: where, for how many minutes, and what the error says to a beginner."""

    enrolment: int
    nickname: str
    lesson: str
    where: str
    minutes: int
    what: str


def attention_of(classroom: Classroom, language: str) -> list[Attention]:
    """Students to look at now, the longest waiting first."""
    program = program_of(classroom.cohort.version)
    return [in_words(one, program, language) for one in stuck(classroom)]


def in_words(one: Stuck, program: Program, language: str) -> Attention:
    lesson = program.lessons[one.lesson]
    cells = [cell.id for cell in lesson.pages[language_of(language)].cells]
    number = cells.index(one.cell) + 1 if one.cell in cells else 0
    minutes = int((timezone.now() - one.since).total_seconds() // 60)
    return Attention(
        one.enrolment.pk,
        one.enrolment.nickname,
        one.lesson,
        _("%(lesson)s · %(number)s번 칸") % {"lesson": lesson.title.in_(language), "number": number},
        minutes,
        message(one.code, **one.params) if one.code else _("확인 문제를 아직 통과하지 못했어요"),
    )
