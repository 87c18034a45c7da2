"""A pupil comes in: on a tablet, for the first time, again, with slips, twice at once, and as somebody else."""

import pytest
from django.test import Client
from django.urls import reverse

from saem.apps.cohorts import limits
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.pins import hash_pin
from saem.apps.events.models import Event
from saem.apps.people.models import User
from tests.cast import PASSWORD, a_classroom, a_person, a_student

pytestmark = pytest.mark.django_db
PIN = "5829"


def a_pupil(classroom: Classroom, nickname: str = "하늘") -> Enrolment:
    enrolment = a_student(classroom, nickname)
    enrolment.pin_hash = hash_pin(PIN)
    enrolment.save(update_fields=["pin_hash"])
    return enrolment


def door(classroom: Classroom) -> str:
    return reverse("cohorts:join", args=[classroom.join_code])


def comes_in(client: Client, classroom: Classroom, nickname: str, pin: str = PIN, **more: str):
    return client.post(door(classroom), {"nickname": nickname, "pin": pin, **more})


def signed_in_as(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


def test_a_new_pupil_comes_in_from_code_to_home(client: Client):
    classroom = a_classroom()
    answer = client.post(reverse("cohorts:join"), {"code": classroom.join_code})
    assert answer.headers["Location"] == door(classroom)
    asked = comes_in(client, classroom, "바다")
    assert "처음 왔나요?" in asked.content.decode()
    assert signed_in_as(client) is None
    answer = comes_in(client, classroom, "바다", is_new="on")
    assert answer.headers["Location"] == reverse("insight:home")
    enrolment = Enrolment.objects.get(classroom=classroom)
    assert signed_in_as(client) == enrolment.user
    assert (enrolment.nickname, enrolment.user.email, enrolment.user.has_usable_password()) == ("바다", None, False)
    assert enrolment.pin_hash != PIN
    assert list(Event.objects.values_list("verb", "actor", "cohort_id")) == [
        ("student.joined", enrolment.user_id, classroom.cohort_id)
    ]


def test_a_returning_pupil_types_the_same_and_is_asked_nothing(client: Client):
    enrolment = a_pupil(a_classroom())
    answer = comes_in(client, enrolment.classroom, " 하늘 ", "５８２９")
    assert answer.status_code == 302
    assert signed_in_as(client) == enrolment.user
    assert Enrolment.objects.get().last_seen_at is not None


def test_the_session_of_a_shared_tablet_ends_by_itself(client: Client):
    enrolment = a_pupil(a_classroom())
    comes_in(client, enrolment.classroom, "하늘")
    assert client.session.get_expiry_age() <= 10 * 3600


def test_a_wrong_pin_is_told_kindly_and_nothing_typed_is_lost(client: Client):
    enrolment = a_pupil(a_classroom())
    page = comes_in(client, enrolment.classroom, "하늘", "7777").content.decode()
    assert "선생님께 말씀드려요" in page
    assert 'value="하늘"' in page
    assert signed_in_as(client) is None
    assert User.objects.count() == 1


def test_guessing_one_pupils_pin_stops_after_five_while_classmates_come_in(client: Client):
    enrolment = a_pupil(a_classroom())
    mate = a_pupil(enrolment.classroom, "바다")
    for guess in range(limits.PIN_OF_STUDENT.times):
        assert comes_in(client, enrolment.classroom, "하늘", f"900{guess}").status_code == 200
    limited = comes_in(client, enrolment.classroom, "하늘")
    assert limited.status_code == 429
    assert "5분 뒤에" in limited.content.decode()
    assert comes_in(client, enrolment.classroom, "바다").status_code == 302
    assert signed_in_as(client) == mate.user


def test_coming_in_correctly_again_and_again_is_never_limited(client: Client):
    enrolment = a_pupil(a_classroom())
    for _day in range(limits.PIN_OF_STUDENT.times + 2):
        assert comes_in(client, enrolment.classroom, "하늘").status_code == 302
        client.logout()


def test_wrong_codes_from_one_address_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "WRONG_CODE", limits.Limit("test.code", times=2, seconds=600))
    classroom = a_classroom()
    for _try in range(2):
        assert client.post(reverse("cohorts:join"), {"code": "ZZZZZ9"}).status_code == 200
    assert client.post(reverse("cohorts:join"), {"code": "ZZZZZ9"}).status_code == 429
    assert client.get(reverse("cohorts:join", args=["ZZZZZ8"])).status_code == 429
    assert client.get(door(classroom), REMOTE_ADDR="10.0.0.9").status_code == 200


