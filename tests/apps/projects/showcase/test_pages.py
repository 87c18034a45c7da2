"""The pages: a team writes, each answers, a teacher lets it out, everybody finds it, and it is gone when it is gone."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.notices.handlers import letter_words
from saem.apps.notices.models import Delivery
from saem.apps.projects.models import Showcase, ShowcaseGuardian, ShowcasePicture, ShowcaseVersion, Team
from saem.apps.projects.showcase import answering, queries
from saem.apps.projects.teams.forming import leave_team
from tests.apps.projects.showcase.a_showcase import PARTS, a_page, a_picture, a_public_page, asked_page, say
from tests.apps.projects.teams.a_team import Room, a_room, a_team, mine

pytestmark = pytest.mark.django_db
SENT = {**PARTS, "seen": "0", "area": "climate", "methods": ["classify"], "skills": ["mean"]}


@pytest.fixture
def room(db, site_sandbox, tmp_path) -> Room:
    return a_room(site_sandbox, tmp_path)


@pytest.fixture
def team(room: Room) -> Team:
    return a_team(*room.students[:2])


def at(team: Team, name: str = "showcase", *more: object) -> str:
    return reverse(f"projects:{name}", args=[team.pk, *more])


def text(answer) -> str:
    return answer.content.decode()


def work(showcase: Showcase, name: str = "work") -> str:
    return reverse(f"projects:{name}", args=[showcase.address])


def found(**asked: str) -> list[str]:
    answer = Client().get(reverse("projects:gallery"), asked)
    assert answer.status_code == 200
    return re.findall(r'id="work-(\w+)"', text(answer))


GONE = {
    "ko": ("전시를 마친 작품이에요", "퍼 간 곳이 있다면 함께 지워 주세요"),
    "en": ("This work is no longer shown", "please delete it there, too"),
}
# What happened, what to do, and that it was shown once.
TAKEN_DOWN = {
    "ko": ("동의를 거두어들여 전시를 내렸어요", "모두에게 다시 물어볼 수 있어요", "전시한 기록"),
    "en": ("it was taken down", "ask everybody again", "When it was shown"),
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_from_writing_to_withdrawing(room: Room, team: Team, language: str):
    first, second = (room.client(student, language) for student in room.students[:2])
    teacher = room.client(room.teacher, language)
    assert first.get(at(team)).status_code == 200
    assert first.post(at(team, "showcase_write"), SENT).status_code == 302
    assert first.post(at(team, "showcase_act"), {"act": "ask"}).status_code == 302
    for client in (first, second):
        assert client.get(at(team, "showcase_voice")).status_code == 200
        yes = {"answer": "yes", "shown_name": "", "is_of_age": "on"}
        assert client.post(at(team, "showcase_voice"), yes).status_code == 302
    showcase = Showcase.objects.get()
    assert Client().get(work(showcase)).status_code == 404
    decision = {"outcome": "approve", "seen": showcase.revision, "comment": ""}
    teacher.post(at(team, "showcase_decide"), decision)
    seen = Client(headers={"accept-language": language}).get(work(showcase))
    assert seen.status_code == 200
    assert "no-store" in seen["Cache-Control"]
    for student in room.students[:2]:
        assert student.nickname not in text(seen)
    assert "두 바퀴" not in text(seen)
    assert found() == found(q="우산") == [showcase.address]
    assert second.post(at(team, "showcase_voice"), {"act": "withdraw"}).status_code == 302
    gone = Client(headers={"accept-language": language}).get(work(showcase))
    assert (gone.status_code, "no-store" in gone["Cache-Control"]) == (410, True)
    assert "우산" not in text(gone)
    assert found() == []
    told = text(first.get(at(team)))
    assert room.students[1].nickname not in told, "who it was stays theirs"
    for page, words in ((text(gone), GONE[language]), (told, TAKEN_DOWN[language])):
        assert [each for each in words if each not in page] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "여기를 써 주세요."),
        ({"area": "moon"}, "올바르게"),
        ({"methods": ["classify", "predict", "text", "image"]}, "세 가지까지"),
        ({"link": "http://demo.example.org"}, "https://로"),
        ({"link": "javascript:alert(1)"}, "https://로"),
        ({"link": "https://bank.example.org@evil.example.org/"}, "https://로"),
        ({"link": "https://localhost/"}, "https://로"),
        ({"problem": "연락은 010-1234-5678"}, "전화번호"),
        ({"reflection": "하늘이가 제일 열심히 했다"}, "하늘"),
        ({"found": "091231-3123456"}, "주민등록번호"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(room: Room, team: Team, changes: dict[str, str], said: str):
    answer = room.client(room.students[0]).post(at(team, "showcase_write"), SENT | changes)
    assert answer.status_code == 422
    assert said in text(answer)
    assert not ShowcaseVersion.objects.exists()


def test_what_was_pointed_out_is_kept_once_somebody_has_looked(room: Room, team: Team):
    client = room.client(room.students[0])
    sent = SENT | {"problem": "긴급 전화 010-0000-0000처럼"}
    assert 'name="cleared"' in text(client.post(at(team, "showcase_write"), sent))
    client.post(at(team, "showcase_write"), sent | {"asks_cleared": "1", "cleared": "on"})
    assert ShowcaseVersion.objects.get().is_cleared
    assert "010-0000-0000" in text(room.client(room.teacher).get(at(team)))


def test_a_picture_needs_a_declaration_and_words_and_loses_its_metadata(room: Room, team: Team):
    client, address = room.client(room.students[0]), at(team, "showcase_write")

    def picture():
        return SimpleUploadedFile("a.jpg", a_picture(), "image/jpeg")

    assert client.post(address, SENT | {"picture": picture()}).status_code == 422
    assert client.post(address, SENT | {"picture": picture(), "declares": "on"}).status_code == 422
    script = SimpleUploadedFile("a.png", b"<script>alert(1)</script>")
    wrong = client.post(address, SENT | {"picture": script, "declares": "on", "picture_alt": "그림"})
    assert "그림으로 읽을 수 없는" in text(wrong)
    whole = SENT | {"picture": picture(), "declares": "on", "picture_alt": "빨간 우산"}
    assert client.post(address, whole).status_code == 302
    kept = ShowcasePicture.objects.get()
    assert b"Saem Camera" not in bytes(kept.data)
    shown = client.get(at(team, "showcase_picture"))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    again = SENT | {"seen": "1", "picture_alt": "", "drops_picture": "on"}
    client.post(address, again)
    assert queries.newest_version(Showcase.objects.get()).picture is None


def test_a_picture_is_public_only_as_long_as_the_work_is(room: Room, team: Team):
    client = room.client(room.students[0])
    whole = {"picture": SimpleUploadedFile("a.jpg", a_picture()), "declares": "on", "picture_alt": "우산"}
    client.post(at(team, "showcase_write"), SENT | whole)
    answering.hand_in(mine(team, room.students[0]))
    for student in room.students[:2]:
        say(team, student)
    showcase = Showcase.objects.get()
    assert Client().get(work(showcase, "work_picture")).status_code == 404
    approve = {"outcome": "approve", "seen": showcase.revision, "comment": ""}
    room.client(room.teacher).post(at(team, "showcase_decide"), approve)
    assert "no-store" in Client().get(work(showcase, "work_picture"))["Cache-Control"]
    say(team, room.students[1], allows=False)
    assert Client().get(work(showcase, "work_picture")).status_code == 410


def test_a_stale_form_shows_both(room: Room, team: Team):
    a_page(team, room.students[1])
    answer = room.client(room.students[0]).post(at(team, "showcase_write"), SENT | {"title": "내가 쓴 것"})
    assert answer.status_code == 409
    assert "내가 쓴 것" in text(answer)
    assert PARTS["title"] in text(answer)
    assert 'name="seen" value="1"' in text(answer)


def test_gallery_is_searched_by_words_area_method_and_skill(room: Room, team: Team):
    showcase = a_public_page(team, *room.students[:2], by=room.teacher)
    hits = [{"q": "우산"}, {"q": "날씨 우산"}, {"area": "climate"}, {"method": "classify"}, {"skill": "mean"}]
    misses = [{"q": "자전거"}, {"q": "날씨 자전거"}, {"area": "safety"}, {"method": "image"}]
    assert [found(**asked) for asked in hits] == [[showcase.address]] * len(hits)
    assert [found(**asked) for asked in misses] == [[]] * len(misses)
    # nonsense narrows nothing, and nothing breaks
    assert found(area="moon", skill="x" * 500, q="\x00%_'\"") == [showcase.address]


def test_gallery_asks_as_many_questions_for_many_as_for_one(room: Room, team: Team):
    a_public_page(team, *room.students[:2], by=room.teacher)
    few = asked_of_gallery()
    for number, student in enumerate(room.students[2:4]):
        other = a_team(student, name=f"모둠 {number}")
        a_public_page(other, student, by=room.teacher)
    assert asked_of_gallery() == few


def asked_of_gallery() -> int:
    with CaptureQueriesContext(connection) as asked:
        Client().get(reverse("projects:gallery"), {"q": "우산", "area": "climate"})
    return len(asked)


def test_who_left_the_team_still_reaches_their_answer_and_nothing_else(room: Room, team: Team):
    a_public_page(team, *room.students[:2], by=room.teacher)
    leave_team(mine(team, room.students[1]))
    gone = room.client(room.students[1])
    assert gone.get(at(team)).status_code == 404
    assert gone.get(at(team, "showcase_voice")).status_code == 200
    gone.post(at(team, "showcase_voice"), {"act": "withdraw"})
    assert Client().get(work(Showcase.objects.get())).status_code == 410


def test_a_teammate_does_not_read_who_said_no(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    say(team, room.students[1], allows=False)
    page = text(room.client(room.students[0]).get(at(team)))
    assert "전시하지 않기로 했어요" not in page
    assert "전시하지 않기로 했어요" in text(room.client(room.teacher).get(at(team)))


def test_a_guardian_is_asked_by_mail_and_answers_there(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    child = room.client(room.students[0])
    who = {"name": "김보호", "relation": "어머니", "contact": "guardian@example.org"}
    assert child.post(at(team, "showcase_guardian"), who | {"contact": "없음"}).status_code == 422
    assert child.post(at(team, "showcase_guardian"), who).status_code == 302
    link = re.search(
        r"/showcase/guardian/[\w-]+/", letter_words(Delivery.objects.get(kind="showcase.guardian_asked")).text
    ).group()
    assert child.post(link, {"answer": "agree"}).status_code == 403
    guardian = Client()
    assert guardian.get(link).status_code == 200
    assert guardian.post(link, {"answer": "perhaps"}).status_code == 422
    assert guardian.post(link, {"answer": "agree"}).status_code == 302
    assert ShowcaseGuardian.objects.get().is_in_force
    assert guardian.post(link, {"answer": "withdraw"}).status_code == 302
    assert not ShowcaseGuardian.objects.get().is_in_force
    assert guardian.get("/showcase/guardian/nonsense/").status_code == 404


def test_a_teacher_records_a_consent_and_says_why_they_return_it(room: Room, team: Team):
    asked_page(team, *room.students[:2])
    teacher = room.client(room.teacher)
    voice = Showcase.objects.get().versions.get().voices.get(enrolment=room.students[0])
    address = at(team, "showcase_consent", voice.pk)
    given = {"guardian_name": "김보호", "way": "signed_paper", "given_on": "2026-11-01", "remark": ""}
    assert teacher.get(address).status_code == 200
    assert teacher.post(address, given | {"given_on": "2999-01-01"}).status_code == 422
    assert teacher.post(address, given).status_code == 302
    assert teacher.get(at(team, "showcase_consent", 999999)).status_code == 404
    wrong = {"outcome": "return", "seen": Showcase.objects.get().revision, "comment": ""}
    assert teacher.post(at(team, "showcase_decide"), wrong).status_code == 422
    teacher.post(at(team, "showcase_decide"), wrong | {"comment": "한계를 더 써요"})
    assert "한계를 더 써요" in text(room.client(room.students[0]).get(at(team)))
