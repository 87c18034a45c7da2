"""What a proposal changes, as a page draws it: a few files at a time, passage by passage."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.safestring import mark_safe

from saem.apps.catalog.proposals.files import bytes_of, changed_names, digests_of
from saem.apps.catalog.proposals.models import ProposalComment, Revision
from saem.apps.people.models import User
from saem.lib import content
from saem.lib.content.differences import Change, FileDifference, PassageDifference, compare_file, renames
from saem.lib.content.passages import Kind
from saem.web.languages import language_of

# Rendering more Markdown than this for one passage would keep a page waiting; it is shown as it is written.
LONGEST_RENDERED = 20_000
_PROSE = (Kind.HEADING, Kind.PARAGRAPH, Kind.LIST, Kind.TABLE, Kind.DIRECTIVE, Kind.TEXT_CELL)
_CODE = (Kind.CODE, Kind.CODE_CELL, Kind.FILE)


@dataclass(frozen=True)
class ChangedFile:
    """A file of the list, before anything of it is read."""

    name: str
    change: Change
    old_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One passage: `html` where it reads as prose, else its `text`; `words` where words inside have changed."""

    difference: PassageDifference
    html: str
    writer: str
    comments: Sequence[ProposalComment]
    children: Sequence["Drawn"] = ()

    @property
    def change(self) -> Change:
        return self.difference.change

    @property
    def is_code(self) -> bool:
        return self.difference.kind in _CODE

    @property
    def name(self) -> str:
        """What the file calls it, for fields and cells."""
        return self.difference.shown.name.removeprefix("@")

    @property
    def text(self) -> str:
        return self.difference.shown.text

    @property
    def is_unseen(self) -> bool:
        """Whether only what is not shown has changed: settings of a cell, comments' places."""
        return self.change is Change.CHANGED and not self.difference.words and not self.children


@dataclass(frozen=True)
class Stretch:
    """Passages in a row that have changed, or that have not and may be folded."""

    is_kept: bool
    passages: Sequence[Drawn]


@dataclass(frozen=True, kw_only=True)
class DrawnFile:
    difference: FileDifference
    stretches: Sequence[Stretch] = field(default_factory=list)


def changed_files(revision: Revision) -> list[ChangedFile]:
    """The files that differ from the base, by name; only those that came or went are read, to find new names."""
    before, after = digests_of(revision.base), revision.files
    names = changed_names(before, after)
    gone, come = ({name for name in names if name not in side} for side in (after, before))
    new_names = renames(bytes_of(before, gone), bytes_of(after, come))
    old_names = {new: old for old, new in new_names.items()}
    return [
        ChangedFile(name=name, change=_change(name, before, after, old_names), old_name=old_names.get(name, ""))
        for name in names
        if name not in new_names
    ]


def _change(name: str, before: Mapping[str, str], after: Mapping[str, str], old_names: Mapping[str, str]) -> Change:
    if name not in after:
        return Change.REMOVED
    if name in old_names:
        return Change.RENAMED
    return Change.CHANGED if name in before else Change.ADDED


def drawn(revision: Revision, files: Sequence[ChangedFile], comments: Sequence[ProposalComment]) -> list[DrawnFile]:
    """These files, ready to be shown, with what was said of their passages."""
    before = bytes_of(digests_of(revision.base), {file.old_name or file.name for file in files})
    after = bytes_of(revision.files, {file.name for file in files})
    painter = _Painter(revision, comments)
    return [
        painter.file(
            compare_file(each.name, before.get(each.old_name or each.name), after.get(each.name), each.old_name)
        )
        for each in files
    ]


class _Painter:
    def __init__(self, revision: Revision, comments: Sequence[ProposalComment]) -> None:
        self.writers: Mapping[str, Mapping[str, int]] = revision.writers
        people = {person for written in self.writers.values() for person in written.values()}
        self.names = dict(User.objects.filter(pk__in=people).values_list("pk", "display_name"))
        self.comments = comments

    def file(self, difference: FileDifference) -> DrawnFile:
        names = {difference.name, difference.old_name}
        said = [comment for comment in self.comments if comment.file in names]
        painted = [self._passage(difference.name, each, said) for each in difference.passages]
        grouped = groupby(painted, key=lambda each: each.change is Change.KEPT and not each.comments)
        return DrawnFile(
            difference=difference, stretches=[Stretch(is_kept, list(passages)) for is_kept, passages in grouped]
        )

    def _passage(self, file: str, difference: PassageDifference, said: Sequence[ProposalComment]) -> Drawn:
        keys = {passage.key for passage in (difference.before, difference.after) if passage is not None}
        return Drawn(
            difference=difference,
            html=self._html(file, difference),
            writer=self.names.get(self.writers.get(file, {}).get(difference.key, 0), ""),
            comments=[comment for comment in said if comment.key in keys],
            children=[
                self._passage(file, each, said)
                for each in difference.children
                if each.kind is not Kind.HEAD or each.change is not Change.KEPT
            ],
        )

    def _html(self, file: str, difference: PassageDifference) -> str:
        """Only of what came, went or moved: of the rest, words are compared or folded away."""
        is_shown = difference.change in (Change.ADDED, Change.REMOVED, Change.MOVED)
        if not is_shown or difference.kind not in _PROSE or len(difference.shown.text) > LONGEST_RENDERED:
            return ""
        language = language_of("en" if file.endswith(("en.md", "en.ipynb")) else "ko")
        return mark_safe(content.read_prose(difference.shown.text, language))  # noqa: S308  # sanitised by lib.content


def gone(comments: Sequence[ProposalComment], files: Sequence[DrawnFile]) -> Iterator[ProposalComment]:
    """Words whose passage is no longer among these files' passages."""
    names = {name for file in files for name in (file.difference.name, file.difference.old_name)}
    shown = {
        comment.pk
        for file in files
        for stretch in file.stretches
        for each in stretch.passages
        for comment in _said(each)
    }
    yield from (comment for comment in comments if comment.file in names and comment.pk not in shown)


def _said(passage: Drawn) -> Iterator[ProposalComment]:
    yield from passage.comments
    for child in passage.children:
        yield from _said(child)