@pytest.mark.parametrize(
    "typed", ["{0}", " {0} ", "{1}", "{2}", "{3}"], ids=["plain", "spaces", "small", "dash", "wide"]
)
def test_a_code_is_understood_however_it_is_typed(client: Client, typed: str):
    classroom = a_classroom()
    code = classroom.join_code
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    answer = client.post(
        reverse("cohorts:join"), {"code": typed.format(code, code.lower(), f"{code[:3]}-{code[3:]}", wide)}
    )
    assert answer.headers["Location"] == door(classroom)


def test_a_code_typed_with_the_hangul_keyboard_is_understood(client: Client):
    classroom = a_classroom()
    Classroom.objects.update(join_code="K7PX3M")
    assert client.post(reverse("cohorts:join"), {"code": "ㅏ7ㅔㅌ3ㅡ"}).headers["Location"].endswith("/K7PX3M/")
    Classroom.objects.update(join_code="GKSRMF")
    assert client.post(reverse("cohorts:join"), {"code": "한글"}).headers["Location"].endswith("/GKSRMF/")
    assert Classroom.objects.get().pk == classroom.pk


def test_signs_that_no_code_has_are_named_as_the_likely_slip(client: Client):
    assert "글자 O, I, L은" in client.post(reverse("cohorts:join"), {"code": "K7PX3O"}).content.decode()
    assert "글자 O, I, L은" not in client.post(reverse("cohorts:join"), {"code": "K7PX3Q"}).content.decode()


@pytest.mark.parametrize("code", ["", "K7", "x" * 500, "한글이네요정말로길어요", "😀😀😀", "K7PX3M\x00"])
def test_no_code_breaks_the_page(client: Client, code: str):
    assert client.post(reverse("cohorts:join"), {"code": code}).status_code == 200


def test_a_link_with_a_wrong_code_asks_for_the_code(client: Client):
    page = client.get(reverse("cohorts:join", args=["ZZZZZ9"]))
    assert page.status_code == 404
    assert "참여 코드" in page.content.decode()


@pytest.mark.parametrize(
    ("nickname", "kept"),
    [
        ("🌧️비구름", "🌧비구름"),
        ("  하늘   별 ", "하늘 별"),
        ("ｓｋｙ１", "sky1"),
        ("\u202e거꾸로\u200b", "거꾸로"),
        ("하늘", "하늘"),  # the same letters, decomposed, as some keyboards send them
        ("<b>굵게</b>", "<b>굵게</b>"),
    ],
)
def test_unusual_nicknames_are_kept_readable(client: Client, nickname: str, kept: str):
    classroom = a_classroom()
    assert comes_in(client, classroom, nickname, is_new="on").status_code == 302
    assert Enrolment.objects.get().nickname == kept
    client.logout()
    assert comes_in(client, classroom, nickname).status_code == 302


@pytest.mark.parametrize("nickname", ["", " ", "\u200b\u200b", "가" * 500, "가" * 21, "\x00"])
def test_impossible_nicknames_are_refused_kindly(client: Client, nickname: str):
    page = comes_in(client, a_classroom(), nickname, is_new="on")
    assert page.status_code == 200
    assert "별명" in page.content.decode()
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("pin", ["", "123", "1234567", "abcd", "12 3", "１２", "٣٤٥٦", "1" * 500])
def test_impossible_pins_are_refused_kindly(client: Client, pin: str):
    page = comes_in(client, a_classroom(), "하늘", pin, is_new="on")
    assert page.status_code == 200
    assert "PIN" in page.content.decode()
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("pin", ["1234", "1111", "4321", "012345"])
def test_a_new_pin_that_a_classmate_would_guess_is_refused(client: Client, pin: str):
    assert "쉬운 것 말고" in comes_in(client, a_classroom(), "하늘", pin, is_new="on").content.decode()
    assert not Enrolment.objects.exists()


