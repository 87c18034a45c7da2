"""The page for teachers: read by who teaches or writes, and by no pupil, whatever way they try."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Classroom
from saem.apps.people.models import Agreement, Role, Scope, User
from saem.apps.people.services import grant
from saem.lib.sandbox import Sandbox
from tests import cast, sample
from tests.apps.learning.exits.places import SECRET, Leaver, a_leaver, signed_in_as, version_with_exit


@pytest.fixture
def room(db: None, site_sandbox: Sandbox, tmp_path: Path) -> Classroom:
    return cast.a_classroom(cast.a_cohort(version_with_exit(site_sandbox, tmp_path)))


def class_url(room: Classroom) -> str:
    return reverse("teaching:lesson", args=[room.pk, sample.LESSON])


GUIDE = ("catalog:guide", (sample.SLUG, sample.LESSON))


def guide_url() -> str:
    return reverse(GUIDE[0], args=GUIDE[1])


def test_a_teacher_reads_it_in_both_languages(room: Classroom) -> None:
    client = signed_in_as(cast.a_teacher(room))
    page = client.get(class_url(room)).content.decode()
    assert SECRET["ko"] in page
    assert "계획" in page
    assert f'href="{class_url(room)}"' in page
    assert f'href="{reverse("catalog:program", args=[sample.SLUG])}#heights"' in page
    english = client.get(class_url(room), headers={"Accept-Language": "en"}).content.decode()
    assert SECRET["en"] in english


def test_its_pictures_are_served_there(room: Classroom) -> None:
    url = reverse("teaching:asset", args=[room.pk, sample.LESSON, "lessons/growth/images/bean.svg"])
    assert signed_in_as(cast.a_teacher(room)).get(url).status_code == 200
    hidden = reverse("teaching:asset", args=[room.pk, sample.LESSON, "lessons/growth/teacher.ko.md"])
    assert signed_in_as(cast.a_teacher(room)).get(hidden).status_code == 404


def test_it_is_linked_for_who_may_and_for_nobody_else(room: Classroom) -> None:
    student = cast.a_student(room)
    lesson = reverse("learning:lesson", args=[student.pk, sample.LESSON])
    teacher = signed_in_as(cast.a_teacher(room))
    assert class_url(room) in teacher.get(lesson).content.decode()
    assert class_url(room) in teacher.get(reverse("insight:classroom", args=[room.pk])).content.decode()
    assert "교사용" not in signed_in_as(student.user).get(lesson).content.decode()


def test_no_pupil_gets_it_by_any_address(room: Classroom) -> None:
    student = cast.a_student(room)
    client = signed_in_as(student.user)
    for url in (class_url(room), guide_url()):
        assert client.get(url).status_code == 404
        assert "/account/" in Client().get(url).url
    for file in ("lessons/growth/teacher.ko.md", "lessons/growth/teacher.en.md"):
        assert client.get(reverse("learning:asset", args=[student.pk, sample.LESSON, file])).status_code == 404
        assert client.get(reverse("practice:asset", args=[student.pk, file])).status_code == 404


def test_its_words_are_on_no_page_and_in_no_download_of_a_pupil(room: Classroom) -> None:
    student = cast.a_student(room)
    leaver = a_leaver(student)
    leaver.post(**leaver.right())
    pk = student.pk
    urls = [
        "/", leaver.lesson_url, reverse("learning:program", args=[pk]), reverse("practice:item", args=[pk]),
        reverse("practice:growth", args=[pk]), reverse("catalog:program", args=[sample.SLUG]), reverse("catalog:programs"),
        reverse("projects:project", args=[pk, sample.PROJECT]),
        reverse("learning:asset", args=[pk, sample.LESSON, "lessons/growth/images/bean.svg"]),
    ]  # fmt: skip
    for url in urls:
        for language in ("ko", "en"):
            answered = leaver.client.get(url, headers={"Accept-Language": language})
            assert answered.status_code == 200, url
            assert not any(secret.encode() in answered.content for secret in SECRET.values()), url


def an_institution_person(version: Version, role: Role) -> User:
    user = cast.a_person("이검토")
    grant(user, role=role, scope=Scope.INSTITUTION, scope_id=version.program.owner_id)
    return user


def test_authors_and_reviewers_of_the_institutions_read_it(room: Classroom) -> None:
    program = room.cohort.version.program
    author = cast.a_person("김집필")
    grant(author, role=Role.AUTHOR, scope=Scope.PROGRAM, scope_id=program.pk)
    partner = cast.a_school()
    program.agreement = Agreement.objects.create(title="협약", starts_on="2026-01-01")
    program.agreement.institutions.add(program.owner, partner)
    program.save()
    reviewer = cast.a_person("최검토")
    grant(reviewer, role=Role.AUTHOR, scope=Scope.INSTITUTION, scope_id=partner.pk)
    for user in (author, reviewer, an_institution_person(room.cohort.version, Role.STAFF)):
        client = signed_in_as(user)
        assert SECRET["ko"] in client.get(guide_url()).content.decode()
        assert guide_url() in client.get(reverse("catalog:program", args=[sample.SLUG])).content.decode()
        picture = reverse("catalog:guide_asset", args=[sample.SLUG, sample.LESSON, "lessons/growth/images/bean.svg"])
        assert client.get(picture).status_code == 200
    program.agreement.institutions.remove(partner)
    assert signed_in_as(reviewer).get(guide_url()).status_code == 404


def test_a_mentor_of_the_institution_does_not(room: Classroom) -> None:
    mentor = an_institution_person(room.cohort.version, Role.MENTOR)
    assert signed_in_as(mentor).get(guide_url()).status_code == 404
    assert guide_url() not in Client().get(reverse("catalog:program", args=[sample.SLUG])).content.decode()


def test_lessons_that_are_not_there(room: Classroom) -> None:
    teacher = signed_in_as(cast.a_teacher(room))
    assert teacher.get(reverse("teaching:lesson", args=[room.pk, "nothing"])).status_code == 404
    staff = signed_in_as(an_institution_person(room.cohort.version, Role.STAFF))
    assert staff.get(reverse("catalog:guide", args=[sample.SLUG, "nothing"])).status_code == 404
    assert staff.get(reverse("catalog:guide", args=["nothing", sample.LESSON])).status_code == 404


def answered(room: Classroom, *words: str) -> list[Leaver]:
    leavers = [a_leaver(cast.a_student(room)) for _each in words]
    for leaver, choice in zip(leavers, words, strict=True):
        assert leaver.post(answer=leaver.option(choice)).status_code == 302
    return leavers


def test_the_class_sees_how_it_answered(room: Classroom) -> None:
    teacher = signed_in_as(cast.a_teacher(room))
    assert "아직 아무도 답하지 않았어요" in teacher.get(class_url(room)).content.decode()
    answered(room, "셋이에요", "셋이에요", "둘이에요")
    cast.a_student(room)
    answered(cast.a_classroom(room.cohort), "아홉이에요")
    view = teacher.get(class_url(room)).context["view"].exit
    assert (view.students, view.answered, view.right, view.percent) == (4, 3, 2, 67)
    counts = [(str(option.html), option.is_right, option.count, option.percent) for option in view.options]
    assert counts == [("셋이에요", True, 2, 67), ("둘이에요", False, 1, 33), ("아홉이에요", False, 0, 0)]


def test_who_left_the_class_is_not_counted(room: Classroom) -> None:
    gone, _stays = answered(room, "둘이에요", "셋이에요")
    gone.enrolment.left_at = "2026-10-01T00:00:00Z"
    gone.enrolment.save()
    view = signed_in_as(cast.a_teacher(room)).get(class_url(room)).context["view"].exit
    assert (view.students, view.answered, view.right) == (1, 1, 1)


def test_queries_do_not_grow_with_the_class(room: Classroom) -> None:
    teacher = signed_in_as(cast.a_teacher(room))
    counts = []
    for more in (1, 5):
        answered(room, *["셋이에요"] * more)
        teacher.get(class_url(room))
        with CaptureQueriesContext(connection) as queries:
            teacher.get(class_url(room))
        counts.append(len(queries))
    assert counts[0] == counts[1]
