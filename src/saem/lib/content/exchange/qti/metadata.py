"""What an item of ours says of itself beside its question, as IEEE LOM in the manifest."""

import re
from collections.abc import Iterator

from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.markup import tag, words
from saem.lib.content.exchange.qti.names import LOM
from saem.lib.content.exchange.xml import Element
from saem.lib.content.schema import ItemFile

_OURS = "saem:"
_SECONDS = re.compile(r"^PT(\d+)S$")


def written(asked: ItemFile) -> str:
    """Skills and tags as a classification of ours, minutes as the usual time."""
    paths = "".join(_path(key, name) for key, name in _facts(asked))
    purpose = tag("purpose", tag("source", "LOMv1.0"), tag("value", "educational objective"))
    time = (
        tag("educational", tag("typicalLearningTime", tag("duration", f"PT{asked.minutes * 60:.0f}S")))
        if asked.minutes is not None
        else ""
    )
    return tag("metadata", tag("lom", time, tag("classification", purpose, paths), xmlns=LOM))


def _facts(asked: ItemFile) -> Iterator[tuple[str, str]]:
    yield from (("skills", each) for each in asked.skills)
    yield from (("tags", each) for each in asked.tags)
    yield "difficulty", f"{asked.difficulty:g}"
    yield "use", asked.use


def _path(key: str, name: str) -> str:
    source = tag("source", tag("string", f"{_OURS}{key}", language="en"))
    return tag("taxonPath", source, tag("taxon", tag("id", words(name))))


def read(resource: Element | None) -> Entry:
    """The same keys again; nothing of what other systems write there."""
    found: dict[str, list[str]] = {}
    for path in resource.all("taxon-path") if resource is not None else ():
        source, names = path.first("source"), path.all("id")
        if source is not None and source.text.startswith(_OURS):
            found.setdefault(source.text.removeprefix(_OURS), []).extend(each.text for each in names)
    entry: Entry = {}
    if found.get("skills"):
        entry["skills"] = found["skills"]
    if found.get("difficulty", ["0"]) != ["0"]:
        entry["difficulty"] = _number(found["difficulty"][0])
    time = resource.first("duration") if resource is not None else None
    seconds = _SECONDS.match(time.text) if time is not None else None
    if seconds is not None and found:
        entry["minutes"] = int(seconds[1]) / 60
    if found.get("use", ["both"]) != ["both"]:
        entry["use"] = found["use"][0]
    if found.get("tags"):
        entry["tags"] = found["tags"]
    return entry


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
