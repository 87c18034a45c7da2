"""Pages of proposals: what is shown to whom, and what a form that cannot be taken says."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.catalog.proposals import queries, reviewing, saving
from saem.apps.catalog.proposals.files import bytes_of
from saem.apps.catalog.proposals.models import CheckState, Incoming, Proposal, ReviewDecision, RevisionCheck
from saem.apps.people.models import User
from tests.apps.catalog.proposals.a_proposal import KOREAN, PAGE, World, a_published, a_world, checked
from tests.cast import a_stranger

pytestmark = pytest.mark.django_db
NEW = PAGE.replace("하루", "한 해")


def reader(user: User) -> Client:
    client = Client(headers={"Accept-Language": "ko"})
    client.force_login(user)
    return client


def address(name: str, proposal: Proposal, *more: object) -> str:
    return reverse(f"proposals:{name}", args=[proposal.pk, *more])


def sent(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_author_opens_a_proposal_uploads_one_file_and_reads_the_difference():
    world = a_world()
    client = reader(world.author)
    opened = client.post(
        reverse("proposals:new", args=[world.program.slug]), {"title": "기온", "why": "헷갈렸어요."}, follow=True
    )
    proposal = Proposal.objects.get()
    assert "기온" in text_of(opened)
    answer = client.post(
        address("upload", proposal), {"seen": 1, "file": sent("ko.md", NEW.encode()), "note": "한 해로"}
    )
    assert answer.headers["Location"] == address("proposal", proposal)
    assert bytes_of(queries.newest_revision(proposal).files)[KOREAN].decode() == NEW
    page = text_of(client.get(address("changes", proposal)))
    assert "<del>하루의</del><ins>한 해의</ins> 기온을 찾아요." in page
    assert "이집필 님이 씀" in page
    assert "그대로인 대목 2개" in page


def test_a_zip_is_the_whole_folder_and_can_be_downloaded_again():
    world = a_world()
    proposal = world.opened()
    client = reader(world.author)
    files = {f"tiny/{name}": data for name, data in world.files.items() if not name.endswith("en.md")}
    client.post(address("upload", proposal), {"seen": 1, "file": sent("tiny.zip", zipped(files))})
    with zipfile.ZipFile(io.BytesIO(client.get(address("archive", proposal)).content)) as archive:
        assert set(archive.namelist()) == {name for name in world.files if not name.endswith("en.md")}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "파일을 골라 주세요."),
        ({"file": ("ko.md", b"")}, "파일이 비어 있어요."),
        ({"file": ("new.md", b"x")}, "어디에 둘지 모르겠어요"),
        ({"file": ("map.png", b"\x89PNG\0")}, "글로 읽을 수 없는 파일이에요."),
        ({"file": ("all.zip", b"PK\x03\x04 broken")}, "zip"),
        ({"file": ("ko.md", PAGE.encode())}, "지금 저장된 것과 같아요"),
        ({"file": ("x.md", b"x"), "name": "../x.md"}, "파일"),
        ({"file": ("big.md", b"x" * (31 * 2**20))}, "30 MB까지"),
    ],
)
def test_an_upload_that_cannot_be_taken_says_why(data: dict, words: str):
    world = a_world()
    proposal = world.opened()
    form = {name: sent(*value) if name == "file" else value for name, value in data.items()}
    answer = reader(world.author).post(address("upload", proposal), {"seen": 1, **form})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert proposal.revisions.count() == 1


@pytest.mark.parametrize("seen", ["", "0", "99", "x", "9" * 30])
def test_a_form_of_no_revision_changes_nothing(seen: str):
    world = a_world()
    proposal = world.opened()
    answer = reader(world.author).post(address("upload", proposal), {"seen": seen, "file": sent("ko.md", NEW.encode())})
    assert answer.status_code in {404, 422}
    assert proposal.revisions.count() == 1


def test_what_clashes_is_asked_on_the_page_and_solved_there():
    world = a_world()
    proposal = world.opened(NEW)
    client = reader(world.colleague)
    other = PAGE.replace("하루", "한 달").encode()
    answer = client.post(address("upload", proposal), {"seen": 1, "file": sent("ko.md", other)})
    assert answer.status_code == 302  # what was not seen is based on the newest: only one had saved
    saving.save(proposal, world.files | {KOREAN: PAGE.replace("하루", "한 주").encode()}, by=world.author, seen=1)
    waiting = Incoming.objects.get(settled_at=None)
    where = address("merge", proposal, waiting.pk)
    page = text_of(client.get(where))
    assert "한 달의 기온을 찾아요." in page
    assert "한 주의 기온을 찾아요." in page
    assert "checked" not in page
    (conflict,) = saving.merge_of(waiting, queries.newest_revision(proposal)).conflicts
    unanswered = client.post(where, {"seen": 2})
    assert unanswered.status_code == 422
    assert "하나를 골라 주세요." in text_of(unanswered)
    stale = client.post(where, {"seen": 1, f"choice-{conflict.id}": "theirs"})
    assert stale.status_code == 422
    assert "그 사이에 새로 저장한 것이 있어요" in text_of(stale)
    client.post(where, {"seen": 2, f"choice-{conflict.id}": "own", f"text-{conflict.id}": "한 철의 기온을 찾아요."})
    assert "한 철의 기온" in bytes_of(queries.newest_revision(proposal).files)[KOREAN].decode()
    assert client.get(where).status_code == 404


def test_a_newer_version_is_offered_and_taken_in():
    world = a_world()
    proposal = world.opened(NEW)
    a_published(world.program, world.files | {KOREAN: PAGE.replace("더운", "추운").encode()})
    client = reader(world.author)
    assert "그 사이에 2판이 나왔어요" in text_of(client.get(address("proposal", proposal)))
    client.post(address("take", proposal))
    assert queries.newest_revision(proposal).base.number == 2


def test_comments_hang_on_a_passage_and_stay_when_it_is_gone():
    world = a_world()
    proposal = world.opened(NEW)
    teacher = reader(world.teacher)
    changed = teacher.get(address("changes", proposal)).content.decode().partition('class="passage changed"')[2]
    link = re.search(r'href="([^"]*comment/\?file=[^"]*)"', changed)
    assert link is not None
    form = teacher.get(link[1].replace("&amp;", "&"))
    hidden = dict(re.findall(r'type="hidden" name="(seen|file|key)" value="([^"]*)"', form.content.decode()))
    said = teacher.post(address("comment", proposal), {**hidden, "text": "왜 한 해인가요?"})
    comment = proposal.comments.get()
    assert said.headers["Location"].endswith(f"#said-{comment.pk}")
    author = reader(world.author)
    author.post(address("answer", proposal, comment.pk), {"text": "자료가 한 해예요."})
    author.post(address("settle", proposal, comment.pk), {"settled": "yes"})
    page = text_of(author.get(address("changes", proposal)))
    assert "왜 한 해인가요?" in page
    assert "자료가 한 해예요." in page
    assert "이집필 님이 해결함" in page
    assert "고쳐진 부분" not in page
    gone = PAGE.replace("표를", "자료를").replace("하루", "한 철").replace("찾아요", "살펴봐요")
    saving.save(proposal, world.files | {KOREAN: gone.encode()}, by=world.author, seen=1)
    assert "고쳐진 부분" in text_of(author.get(address("changes", proposal)))


def test_a_comment_on_a_passage_that_is_not_there_is_refused():
    world = a_world()
    proposal = world.opened(NEW)
    data = {"seen": 1, "file": KOREAN, "key": "~nowhere", "text": "말"}
    assert reader(world.teacher).post(address("comment", proposal), data).status_code == 422
    assert reader(world.teacher).post(address("comment", proposal), {"seen": 1, "text": " "}).status_code == 422
    assert not proposal.comments.exists()


def test_the_page_says_what_is_missing_and_who_can_do_it():
    world = a_world()
    proposal = world.opened(NEW)
    page = text_of(reader(world.staff).get(address("proposal", proposal)))
    assert "찬성할 수 있는 분: 박선생 (교사), 최담당 (운영 담당자)" in page
    assert "위의 것이 모두 갖추어지면 새 판으로 낼 수 있어요." in page
    wish = reader(world.teacher).post(address("review", proposal), {"seen": 1, "decision": "changes", "text": ""})
    assert wish.status_code == 422
    assert "무엇을 고치면 좋을지 써 주세요." in text_of(wish)


def test_problems_are_shown_with_file_line_and_remedy():
    world = a_world()
    proposal = world.opened(NEW)
    problem = {
        "file": KOREAN, "line": 3, "code": "content.missing_link", "params": {"name": "x.md", "known": "-"}, "severity": "error",
    }  # fmt: skip
    RevisionCheck.objects.update(state=CheckState.PROBLEMS, problems=[problem])
    page = text_of(reader(world.author).get(address("proposal", proposal)))
    assert f"{KOREAN}:3" in page
    assert "고칠 곳이 있어요." in page


def test_notes_are_needed_in_both_languages():
    world = a_world()
    proposal = world.opened(NEW)
    for person in (world.teacher, world.colleague):
        reviewing.review(proposal, by=person, seen=1, decision=ReviewDecision.APPROVE)
    checked(proposal)
    client = reader(world.staff)
    answer = client.post(address("publish", proposal), {"seen": 1, "ko": "고쳤어요.", "en": ""})
    assert answer.status_code == 422
    client.post(address("publish", proposal), {"seen": 1, "ko": "고쳤어요.", "en": "Corrected."})
    assert world.program.versions.count() == 2
    assert "2판으로 나왔어요" in text_of(client.get(address("proposal", proposal)))
    assert client.get(address("publish", proposal)).status_code == 404
    assert "고쳤어요." in text_of(client.get(reverse("catalog:program", args=[world.program.slug])))


def test_who_has_no_role_sees_nothing_and_a_teacher_does_not_write():
    world = a_world()
    proposal = world.opened(NEW)
    stranger, teacher = reader(a_stranger()), reader(world.teacher)
    for name in ("proposal", "changes", "archive"):
        assert stranger.get(address(name, proposal)).status_code == 404
        assert teacher.get(address(name, proposal)).status_code == 200
    assert teacher.get(address("upload", proposal)).status_code == 404
    assert teacher.post(address("close", proposal)).status_code == 404
    assert teacher.get(address("publish", proposal)).status_code == 404
    listed = reverse("proposals:proposals", args=[world.program.slug])
    assert stranger.get(listed).status_code == 404
    assert "기온을 고쳐요" in text_of(teacher.get(listed))
    assert "제안" not in text_of(stranger.get(reverse("catalog:program", args=[world.program.slug])))


def test_pages_take_as_many_queries_for_much_as_for_little():
    def cost(name: str, amount: int) -> int:
        world: World = a_world()
        more = {f"lessons/first/files/{number}.md": f"글 {number}\n\n둘\n".encode() for number in range(amount)}
        proposal = world.opened(NEW)
        saving.save(proposal, world.files | more, by=world.author, seen=1)
        key = next(iter(queries.newest_revision(proposal).writers["lessons/first/files/0.md"]))
        place = reviewing.Place("lessons/first/files/0.md", key)
        for number in range(amount):
            said = reviewing.say(proposal, by=world.teacher, seen=2, text=f"말 {number}", place=place)
            reviewing.answer(said, by=world.author, text="답")
            reviewing.say(proposal, by=world.teacher, seen=2, text=f"모두 {number}")
        client = reader(world.teacher)
        with CaptureQueriesContext(connection) as made:
            assert client.get(address(name, proposal)).status_code == 200
        return len(made)

    for name in ("proposal", "changes"):
        assert cost(name, 1) == cost(name, 4), name
