"""The pages of teachers and participants, through a browser's eyes."""

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import AttendanceMark, Classroom, Crossing, Enrolment, Session
from saem.apps.cohorts.sessions import codes, limits, marking
from saem.apps.cohorts.sessions.marking import Wanted
from saem.apps.people.limits import Limit
from saem.lib.completion import Mark, Status, Way
from tests.apps.cohorts.sessions.a_session import HOUR, a_cohort_session, a_session, client_of, rules_for
from tests.cast import a_classroom, a_staff_member, a_student, a_teacher

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
HERE, ABSENT = Mark(status=Status.PRESENT), Mark(status=Status.ABSENT)


def page_of(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(f"sessions:{name}", args=args))
    assert answer.status_code == status
    return answer.content.decode()


def link_of(session: Session, way: Way = Way.IN) -> str:
    return reverse("sessions:scan", args=[session.pk, way.value, codes.codes_now(session, way).link])


def queries_of(client: Client, name: str, *args: object) -> int:
    client.get(reverse(f"sessions:{name}", args=args))
    with CaptureQueriesContext(connection) as asked:
        page_of(client, name, *args)
    return len(asked)


# --- checking in


def test_a_pupil_scans_presses_one_button_and_sees_the_time():
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    client = client_of(student.user)
    page = client.get(link_of(session), follow=True).content.decode()
    assert "출석하기" in page
    assert not Crossing.objects.exists()
    page = client.post(reverse("sessions:check", args=[session.pk, "in"]), follow=True).content.decode()
    crossing = Crossing.objects.get()
    assert f"{timezone.localtime(crossing.happened_at):%H:%M:%S}에 출석했어요" in page
    again = client.post(reverse("sessions:check", args=[session.pk, "in"]), follow=True).content.decode()
    assert "에 출석했어요" in again
    assert Crossing.objects.count() == 1
    client.get(link_of(session, Way.OUT))
    assert (
        "에 퇴실했어요"
        in client.post(reverse("sessions:check", args=[session.pk, "out"]), follow=True).content.decode()
    )


def test_the_code_met_in_time_outlives_signing_in():
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    client = Client()
    page = client.get(link_of(session), follow=True).content.decode()
    assert f"/join/{room.join_code}/?next=%2Fcheckin%2F{session.pk}%2Fin%2F" in page
    client.force_login(student.user)
    client.post(reverse("sessions:check", args=[session.pk, "in"]))
    assert Crossing.objects.get().enrolment == student


def test_without_having_met_the_code_nothing_is_recorded():
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    client = client_of(student.user)
    assert client.post(reverse("sessions:check", args=[session.pk, "in"])).status_code == 410
    old = codes.codes_now(session, Way.IN, timezone.now() - dt.timedelta(seconds=90)).link
    answer = client.get(reverse("sessions:scan", args=[session.pk, "in", old]))
    assert answer.status_code == 410
    assert "다시 찍어 주세요" in answer.content.decode()
    # The code of coming in lets nobody out, and that of one session nobody into another.
    client.get(link_of(session))
    assert client.post(reverse("sessions:check", args=[session.pk, "out"])).status_code == 410
    assert client.post(reverse("sessions:check", args=[session.pk + 1, "in"])).status_code == 410
    assert client.get(reverse("sessions:check", args=[session.pk, "sideways"])).status_code == 404
    assert not Crossing.objects.exists()


def test_somebody_of_another_class_is_told_so():
    room = a_classroom()
    session = a_session(room)
    stranger = a_student(a_classroom(room.cohort))
    client = client_of(stranger.user)
    client.get(link_of(session))
    answer = client.post(reverse("sessions:check", args=[session.pk, "in"]))
    assert answer.status_code == 403
    assert "명단에" in answer.content.decode()
    assert not Crossing.objects.exists()


def test_who_left_the_class_does_not_check_in():
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    Enrolment.objects.filter(pk=student.pk).update(left_at=timezone.now())
    client = client_of(student.user)
    client.get(link_of(session))
    assert client.post(reverse("sessions:check", args=[session.pk, "in"])).status_code == 403


def test_a_session_long_over_takes_nobody():
    room = a_classroom()
    student, session = a_student(room), a_session(room, starts=-9 * HOUR)
    client = client_of(student.user)
    client.get(link_of(session))
    assert client.post(reverse("sessions:check", args=[session.pk, "in"])).status_code == 409
    assert not Crossing.objects.exists()


def test_the_typed_code_finds_the_session():
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    typed = codes.codes_now(session, Way.IN).typed
    client = client_of(student.user)
    answer = client.post(reverse("sessions:typed"), {"code": f" {typed.lower()[:3]}-{typed.lower()[3:]}"})
    assert answer.headers["Location"] == reverse("sessions:check", args=[session.pk, "in"])
    client.post(answer.headers["Location"])
    assert Crossing.objects.count() == 1
    stranger = client_of(a_student(a_classroom()).user)
    assert "코드와 달라요" in stranger.post(reverse("sessions:typed"), {"code": typed}).content.decode()


