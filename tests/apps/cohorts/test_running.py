"""A school's Monday: staff open a cohort and classrooms and invite teachers; teachers look after their students."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.cohorts.pins import hash_pin, pin_matches
from saem.apps.events.models import Event
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Delivery
from saem.apps.people.models import Grant, Role, Scope, User
from saem.apps.people.services import grant
from tests.cast import (
    a_classroom,
    a_cohort,
    a_person,
    a_school,
    a_staff_member,
    a_student,
    a_teacher,
    a_version,
)

pytestmark = pytest.mark.django_db


def of_school(school) -> User:
    user = a_person("최담당")
    grant(user, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=school.pk)
    return user


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def said(answer) -> str:
    return answer.content.decode()


def url(name: str, *args: object) -> str:
    return reverse(f"cohorts:{name}", args=args)


# --- staff


def test_staff_open_a_cohort_and_a_second_press_finds_the_same():
    school, version = a_school(), a_version()
    staff = client_of(of_school(school))
    form = {"institution": school.pk, "version": version.pk, "title": "3기", "starts_on": "2026-09-01"}
    for _press in range(2):
        answer = staff.post(url("new"), form)
        cohort = Cohort.objects.get()
        assert answer.headers["Location"] == url("classroom_new", cohort.pk)
    assert (cohort.institution, cohort.version, cohort.ends_on) == (school, version, None)
    assert verbs() == ["cohort.opened"]


def test_staff_open_cohorts_of_their_own_institution_only():
    version, elsewhere = a_version(), a_school()
    staff = client_of(of_school(a_school()))
    form = {"institution": elsewhere.pk, "version": version.pk, "title": "3기", "starts_on": "2026-09-01"}
    assert "has-error" in said(staff.post(url("new"), form))
    assert not Cohort.objects.exists()


@pytest.mark.parametrize("wrong", [{"title": ""}, {"starts_on": "내일"}, {"ends_on": "2026-08-01"}, {"version": "999"}])
def test_a_wrong_cohort_form_loses_nothing(wrong: dict[str, str]):
    school, version = a_school(), a_version()
    staff = client_of(of_school(school))
    right = {"institution": school.pk, "version": version.pk, "title": "봄 학기", "starts_on": "2026-09-01"}
    page = said(staff.post(url("new"), right | wrong))
    assert "error-summary" in page
    assert "title" in wrong or 'value="봄 학기"' in page
    assert not Cohort.objects.exists()


def test_a_cohort_is_renamed_and_keeps_its_version():
    cohort = a_cohort()
    staff = client_of(a_staff_member(cohort))
    form = {"title": "4기", "title_en": "Cohort 4", "starts_on": "2026-09-02", "ends_on": "2026-12-24"}
    staff.post(url("settings", cohort.pk), form | {"version": a_version().pk})
    changed = Cohort.objects.get(pk=cohort.pk)
    assert (changed.title, str(changed.ends_on), changed.version_id) == ("4기", "2026-12-24", cohort.version_id)
    assert verbs() == ["cohort.changed"]


@override_settings(EMAIL_HOST="mail.example.org")
def test_a_classroom_is_opened_and_its_teacher_invited_by_mail():
    cohort = a_cohort()
    staff = client_of(a_staff_member(cohort))
    form = {"name": "2학년 3반", "teacher_name": "박선생", "teacher_email": "Park@example.org"}
    answer = staff.post(url("classroom_new", cohort.pk), form)
    classroom, teacher = Classroom.objects.get(), User.objects.get(email="park@example.org")
    assert answer.headers["Location"] == url("teachers", classroom.pk)
    assert Grant.objects.filter(user=teacher, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=classroom.pk).exists()
    assert verbs() == ["classroom.opened", "teacher.invited"]
    assert mail.outbox == []
    drain()
    [message] = mail.outbox
    assert message.to == ["park@example.org"]
    assert "2학년 3반" in message.subject
    link = re.search(rf"{settings.SITE_URL}(/account/password/reset/\S+)", str(message.body))
    assert link
    assert "비밀번호 정하기" in said(Client().get(link[1], follow=True))
    # The mail is the only way the link goes: who reads it proves the address.
    assert link[1] not in said(staff.get(url("teachers", classroom.pk)))


def test_where_mail_only_reaches_the_console_the_link_is_shown_once():
    classroom = a_classroom()
    staff = client_of(a_staff_member(classroom.cohort))
    form = {"teacher_name": "박선생", "teacher_email": "park@example.org"}
    page = said(staff.post(url("teachers", classroom.pk), form, follow=True))
    assert "/account/password/reset/" in page
    assert "/account/password/reset/" not in said(staff.get(url("teachers", classroom.pk)))


def test_a_link_to_somebody_elses_account_is_never_shown():
    classroom = a_classroom()
    staff = client_of(a_staff_member(classroom.cohort))
    set_up = a_person("이미 있는 선생님")
    elsewhere = User.objects.create_account(display_name="아직", email="yet@example.org")
    grant(elsewhere, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=a_classroom().pk)
    for email in (set_up.email, elsewhere.email):
        form = {"teacher_name": "박선생", "teacher_email": email}
        assert "/account/password/reset/" not in said(staff.post(url("teachers", classroom.pk), form, follow=True))
    drain()
    assert [("/account/password/reset/" in str(message.body)) for message in mail.outbox] == [False, True]
    set_up.refresh_from_db()
    assert set_up.display_name == "이미 있는 선생님"


FORM = {"teacher_name": "박선생", "teacher_email": "park@example.org"}


def test_inviting_again_gives_one_role_and_another_letter_only_once_the_first_has_gone():
    classroom = a_classroom()
    staff = client_of(a_staff_member(classroom.cohort))
    for _press in range(2):
        staff.post(url("teachers", classroom.pk), FORM)
    assert Delivery.objects.count() == 1
    assert "초대 메일을 보내고 있어요" in said(staff.get(url("teachers", classroom.pk)))
    drain()
    drain()
    assert len(mail.outbox) == 1
    staff.post(url("teachers", classroom.pk), FORM)
    drain()
    assert len(mail.outbox) == 2
    assert Grant.objects.filter(role=Role.TEACHER).count() == 1
    assert verbs() == ["teacher.invited"]


def test_no_key_of_an_invitation_stands_in_the_database():
    classroom = a_classroom()
    client_of(a_staff_member(classroom.cohort)).post(url("teachers", classroom.pk), FORM)
    letter = Delivery.objects.get()
    assert "/account/password/reset/" not in f"{letter.path} {letter.facts}"
    drain()
    letter.refresh_from_db()
    assert "/account/password/reset/" not in f"{letter.path} {letter.facts}"
    assert "/account/password/reset/" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("state", "words"),
    [("failed", "초대 메일이 가지 못했어요"), ("unsure", "초대 메일이 갔는지 알 수 없어요")],
)
@override_settings(EMAIL_HOST="mail.example.org")
def test_a_letter_that_did_not_go_out_is_told_and_its_link_may_be_handed_over(state: str, words: str):
    classroom = a_classroom()
    staff = client_of(a_staff_member(classroom.cohort))
    first = said(staff.post(url("teachers", classroom.pk), FORM, follow=True))
    assert "/account/password/reset/" not in first
    Delivery.objects.update(state=state)
    assert words in said(staff.get(url("teachers", classroom.pk)))
    assert "/account/password/reset/" in said(staff.post(url("teachers", classroom.pk), FORM, follow=True))
    assert Delivery.objects.filter(state="waiting").count() == 1


def test_mail_speaks_the_teachers_language():
    classroom = a_classroom()
    a_person("Ms Park", email="park@example.org", language="en")
    client_of(a_staff_member(classroom.cohort)).post(url("teachers", classroom.pk), FORM)
    drain()
    assert "Dear Ms Park" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"teacher_email": "no"}, {"teacher_email": ""}, {"teacher_name": ""}, {"name": "가" * 500}]
)
def test_a_wrong_classroom_form_makes_nothing(wrong: dict[str, str]):
    cohort = a_cohort()
    staff = client_of(a_staff_member(cohort))
    form = {"name": "2학년 3반", "teacher_name": "박선생", "teacher_email": "park@example.org"} | wrong
    assert "error-summary" in said(staff.post(url("classroom_new", cohort.pk), form))
    assert not Classroom.objects.exists()


def test_two_classrooms_of_a_cohort_never_share_a_name():
    classroom = a_classroom(name="2학년 3반")
    other = a_classroom(classroom.cohort, name="2학년 4반")
    staff = client_of(a_staff_member(classroom.cohort))
    assert "같은 이름의 학급" in said(staff.post(url("classroom_new", classroom.cohort_id), {"name": "2학년 3반"}))
    page = said(staff.post(url("classroom_settings", other.pk), {"name": "2학년 3반"}))
    assert "같은 이름의 학급" in page
    assert "2학년 4반</a>" in page
    assert Classroom.objects.filter(name="2학년 3반").count() == 1


def test_a_teacher_is_taken_out_of_a_class_and_sees_it_no_more():
    classroom = a_classroom()
    teacher = a_teacher(classroom)
    staff = client_of(a_staff_member(classroom.cohort))
    assert "뺄까요" in said(staff.get(url("teacher_remove", classroom.pk, teacher.pk)))
    staff.post(url("teacher_remove", classroom.pk, teacher.pk))
    assert client_of(teacher).get(url("students", classroom.pk)).status_code == 404
    assert staff.post(url("teacher_remove", classroom.pk, teacher.pk)).status_code == 404
    assert verbs() == ["teacher.removed"]


# --- a teacher's class


def test_the_code_page_shows_code_and_address():
    classroom = a_classroom()
    page = said(client_of(a_teacher(classroom)).get(url("code", classroom.pk)))
    assert classroom.join_code in page
    assert "testserver/join/" in page


def test_a_new_code_replaces_the_old_and_a_second_press_makes_no_third():
    classroom = a_classroom()
    teacher = client_of(a_teacher(classroom))
    old = classroom.join_code
    teacher.post(url("code_renew", classroom.pk), {"code": old})
    new = Classroom.objects.get().join_code
    teacher.post(url("code_renew", classroom.pk), {"code": old})
    assert Classroom.objects.get().join_code == new != old
    assert Client().get(url("join", old)).status_code == 404
    assert verbs() == ["classroom.code_renewed"]


def test_a_class_is_renamed_and_closed_to_new_students():
    classroom = a_classroom()
    client_of(a_teacher(classroom)).post(url("classroom_settings", classroom.pk), {"name": "햇님반"})
    classroom.refresh_from_db()
    assert (classroom.name, classroom.join_open) == ("햇님반", False)
    assert verbs() == ["classroom.changed"]


def test_a_new_pin_is_shown_once_and_ends_the_old_pins_sessions():
    student = a_student(a_classroom(), "하늘")
    Enrolment.objects.update(pin_hash=hash_pin("5829"))
    tablet = Client()
    tablet.post(url("join", student.classroom.join_code), {"nickname": "하늘", "pin": "5829"})
    teacher = client_of(a_teacher(student.classroom))
    page = teacher.post(url("reset_pin", student.classroom_id, student.pk))
    found = re.search(r'id="new-pin">(\d{4})<', said(page))
    assert found
    assert "no-store" in page.headers["Cache-Control"]
    student.refresh_from_db()
    assert pin_matches(found[1], student.pin_hash)
    assert tablet.get(reverse("people:profile")).status_code == 302
    assert found[1] not in said(teacher.get(url("students", student.classroom_id)))
    assert found[1] not in str(Event.objects.values_list("facts", flat=True))


def test_a_new_pin_forgets_the_wrong_tries():
    student = a_student(a_classroom(), "하늘")
    tablet = Client()
    for guess in range(6):
        tablet.post(url("join", student.classroom.join_code), {"nickname": "하늘", "pin": f"900{guess}"})
    teacher = client_of(a_teacher(student.classroom))
    found = re.search(r'id="new-pin">(\d{4})<', said(teacher.post(url("reset_pin", student.classroom_id, student.pk))))
    assert found
    answer = tablet.post(url("join", student.classroom.join_code), {"nickname": "하늘", "pin": found[1]})
    assert answer.status_code == 302


def test_an_account_with_an_email_gets_no_pin():
    classroom = a_classroom()
    grown_up = Enrolment.objects.create(classroom=classroom, user=a_person(), nickname="어른")
    teacher = client_of(a_teacher(classroom))
    assert url("reset_pin", classroom.pk, grown_up.pk) not in said(teacher.get(url("students", classroom.pk)))
    assert teacher.post(url("reset_pin", classroom.pk, grown_up.pk)).status_code == 403
    grown_up.refresh_from_db()
    assert grown_up.pin_hash == ""


def test_a_nickname_is_changed_unless_somebody_has_it():
    student = a_student(a_classroom(), "하늘")
    a_student(student.classroom, "바다")
    teacher = client_of(a_teacher(student.classroom))
    page = said(teacher.post(url("rename", student.classroom_id, student.pk), {"nickname": "바다"}))
    assert "같은 별명" in page
    assert "‘하늘’ 별명 바꾸기" in page
    teacher.post(url("rename", student.classroom_id, student.pk), {"nickname": " 별 "})
    student.refresh_from_db()
    assert (student.nickname, student.user.display_name) == ("별", "별")
    assert verbs() == ["student.renamed"]


def test_a_student_moves_with_all_work_to_another_class_of_the_cohort():
    student = a_student(a_classroom(name="1반"), "하늘")
    there = a_classroom(student.classroom.cohort, name="2반")
    stranger_class = a_classroom()
    staff = client_of(a_staff_member(student.classroom.cohort))
    here = student.classroom_id
    assert "has-error" in said(staff.post(url("move", here, student.pk), {"classroom": stranger_class.pk}))
    page = said(staff.post(url("move", here, student.pk), {"classroom": there.pk}, follow=True))
    assert there.join_code in page
    assert Enrolment.objects.get(pk=student.pk).classroom == there
    assert verbs() == ["student.moved"]


def test_a_student_does_not_move_onto_a_taken_nickname():
    student = a_student(a_classroom(), "하늘")
    there = a_classroom(student.classroom.cohort)
    a_student(there, "하늘")
    staff = client_of(a_staff_member(student.classroom.cohort))
    assert "같은 별명" in said(staff.post(url("move", student.classroom_id, student.pk), {"classroom": there.pk}))
    assert Enrolment.objects.get(pk=student.pk).classroom == student.classroom


def test_a_teacher_moves_students_between_own_classes_only():
    student = a_student(a_classroom(), "하늘")
    colleague = a_classroom(student.classroom.cohort)
    teacher = a_teacher(student.classroom)
    page = said(client_of(teacher).get(url("move", student.classroom_id, student.pk)))
    assert "운영 담당자에게" in page
    assert colleague.name not in page
    grant(teacher, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=colleague.pk)
    assert colleague.name in said(client_of(teacher).get(url("move", student.classroom_id, student.pk)))


def test_a_student_is_taken_out_and_back_with_everything():
    student = a_student(a_classroom(), "하늘")
    Enrolment.objects.update(pin_hash=hash_pin("5829"))
    tablet = Client()
    entry = {"nickname": "하늘", "pin": "5829"}
    tablet.post(url("join", student.classroom.join_code), entry)
    teacher = client_of(a_teacher(student.classroom))
    room = student.classroom_id
    assert "뺄까요" in said(teacher.get(url("remove", room, student.pk)))
    teacher.post(url("remove", room, student.pk))
    assert "_auth_user_id" not in tablet.session or tablet.get(reverse("people:profile")).status_code == 302
    assert "아직 학생이 없어요" in said(teacher.get(url("students", room)))
    assert "하늘" in said(teacher.get(url("left", room)))
    assert teacher.post(url("reset_pin", room, student.pk)).status_code == 404
    teacher.post(url("restore", room, student.pk))
    assert "하늘" in said(teacher.get(url("students", room)))
    assert Client().post(url("join", student.classroom.join_code), entry).status_code == 302
    assert verbs() == ["student.came_back", "student.removed", "student.restored", "student.came_back"]


def test_a_removed_students_nickname_is_free_and_then_blocks_the_way_back():
    student = a_student(a_classroom(), "하늘")
    teacher = client_of(a_teacher(student.classroom))
    teacher.post(url("remove", student.classroom_id, student.pk))
    a_student(student.classroom, "하늘")
    page = said(teacher.post(url("restore", student.classroom_id, student.pk), follow=True))
    assert "그 학생의 별명을 먼저" in page
    assert Enrolment.objects.present().count() == 1


def test_a_student_is_reached_only_through_the_own_class():
    student = a_student(a_classroom(), "하늘")
    other = a_classroom()
    teacher = client_of(a_teacher(other))
    for name in ("rename", "move", "remove"):
        assert teacher.get(url(name, other.pk, student.pk)).status_code == 404
        assert teacher.get(url(name, student.classroom_id, student.pk)).status_code == 404


def test_lists_ask_the_database_as_often_for_many_as_for_few():
    cohort = a_cohort()
    staff = a_staff_member(cohort)
    first = a_classroom(cohort)
    a_student(first)
    a_teacher(first)
    pages = [url("students", first.pk), url("classrooms", cohort.pk), url("code", first.pk), url("teachers", first.pk)]
    client = client_of(staff)

    def asked() -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as context:
                assert client.get(page).status_code == 200
            counts.append(len(context))
        return counts

    few = asked()
    for _more in range(45):
        a_student(first)
    for _more in range(12):
        room = a_classroom(cohort)
        a_teacher(room)
        a_teacher(first)
        a_student(room)
    assert asked() == few
    assert max(few) <= 12
    assert 'rel="next"' in said(client.get(pages[0]))
