"""The page for teachers of a lesson, ready to be drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from saem.lib import content
from saem.web.languages import language_of


@dataclass(frozen=True)
class GuideSection:
    id: str
    title: str
    html: SafeString


def sections_of(
    lesson: content.Lesson, language: str, pictures: str, step: Callable[[str, str], str]
) -> tuple[GuideSection, ...]:
    """`pictures` is how addresses of the version's files begin; `step` gives that of a lesson or a project."""
    page = lesson.teacher.get(language_of(language))
    if page is None:
        return ()
    shown = page.with_assets(pictures).with_steps(step)
    return tuple(GuideSection(each.id, each.title, _html(each)) for each in shown.sections)


def _html(section: content.Section) -> SafeString:
    parts = [block.html for block in section.blocks if isinstance(block, content.Html)]
    return mark_safe("\n".join(parts))  # noqa: S308  # sanitised by lib.content