def test_guessing_codes_is_slowed_down(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "CODE_OF_PERSON", Limit("checkin.code", times=3, seconds=300))
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    client = client_of(student.user)
    statuses = [client.post(reverse("sessions:typed"), {"code": "AAAAAA"}).status_code for _try in range(4)]
    assert statuses == [200, 200, 200, 429]
    right = codes.codes_now(session, Way.IN).typed
    assert client.post(reverse("sessions:typed"), {"code": right}).status_code == 429


# --- the teacher's screen


def test_the_screen_shows_a_code_that_changes_by_itself():
    room = a_classroom()
    session = a_session(room)
    client = client_of(a_teacher(room))
    page = page_of(client, "code", session.pk, "in")
    assert codes.codes_now(session, Way.IN).typed in page
    assert '<svg class="qr"' in page
    assert 'http-equiv="refresh"' in page
    part = client.get(reverse("sessions:code", args=[session.pk, "in"]), headers=HTMX).content.decode()
    assert part.startswith("<section")
    assert re.search(r"load delay:\d+\.\ds", part)


def test_before_and_after_the_screen_says_when():
    room = a_classroom()
    client = client_of(a_teacher(room))
    session = a_session(room, starts=5 * HOUR)
    assert "시작 한 시간 전부터" in page_of(client, "code", session.pk, "in")
    assert '<svg class="qr"' not in page_of(client, "code", session.pk, "out")


# --- the list


def fields_of(rows: dict[Enrolment, dict[str, str]], seen: int = 0, was: str = "|0|0||") -> dict[str, object]:
    sent: dict[str, object] = {"who": [str(each.pk) for each in rows]}
    for each, fields in rows.items():
        sent |= {f"seen.{each.pk}": str(seen), f"was.{each.pk}": was}
        sent |= {f"{name}.{each.pk}": value for name, value in fields.items()}
    return sent


def test_the_list_is_saved_without_a_script():
    room = a_classroom()
    first, second, third = (a_student(room) for _each in range(3))
    session = a_session(room)
    client = client_of(a_teacher(room))
    sent = fields_of(
        {
            first: {"choice": "late", "late": "7"},
            second: {"choice": "excused", "excuse": "illness", "note": "전화 받음"},
            third: {},
        }
    )
    answer = client.post(reverse("sessions:roll", args=[session.pk]), {**sent, "action": "save"}, follow=True)
    page = answer.content.decode()
    assert "지각 7분" in page
    assert "인정 (질병)" in page
    assert {row.enrolment_id for row in AttendanceMark.objects.all()} == {first.pk, second.pk}


