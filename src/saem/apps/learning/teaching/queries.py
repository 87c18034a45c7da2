"""Lessons of the classes that one person teaches or runs; no pupil finds them."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import lesson_of, program_of
from saem.apps.cohorts.models import Classroom
from saem.apps.cohorts.queries import classrooms_seen_by
from saem.apps.people.models import User
from saem.lib import content


@dataclass(frozen=True)
class Taught:
    """One lesson of one class, in the version that the class runs."""

    classroom: Classroom
    lesson: content.Lesson

    @property
    def version(self) -> Version:
        return self.classroom.cohort.version


def taught_for(user: User, pk: int, lesson: str) -> Taught:
    rooms = classrooms_seen_by(user).select_related("cohort__version__program")
    classroom = get_object_or_404(rooms, pk=pk)
    return Taught(classroom, lesson_of(classroom.cohort.version, lesson))


def has_something(lesson: content.Lesson) -> bool:
    """Whether there is anything to show to who teaches the lesson."""
    return bool(lesson.teacher or lesson.exit)


def taught_lessons(classroom: Classroom, language: str) -> list[tuple[str, str]]:
    """Id and title of the lessons that have something for teachers, in the program's order."""
    program = program_of(classroom.cohort.version)
    lessons = [program.lessons[step.id] for step in program.steps if step.kind == "lesson"]
    return [(lesson.id, lesson.title.in_(language)) for lesson in lessons if has_something(lesson)]
