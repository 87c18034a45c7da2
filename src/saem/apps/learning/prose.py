"""The prose of items as pages show it: in the reader's language, with pictures and links where they stand here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from saem.apps.catalog.assets import asset_prefix
from saem.apps.catalog.models import Version
from saem.lib.content import with_assets, with_steps
from saem.lib.content.items import Prose


@dataclass(frozen=True)
class Reading:
    """`pictures` is how addresses of the version's files begin; `step` gives that of a lesson or a project."""

    language: str
    pictures: str
    step: Callable[[str, str], str]

    def html(self, prose: Prose) -> SafeString:
        return self._resolved(prose.html(self.language))

    def line(self, prose: Prose | None) -> SafeString:
        """What stands within a label; nothing for nothing."""
        return self._resolved(prose.line(self.language)) if prose is not None else SafeString()

    def text(self, prose: Prose) -> str:
        """The words as they were written, for titles and labels of charts."""
        return prose.in_(self.language)

    def _resolved(self, html: str) -> SafeString:
        return mark_safe(with_steps(with_assets(html, self.pictures), self.step))  # noqa: S308  # sanitised by lib.content


def pictures_at(version: Version, place: str, *args: object) -> str:
    """How addresses of the version's files begin; `place` names the address that takes `args` and a file's path."""
    return asset_prefix(version, reverse(place, args=[*args, "-"]).removesuffix("-"))
