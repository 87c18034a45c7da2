"""The pages of marking, of results and of AI use, through the client."""

import pytest
from django.urls import reverse

from saem.apps.projects.models import AiUse, CriterionMark, Marker, MarkerBar, TeamResult
from saem.apps.projects.reviews import moderating
from tests.apps.projects.reviews.a_marking import a_marked_room, leading, mark_all, observed
from tests.sample import PROJECT

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def made(sandbox, tmp_path):
    return a_marked_room(sandbox, tmp_path)


def at(name: str, *args: object) -> str:
    return reverse(f"projects:{name}", args=args)


def test_a_teacher_marks_a_team_on_two_pages(made):
    room, team, other = made
    client, board = room.client(room.teacher), at("marking_board", room.classroom.pk, PROJECT)
    assert at("marking", team.pk) in client.get(board).content.decode()
    page = client.get(at("marking", team.pk))
    text = page.content.decode()
    assert "급식 줄이 길다" in text
    assert text.count('type="radio"') >= 8 * 4
    for row in page.context["rows"]:
        name = row.criterion.id
        first = row.look[0].version.pk if row.look else ""
        sent = {f"{name}-level": "3", f"{name}-comment": "좋아요", f"{name}-evidence": first}
        saved = client.post(at("mark", team.pk, name), sent, headers=HTMX)
        assert saved.status_code == 200
        assert "저장했어요" in saved.content.decode()
    assert CriterionMark.objects.filter(evidence__isnull=False).count() == 1
    done = client.post(at("marking_finish", team.pk), {"act": "finish", "comment": "수고했어요"})
    assert done.headers["Location"] == at("marking", other.pk)
    assert client.get(at("moderation", team.pk)).status_code == 200
    client.post(at("tell_results", room.classroom.pk, PROJECT))
    assert [row.team for row in TeamResult.objects.all()] == [team]
    result = room.client(room.students[0], "en").get(at("result", team.pk)).content.decode()
    assert "수고했어요" in result
    assert "The next level" in result or "Next level" in result
    assert room.client(room.students[2]).get(at("result", team.pk)).status_code == 404


def test_without_javascript_a_wrong_level_shows_the_page_again(made):
    room, team, _other = made
    client = room.client(room.teacher)
    for sent in ({}, {"problem-level": "5"}, {"problem-level": "2", "problem-evidence": "999999"}):
        assert client.post(at("mark", team.pk, "problem"), sent).status_code == 422
    assert client.post(at("mark", team.pk, "problem"), {"problem-level": "9"}, headers=HTMX).status_code == 422
    assert client.post(at("mark", team.pk, "nothing"), {}).status_code == 404
    assert client.post(at("marking_finish", team.pk), {"act": "finish"}).status_code == 422
    sent = {"problem-level": "2", "problem-comment": "", "problem-evidence": ""}
    assert client.post(at("mark", team.pk, "problem"), sent).headers["Location"].endswith("#c-problem")
    assert CriterionMark.objects.get().level == 2


def test_a_lead_appoints_samples_and_markers(made):
    room, team, _other = made
    client = room.client(room.teacher)
    assert client.post(at("marking_sample", room.classroom.pk, PROJECT), {"team": team.pk}).status_code == 302
    assert team.name in client.get(at("marking_board", room.classroom.pk, PROJECT)).content.decode()
    for wrong in ("", "0", "x", str(2**70)):
        assert client.post(at("marking_sample", room.classroom.pk, PROJECT), {"team": wrong}).status_code == 404
    sent = {"email": "second@example.org", "name": "박 선생님"}
    assert client.post(at("appoint_marker", room.classroom.pk, PROJECT), {"email": "x"}).status_code == 422
    client.post(at("appoint_marker", room.classroom.pk, PROJECT), sent)
    marker = Marker.objects.get()
    mine = room.client(marker.user)
    assert mine.get(at("marking", team.pk)).status_code == 200
    assert mine.get(at("agreement", room.classroom.pk, PROJECT)).status_code == 404
    client.post(at("dismiss_marker", room.classroom.pk, PROJECT, marker.pk))
    assert mine.get(at("marking", team.pk)).status_code == 404


