"""Writing in the browser: what is shown, what is saved, and what is refused without losing a letter."""

import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.catalog.editor.texts import LONGEST
from saem.apps.catalog.proposals import queries, saving
from saem.apps.catalog.proposals.files import bytes_of
from saem.apps.catalog.proposals.models import Incoming
from tests.apps.catalog.editor.a_writer import address, begun, file_of, reader, text_of
from tests.apps.catalog.proposals.a_proposal import KOREAN, PAGE, a_world

pytestmark = pytest.mark.django_db
SHEET = "lessons/first/lesson.yaml"
HTMX = {"HX-Request": "true"}


def test_files_stand_in_groups_with_the_titles_of_their_lessons():
    _world, proposal, client = begun()
    page = text_of(client.get(address("files", proposal)))
    assert "수업 · 처음 보기" in page
    assert address("edit", proposal, KOREAN) in page


def test_the_page_of_a_lesson_stands_beside_its_source():
    _world, proposal, client = begun()
    page = text_of(client.get(address("edit", proposal, KOREAN)))
    assert '<div class="prose"><p>표를 읽어요.</p>' in page
    assert "## 보기" in page
    assert "고칠 곳을 찾지 못했어요" in page


def test_what_is_typed_is_shown_and_nothing_is_stored():
    _world, proposal, client = begun()
    text = PAGE + "\n**새 문단**이에요. <script>alert(1)</script>\n"
    answer = client.post(address("preview", proposal, KOREAN), {"seen": 1, "text": text})
    page = text_of(answer)
    assert "<strong>새 문단</strong>" in page
    assert "<script" not in page
    assert proposal.revisions.count() == 1


def test_a_problem_is_told_with_its_line_and_its_remedy():
    _world, proposal, client = begun()
    text = PAGE + "\n[다음](lesson:nowhere)\n"
    page = text_of(client.post(address("preview", proposal, KOREAN), {"seen": 1, "text": text}))
    assert f'data-line="{text.count(chr(10))}"' in page
    assert "nowhere" in page


def test_broken_yaml_says_so_and_keeps_the_last_good_page():
    _world, proposal, client = begun()
    broken = "title: {ko: 새 제목, en: New\n"
    page = text_of(client.post(address("preview", proposal, SHEET), {"seen": 1, "text": broken}))
    assert "저장된 글로 만든 페이지" in page
    assert "처음 보기" in page
    assert "data-grave" in page


def test_saving_is_a_revision_of_this_file_alone():
    world, proposal, client = begun()
    new = PAGE.replace("하루", "한 해")
    answer = client.post(
        address("edit", proposal, KOREAN),
        {"seen": 1, "text": new.replace("\n", "\r\n"), "note": "한 해로"},
        headers=HTMX,
    )
    assert "저장됨" in text_of(answer)
    assert 'value="2"' in text_of(answer)
    revision = queries.newest_revision(proposal)
    assert (revision.number, revision.note, revision.saved_by) == (2, "한 해로", world.author)
    assert bytes_of(revision.files) == world.files | {KOREAN: new.encode()}


def test_saving_works_without_scripts():
    _world, proposal, client = begun()
    answer = client.post(address("edit", proposal, KOREAN), {"seen": 1, "text": PAGE + "\n끝이에요.\n"}, follow=True)
    assert "저장했어요" in text_of(answer)
    assert "끝이에요." in text_of(answer)
    shown = client.post(
        address("edit", proposal, KOREAN), {"seen": 2, "text": PAGE + "\n더 써요.\n", "action": "preview"}
    )
    assert "<p>더 써요.</p>" in text_of(shown)
    assert proposal.revisions.count() == 2


def test_line_ends_and_mark_of_a_file_stay_as_they_were():
    world = a_world()
    files = world.files | {KOREAN: b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode()}
    proposal = saving.open_proposal(world.program, by=world.author, title="가", why="나", files=files)
    client = reader(world.author)
    same = client.post(address("edit", proposal, KOREAN), {"seen": 1, "text": PAGE}, headers=HTMX)
    assert same.status_code == 422
    assert "고친 것이 없어서" in text_of(same)
    client.post(address("edit", proposal, KOREAN), {"seen": 1, "text": PAGE + "끝\n"}, headers=HTMX)
    assert bytes_of(queries.newest_revision(proposal).files)[KOREAN] == files[KOREAN] + "끝\r\n".encode()


