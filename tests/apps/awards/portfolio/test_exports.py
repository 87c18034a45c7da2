"""The portfolio taken along: a booklet, linked data, and the whole as an archive."""

import io
import json
import zipfile

import pypdfium2
import pytest
from pyld import jsonld

from saem.apps.awards.models import Audience
from saem.apps.awards.portfolio import entries, limits, recognitions, reflecting
from saem.apps.awards.portfolio.archive import Member, safe_name, zipped
from saem.apps.awards.portfolio.linked import CONTEXT, OUR_TERMS
from saem.apps.cohorts.models import Enrolment
from saem.apps.people.limits import Limit
from saem.apps.projects.models import Submission, SubmissionFile
from tests import cast
from tests.apps.awards.portfolio.shelf import NOON, Shelf, client_of, scored

PDF, LINKED, ZIP = (f"/portfolio/portfolio.{kind}" for kind in ("pdf", "jsonld", "zip"))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return text


def body(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def archive_of(shelf: Shelf, language: str = "ko") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(body(shelf.client(language=language).get(ZIP))))


def reflect(shelf: Shelf, text: str, audience: Audience = Audience.NOBODY, **more: str):
    return reflecting.begin(shelf.portfolio, **{"prompt": "hard", "about": ""} | more, text=text, audience=audience)


def test_the_booklet_shows_what_a_link_shows_and_on_request_everything(shelf: Shelf):
    shelf.show(shelf.ref("project"), remark="처음 만든 모형")
    reflect(shelf, "나만 보는 글")
    shown = text_of(body(shelf.client().get(PDF)))
    assert "처음 만든 모형" in shown
    assert "RMSE" in shown
    assert "나만 보는 글" not in shown
    assert "익힌" not in shown
    whole = text_of(body(shelf.client().get(PDF + "?what=all")))
    assert "나만 보는 글" in whole
    assert "55–86" in whole
    assert "2026-000001" in whole


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_empty_portfolio_is_a_booklet_too(shelf: Shelf, language: str):
    newcomer = client_of(cast.a_stranger(), language)
    assert ("포트폴리오" if language == "ko" else "Portfolio") in text_of(body(newcomer.get(PDF)))


@pytest.mark.parametrize(
    "text",
    [
        "가" * limits.LONGEST_TEXT,
        "\u3164" * 9,
        "🌧️ 비",
        "# [x](y) ```\n" * 200,
        "<script>alert(1)</script>",
        "#let x = 1",
    ],
)
def test_whatever_is_written_becomes_a_booklet(shelf: Shelf, text: str):
    reflect(shelf, text)
    entries.introduce(shelf.portfolio, title="가" * 80, introduction="소개\n" * 300)
    shelf.show(shelf.ref("lessons"), remark="가" * 300)
    assert text_of(body(shelf.client().get(PDF + "?what=all")))


def test_linked_data_needs_no_network_and_every_term_has_a_meaning(shelf: Shelf):
    shelf.show(shelf.ref("project"), remark="처음 만든 모형")
    reflect(shelf, "단위가 어려웠다", about=shelf.ref("project"))
    answer = shelf.client().get(LINKED + "?what=all")
    assert answer.headers["Content-Type"] == "application/ld+json"
    document = json.loads(body(answer))
    dropped: list[str] = []
    (node,) = jsonld.expand(document, {"documentLoader": no_network, "onPropertyDropped": dropped.append})
    assert dropped == []
    assert "urn:saem:portfolio:Portfolio" in node["@type"]
    parts = {kind for part in node["https://schema.org/hasPart"] for kind in part["@type"]}
    assert {f"urn:saem:portfolio:{kind}" for kind in ("Project", "Growth", "LessonsDone", "Reflection")} < parts
    place = next(part["place"] for part in document["hasPart"] if "place" in part)
    assert (place["bestRank"], place["worstRank"], place["participants"]) == (1, 1, 1)
    score = next(part["score"] for part in document["hasPart"] if "score" in part)
    assert (score["minValue"], score["value"], score["maxValue"]) == (5.0, 6.0, 7.0)
    assert document["creator"]["hasCredential"][0]["identifier"].endswith("000001호")


def no_network(url: str, _options: object) -> dict[str, object]:
    raise AssertionError(url)