def test_nicknames_differ_by_more_than_capitals(client: Client):
    enrolment = a_pupil(a_classroom(), "Sky")
    assert comes_in(client, enrolment.classroom, "sKY").status_code == 302
    assert Enrolment.objects.count() == 1


def test_pressing_twice_makes_one_pupil(client: Client):
    classroom = a_classroom()
    other_tab = Client()
    assert comes_in(client, classroom, "바다", is_new="on").status_code == 302
    assert comes_in(other_tab, classroom, "바다", is_new="on").status_code == 302
    assert signed_in_as(client) == signed_in_as(other_tab)
    assert Enrolment.objects.count() == User.objects.count() == 1


def test_a_closed_class_lets_its_own_in_and_says_the_same_to_everybody_else(client: Client):
    enrolment = a_pupil(a_classroom())
    Classroom.objects.update(join_open=False)
    unknown = comes_in(client, enrolment.classroom, "누구", is_new="on").content.decode()
    wrong = comes_in(client, enrolment.classroom, "하늘", "9999").content.decode()
    sentence = "지금은 새 학생을 받지 않아요"
    assert sentence in unknown
    assert sentence in wrong
    assert Enrolment.objects.count() == 1
    assert comes_in(client, enrolment.classroom, "하늘").status_code == 302


def test_a_pupil_returns_to_the_page_where_the_session_ended(client: Client):
    enrolment = a_pupil(a_classroom())
    page = f"/learn/{enrolment.pk}/"
    assert comes_in(client, enrolment.classroom, "하늘", next=page).headers["Location"] == page
    client.logout()
    answer = comes_in(client, enrolment.classroom, "하늘", next="https://elsewhere.example/")
    assert answer.headers["Location"] == reverse("insight:home")


def test_the_next_child_on_a_tablet_finds_who_forgot_to_leave(client: Client):
    enrolment = a_pupil(a_classroom())
    mate = a_pupil(enrolment.classroom, "바다")
    comes_in(client, enrolment.classroom, "하늘")
    page = client.get(door(enrolment.classroom)).content.decode()
    assert "지금 ‘하늘’ 별명으로 들어와 있어요" in page
    assert comes_in(client, enrolment.classroom, "바다").status_code == 200
    assert signed_in_as(client) == enrolment.user
    client.post(door(enrolment.classroom), {"leave": "1"})
    assert signed_in_as(client) is None
    comes_in(client, enrolment.classroom, "바다")
    assert signed_in_as(client) == mate.user


def test_a_person_with_an_account_joins_with_it(client: Client):
    classroom = a_classroom()
    person = a_person("이바다")
    client.force_login(person)
    assert "이바다" in client.get(door(classroom)).content.decode()
    for _press in range(2):
        assert client.post(door(classroom), {"nickname": "바다"}).status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.user, enrolment.nickname, enrolment.pin_hash) == (person, "바다", "")
    person.refresh_from_db()
    assert person.display_name == "이바다"
    assert person.check_password(PASSWORD)


def test_an_account_with_an_email_never_opens_by_pin(client: Client):
    classroom = a_classroom()
    Enrolment.objects.create(classroom=classroom, user=a_person(), nickname="어른", pin_hash=hash_pin(PIN))
    assert comes_in(client, classroom, "어른").status_code == 200
    assert signed_in_as(client) is None


def test_an_account_that_was_taken_out_is_sent_to_the_teacher(client: Client):
    classroom = a_classroom()
    person = a_person()
    client.force_login(person)
    client.post(door(classroom), {"nickname": "바다"})
    Enrolment.objects.update(left_at="2026-10-01T00:00:00Z")
    assert "선생님께 말씀드려요" in client.post(door(classroom), {"nickname": "바다"}).content.decode()


def test_a_taken_nickname_is_refused_to_an_account(client: Client):
    enrolment = a_pupil(a_classroom())
    client.force_login(a_person())
    page = client.post(door(enrolment.classroom), {"nickname": "하늘"}).content.decode()
    assert "다른 별명을 골라 주세요" in page


def test_pins_are_not_written_into_the_page_of_an_error_report(client: Client):
    enrolment = a_pupil(a_classroom())
    answer = comes_in(client, enrolment.classroom, "하늘", "7777")
    assert answer.wsgi_request.sensitive_post_parameters == ("pin",)
