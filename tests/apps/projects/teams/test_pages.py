"""The pages of teams: what a pupil, a teacher and a mentor meet there, in both languages, and with bad input."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.projects.milestones import gates, queries
from saem.apps.projects.models import Evidence, ExperimentNote, LogEntry, Team, TeamMilestone, TeamReflection
from saem.apps.projects.teams.forming import invite
from saem.apps.projects.teams.mentoring import give_mentor
from saem.apps.projects.teams.merging import propose_merge
from saem.apps.projects.teams.queries import members_of, team_of
from tests import cast
from tests.apps.projects.teams.a_team import Room, a_room, a_team, mine
from tests.sample import PROJECT, notebook

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db, site_sandbox, tmp_path) -> Room:
    return a_room(site_sandbox, tmp_path)


@pytest.fixture
def team(room: Room) -> Team:
    return a_team(*room.students[:3])


def own(room: Room, student: int, name: str = "own_team") -> str:
    return reverse(f"projects:{name}", args=[room.students[student].pk, PROJECT])


def page(team: Team, name: str, *more: object) -> str:
    return reverse(f"projects:{name}", args=[team.pk, *more])


def text(answer) -> str:
    return answer.content.decode()


def stage(team: Team, name: str = "stage", *more: object, milestone: str = "find") -> str:
    return page(team, name, milestone, *more)


# --- coming in


def test_a_team_is_formed_and_joined_by_whoever_types_the_code_somehow(room: Room):
    first, second = room.client(room.students[0]), room.client(room.students[1])
    answer = first.post(own(room, 0, "team_form"), {"name": "  두   바퀴 "}, follow=True)
    team = Team.objects.get()
    assert team.name == "두 바퀴"
    assert team.join_code in text(answer)
    typed = f" {team.join_code[:3].lower()}-{team.join_code[3:]} "
    answer = second.post(own(room, 1, "team_join"), {"code": typed}, follow=True)
    assert "도윤" in text(answer)
    assert "두 바퀴" in text(second.get(reverse("projects:project", args=[room.students[1].pk, PROJECT])))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("team_form", {"name": ""}, "여기를 써 주세요."),
        ("team_form", {"name": "\u200b"}, "눈에 보이는 글자로"),
        ("team_form", {"name": "한" * 41}, "40"),
        ("team_join", {"code": "!!"}, "여섯 개예요"),
        ("team_join", {"code": "ABCDEF"}, "그런 코드의 모둠이 없어요"),
    ],
)
def test_a_form_with_problems_says_what_to_do(room: Room, name: str, data: dict[str, str], said: str):
    answer = room.client(room.students[0]).post(own(room, 0, name), data)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_full_team_says_so(room: Room, team: Team):
    answer = room.client(room.students[3]).post(own(room, 3, "team_join"), {"code": team.join_code})
    assert answer.status_code == 422
    assert "자리가 다 찼어요" in text(answer)


def test_codes_are_not_tried_for_ever(room: Room):
    client = room.client(room.students[0])
    last = [client.post(own(room, 0, "team_join"), {"code": "ABCDEF"}).status_code for _try in range(21)][-1]
    assert last == 429


def test_an_invitation_is_seen_and_answered(room: Room):
    team = a_team(room.students[0])
    asked = invite(team, room.students[1], by=mine(team, room.students[0]))
    client = room.client(room.students[1])
    assert "하늘이 초대했어요." in text(client.get(own(room, 1)))
    answer = client.post(reverse("projects:team_answer", args=[asked.pk]), {"answer": "yes"})
    assert answer.headers["Location"] == page(team, "team")


def test_a_proposal_to_merge_is_seen_and_answered(room: Room):
    one, other = a_team(room.students[0]), a_team(room.students[1], name="한강")
    merge = propose_merge(one, other, by=mine(one, room.students[0]), most=3)
    client = room.client(room.students[1])
    assert "함께하고 싶어 해요" in text(client.get(page(other, "team")))
    client.post(reverse("projects:merge_answer", args=[merge.pk]), {"answer": "yes"})
    assert team_of(room.students[0], PROJECT) == other
    assert "합쳤어요" in text(client.get(page(one, "team")))
    assert "두 바퀴" in text(client.get(page(other, "team"))), "the history of the one before is linked"


def test_leaving_is_asked_for_first_and_the_last_one_is_told(room: Room):
    team = a_team(room.students[0])
    client = room.client(room.students[0])
    assert "마지막 한 사람이에요" in text(client.get(page(team, "team_leave")))
    answer = client.post(page(team, "team_leave"), follow=True)
    assert "모둠에서 나왔어요" in text(answer)
    assert client.get(page(team, "team")).status_code == 404
    assert "닫힌 모둠이에요" in text(room.client(room.teacher).get(page(team, "team")))


def test_roles_are_turned_on_the_page_and_an_old_page_turns_nothing(room: Room, team: Team):
    client, other = room.client(room.students[0]), room.client(room.students[1])
    address, turn = page(team, "team_people"), page(team, "team_turn")
    seen = client.get(address).context["turn"]
    before = [member.role for member in members_of(team)]
    answer = client.post(turn, {"seen": seen}, follow=True)
    after = [member.role for member in members_of(team)]
    assert all(one != other for one, other in zip(before, after, strict=True))
    for late in (seen, "", "x"):
        answer = other.post(turn, {"seen": late}, follow=True)
        assert "그사이에 모둠이 바뀌었어요" in text(answer)
    assert [member.role for member in members_of(team)] == after
    parts = client.get(page(team, "team_parts"))
    assert [len(part.roles) for part in parts.context["parts"]] == [2, 2, 2], "what was held before stays in sight"
    assert "역할" in text(parts)


def test_everybodys_part_is_in_sight_and_stays_when_they_leave(room: Room, team: Team, graded):
    leaver, mate = room.students[0], room.students[1]
    client = room.client(leaver)
    client.post(stage(team, "evidence", "observations"), {"seen": "0", "text": "급식 줄이 길다"})
    version = Evidence.objects.get()
    graded(leaver)
    client.post(stage(team, "comment"), {"text": "이 줄을 다시 재요"})
    client.post(page(team, "words", version.pk), {"kind": "line", "cell": 0, "line": 1, "text": "몇 시였지?"})
    client.post(page(team, "team_log"), {"seen": 0, "done": "쟀다", "learned": "길다", "plan": "더 잰다"})
    counted = [(1, 1, 2, 1), (0, 0, 0, 0), (0, 0, 0, 0)]
    for is_member in (True, False):
        shown = room.client(mate).get(page(team, "team_parts"))
        parts = shown.context["parts"]
        assert [(part.evidence, part.submissions, part.comments, part.log) for part in parts] == counted
        assert parts[0].is_member is is_member
        assert ("(지금은 없음)" in text(shown)) is not is_member
        if is_member:
            client.post(page(team, "team_leave"))
    assert "급식 줄이 길다" in text(room.client(mate).get(page(team, "version", version.pk)))
    assert "모둠에서 나갔어요" in text(shown)
    assert client.get(page(team, "version", version.pk)).status_code == 404


# --- the log and reflections


def test_two_who_write_the_log_at_once_both_find_their_words(room: Room, team: Team):
    lines = {"seen": "0", "learned": "배움", "plan": "다음"}
    room.client(room.students[0]).post(page(team, "team_log"), {**lines, "done": "하늘이 쓴 것"})
    answer = room.client(room.students[1]).post(page(team, "team_log"), {**lines, "done": "도윤이 쓴 것"})
    assert answer.status_code == 409
    assert "하늘이 쓴 것" in text(answer)
    assert "도윤이 쓴 것</textarea>" in text(answer)
    assert LogEntry.objects.count() == 1
    again = {**lines, "seen": "1", "done": "둘이 쓴 것"}
    assert room.client(room.students[1]).post(page(team, "team_log"), again).status_code == 302


def test_an_empty_line_is_not_taken_and_last_week_may_be_written(room: Room, team: Team):
    client = room.client(room.students[0])
    assert client.post(page(team, "team_log"), {"seen": "0"}).status_code == 422
    lines = {"seen": "0", "done": "가", "learned": "나", "plan": "다"}
    assert client.post(page(team, "team_log") + "?week=last", lines).status_code == 302
    assert LogEntry.objects.get().week.weekday() == 0


def test_a_reflection_is_read_by_its_writer_and_the_teacher_alone(room: Room, team: Team):
    client = room.client(room.students[0])
    client.post(page(team, "team_reflection"), {"seen": "0", "text": "나는 <b>어려웠다</b>"})
    assert "&lt;b&gt;" in text(room.client(room.teacher).get(page(team, "team_reflection")))
    assert "어려웠다" not in text(room.client(room.students[1]).get(page(team, "team_reflection")))
    mentor = cast.a_person("멘토")
    give_mentor(team, mentor, by=None)
    staff = cast.a_staff_member(room.cohort)
    assert [room.client(who).get(page(team, "team_reflection")).status_code for who in (mentor, staff)] == [403, 403]
    stale = client.post(page(team, "team_reflection"), {"seen": "0", "text": "다른 창에서"})
    assert stale.status_code == 409
    assert "다른 창에서" in text(stale)
    assert TeamReflection.objects.get().text == "나는 <b>어려웠다</b>"


# --- stages, evidence, gates


def fill(room: Room, team: Team) -> None:
    for who, ask in enumerate(("observations", "interview")):
        data = {"seen": "0", "text": f"{ask}에 대한 글"}
        assert room.client(room.students[who]).post(stage(team, "evidence", ask), data).status_code == 302


def test_from_evidence_to_a_passed_gate_on_the_pages(room: Room, team: Team):
    pupil, teacher = room.client(room.students[0]), room.client(room.teacher)
    fill(room, team)
    pupil.post(stage(team, "hand_in"), {"act": "ask"})
    board = reverse("projects:teams", args=[room.classroom.pk, PROJECT])
    assert "확인하기" in text(teacher.get(board))
    shown = teacher.get(stage(team))
    seen = shown.context["form_decision"].initial["seen"]
    wrong = teacher.post(stage(team, "decide"), {"seen": seen, "outcome": "returned", "comment": ""})
    assert wrong.status_code == 422
    assert "무엇을 어떻게 고치면 좋을지" in text(wrong)
    teacher.post(stage(team, "decide"), {"seen": seen, "outcome": "returned", "comment": "한 사람 더"})
    assert "한 사람 더" in text(pupil.get(stage(team)))
    pupil.post(stage(team, "evidence", "interview"), {"seen": "1", "text": "두 사람 이야기"})
    pupil.post(stage(team, "hand_in"), {"act": "ask"})
    seen = teacher.get(stage(team)).context["form_decision"].initial["seen"]
    teacher.post(stage(team, "decide"), {"seen": seen, "outcome": "passed", "comment": ""})
    assert TeamMilestone.objects.get().status == "passed"
    assert "2. 문제 정의" in text(teacher.get(board))
    assert "Stage 2 of 10. Define" in text(room.client(room.teacher, "en").get(board))


def test_who_decides_too_late_is_told_who_was_faster(room: Room, team: Team):
    fill(room, team)
    access = room.access(team, room.students[0].user)
    row = gates.hand_in(access, access.membership, queries.milestone_in(access.project, "find"))
    mentor = cast.a_person("박멘토")
    give_mentor(team, mentor, by=None)
    room.client(mentor).post(stage(team, "decide"), {"seen": row.revision, "outcome": "passed"})
    late = {"seen": row.revision, "outcome": "returned", "comment": "다시"}
    answer = room.client(room.teacher).post(stage(team, "decide"), late, follow=True)
    assert "박멘토 님이 조금 먼저" in text(answer)
    assert TeamMilestone.objects.get().status == "passed"


def test_two_who_save_the_same_see_both(room: Room, team: Team):
    for who, words in enumerate(("하늘의 글\n같은 줄", "도윤의 글\n같은 줄")):
        data = {"seen": "0", "text": words}
        answer = room.client(room.students[who]).post(stage(team, "evidence", "observations"), data, follow=True)
    assert "둘 다 남아 있" in text(answer)
    assert "하늘의 글" in text(answer)
    assert "도윤의 글" in text(answer)
    assert Evidence.objects.count() == 2


def test_files_are_taken_by_their_content_and_given_back_as_they_were(room: Room, team: Team):
    client = room.client(room.students[0])
    address = stage(team, "evidence", "picture")
    wrong = client.post(address, {"seen": "0", "file": SimpleUploadedFile("photo.png", b"<script>")})
    assert wrong.status_code == 422
    assert client.post(address, {"seen": "0"}).status_code == 422
    fine = SimpleUploadedFile("표.csv", "날,키\n1,2\n".encode())
    shown = client.post(address, {"seen": "0", "file": fine}, follow=True)
    assert "날,키" in text(shown)
    file = client.get(page(team, "evidence_file", Evidence.objects.get().pk))
    assert file.content == "날,키\n1,2\n".encode()
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_a_file_too_large_is_stopped(room: Room, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("saem.apps.projects.milestones.views.evidence.MOST_BYTES", 1000)
    big = SimpleUploadedFile("a.txt", b"x" * 2000)
    answer = room.client(room.students[0]).post(stage(team, "evidence", "picture"), {"seen": "0", "file": big})
    assert answer.status_code == 413
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.kr/b", "낱말"])
def test_only_addresses_of_the_web_are_links(room: Room, team: Team, link: str):
    address = stage(team, "evidence", "demo", milestone="test")
    assert room.client(room.students[0]).post(address, {"seen": "0", "link": link}).status_code == 422


def test_two_notebooks_are_compared_cell_by_cell(room: Room, team: Team):
    client, address = room.client(room.students[0]), stage(team, "evidence", "notebook", milestone="baseline")
    for number, code in enumerate(("tallest = 1", "tallest = train['height'].max()")):
        file = SimpleUploadedFile("a.ipynb", notebook(code).encode())
        answer = client.post(address, {"seen": str(number), "file": file}, follow=True)
    assert "3번 칸" in text(answer)
    assert "train[&#x27;height&#x27;].max()" in text(answer)


def test_a_data_card_is_looked_at_against_the_table_it_names(room: Room, team: Team):
    client, address = room.client(room.students[0]), stage(team, "evidence", "card", milestone="data")
    words = dict.fromkeys(("source", "licence", "collected", "people", "missing"), "우리가 쟀어요")
    card = {"seen": "0", **words, "table": "given:train.csv", "rows": "7", "columns": "id, day, height"}
    answer = client.post(address, card, follow=True)
    assert "카드에는 7줄이라고 썼는데 표에는 20줄이 있어요." in text(answer)
    assert "열 3개가 표와 같아요." in text(answer)
    assert client.post(address, {**card, "seen": "1", "table": "given:secret.csv"}).status_code == 422
    assert "id\nday\nheight" in text(client.get(address)).replace("\r", "")


def test_a_card_names_its_table_in_the_readers_language(room: Room, team: Team):
    """Whatever language it was written in; a version from before names were kept in both is read as it was kept."""
    client, address = room.client(room.students[0]), stage(team, "evidence", "card", milestone="data")
    words = dict.fromkeys(("source", "licence", "collected", "people", "missing"), "We measured")
    card = {"seen": "0", **words, "table": "given:train.csv", "rows": "20", "columns": "id, day, height"}
    client.post(address, card, headers={"accept-language": "en"})
    version = Evidence.objects.get()
    shown = page(team, "version", version.pk)
    for language, title in (("ko", "배울 자료"), ("en", "Training data")):
        assert f"train.csv · {title}" in text(client.get(shown, headers={"accept-language": language}))
    client.post(address, {**card, "seen": "1"}, headers={"accept-language": "ko"})
    assert Evidence.objects.count() == 1, "the same card in another language is no new version"
    Evidence.objects.update(card=version.card | {"table_name": "train.csv · The heights"})
    assert "train.csv · The heights" in text(client.get(shown))


def test_a_model_card_is_looked_at_against_the_verdict_it_names(room: Room, team: Team, graded):
    submission = graded(room.students[0])
    client, address = room.client(room.students[1]), stage(team, "evidence", "card", milestone="present")
    words = dict.fromkeys(("task", "method", "compared", "groups", "limits", "ai_use"), "콩의 키를 맞혀요")
    card = {"seen": "0", **words, "submission": str(submission.pk)}
    assert client.post(address, card).status_code == 422, "the score is missing"
    answer = client.post(address, {**card, "score": "99"}, follow=True)
    assert "카드에는 99" in text(answer)
    assert "보다 나아요" in text(answer)


def test_experiments_list_themselves(room: Room, team: Team, graded):
    first, second = graded(room.students[0], off=2.0), graded(room.students[1], off=1.0)
    client = room.client(room.students[1])
    shown = client.get(page(team, "experiments"))
    assert "예측 20개 가운데 20개가 바뀌었어요." in text(shown)
    best = shown.context["best"]
    assert best.submission == second, "an error of 1 cm is better than one of 2"
    assert (best.low, best.value, best.high) == (1, 1, 1), "all predictions are off by the same"
    assert "늘 평균" in text(shown), "never without the baselines"
    client.post(page(team, "experiment_note", second.pk), {"text": "기울기를 바꿨다"})
    assert ExperimentNote.objects.get().text == "기울기를 바꿨다"
    assert client.post(page(team, "experiment_note", second.pk), {"text": ""}).status_code == 302
    assert "기울기를 바꿨다" in text(client.get(page(team, "experiments")))
    assert "이런 파일은 처음 냈어요." in text(client.get(page(team, "experiment", first.pk)))
    parts = text(client.get(page(team, "team_parts")))
    assert "기울기" not in parts
    assert "실험에서 바꾼 것을 적었어요." in parts


def test_what_somebody_handed_in_before_they_came_is_their_own(room: Room, graded):
    submission = graded(room.students[0])
    team = a_team(*room.students[:2])
    client = room.client(room.students[1])
    assert "아직 낸 것이 없어요" in text(client.get(page(team, "experiments")))
    assert client.get(page(team, "experiment", submission.pk)).status_code == 404


@pytest.mark.parametrize("name", ["team", "team_people", "team_log", "team_parts", "experiments"])
def test_pages_are_whole_in_english(room: Room, team: Team, name: str):
    answer = room.client(room.students[0], "en").get(page(team, name))
    assert answer.status_code == 200
    assert "Members" in text(answer)


def test_an_unknown_stage_or_ask_is_not_there(room: Room, team: Team):
    client = room.client(room.students[0])
    assert client.get(stage(team, milestone="nowhere")).status_code == 404
    assert client.get(stage(team, "evidence", "nothing")).status_code == 404


def test_a_teacher_puts_those_together_who_have_no_team(room: Room, team: Team):
    teacher, board = room.client(room.teacher), reverse("projects:teams", args=[room.classroom.pk, PROJECT])
    left, taken = room.students[3].pk, room.students[0].pk
    for wrong in ({"name": "", "students": [left]}, {"name": "한강"}, {"name": "한강", "students": [taken]}):
        assert teacher.post(board, wrong).status_code == 422
    same = teacher.post(board, {"name": "두 바퀴", "students": [left]})
    assert "모둠이 이미 있어요" in text(same)
    assert teacher.post(board, {"name": "한강", "students": [left]}).status_code == 302
    assert team_of(room.students[3], PROJECT).name == "한강"
    assert "「한강」 모둠이 됐어요" in text(room.client(room.students[3]).get("/notices/"))


def test_a_team_of_too_many_is_not_put_together(room: Room):
    board = reverse("projects:teams", args=[room.classroom.pk, PROJECT])
    everybody = {"name": "모두", "students": [student.pk for student in room.students]}
    answer = room.client(room.teacher).post(board, everybody)
    assert answer.status_code == 422
    assert "3명까지 고를 수 있어요." in text(answer)


def test_the_queries_of_a_stage_and_of_experiments_do_not_grow(room: Room, team: Team, graded):
    client = room.client(room.students[0])
    addresses = (stage(team), page(team, "experiments"), page(team, "team"), page(team, "team_parts"))
    counts = []
    for number in range(2):
        for ask in ("observations", "interview"):
            for version in range(number * 2, number * 2 + 2):
                client.post(stage(team, "evidence", ask), {"seen": str(version), "text": f"글 {version}"})
        for student in room.students[:2]:
            graded(student, off=number + 1.0)
        counts.append([])
        for address in addresses:
            # What the program says is read once in a process.
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                assert client.get(address).status_code == 200
            counts[-1].append(len(found))
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 22


def test_the_home_page_says_where_ones_team_is(room: Room, team: Team):
    home = text(room.client(room.students[0]).get("/"))
    assert "두 바퀴" in home
    assert "문제 찾기" in home
    mentor = cast.a_person("멘토")
    give_mentor(team, mentor, by=None)
    assert page(team, "team") in text(room.client(mentor).get("/"))


def test_the_queries_of_the_board_do_not_grow(room: Room):
    teacher, board = room.client(room.teacher), reverse("projects:teams", args=[room.classroom.pk, PROJECT])
    counts = []
    for number in range(2):
        a_team(*room.students[number * 2 : number * 2 + 2], name=f"모둠 {number}")
        with CaptureQueriesContext(connection) as found:
            assert teacher.get(board).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert counts[0] <= 16
