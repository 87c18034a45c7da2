"""Signing in by e-mail, the password pages, the profile and the language."""

import datetime as dt
import re

import pytest
from django.contrib.auth import login
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from saem.apps.people.invitations import password_path
from saem.apps.people.models import User
from saem.apps.people.services import account_by_email, create_account
from saem.web.middleware import nothing_left_behind
from tests.cast import PASSWORD, a_classroom, a_person, a_student

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_counts_of_other_tests() -> None:
    cache.clear()


def signs_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_a_person_signs_in_and_out(client: Client):
    person = a_person(email="Haneul@Example.org")
    assert person.email == "haneul@example.org"
    answer = signs_in(client, " HANEUL@example.org ")
    assert answer.headers["Location"] == reverse("insight:home")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert "나갈까요?" in client.get(reverse("account_logout")).content.decode()
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_who_leaves_leaves_nothing_on_the_device(client: Client):
    first, other = a_person(email="haneul@example.org"), a_person("이바다")
    assert "Clear-Site-Data" not in signs_in(client, first.email).headers
    assert "Clear-Site-Data" not in client.get(reverse("people:profile")).headers
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get(reverse("account_login")).headers
    client.force_login(first)
    request = client.get(reverse("people:profile")).wsgi_request

    def somebody_else_signs_in(request: HttpRequest) -> HttpResponse:
        login(request, other, backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponse()

    assert nothing_left_behind(somebody_else_signs_in)(request).headers["Clear-Site-Data"] == '"storage"'


def test_nobody_learns_who_has_an_account(client: Client):
    a_person(email="haneul@example.org")
    known = signs_in(client, "haneul@example.org", "wrong")
    unknown = signs_in(client, "nobody@example.org", "wrong")
    sentence = "이메일이나 비밀번호가 맞지 않아요"
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()
    for email in ("haneul@example.org", "nobody@example.org"):
        answer = client.post(reverse("account_reset_password"), {"email": email})
        assert answer.headers["Location"] == reverse("account_reset_password_done")
    assert [message.to for message in mail.outbox] == [["haneul@example.org"], ["nobody@example.org"]]


def test_guessing_one_password_is_stopped(client: Client):
    a_person(email="haneul@example.org")
    for _guess in range(5):
        signs_in(client, "haneul@example.org", "wrong")
    page = signs_in(client, "haneul@example.org").content.decode()
    assert "잠시 쉬어야 해요" in page
    assert "_auth_user_id" not in client.session


def test_a_teachers_room_signing_in_from_one_address_is_not_stopped():
    for _teacher in range(40):
        person = a_person()
        assert person.email is not None
        assert signs_in(Client(), person.email).status_code == 302


def test_pupils_find_the_way_to_the_class_code_and_keep_their_page(client: Client):
    page = client.get(reverse("account_login"), {"next": "/learn/7/"}).content.decode()
    assert f'{reverse("cohorts:join")}?next=/learn/7/"' in page
    answer = client.post(reverse("cohorts:join"), {"code": a_classroom().join_code, "next": "/learn/7/"})
    assert answer.headers["Location"].endswith("?next=%2Flearn%2F7%2F")


def test_sign_in_returns_to_the_page_but_never_to_another_site(client: Client):
    person = a_person()
    assert signs_in(client, str(person.email), next="/account/").headers["Location"] == "/account/"
    client.logout()
    answer = signs_in(client, str(person.email), next="https://elsewhere.example/")
    assert answer.headers["Location"] == reverse("insight:home")


def test_a_forgotten_password_is_set_again_by_a_mailed_link_that_works_once(client: Client):
    person = a_person(email="haneul@example.org", language="en")
    client.post(reverse("account_reset_password"), {"email": "haneul@example.org"})
    [message] = mail.outbox
    found = re.search(r"http://testserver(/account/password/reset/\S+)", str(message.body))
    assert found
    form = client.get(found[1], follow=True)
    answer = client.post(form.request["PATH_INFO"], {"password1": "new-spring-26", "password2": "new-spring-26"})
    assert answer.headers["Location"] == reverse("account_reset_password_from_key_done")
    person.refresh_from_db()
    assert person.check_password("new-spring-26")
    assert "쓸 수 없는 링크예요" in Client().get(found[1]).content.decode()


def test_an_invited_person_sets_the_first_password_and_signs_in(client: Client):
    teacher = create_account(display_name="박선생", email="park@example.org")
    form = client.get(password_path(teacher), follow=True)
    too_common = client.post(form.request["PATH_INFO"], {"password1": "password1", "password2": "password1"})
    assert "has-error" in too_common.content.decode()
    client.post(form.request["PATH_INFO"], {"password1": "new-spring-26", "password2": "new-spring-26"})
    assert signs_in(client, "park@example.org", "new-spring-26").status_code == 302


@pytest.mark.parametrize(("days", "opens"), [(6.9, True), (7.1, False)])
def test_an_invitation_outlives_a_holiday_week(
    client: Client, monkeypatch: pytest.MonkeyPatch, days: float, *, opens: bool
):
    path = password_path(create_account(display_name="박선생", email="park@example.org"))
    later = PasswordResetTokenGenerator()._now() + dt.timedelta(days=days)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda _self: later)
    page = client.get(path, follow=True).content.decode()
    assert ("쓸 수 없는 링크예요" not in page) is opens


