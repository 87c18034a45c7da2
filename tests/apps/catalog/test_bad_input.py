"""Every kind of bad input: a problem with file, line and remedy in both languages, and never half a publication."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import Http404

from saem.apps.catalog import folders
from saem.apps.catalog.checking import problem_remedy, problem_text
from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.catalog.services import PublicationRefused, publish
from saem.errors import SaemError
from saem.lib.content import ArchiveError, content_hash, unpack
from saem.lib.sandbox import Sandbox
from saem.web.messages import TABLE, message
from tests import cast, sample

LESSON = f"lessons/{sample.LESSON}"
MEGABYTE = 1024 * 1024


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        text = (root / name).read_text()
        assert old in text
        (root / name).write_text(text.replace(old, new, 1))

    return edit


def a_large_notebook(root: Path) -> None:
    with (root / f"projects/{sample.PROJECT}/solution/notebook.ipynb").open("wb") as file:
        file.truncate(50 * MEGABYTE)


def another_unicode_form(root: Path) -> None:
    (root / LESSON / "images" / unicodedata.normalize("NFD", "그림.svg")).write_text("<svg/>")


def a_link_out(root: Path) -> None:
    (root.parent / "secret.txt").write_text("not ours")
    (root / LESSON / "images" / "plan.svg").symlink_to(root.parent / "secret.txt")


def duplicate_items(root: Path) -> None:
    item = (
        "- {id: one, kind: text, skills: [mean], prompt: {ko: 가, en: a}, explanation: {ko: 나, en: b}, answers: [c]}\n"
    )
    (root / "items").mkdir()
    (root / "items/a.yaml").write_text(item * 2)


def a_circle(root: Path) -> None:
    edited(f"{LESSON}/lesson.yaml", "minutes: 20", f"minutes: 20\nneeds: [{sample.LESSON}]")(root)


BAD = {
    "broken YAML": (edited("program.yaml", "level: {", "level: {{"), "program.yaml", 5, "yaml_syntax"),
    "duplicate ids of skills": (
        edited("program.yaml", "skills: [", "skills: [{id: mean, title: {ko: 평, en: M}}, "),
        *("program.yaml", 8, "duplicate_id"),
    ),
    "duplicate ids of items": (duplicate_items, "items/a.yaml", 2, "item_twice"),
    "a cycle of prerequisites": (a_circle, f"{LESSON}/lesson.yaml", 4, "needs_cycle"),
    "an image without alt": (edited(f"{LESSON}/ko.md", "![콩 그림]", "![]"), f"{LESSON}/ko.md", 5, "missing_alt"),
    "a script in Markdown": (
        edited(f"{LESSON}/en.md", "Let us grow beans.", "Let us.\n\n<script>\nalert(1)</script>\n\n"),
        *(f"{LESSON}/en.md", 5, "active_html"),
    ),
    "a handler in Markdown": (
        edited(f"{LESSON}/en.md", "Let us grow beans.", "Let <b\tOnClick = x()>us</b>"),
        *(f"{LESSON}/en.md", 3, "active_html"),
    ),
    "a notebook of 50 MB": (a_large_notebook, f"projects/{sample.PROJECT}/solution/notebook.ipynb", 1, "huge_file"),
    "a name in another Unicode form": (another_unicode_form, f"{LESSON}/images/그림.svg", 1, "file_name"),
    "a link out of the folder": (a_link_out, f"{LESSON}/images/plan.svg", 1, "symlink"),
    "an address out of the folder": (
        edited(f"{LESSON}/ko.md", "(images/bean.svg)", "(../../../../etc/passwd)"),
        *(f"{LESSON}/ko.md", 5, "missing_image"),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_told_at_its_line_and_nothing_is_published(db: None, sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    spoil, file, line, code = BAD[name]
    root = sample.sample_program(tmp_path)
    spoil(root)
    with pytest.raises(PublicationRefused) as refusal:
        publish(root, by=None, owner=cast.a_school(), sandbox=sandbox)
    found = {(each.file, each.line, each.code): each for each in refusal.value.problems}
    assert (file, line, f"content.{code}") in found
    told = found[file, line, f"content.{code}"]
    for language in ("ko", "en"):
        assert "…" not in problem_text(told, language)
        assert len(problem_remedy(told, language)) > 10
    assert (Program.objects.count(), Version.objects.count(), Artifact.objects.count()) == (0, 0, 0)


def test_an_archive_bomb_writes_nothing(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("program.yaml", "format: 1\n")
        archive.writestr("files/zeros.csv", b"0" * (30 * MEGABYTE))
    assert len(packed.getvalue()) < MEGABYTE
    with pytest.raises(ArchiveError) as refused:
        unpack(packed.getvalue(), tmp_path / "out")
    assert "zeros.csv" in message(refused.value.code, **refused.value.params)
    assert f"{refused.value.code}.remedy" in TABLE
    assert not (tmp_path / "out").exists()


def test_a_published_version_cannot_be_changed(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    version = sample.published_sample(sandbox, tmp_path)
    version.title_ko = "다른 제목"
    with pytest.raises(TypeError, match="never changes"):
        version.save()
    folder = version.artifacts.get(kind=Artifact.Kind.FOLDER)
    folder.data = b"other"
    with pytest.raises(TypeError, match="never changes"):
        folder.save(update_fields=["data"])
    version.refresh_from_db()
    assert version.title_ko == "콩 기르기"


def test_a_version_whose_bytes_were_changed_is_not_opened(
    db: None, sandbox: Sandbox, tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    settings.HOME = tmp_path / "home"
    version = sample.published_sample(sandbox, tmp_path)
    other = sample.sample_program(tmp_path / "other", **{"program.yaml": sample.PROGRAM.replace("콩 기르기", "콩")})
    assert content_hash(other) != version.content_hash
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("program.yaml", (other / "program.yaml").read_text())
    Artifact.objects.filter(version=version, kind=Artifact.Kind.FOLDER).update(data=packed.getvalue())
    with pytest.raises(SaemError) as refused:
        folders.folder_of(version.content_hash)
    assert refused.value.code == "catalog.version_changed"
    assert not list((tmp_path / "home/cache/versions").iterdir())


def test_a_version_that_is_not_there(db: None, tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.HOME = tmp_path
    with pytest.raises(Http404):
        folders.folder_of("sha256:" + "0" * 64)
