"""Saving from the editor: each is a revision of the proposal, made of the one that the writer had before them."""

from collections.abc import Collection, Mapping

from saem.apps.catalog.editor.texts import kept, shown
from saem.apps.catalog.proposals import queries, saving
from saem.apps.catalog.proposals.files import MAIN, bytes_of
from saem.apps.catalog.proposals.models import Incoming, Proposal, Revision
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.content import Text
from saem.lib.content.growing import item_text, lesson_texts, with_item, with_lesson

Outcome = Revision | Incoming


def save_text(proposal: Proposal, name: str, text: str, *, by: User, seen: int, note: str = "") -> Outcome:
    """One file with another text. Raises SaemError as `proposals.saving` does, and where there is no such file."""
    files = _began(proposal, seen)
    if name not in files:
        raise SaemError("editor.no_file", status=404)
    return saving.save(proposal, {**files, name: kept(text, files[name])}, by=by, seen=seen, note=note)


def add_lesson(
    proposal: Proposal,
    lesson: str,
    *,
    by: User,
    seen: int,
    title: Text,
    goal: Text,
    minutes: int,
    skills: Collection[str],
) -> Outcome:
    """A lesson from the template, as the last step of the program."""
    files = _began(proposal, seen)
    if any(name.startswith(f"lessons/{lesson}/") for name in files):
        raise SaemError("editor.name_taken", status=422, name=lesson)
    main = with_lesson(shown(files[MAIN]), lesson)
    if main is None:
        raise SaemError("editor.steps_by_hand", status=422)
    new = lesson_texts(lesson, title=title, goal=goal, minutes=minutes, skills=sorted(skills))
    return _saved(proposal, files, {MAIN: kept(main, files[MAIN]), **_encoded(new)}, by=by, seen=seen)


def add_item(proposal: Proposal, item: str, *, by: User, seen: int, file: str, kind: str, skill: str) -> Outcome:
    """An item from the template, at the end of a list of items that is there or is begun."""
    files = _began(proposal, seen)
    before = files.get(file, b"")
    text = with_item(shown(before), item_text(item, kind, skill))
    if text is None:
        raise SaemError("editor.items_by_hand", status=422, name=file)
    return _saved(proposal, files, {file: kept(text, before)}, by=by, seen=seen)


def move(proposal: Proposal, name: str, to: str, *, by: User, seen: int) -> Outcome:
    """The same file under another name."""
    files = _began(proposal, seen)
    if to in files:
        raise SaemError("editor.name_taken", status=422, name=to)
    data = _taken(files, name)
    return saving.save(proposal, {**files, to: data}, by=by, seen=seen)


def remove(proposal: Proposal, name: str, *, by: User, seen: int) -> Outcome:
    files = _began(proposal, seen)
    _taken(files, name)
    return saving.save(proposal, files, by=by, seen=seen)


def _taken(files: dict[str, bytes], name: str) -> bytes:
    if name not in files:
        raise SaemError("editor.no_file", status=404)
    return files.pop(name)


def _began(proposal: Proposal, seen: int) -> dict[str, bytes]:
    return bytes_of(queries.revision_numbered(proposal, seen).files)


def _saved(proposal: Proposal, files: Mapping[str, bytes], new: Mapping[str, bytes], *, by: User, seen: int) -> Outcome:
    return saving.save(proposal, {**files, **new}, by=by, seen=seen)


def _encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in texts.items()}
