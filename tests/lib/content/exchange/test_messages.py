"""Every code has words in both languages, and every placeholder a value."""

import logging
import re
from pathlib import Path

import pytest
from django.utils import translation

from saem.lib.content import Problem
from saem.lib.content.exchange import Code, import_book, import_items
from saem.lib.content.exchange.folders import in_the_way, read_folder
from saem.web.messages import message
from saem.web.messages.exchange import MESSAGES
from tests.lib.content.exchange.book.test_importing import PAGE
from tests.lib.content.exchange.qti.package import CHOICE, OPTIONS, exported, item, package
from tests.lib.content.items.authored import authored

DONE = {"exchange.written"}


def test_every_code_has_words_and_a_remedy() -> None:
    assert {re.sub(r"\.remedy$", "", entry) for entry in MESSAGES} - DONE == {str(code) for code in Code}
    assert all(f"{code}.remedy" in MESSAGES for code in Code)


def troubled(folder: Path) -> list[Problem]:
    """Problems of many kinds."""
    template = '<qti-template-declaration identifier="N" cardinality="single" base-type="integer"/>'
    body = "<p><img src='x.png'/><video/><math><mi>x</mi></math></p>"
    said = '<qti-modal-feedback identifier="x">Words</qti-modal-feedback>'
    items = (
        b"<a>",
        b"<!DOCTYPE a><a/>",
        b"<a/>",
        b" " * (6 * 2**20),
        b"<a>" * 200,
        item(declarations=CHOICE + template),
        item(OPTIONS * 2),
        item("<p/>"),
        item(OPTIONS.replace('"A"', '"C"')),
        item(body + OPTIONS, after=said).replace(b'xml:lang="en"', b'xml:lang="fr"'),
        package(("a.xml", item()), ("b.xml", item(OPTIONS.replace('"B"', '"D"')).replace(b'lang="en"', b'lang="ko"'))),
    )
    (folder / "a.md").write_text("x")
    varying = "parameters: {a: {low: 1, high: 9}}\nanswer: a\nunits: {km: 1000}\nunit: m"
    return [
        *(problem for each in items for problem in import_items("bank.xml", each).problems),
        *import_book({"a.md": PAGE.encode(), "b.md": b"\xff"}).problems,
        *import_book({}).problems,
        *in_the_way(folder, {"a.md": b"y"}),
        *exported(folder / "program", authored("number", varying)).problems,
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_placeholder_stays_without_a_value(language: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    problems = troubled(tmp_path)
    assert len({each.code for each in problems}) > 25
    with translation.override(language), caplog.at_level(logging.ERROR):
        for each in problems:
            for code in (each.code, each.remedy):
                assert message(code, **each.params)
    assert caplog.text == ""


def test_a_folder_is_read_under_the_limits_of_programs(tmp_path: Path) -> None:
    for name in ("a.md", "_build/b.md", ".git/c.md", "d.bin"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "huge.png").write_bytes(b"0" * (6 * 2**20))
    (tmp_path / "link.md").symlink_to("/etc/passwd")
    files, problems = read_folder(tmp_path)
    assert files == {"a.md": b"x"}
    assert [(each.file, each.code) for each in problems] == [
        ("huge.png", "content.huge_file"),
        ("link.md", "content.symlink"),
    ]