def test_two_writers_of_two_paragraphs_are_merged():
    world, proposal, client = begun()
    saving.save(
        proposal,
        world.files | {KOREAN: PAGE.replace("표를", "큰 표를").encode()},
        by=world.colleague,
        seen=1,
    )
    answer = client.post(
        address("edit", proposal, KOREAN), {"seen": 1, "text": PAGE.replace("더운", "추운")}, headers=HTMX
    )
    assert answer.headers["HX-Redirect"] == address("edit", proposal, KOREAN)
    assert file_of(proposal, KOREAN) == PAGE.replace("더운", "추운").replace("표를", "큰 표를")


def test_two_writers_of_one_paragraph_meet_at_the_page_of_conflicts():
    world, proposal, client = begun()
    saving.save(proposal, world.files | {KOREAN: PAGE.replace("하루", "한 달").encode()}, by=world.colleague, seen=1)
    answer = client.post(address("edit", proposal, KOREAN), {"seen": 1, "text": PAGE.replace("하루", "한 해")})
    incoming = Incoming.objects.get()
    assert answer.headers["Location"] == reverse("proposals:merge", args=[proposal.pk, incoming.pk])
    assert "한 달" in file_of(proposal, KOREAN)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("가" * (LONGEST + 1), "글이 너무 길어요"),
        ("a" * 2**20, "글이 너무 길어요"),
        ("\x89PNG\x1a\x00\x00", "글이 아닌 것이 섞여 있어요"),
        ("GIF89a\x02\x10", "글이 아닌 것이 섞여 있어요"),
    ],
)
def test_what_is_no_text_of_a_person_is_refused_and_stays_on_the_page(text, reason):
    _world, proposal, client = begun()
    for name in ("edit", "preview"):
        answer = client.post(address(name, proposal, KOREAN), {"seen": 1, "text": text})
        assert answer.status_code == 422
        assert reason in text_of(answer)
    assert proposal.revisions.count() == 1


@pytest.mark.parametrize(
    "name", ["../program.yaml", "lessons/first/none.md", "lessons/first", unicodedata.normalize("NFD", "가.md")]
)
def test_a_file_that_is_not_there_does_not_exist(name):
    _world, proposal, client = begun()
    assert client.get(f"/proposals/{proposal.pk}/edit/files/{name}").status_code == 404
    saved = client.post(f"/proposals/{proposal.pk}/edit/files/{name}", {"seen": 1, "text": "가"})
    assert saved.status_code in {404, 422}
    assert proposal.revisions.count() == 1


@pytest.mark.parametrize("seen", ["", "0", "7", "x", "9" * 30])
def test_a_revision_that_never_was_saves_nothing(seen):
    _world, proposal, client = begun()
    answer = client.post(address("edit", proposal, KOREAN), {"seen": seen, "text": "가"})
    assert answer.status_code in {404, 422}
    assert proposal.revisions.count() == 1


def test_a_proposal_that_has_ended_is_not_written():
    world, proposal, client = begun()
    saving.close(proposal, by=world.author)
    assert client.get(address("edit", proposal, KOREAN)).status_code == 409


def test_whoever_only_reviews_does_not_write():
    world, proposal, _client = begun()
    assert reader(world.teacher).get(address("files", proposal)).status_code == 404
    assert reader(world.teacher).post(address("preview", proposal, KOREAN)).status_code == 404


def test_a_page_asks_the_database_the_same_however_large_the_program_is():
    world = a_world()
    small = world.opened()
    more = {f"lessons/first/images/a{number}.csv": b"a" for number in range(30)}
    large = saving.open_proposal(world.program, by=world.author, title="가", why="나", files=world.files | more)
    client = reader(world.author)
    counts = []
    for proposal in (small, large):
        for name in (address("files", proposal), address("edit", proposal, KOREAN)):
            client.get(name)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get(name)
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