def test_every_term_of_ours_is_explained_to_readers_of_the_format(programs_folder):
    told = (programs_folder.parent / "docs" / "portfolio.md").read_text()
    assert [term for term in OUR_TERMS if f"`{term}`" not in told] == []
    assert set(OUR_TERMS) < CONTEXT.keys()


def test_linked_data_tells_no_more_than_was_chosen(shelf: Shelf):
    shelf.show(shelf.ref("project"))
    reflect(shelf, "나만 보는 글")
    document = json.loads(body(shelf.client().get(LINKED)))
    assert [part["audience"] for part in document["hasPart"]] == ["link"]
    assert document["creator"]["hasCredential"] == []


def test_the_archive_holds_everything_with_the_files_that_were_handed_in(shelf: Shelf):
    row = reflect(shelf, "처음 글")
    reflecting.write(row, text="고친 글", audience=Audience.NOBODY, seen=1)
    submission = Submission.objects.get()
    SubmissionFile.objects.create(submission=submission, data=b"id,height\n2,7\n")
    archive = archive_of(shelf)
    assert archive.testzip() is None
    names = archive.namelist()
    assert names[:3] == ["README.txt", "portfolio.pdf", "portfolio.jsonld"]
    assert archive.read(f"files/heights/2026-10-05-{submission.pk}-submission.csv") == b"id,height\n2,7\n"
    linked = json.loads(archive.read("portfolio.jsonld"))
    assert [old["text"] for part in linked["hasPart"] for old in part.get("earlierVersion", [])] == ["처음 글"]
    assert "고친 글" in text_of(archive.read("portfolio.pdf"))


def test_the_archive_speaks_the_readers_language(shelf: Shelf):
    """It is made when the request is over."""
    reflect(shelf, "단위")
    assert "What was hard?" in text_of(archive_of(shelf, "en").read("portfolio.pdf"))
    assert "무엇이 어려웠나요?" in text_of(archive_of(shelf, "ko").read("portfolio.pdf"))


def test_files_of_a_class_that_was_left_still_belong_to_the_learner(shelf: Shelf):
    Enrolment.objects.filter(pk=shelf.enrolment.pk).update(left_at=NOON)
    SubmissionFile.objects.create(submission=Submission.objects.get(), data=b"mine")
    assert any(name.startswith("files/heights/") for name in archive_of(shelf).namelist())


def test_nobody_elses_files_are_in_it(shelf: Shelf):
    classmate = cast.a_student(shelf.classroom)
    other = scored(classmate, 3.0, low=2.0, high=4.0)
    SubmissionFile.objects.create(submission=other, data=b"theirs")
    assert not any(f"-{other.pk}-" in name for name in archive_of(shelf).namelist())


def test_files_of_recognitions_come_along(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    badge = recognitions.Recognition(
        ref="recognition:badge:1",
        title="자료 탐험가",
        issuer="한빛교육청",
        given_on=NOON.date(),
        files=(recognitions.Evidence("../badge.json", lambda: b"{}"),),
    )
    monkeypatch.setattr(entries, "recognitions", lambda _user: [badge])
    assert archive_of(shelf).read("recognitions/recognition-badge-1-badge.json") == b"{}"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("submission.csv", "submission.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("내 예측 (최종).csv", "내 예측 _최종_.csv"),
        (".hidden", "hidden"),
        ("a\x00b\nc:d.csv", "a_b_c_d.csv"),
        ("...", "file"),
        ("가" * 100 + ".csv", "가" * 76 + ".csv"),
    ],
)
def test_names_lead_nowhere(name: str, safe: str):
    assert safe_name(name) == safe


def test_an_archive_comes_in_pieces():
    """Never more than one file at a time: the second is read after the first has gone."""
    read: list[str] = []

    def load(name: str) -> bytes:
        read.append(name)
        return name.encode() * 1000

    pieces = zipped(Member(name, lambda name=name: load(name)) for name in ("a", "b"))
    first = next(pieces)
    assert read == ["a"]
    whole = zipfile.ZipFile(io.BytesIO(first + b"".join(pieces)))
    assert whole.read("b") == b"b" * 1000


def test_documents_are_work_and_have_an_end(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "EXPORTS_OF_PERSON", Limit("portfolio.export", times=1, seconds=3600))
    client = shelf.client()
    assert [client.get(LINKED).status_code for _try in range(2)] == [200, 429]
