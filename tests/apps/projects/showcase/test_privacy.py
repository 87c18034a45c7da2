"""What is pointed out as personal, and what is not."""

import pytest

from saem.apps.projects.showcase.privacy import Personal, look_at


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("전화는 010-1234-5678", Personal.PHONE),
        ("01012345678로 문자", Personal.PHONE),
        ("０１０－１２３４－５６７８", Personal.PHONE),
        ("+82 10 1234 5678", Personal.PHONE),
        ("교무실 02-123-4567", Personal.PHONE),
        ("a.b+c@school.go.kr로 보내요", Personal.MAIL),
        ("091231-3123456", Personal.RESIDENT_NUMBER),
        ("0912313123456", Personal.RESIDENT_NUMBER),
        ("하늘이가 만들었다", Personal.NAME),
    ],
)
def test_what_may_be_personal_is_pointed_out(text: str, kind: Personal):
    found = look_at({"problem": text}, ["하늘", "김"])
    assert [(each.part, each.kind) for each in found] == [("problem", kind)]


@pytest.mark.parametrize(
    "text",
    ["991331-1234567", "정확도 0.8123", "2012-2015년 1461줄", "김치", "id 1234567890123456", "3.14159265358979"],
)
def test_plain_numbers_and_words_are_not(text: str):
    assert look_at({"problem": text}, ["하늘", "김"]) == []


def test_only_a_resident_number_is_forbidden():
    found = look_at({"a": "091231-3123456", "b": "010-1234-5678"})
    assert [each.is_forbidden for each in found] == [True, False]