def test_two_teachers_the_second_sees_what_the_first_wrote():
    room = a_classroom()
    student, other = a_student(room), a_student(room)
    session = a_session(room)
    marking.save_marks(session, [Wanted(enrolment=student.pk, mark=ABSENT)], by=a_teacher(room, "정선생"))
    client = client_of(a_teacher(room))
    sent = fields_of({student: {"choice": "present"}, other: {"choice": "present"}})
    answer = client.post(reverse("sessions:roll", args=[session.pk]), {**sent, "action": "save"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "그사이 정선생 님이 표시를 바꿨어요: 결석." in page
    assert {row.enrolment_id: row.status for row in session.marks.all()} == {student.pk: "absent", other.pk: "present"}
    # The page that came back carries the new revision: saving it again is a decision.
    sent = fields_of({student: {"choice": "present"}}, seen=1, was="absent|0|0||")
    assert client.post(reverse("sessions:roll", args=[session.pk]), {**sent, "action": "save"}).status_code == 302
    assert session.marks.get(enrolment=student).status == "present"


def test_rows_that_nobody_touched_are_not_written():
    room = a_classroom()
    student = a_student(room)
    session = a_session(room)
    marking.save_marks(session, [Wanted(enrolment=student.pk, mark=ABSENT)], by=a_teacher(room, "정선생"))
    sent = fields_of({student: {}})
    answer = client_of(a_teacher(room)).post(reverse("sessions:roll", args=[session.pk]), {**sent, "action": "save"})
    assert answer.status_code == 302
    assert session.marks.get().status == "absent"


def test_what_is_missing_is_said_and_what_was_typed_stays():
    room = a_classroom()
    student = a_student(room)
    session = a_session(room, starts=-9 * HOUR)
    sent = fields_of({student: {"choice": "late", "note": "버스"}})
    answer = client_of(a_teacher(room)).post(reverse("sessions:roll", args=[session.pk]), {**sent, "action": "save"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "몇 분인지 써 주세요" in page
    assert 'value="버스"' in page
    assert not AttendanceMark.objects.exists()


def test_everybody_present_and_in_and_out_by_the_teacher():
    room = a_classroom()
    first, second = a_student(room), a_student(room)
    session = a_session(room)
    client = client_of(a_teacher(room))
    address = reverse("sessions:roll", args=[session.pk])
    for action in (f"in:{first.pk}", f"out:{first.pk}", "in:999999"):
        client.post(address, {**fields_of({first: {}, second: {}}), "action": action})
    assert [(row.way, row.how, row.enrolment_id) for row in Crossing.objects.all()] == [
        ("in", "list", first.pk),
        ("out", "list", first.pk),
    ]
    client.post(address, {"action": "all"})
    assert session.marks.filter(status="present").count() == 2


def test_a_teacher_marks_their_own_class_in_a_session_of_the_cohort():
    room = a_classroom()
    own, other = a_student(room, "우리 반"), a_student(a_classroom(room.cohort), "다른 반")
    session = a_cohort_session(room.cohort)
    client = client_of(a_teacher(room))
    page = page_of(client, "roll", session.pk)
    assert "우리 반" in page
    assert "다른 반" not in page
    sent = fields_of({own: {"choice": "present"}, other: {"choice": "present"}})
    client.post(reverse("sessions:roll", args=[session.pk]), {**sent, "action": "save"})
    assert session.marks.get().enrolment == own
    assert client.get(reverse("sessions:change", args=[session.pk])).status_code == 404


def test_a_cancelled_session_takes_no_marks():
    room = a_classroom()
    student = a_student(room)
    session = a_session(room, cancelled_at=timezone.now())
    client = client_of(a_teacher(room))
    assert "취소된 차시" in page_of(client, "roll", session.pk)
    sent = fields_of({student: {"choice": "present"}})
    assert client.post(reverse("sessions:roll", args=[session.pk]), sent).status_code == 409
    assert not AttendanceMark.objects.exists()


def test_the_live_part_puts_each_state_in_its_place():
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    client = client_of(student.user)
    client.get(link_of(session))
    client.post(reverse("sessions:check", args=[session.pk, "in"]))
    part = page_of(client_of(a_teacher(room)), "live", session.pk)
    assert "QR로 들어온 사람 1명" in part
    assert re.search(rf'id="state-{student.pk}" hx-swap-oob="true">\d\d:\d\d 입실', part)


# --- presses of the script


def send(client: Client, session: Session, body: object) -> object:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(reverse("sessions:presses", args=[session.pk]), text, content_type="application/json")


def test_the_script_hears_what_became_of_each_press():
    room = a_classroom()
    student, session = a_student(room), a_session(room)
    now = timezone.now().isoformat()
    press = {"key": "a" * 12, "enrolment": student.pk, "choice": "late", "late": "6", "seen": 0, "at": now}
    stranger = {**press, "key": "b" * 12, "enrolment": 999_999}
    told = send(client_of(a_teacher(room)), session, {"now": now, "presses": [press, stranger]}).json()
    answers = {answer["key"]: answer["refused"] for answer in told["answers"]}
    assert answers == {"a" * 12: "", "b" * 12: "이 명단에 없는 사람이에요. 화면을 새로 고쳐 주세요."}
    (person,) = told["people"]
    assert (person["seen"], person["choice"], person["late"], person["word"]) == (1, "late", 6, "지각 6분")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '{"now": "yesterday", "presses": []}',
        '{"now": "2026-11-28T10:00:00", "presses": []}',
        '{"now": "2026-11-28T10:00:00Z", "presses": [{"key": "x", "enrolment": 1, "choice": "", "at": "2026-11-28T10:00:00Z"}]}',
        '{"now": "2026-11-28T10:00:00Z", "presses": [{"key": "../../../etc", "enrolment": 1, "choice": "", "at": "2026-11-28T10:00:00Z"}]}',
    ],
)
def test_what_cannot_be_read_is_refused(body: str):
    room = a_classroom()
    assert send(client_of(a_teacher(room)), a_session(room), body).status_code == 400


def test_too_many_batches_are_put_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "PRESSES_OF_PERSON", Limit("attendance.presses", times=1, seconds=600))
    room = a_classroom()
    session, client = a_session(room), client_of(a_teacher(room))
    empty = {"now": timezone.now().isoformat(), "presses": []}
    assert [send(client, session, empty).status_code for _time in range(2)] == [200, 429]


# --- timetable and overview


def test_a_participant_sees_when_where_and_their_own_minutes():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    past = a_session(room, title="지난 수업", starts=-30 * HOUR)
    a_session(room, title="다음 수업", starts=30 * HOUR, online_url="https://example.org/meet", room="과학실")
    marking.save_marks(past, [Wanted(enrolment=student.pk, mark=HERE)], by=a_teacher(room))
    page = page_of(client_of(student.user), "mine")
    for words in (
        "지난 수업",
        "다음 수업",
        "과학실",
        "https://example.org/meet",
        "120분 / 240분",
        "50.0%",
        "120/120분",
    ):
        assert words in page, words
    # 80 % of 240 minutes are 192: of the two hours to come 48 minutes may be missed, not all of them.
    assert "앞으로 48분까지만 빠질 수 있어요" in page


def test_the_class_page_says_who_is_at_risk_and_why_nobody_is_without_rules():
    room = a_classroom()
    student = a_student(room, "하늘")
    past = a_session(room, starts=-30 * HOUR)
    a_session(room, starts=30 * HOUR)
    teacher = a_teacher(room)
    marking.save_marks(past, [Wanted(enrolment=student.pk, mark=ABSENT)], by=teacher)
    page = page_of(client_of(teacher), "attendance", room.pk)
    assert "이수 기준이 없어요" in page
    assert "먼저 챙길 사람" not in page
    rules_for(room.cohort)
    page = page_of(client_of(teacher), "attendance", room.pk)
    assert "먼저 챙길 사람" in page
    assert "이제 채울 수 없어요" in page


def test_a_page_takes_as_many_queries_for_many_as_for_few():
    room = a_classroom()
    teacher, student = a_teacher(room), a_student(room)
    rules_for(room.cohort)
    session = a_session(room, starts=-3 * HOUR)
    few = counts(room, session, teacher, student)
    for _each in range(12):
        a_student(room)
        a_session(room, starts=-3 * HOUR)
    marking.mark_everybody(session, [each.pk for each in room.enrolments.all()], {}, by=teacher)
    assert counts(room, session, teacher, student) == few


def counts(room: Classroom, session: Session, teacher: object, student: Enrolment) -> dict[str, int]:
    mine, theirs = client_of(student.user), client_of(teacher)
    return {
        "mine": queries_of(mine, "mine"),
        "attendance": queries_of(theirs, "attendance", room.pk),
        "roll": queries_of(theirs, "roll", session.pk),
        "live": queries_of(theirs, "live", session.pk),
        "classroom": queries_of(theirs, "classroom", room.pk),
        "code": queries_of(theirs, "code", session.pk, "in"),
    }


def test_staff_plan_a_series_for_a_class_and_teachers_for_their_own():
    room = a_classroom()
    day = timezone.localdate() + dt.timedelta(days=3)
    sent = {"title": "실습", "day": day.isoformat(), "start": "14:00", "end": "16:00", "weeks": "4"}
    staff = client_of(a_staff_member(room.cohort))
    page = staff.post(
        reverse("sessions:cohort_new", args=[room.cohort.pk]), {**sent, "classroom": str(room.pk)}, follow=True
    ).content.decode()
    assert "차시 4개를 시간표에 넣었어요" in page
    other = a_classroom()
    answer = staff.post(reverse("sessions:cohort_new", args=[room.cohort.pk]), {**sent, "classroom": str(other.pk)})
    assert answer.status_code == 200
    teacher = client_of(a_teacher(room))
    teacher.post(reverse("sessions:classroom_new", args=[room.pk]), {**sent, "title": "보강", "weeks": "1"})
    assert sorted(Session.objects.values_list("title", flat=True)) == ["보강", *["실습"] * 4]
    assert "같은 시간에 다른 차시가 있어요" in page_of(teacher, "classroom", room.pk)


def test_changing_and_cancelling_through_the_pages():
    room = a_classroom()
    session = a_session(room, starts=30 * HOUR)
    teacher = client_of(a_teacher(room))
    page = page_of(teacher, "change", session.pk)
    day, start = re.search(r'name="day" value="([^"]+)"', page)[1], re.search(r'name="start" value="([^"]+)"', page)[1]
    sent = {"title": "1차시", "day": day, "start": start, "end": "23:59", "room": "강당", "sequence": "0"}
    if start >= "23:50":
        pytest.skip("the session would begin too late in the day")
    teacher.post(reverse("sessions:change", args=[session.pk]), sent)
    session.refresh_from_db()
    assert (session.room, session.sequence) == ("강당", 1)
    stale = teacher.post(reverse("sessions:change", args=[session.pk]), {**sent, "room": "과학실"}).content.decode()
    assert "그사이 다른 담당자가" in stale
    teacher.post(reverse("sessions:cancel", args=[session.pk]))
    assert "취소 되돌리기" in page_of(teacher, "classroom", room.pk)
    teacher.post(reverse("sessions:restore", args=[session.pk]))
    session.refresh_from_db()
    assert (session.is_cancelled, session.sequence) == (False, 3)
