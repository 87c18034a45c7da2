"""Pictures and charts of items, wherever an item is shown: practice, diagnosis, the item bank."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from saem.apps.catalog.models import Artifact, Program, Version
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.models import PracticeState
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.services import grant
from saem.lib.content import content_hash, pack
from tests import cast, sample

CHART = """\
- id: bars
  kind: chart
  skills: [mean]
  prompt: {ko: 가장 긴 막대는?, en: Which bar is the longest?}
  explanation: {ko: 여름이에요., en: Summer.}
  chart:
    kind: bar
    x: {ko: 계절, en: Season}
    y: {ko: 대여(대), en: Rentals}
    labels: [{ko: 봄, en: Spring}, {ko: 여름, en: Summer}]
    series: [{title: {ko: 대여, en: Rentals}, values: [10, 20]}]
    alt: {ko: 두 계절의 대여를 막대로 그렸어요., en: Rentals of two seasons as bars.}
  choice:
    options:
      - {id: spring, text: {ko: 봄, en: Spring}, feedback: {ko: 더 짧아요., en: It is shorter.}}
      - {id: summer, text: {ko: 여름, en: Summer}, right: true}
"""
PICTURE = """\
- id: dots-NUMBER
  kind: choice
  skills: [mean]
  prompt:
    ko: "점은 어디에 있나요? [첫 수업](lesson:growth)을 보세요.\\n\\n![검은 점](../lessons/growth/images/dot.png)"
    en: "Where is the dot? See [the lesson](lesson:growth).\\n\\n![A black dot](../lessons/growth/images/dot.png)"
  explanation: {ko: "![검은 점](../lessons/growth/images/dot.png)", en: "![A black dot](../lessons/growth/images/dot.png)"}
  options:
    - {id: middle, text: {ko: 가운데, en: In the middle}, right: true}
    - {id: edge, text: {ko: 가장자리, en: At the edge}, feedback: {ko: 아니에요., en: No.}}
"""


def png() -> bytes:
    """One black dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND", b""))
    )


@dataclass(frozen=True)
class Shown:
    version: Version
    student: Enrolment
    author: User

    def client(self, user: User, language: str = "ko") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(user)
        return client

    def read(self, user: User, address: str, language: str = "ko") -> str:
        answer = self.client(user, language).get(address)
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def shown(db: None, tmp_path: Path) -> Shown:
    """A program with a chart and nine items with a picture; stored without a rehearsal, which no page here needs."""
    text = CHART + "".join(PICTURE.replace("NUMBER", str(number)) for number in range(9))
    root = sample.sample_program(tmp_path / "drawn", **{"items__drawn.yaml": text})
    (root / "lessons/growth/images/dot.png").write_bytes(png())
    program = Program.objects.create(slug=sample.SLUG, owner=cast.a_school())
    version = Version.objects.create(
        program=program, number=1, content_hash=content_hash(root), title_ko="콩 기르기", title_en="Growing beans",
        summary_ko="콩", summary_en="Beans",
    )  # fmt: skip
    Artifact.objects.create(version=version, kind=Artifact.Kind.FOLDER, name="", data=pack(root))
    author = cast.a_person("이저자")
    grant(author, role=Role.AUTHOR, scope=Scope.PROGRAM, scope_id=program.pk)
    return Shown(version, cast.a_student(cast.a_classroom(cast.a_cohort(version))), author)


def check_picture(shown: Shown, user: User, page: str, place: str) -> None:
    """The page names an address below `place`, and whoever may read the page is sent the picture from there."""
    assert "asset:" not in page
    address = page.split(f'src="{place}', 1)[1].split('"', 1)[0]
    answer = shown.client(user).get(place + address)
    assert (answer.status_code, answer.headers["Content-Type"], answer.content) == (200, "image/png", png())
    assert shown.client(cast.a_stranger()).get(place + address).status_code == 404
    assert shown.client(user).get(f"{place}items/drawn.yaml").status_code == 404, "answers are no pictures"


def test_practice_shows_pictures_and_leads_to_the_lesson(shown: Shown) -> None:
    PracticeState.objects.create(enrolment=shown.student, item="dots-3", why={"code": "weakest_skill", "skill": "mean"})
    page = shown.read(shown.student.user, reverse("practice:item", args=[shown.student.pk]))
    check_picture(shown, shown.student.user, page, f"/practice/{shown.student.pk}/assets/")
    assert f'href="/learn/{shown.student.pk}/growth/"' in page


def test_a_diagnosis_shows_pictures(shown: Shown) -> None:
    client, args = shown.client(shown.student.user), [shown.student.pk, "before"]
    client.post(reverse("diagnosis:start", args=args))
    for _item in range(2):
        page = shown.read(shown.student.user, reverse("diagnosis:sitting", args=args))
        if "<img" in page:
            break
        token = page.split('name="token" value="', 1)[1].split('"', 1)[0]
        client.post(reverse("diagnosis:answer", args=args), {"token": token, "unknown": "on"})
    check_picture(shown, shown.student.user, page, f"/diagnosis/{shown.student.pk}/before/assets/")


def test_the_bank_shows_pictures_and_leads_to_the_program(shown: Shown) -> None:
    page = shown.read(shown.author, reverse("itembank:item", args=[sample.SLUG, "dots-0"]))
    check_picture(shown, shown.author, page, f"/bank/{sample.SLUG}/assets/")
    assert page.count('src="/bank/') == 2, "in the question and in the explanation"
    assert f'href="/programs/{sample.SLUG}/#growth"' in page


def test_the_bank_draws_a_chart_as_practice_does_with_its_numbers_in_words_of_the_reader(shown: Shown) -> None:
    PracticeState.objects.create(enrolment=shown.student, item="bars", why={"code": "weakest_skill", "skill": "mean"})
    practice = shown.read(shown.student.user, reverse("practice:item", args=[shown.student.pk]))
    bank = shown.read(shown.author, reverse("itembank:item", args=[sample.SLUG, "bars"]))

    def figure(page: str) -> str:
        return page.split('<figure class="chart">', 1)[1].split("</figure>", 1)[0]

    assert figure(bank) == figure(practice)
    assert "두 계절의 대여를 막대로 그렸어요." in figure(bank)
    english = shown.read(shown.author, reverse("itembank:item", args=[sample.SLUG, "bars"]), "en")
    assert "Rentals of two seasons as bars." in english


def test_the_bank_s_form_takes_no_answer(shown: Shown) -> None:
    page = shown.read(shown.author, reverse("itembank:item", args=[sample.SLUG, "dots-0"]))
    form = page.split("<fieldset", 1)[1].split("</article>", 1)[0]
    assert "disabled" in form.split(">", 1)[0]
    assert 'type="radio"' in form
    assert "<form" not in form
