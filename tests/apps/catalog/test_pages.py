"""The public pages of programs."""

import re
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.lib.sandbox import Sandbox
from tests import cast, sample

HANGUL = re.compile(r"[가-힣]")


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_anybody_sees_the_programs_and_what_is_in_one(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    version = sample.published_sample(sandbox, tmp_path)
    listed = Client().get(reverse("catalog:programs")).content.decode()
    assert "콩 기르기" in listed
    assert "수업 1개" in listed
    assert "80분" in listed
    page = Client().get(reverse("catalog:program", args=[sample.SLUG])).content.decode()
    for words in ("콩의 키", "키 맞히기", "평균", "CC-BY-4.0", "샘 시험 (샘물고등학교)", version.short_hash):
        assert words in page


def test_the_english_pages_have_no_korean_words(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    sample.published_sample(sandbox, tmp_path)
    headers = {"Accept-Language": "en"}
    for url in (reverse("catalog:programs"), reverse("catalog:program", args=[sample.SLUG])):
        page = main_of(Client().get(url, headers=headers).content.decode())
        # Names of people and of schools stay as they are.
        page = re.sub(r"샘 시험 \(샘물고등학교\)|샘물교육지원청", "", page)
        assert not HANGUL.search(page), url


def test_a_program_that_does_not_exist(db: None) -> None:
    assert Client().get(reverse("catalog:program", args=["nothing"])).status_code == 404


def test_an_empty_site_says_so(db: None) -> None:
    assert "아직 공개된 프로그램이 없어요" in Client().get(reverse("catalog:programs")).content.decode()


def test_the_list_takes_the_same_queries_for_one_program_and_for_thirty(db: None) -> None:
    counts = []
    for number in (1, 29):
        for _index in range(number):
            cast.a_version()
        with CaptureQueriesContext(connection) as queries:
            page = Client().get(reverse("catalog:programs")).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert page.count("<article") == 24
    assert "?page=2" in page


def test_only_the_newest_version_of_a_program_is_listed(db: None) -> None:
    version = cast.a_version()
    version.pk, version.number, version.content_hash, version.title_ko = None, 2, "sha256:" + "f" * 64, "둘째 판"
    version.save(force_insert=True)
    listed = Client().get(reverse("catalog:programs")).content.decode()
    assert "둘째 판" in listed
    assert "내일 비가 올까?" not in listed