def test_before_the_samples_are_settled_pages_say_what_comes_first(made):
    room, team, other = made
    client, board = room.client(room.teacher), at("marking_board", room.classroom.pk, PROJECT)
    client.post(at("marking_sample", room.classroom.pk, PROJECT), {"team": team.pk, "act": "sample"})
    assert "표본 모둠을 먼저 함께 채점하고" in client.get(board).content.decode()
    sent = {"problem-level": "2", "problem-comment": "", "problem-evidence": ""}
    refused = client.post(at("mark", other.pk, "problem"), sent, headers=HTMX)
    assert (refused.status_code, "합의한 뒤에 채점할 수 있어요" in refused.content.decode()) == (409, True)
    plain = client.post(at("mark", other.pk, "problem"), sent, follow=True)
    assert "합의한 뒤에 채점할 수 있어요" in plain.content.decode()
    assert not CriterionMark.objects.exists()
    assert client.post(at("mark", team.pk, "problem"), sent, headers=HTMX).status_code == 200
    client.post(at("marking_sample", room.classroom.pk, PROJECT), {"team": team.pk, "act": "none"})
    assert "표본 모둠을 먼저 함께 채점하고" not in client.get(board).content.decode()


def test_markers_talk_about_levels_that_lie_apart(made):
    room, team, _other = made
    second = moderating.appoint_marker(leading(room), email="park@example.org", name="박 선생님").user
    mark_all(room.teacher, team, 3, problem=4)
    client = room.client(second)
    assert client.get(at("moderation", team.pk)).status_code == 302
    mark_all(second, team, 3, problem=1)
    assert "이야기가 필요해요" in client.get(at("moderation", team.pk)).content.decode()
    assert client.post(at("moderation", team.pk), {"problem-level": "3"}).status_code == 422
    sent = {"problem-level": "3", "problem-reason": "조사가 있다"}
    assert client.post(at("moderation", team.pk), sent).status_code == 302
    page = room.client(room.teacher).get(at("agreement", room.classroom.pk, PROJECT))
    assert page.status_code == 200


def test_who_may_not_mark_says_so_and_is_kept_out(made):
    room, team, _other = made
    client = room.client(room.teacher)
    assert client.post(at("marking_bar", team.pk), {}).status_code == 302
    assert not MarkerBar.objects.exists()
    client.post(at("marking_bar", team.pk), {"reason": "relative"})
    assert client.get(at("marking", team.pk)).status_code == 403
    assert "가족이나 친척" in client.get(at("marking_board", room.classroom.pk, PROJECT)).content.decode()


def test_a_team_says_how_it_used_ai_and_whoever_marks_reads_it(made):
    room, team, other = made
    client, mine = room.client(room.students[0]), at("ai_uses", team.pk)
    assert client.post(mine, {"purpose": "code"}).status_code == 422
    sent = {"purpose": "code", "tool": "챗봇", "kept": "반만 썼다", "checked": "돌려 봤다"}
    assert client.post(mine, sent).status_code == 302
    assert client.post(mine, sent).status_code == 302
    assert AiUse.objects.count() == 1, "the same twice is once"
    assert client.post(mine, {"purpose": "none"}).status_code == 409
    assert "반만 썼다" in room.client(room.teacher).get(at("marking", team.pk)).content.decode()
    use = AiUse.objects.get()
    assert room.client(room.students[1]).post(at("ai_use_withdraw", team.pk, use.pk)).status_code == 404
    client.post(at("ai_use_withdraw", team.pk, use.pk))
    assert client.post(mine, {"purpose": "none", "tool": "무엇"}).status_code == 302
    assert AiUse.objects.get(withdrawn_at=None).tool == ""
    assert room.client(room.teacher).post(mine, sent).status_code == 403
    assert room.client(room.students[2]).get(mine).status_code == 404
    assert other.ai_uses.count() == 0


def test_the_marking_page_asks_as_often_for_much_evidence(
    made, django_assert_num_queries, django_assert_max_num_queries
):
    room, team, _other = made
    client = room.client(room.teacher)
    client.get(at("marking", team.pk))
    with django_assert_max_num_queries(45) as few:
        client.get(at("marking", team.pk))
    observed(team, room.students[0], "이야기", ask="interview")
    with django_assert_num_queries(len(few)):
        client.get(at("marking", team.pk))
