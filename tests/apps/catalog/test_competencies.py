"""The map of competencies: of the newest version and of an older one, with its gaps, in both languages."""

import re
from pathlib import Path

from django.test import Client
from django.urls import reverse

from saem.apps.catalog.services import publish
from saem.lib.sandbox import Sandbox
from tests import cast, sample
from tests.apps.catalog.test_pages import HANGUL, main_of

URL = ("catalog:competencies", [sample.SLUG])
LESSON_FILE = f"lessons__{sample.LESSON}__lesson.yaml"


def tagged(tags: str) -> dict[str, str]:
    return {LESSON_FILE: sample.LESSON_YAML + f"tags: [{tags}]\n"}


def test_the_map_shows_what_is_there_and_what_is_missing(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    root = sample.sample_program(tmp_path, **tagged("ai4k12/3, unesco-students/T1"))
    publish(root, by=None, owner=cast.a_school(), sandbox=sandbox)
    page = main_of(Client().get(reverse(URL[0], args=URL[1])).content.decode())
    assert "AI4K12 다섯 가지 큰 생각" in page
    assert "역량 5가지 가운데 1가지를 길러요" in page
    assert page.count("아직 다루지 않아요") == 4 + 11
    assert f"#{sample.LESSON}" in page
    linked = Client().get(reverse("catalog:program", args=[sample.SLUG])).content.decode()
    assert reverse(URL[0], args=URL[1]) in linked
    english = main_of(Client().get(reverse(URL[0], args=URL[1]), headers={"Accept-Language": "en"}).content.decode())
    assert "1 of 5 competencies" in english
    assert not HANGUL.search(english)


def test_an_older_version_has_its_own_map(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    owner = cast.a_school()
    for number, tags in enumerate(("ai4k12/1", "ai4k12/2, ai4k12/1"), start=1):
        root = sample.sample_program(tmp_path / str(number), **tagged(tags))
        assert publish(root, by=None, owner=owner, sandbox=sandbox).number == number
    found = [
        re.findall(r"가운데 (\d)가지를", Client().get(reverse("catalog:competencies_of", args=[sample.SLUG, n])).content.decode())
        for n in (1, 2)
    ]  # fmt: skip
    assert found == [["1"], ["2"]]
    assert Client().get(reverse("catalog:competencies_of", args=[sample.SLUG, 3])).status_code == 404


def test_a_program_without_tags_says_so_and_is_not_linked(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    sample.published_sample(sandbox, tmp_path)
    url = reverse(URL[0], args=URL[1])
    assert "아직 역량 태그가 없어요" in Client().get(url).content.decode()
    assert url not in Client().get(reverse("catalog:program", args=[sample.SLUG])).content.decode()
    assert Client().get(reverse(URL[0], args=["nothing"])).status_code == 404
