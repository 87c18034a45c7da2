"""Publishing: immutable versions named by their content, once each, whoever publishes and how often."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection
from django.http import Http404

from saem.apps.catalog import folders, queries, services
from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.catalog.services import PublicationRefused, add_version, publish
from saem.apps.events.models import Event
from saem.lib.content import Problem
from saem.lib.sandbox import Sandbox
from tests import cast, sample
from tests.environment import DATABASE


def test_a_folder_becomes_version_one_with_everything_in_it(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    author = cast.a_person()
    root = sample.sample_program(tmp_path)
    version = publish(root, by=author, owner=cast.a_school(), sandbox=sandbox)
    assert (version.number, version.title_ko, version.title_en) == (1, "콩 기르기", "Growing beans")
    assert (version.lessons, version.projects, version.minutes) == (1, 1, 80)
    kinds = sorted(version.artifacts.values_list("kind", "name"))
    assert kinds == [
        ("assignment", sample.PROJECT),
        ("folder", ""),
        ("lesson_data", sample.LESSON),
        ("reference", sample.LESSON),
    ]
    event = Event.objects.get(verb="version.published")
    assert event.facts["content"] == version.content_hash
    assert event.actor == author


def test_the_same_content_is_the_same_version(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    first = sample.published_sample(sandbox, tmp_path)
    root = sample.sample_program(tmp_path / "again")
    assert publish(root, by=None, owner=first.program.owner, sandbox=sandbox) == first
    assert Version.objects.count() == 1
    assert Event.objects.filter(verb="version.published").count() == 1


def test_changed_content_is_the_next_version_and_the_old_one_stays(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    first = sample.published_sample(sandbox, tmp_path)
    root = sample.sample_program(
        tmp_path / "new", **{"program.yaml": sample.PROGRAM.replace("콩 기르기", "콩나물 기르기")}
    )
    second = publish(root, by=None, owner=first.program.owner, sandbox=sandbox)
    assert (second.program, second.number) == (first.program, 2)
    assert second.content_hash != first.content_hash
    assert queries.program_of(first).title.ko == "콩 기르기"
    assert queries.program_of(second).title.ko == "콩나물 기르기"
    assert queries.newest_version(sample.SLUG) == second


def test_a_program_with_problems_is_refused_with_all_of_them(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    broken = sample.LESSON_YAML.replace(".median()", ".mean()")
    root = sample.sample_program(tmp_path, **{f"lessons__{sample.LESSON}__lesson.yaml": broken})
    with pytest.raises(PublicationRefused) as refusal:
        publish(root, by=None, owner=cast.a_school(), sandbox=sandbox)
    assert [type(problem) for problem in refusal.value.problems] == [Problem]
    assert not Program.objects.exists()
    assert not Artifact.objects.exists()


def test_whoever_loses_the_race_for_a_number_tries_again(
    db: None, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, packed = sample.checked_sample(sandbox, tmp_path)
    owner = cast.a_school()
    Program.objects.create(slug=sample.SLUG, owner=owner)
    real, calls = services._add, []

    def beaten(*arguments: object) -> Version:
        calls.append(arguments)
        if len(calls) == 1:
            raise IntegrityError("version_number_once")
        return real(*arguments)

    monkeypatch.setattr(services, "_add", beaten)
    assert add_version(report, packed, by=None, owner=owner).number == 1
    assert len(calls) == 2


@pytest.mark.skipif(DATABASE != "postgresql", reason="SQLite's test database lives in one connection's memory")
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_get_one_version(sandbox: Sandbox, tmp_path: Path) -> None:
    report, packed = sample.checked_sample(sandbox, tmp_path)
    owner = cast.a_school()
    found: list[Version] = []
    begin = threading.Barrier(4)

    def add() -> None:
        begin.wait()
        try:
            found.append(add_version(report, packed, by=None, owner=owner))
        finally:
            connection.close()

    threads = [threading.Thread(target=add) for _index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({version.pk for version in found}) == 1
    assert Version.objects.count() == 1


def test_what_is_in_a_version_comes_back(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    version = sample.published_sample(sandbox, tmp_path)
    assert queries.program_of(version).id == sample.SLUG
    assert queries.lesson_data(version, sample.LESSON) == {"beans.csv": sample.beans_csv().encode()}
    assert set(queries.reference_of(version, sample.LESSON)) == {sample.MEAN}
    assignment = queries.assignment_of(version, sample.PROJECT)
    assert set(assignment.baselines) == {"mean"}
    assert assignment.content_version == version.content_hash
    for ask in (queries.lesson_of, queries.assignment_of, queries.lesson_data, queries.reference_of):
        with pytest.raises(Http404):
            ask(version, "nothing")


def test_a_version_is_unpacked_once_and_whole(
    db: None, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = sample.published_sample(sandbox, tmp_path)
    monkeypatch.setattr(folders, "settings", SimpleNamespace(HOME=tmp_path / "home"))
    first, second = folders.folder_of(version.content_hash), folders.folder_of(version.content_hash)
    assert first == second
    assert [path.name for path in first.iterdir()] == [sample.SLUG]
    assert [path.name for path in first.parent.iterdir()] == [first.name]


def test_another_process_that_unpacked_first_wins(
    db: None, sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = sample.published_sample(sandbox, tmp_path)
    monkeypatch.setattr(folders, "settings", SimpleNamespace(HOME=tmp_path / "home"))
    real = Path.rename

    def beaten(self: Path, target: Path) -> Path:
        (target / "first").mkdir(parents=True)
        return real(self, target)

    monkeypatch.setattr(Path, "rename", beaten)
    folder = folders.folder_of(version.content_hash)
    assert [path.name for path in folder.iterdir()] == ["first"]
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_an_archive_of_lesson_files_is_the_same_bytes_each_time() -> None:
    files = {"b.csv": b"2", "a.csv": b"1"}
    assert folders.zip_of(files) == folders.zip_of(dict(reversed(files.items())))
    assert folders.unzip(folders.zip_of(files)) == files
