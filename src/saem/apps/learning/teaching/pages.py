"""What the page of a lesson shows to who teaches it."""

from dataclasses import dataclass

from django.urls import reverse

from saem.apps.catalog.competencies import TagView, tag_views
from saem.apps.catalog.guides import GuideSection, sections_of
from saem.apps.learning.exits.pages import ClassView, class_view
from saem.apps.learning.exits.queries import exit_item
from saem.apps.learning.prose import Reading, pictures_at
from saem.apps.learning.teaching.queries import Taught


@dataclass(frozen=True)
class TeachingView:
    """`exit` is None where the lesson asks nothing at its end."""

    taught: Taught
    title: str
    sections: tuple[GuideSection, ...]
    exit: ClassView | None
    tags: tuple[TagView, ...]

    @property
    def trail(self) -> list[tuple[str, str]]:
        classroom = self.taught.classroom
        return [(classroom.name, reverse("insight:classroom", args=[classroom.pk]))]


def teaching_view(taught: Taught, language: str) -> TeachingView:
    """Two queries where the lesson has an exit question, else none."""
    classroom, lesson = taught.classroom, taught.lesson
    pictures = pictures_at(taught.version, "teaching:asset", classroom.pk, lesson.id)

    def step(kind: str, name: str) -> str:
        if kind == "lesson":
            return reverse("teaching:lesson", args=[classroom.pk, name])
        return f"{reverse('catalog:program', args=[taught.version.program.slug])}#{name}"

    item = exit_item(taught.version, lesson)
    return TeachingView(
        taught,
        lesson.title.in_(language),
        sections_of(lesson, language, pictures, step),
        class_view(classroom, item, Reading(language, pictures, step)) if item is not None else None,
        tag_views(lesson.tags, language),
    )