def test_a_password_is_changed_by_who_knows_it(client: Client):
    person = a_person()
    client.force_login(person)
    new = {"password1": "new-spring-26", "password2": "new-spring-26"}
    wrong = client.post(reverse("account_change_password"), {"oldpassword": "wrong", **new}).content.decode()
    assert "지금 쓰는 비밀번호가 맞지 않아요" in wrong
    answer = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **new})
    assert answer.headers["Location"] == reverse("people:profile")
    assert "비밀번호를 바꿨어요" in client.get(reverse("people:profile")).content.decode()


def test_pupils_have_no_password_pages(client: Client):
    client.force_login(a_student(a_classroom()).user)
    for name in ("account_change_password", "account_set_password"):
        assert client.get(reverse(name)).status_code == 404
    assert "선생님께" in client.get(reverse("people:profile")).content.decode()


def test_sign_up_is_closed_unless_the_operator_opens_it(client: Client):
    form = {"display_name": "이바다", "email": "bada@example.org", "password1": "new-spring-26"}
    assert "계정을 직접 만들 수 없어요" in client.post(reverse("account_signup"), form).content.decode()
    assert not User.objects.exists()
    assert reverse("account_signup") not in client.get(reverse("account_login")).content.decode()


@override_settings(SIGN_UP_OPEN=True, ACCOUNT_EMAIL_VERIFICATION="mandatory")
def test_who_signs_up_proves_the_address_first(client: Client):
    form = {"display_name": "이바다", "email": "Bada@example.org", "password1": "new-spring-26"}
    answer = client.post(reverse("account_signup"), form)
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    person = User.objects.get()
    assert (person.display_name, person.email, person.language) == ("이바다", "bada@example.org", "ko")
    signs_in(client, "bada@example.org", "new-spring-26")
    assert "_auth_user_id" not in client.session
    found = re.search(r"http://testserver(/account/confirm/\S+)", str(mail.outbox[0].body))
    assert found
    assert "이 주소가 맞나요?" in client.get(found[1]).content.decode()
    client.post(found[1])
    assert signs_in(client, "bada@example.org", "new-spring-26").headers["Location"] == reverse("insight:home")
    # Signing up with an address that has an account looks the same; its owner is told by mail.
    again = Client().post(reverse("account_signup"), form | {"display_name": "누구"})
    assert again.headers["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1


def test_the_language_is_kept_in_the_browser_and_for_the_person(client: Client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/join/"})
    assert answer.headers["Location"] == "/join/"
    assert 'lang="en"' in client.get("/join/").content.decode()
    person = a_person()
    client.force_login(person)
    client.post(reverse("set_language"), {"language": "ko"})
    person.refresh_from_db()
    assert person.language == "ko"
    elsewhere = Client(headers={"accept-language": "en"})
    elsewhere.force_login(person)
    assert 'lang="ko"' in elsewhere.get(reverse("people:profile")).content.decode()


@pytest.mark.parametrize("language", ["", "xx", "en\r\nX: 1", "k" * 500])
def test_an_unknown_language_changes_nothing(client: Client, language: str):
    person = a_person()
    client.force_login(person)
    assert client.post(reverse("set_language"), {"language": language}).status_code == 302
    person.refresh_from_db()
    assert person.language == ""


def test_the_profile_changes_name_and_language(client: Client):
    person = a_person()
    client.force_login(person)
    refused = client.post(reverse("people:profile"), {"display_name": "", "language": "en"})
    assert "has-error" in refused.content.decode()
    client.post(reverse("people:profile"), {"display_name": "김새봄", "language": "en"})
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("김새봄", "en")


def test_one_address_is_one_account():
    first, created = account_by_email(" Park@Example.org", display_name="박선생")
    again, created_again = account_by_email("park@example.org", display_name="다른 이름")
    assert (created, created_again) == (True, False)
    assert first == again
    assert again.display_name == "박선생"
    assert not first.has_usable_password()


def test_many_people_without_an_email_may_be_edited():
    for name in ("하늘", "바다"):
        pupil = create_account(display_name=name)
        pupil.email = ""
        pupil.full_clean(exclude=["password"])
        pupil.save()
        assert pupil.email is None
