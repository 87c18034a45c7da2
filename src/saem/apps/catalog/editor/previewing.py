"""A file as learners would see it and what is wrong with it, from text that nobody has saved yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from saem.apps.catalog.checking import is_error, problem_remedy, problem_text
from saem.apps.catalog.editor.texts import shown
from saem.apps.catalog.proposals.files import bytes_of
from saem.apps.catalog.proposals.models import Revision
from saem.errors import SaemError
from saem.lib import content
from saem.lib.content import Draft, Problem
from saem.lib.content.items import Lines, NumberField, Options, Pairs, Prose, VariantError, explanation, variant
from saem.web.languages import language_of

# The first variant of an item: whoever reads the same text twice sees the same numbers.
SEED = 1


@dataclass(frozen=True, kw_only=True)
class Told:
    """A problem in words."""

    file: str
    line: int
    is_grave: bool
    text: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    id: str
    kind: str
    prompt: SafeString
    parts: tuple[SafeString, ...]
    unit: SafeString
    hints: tuple[SafeString, ...]
    explanation: SafeString


@dataclass(frozen=True, kw_only=True)
class ShownSection:
    """`blocks` are safe HTML or cells, as in a lesson."""

    title: str
    blocks: tuple[SafeString | content.CodeCell, ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`is_older` says that the text cannot be read and the saved one is shown; `has_page` that this kind has a page."""

    draft: Draft
    language: str
    is_older: bool = False
    has_page: bool = True
    problems: tuple[Told, ...] = ()
    around: tuple[Told, ...] = ()
    sections: tuple[ShownSection, ...] = ()
    brief: SafeString = field(default=SafeString())
    items: tuple[ShownItem, ...] = ()


def preview_of(revision: Revision, name: str, text: str, language: str) -> Preview:
    """Nothing of the text is executed. Where it cannot be read, the text of `revision` is what is shown."""
    if not content.has_draft(name):
        return Preview(draft=Draft(), language=language, has_page=False)
    draft = _read(revision, name, text)
    drawn = draft if draft.can_be_shown or not draft.is_broken else _saved(revision, name)
    painter = _Painter(revision, page_language(name, language))
    return Preview(
        draft=drawn,
        language=painter.language,
        is_older=drawn is not draft,
        problems=told(draft.problems, language),
        around=told(draft.around, language),
        sections=tuple(painter.sections(drawn)),
        brief=painter.html(drawn.brief),
        items=tuple(painter.items(drawn)),
    )


def page_language(name: str, language: str) -> str:
    """The language of a page, which its name says; of other files the reader's."""
    named = name.rpartition("/")[2].split(".")
    return next((each for each in ("ko", "en") if each in named), language_of(language))


def told(problems: Sequence[Problem], language: str) -> tuple[Told, ...]:
    return tuple(
        Told(
            file=each.file,
            line=each.line,
            is_grave=is_error(each),
            text=problem_text(each, language),
            remedy=problem_remedy(each, language),
        )
        for each in problems
    )


def _read(revision: Revision, name: str, text: str) -> Draft:
    needed = content.needed_for(name, text, revision.files)
    return content.read_draft(name, text, bytes_of(revision.files, needed), list(revision.files))


def _saved(revision: Revision, name: str) -> Draft:
    """The last that was readable; nothing where that is not, either."""
    try:
        return _read(revision, name, shown(bytes_of(revision.files, [name]).get(name, b"")))
    except SaemError:
        return Draft()


class _Painter:
    def __init__(self, revision: Revision, language: str) -> None:
        self.language = language
        self.pictures = reverse("editor:asset", args=[revision.proposal_id, "-"]).removesuffix("-")
        self.step = _steps_in(revision.proposal_id, language)

    def html(self, html: str) -> SafeString:
        resolved = content.with_steps(content.with_assets(html, self.pictures), self.step)
        return mark_safe(resolved)  # noqa: S308  # sanitised by lib.content

    def sections(self, draft: Draft) -> Iterator[ShownSection]:
        for section in draft.page.sections if draft.page is not None else ():
            blocks = (each if isinstance(each, content.CodeCell) else self.html(each.html) for each in section.blocks)
            yield ShownSection(title=section.title, blocks=tuple(blocks))

    def items(self, draft: Draft) -> Iterator[ShownItem]:
        for item in draft.items:
            try:
                yield self._item(item)
            except VariantError:
                # Its parameters cannot be drawn, which the problems say.
                continue

    def _item(self, item: content.Item) -> ShownItem:
        posed = variant(item, SEED)
        unit = posed.ask.unit if isinstance(posed.ask, NumberField) else None
        return ShownItem(
            id=item.id,
            kind=item.kind,
            prompt=self._prose(posed.prompt),
            parts=tuple(self._parts(posed.ask)),
            unit=self.html(unit.line(self.language)) if unit is not None else SafeString(),
            hints=tuple(map(self._prose, posed.hints)),
            explanation=self._prose(explanation(item, SEED)),
        )

    def _parts(self, ask: object) -> Iterator[SafeString]:
        """What stands to be chosen, put in order or matched; the other kinds ask for nothing but an answer."""
        if isinstance(ask, Options):
            yield from (self._line(option.text) for option in ask.options)
        elif isinstance(ask, Lines):
            yield from (
                self._line(each.text) if each.text else format_html("<code>{}</code>", each.code) for each in ask.lines
            )
        elif isinstance(ask, Pairs):
            yield from (self._line(option.text) for option in (*ask.left, *ask.right))

    def _prose(self, prose: Prose) -> SafeString:
        return self.html(prose.html(self.language))

    def _line(self, prose: Prose) -> SafeString:
        return self.html(prose.line(self.language))


def _steps_in(proposal: int, language: str) -> Callable[[str, str], str]:
    """Links to other steps lead to their source here."""
    pages = {"lesson": f"{language}.md", "project": f"brief.{language}.md"}
    return lambda kind, step: reverse("editor:edit", args=[proposal, f"{kind}s/{step}/{pages[kind]}"])
