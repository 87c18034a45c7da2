"""Translations: compiles every catalogue, and finds what English readers would miss.

`python -m saem.web.translations compile|check`. Korean is the language of the sources, so it needs no catalogue.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]

# Where the singular, the plural and the context stand among the arguments of each function of gettext.
CALLS = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "pgettext": (1, None, 0),
    "npgettext": (1, 2, 0),
}
STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(({STRING}(?:\s*,\s*{STRING})*)")
HANGUL = re.compile(r"[가-힣ㄱ-ㅎ]")
# What an author would write, shown as it is: code in backticks, and braces that are no placeholder.
EXAMPLE = re.compile(r"\{\{.*\}\}|`[^`{]*`")
PLACEHOLDER = re.compile(r"\{(\w+)(?::[^{}]*)?\}|%\((\w+)\)[sd]")


@dataclass(frozen=True)
class Used:
    """A message that a source asks for."""

    text: str
    plural: str | None = None
    context: str | None = None
    where: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, str | None]:
        return self.text, self.context


def used(name: str, words: Sequence[object], where: str) -> Used | None:
    """Return what a call asks for, or None when its words are not plain strings (a call of something else)."""
    text_at, plural_at, context_at = CALLS[name]
    needed = max(position for position in (text_at, plural_at, context_at) if position is not None)
    if len(words) <= needed or not all(isinstance(word, str) for word in words[: needed + 1]):
        return None
    plural = None if plural_at is None else str(words[plural_at])
    context = None if context_at is None else str(words[context_at])
    return Used(str(words[text_at]), plural, context, where)


def called(call: ast.Call) -> str:
    function = call.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    return name.removesuffix("_lazy")


def in_python(source: str, name: str) -> Iterator[Used]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in CALLS:
            words = [word.value if isinstance(word, ast.Constant) else None for word in node.args]
            found = used(called(node), words, f"{name}:{node.lineno}")
            if found:
                yield found


def in_template(source: str, name: str) -> Iterator[Used]:
    prepared = templatize(source)
    for match in CALL.finditer(prepared):
        words = ast.literal_eval(f"[{match[2]}]")
        found = used(match[1], words, f"{name}:{prepared.count(chr(10), 0, match.start()) + 1}")
        if found:
            yield found


def sources(root: Path = ROOT) -> Iterator[Used]:
    """Find every message in the Python files and templates below a folder."""
    for path in sorted(root.rglob("*.py")):
        yield from in_python(path.read_text(encoding="utf-8"), str(path.relative_to(root)))
    for path in sorted(path for folder in root.rglob("templates") for path in folder.rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            yield from in_template(path.read_text(encoding="utf-8"), str(path.relative_to(root)))


def catalogue_files(root: Path = ROOT) -> list[Path]:
    return sorted(root.rglob("locale/*/LC_MESSAGES/django.po"))


def load(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name, domain="django", abort_invalid=True)


def compile_all(root: Path = ROOT) -> int:
    """Write the binary catalogue beside each text one; return how many there were."""
    files = catalogue_files(root)
    for path in files:
        with path.with_suffix(".mo").open("wb") as out:
            write_mo(out, load(path))
    return len(files)


def forms(entry: str | Iterable[str]) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else tuple(entry)


def names(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(EXAMPLE.sub("", text))}


Entries = dict[tuple[str, str | None], tuple[str, ...]]


def read_all(root: Path = ROOT) -> tuple[Entries, list[str]]:
    """Return all English entries, and what is wrong with them in themselves."""
    entries: Entries = {}
    problems = []
    for path in catalogue_files(root):
        where = str(path.relative_to(root))
        for entry in load(path):
            if not entry.id:
                continue
            ids, texts = forms(entry.id), forms(entry.string or "")
            key = ids[0], entry.context
            problems += [f"{where}: {problem}: {ids[0]}" for problem in wrong(ids, texts, fuzzy=entry.fuzzy)]
            if entries.setdefault(key, texts) != texts:
                problems.append(f"{where}: another catalogue translates this differently: {ids[0]}")
    return entries, problems


def wrong(ids: tuple[str, ...], texts: tuple[str, ...], *, fuzzy: bool) -> Iterator[str]:
    if fuzzy:
        yield "marked fuzzy"
    if not all(texts) or len(texts) < len(ids):
        yield "not translated"
    if any(HANGUL.search(EXAMPLE.sub("", text)) for text in texts):
        yield "the English has Korean letters"
    if len(ids) == 1 and names(ids[0]) != names("".join(texts)):
        yield "the placeholders differ"


def check(root: Path = ROOT) -> list[str]:
    """Return one line for everything that is missing, left over or wrong; an empty list when English is complete."""
    entries, problems = read_all(root)
    asked: set[tuple[str, str | None]] = set()
    for message in sources(root):
        if message.key in asked:
            continue
        asked.add(message.key)
        # A message without Korean letters, such as the name of a language, reads the same in English.
        if message.key not in entries and HANGUL.search(message.text):
            problems.append(f"{message.where}: no English: {message.text}")
        elif message.plural is not None and len(entries.get(message.key, ("", ""))) == 1:
            problems.append(f"{message.where}: the English has no plural: {message.text}")
    problems += [f"no source uses: {text}" for text, context in entries if (text, context) not in asked]
    return problems


@click.command()
@click.argument("step", type=click.Choice(["compile", "check"]))
def main(step: str) -> None:
    """Compile the catalogues, or list what is missing in English (exit status 1 if anything is)."""
    if step == "compile":
        click.echo(f"{compile_all()} catalogues compiled")
        return
    problems = check()
    for problem in problems:
        click.echo(problem)
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
