"""Reflections: written, written further, kept in versions, deleted whole; whatever is typed."""

import pytest

from saem.apps.awards.models import Audience, Entry, Reflection, ReflectionVersion
from saem.apps.awards.portfolio import limits, reflecting
from saem.apps.awards.portfolio.prose import plain_text, safe_html
from saem.errors import SaemError
from tests import cast
from tests.apps.awards.portfolio.shelf import Shelf, client_of

NEW = "/portfolio/reflections/new/"


def write(shelf: Shelf, text: str, **more: str):
    return shelf.client().post(NEW, {"prompt": "hard", "about": "", "audience": "nobody", "text": text, **more})


def test_a_reflection_is_about_something_and_answers_a_question(shelf: Shelf):
    ref = shelf.ref("project")
    form = shelf.client().get(f"{NEW}?about={ref}&prompt=changed").context["form"]
    assert (form.initial["about"], form.initial["prompt"]) == (ref, "changed")
    assert write(shelf, "단위를 **맞췄더니** 나아졌다", about=ref, audience="link").status_code == 302
    page = shelf.client().get("/portfolio/").content.decode()
    assert "무엇이 어려웠나요?" in page
    assert "<strong>맞췄더니</strong>" in page
    assert Entry.objects.get().audience == Audience.LINK


def test_each_saving_is_a_version_and_the_same_words_are_none(shelf: Shelf):
    write(shelf, "처음")
    row = Reflection.objects.get()
    address = f"/portfolio/reflections/{row.pk}/"
    shelf.client().post(address, {"text": "둘째", "audience": "teachers", "seen": "1"})
    shelf.client().post(address, {"text": "둘째", "audience": "link", "seen": "2"})
    assert [each.text for each in ReflectionVersion.objects.order_by("number")] == ["처음", "둘째"]
    row.refresh_from_db()
    assert (row.text, row.number) == ("둘째", 2)
    assert Entry.objects.get().audience == Audience.LINK
    assert "처음" in shelf.client().get(address).content.decode()


@pytest.mark.parametrize("seen", ["1", "", "x", "-1", "9" * 30, "٣"])
def test_another_tabs_words_are_not_overwritten(shelf: Shelf, seen: str):
    write(shelf, "처음")
    row = Reflection.objects.get()
    address = f"/portfolio/reflections/{row.pk}/"
    shelf.client().post(address, {"text": "다른 창에서", "audience": "nobody", "seen": "1"})
    answer = shelf.client().post(address, {"text": "이 창에서", "audience": "link", "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "이 창에서" in page
    assert "다른 창에서" in page
    row.refresh_from_db()
    assert row.text == "다른 창에서"
    assert Entry.objects.get().audience == Audience.NOBODY


def test_deleting_takes_everything(shelf: Shelf):
    write(shelf, "처음")
    row = Reflection.objects.get()
    assert client_of(shelf.teacher).post(f"/portfolio/reflections/{row.pk}/delete/").status_code == 404
    shelf.client().post(f"/portfolio/reflections/{row.pk}/delete/")
    assert (Reflection.objects.count(), ReflectionVersion.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_nobody_reads_or_writes_somebody_elses(shelf: Shelf):
    write(shelf, "처음")
    address = f"/portfolio/reflections/{Reflection.objects.get().pk}/"
    for user in (shelf.teacher, cast.a_student(shelf.classroom).user, cast.a_stranger()):
        assert client_of(user).get(address).status_code == 404
        assert client_of(user).post(address, {"text": "x", "audience": "link", "seen": "1"}).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"text": ""},
        {"text": " \n "},
        {"text": "가" * (limits.LONGEST_TEXT + 1)},
        {"text": "글\x00"},
        {"text": "글", "prompt": "nothing"},
        {"text": "글", "about": "project:1:of-somebody-else"},
        {"text": "글", "audience": "world"},
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(shelf: Shelf, sent):
    answer = shelf.client().post(NEW, {"prompt": "hard", "about": "", "audience": "nobody", **sent})
    assert answer.status_code == 422
    assert Reflection.objects.count() == 0


def test_there_is_an_end_to_it(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "MOST_REFLECTIONS", 1)
    monkeypatch.setattr(limits, "MOST_VERSIONS", 1)
    one = reflecting.begin(shelf.portfolio, prompt="hard", about="", text="글", audience=Audience.NOBODY)
    with pytest.raises(SaemError, match="too_many_reflections"):
        reflecting.begin(shelf.portfolio, prompt="hard", about="", text="글", audience=Audience.NOBODY)
    with pytest.raises(SaemError, match="too_many_versions"):
        reflecting.write(one, text="또", audience=Audience.NOBODY, seen=1)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[눌러](javascript:alert(1))",
        "[눌러](data:text/html;base64,PHNjcmlwdD4=)",
        "![그림](https://example.org/track.png)",
        "<a href='//example.org' onclick=alert(1)>x</a>",
        "<svg/onload=alert(1)>",
        "<!-- --><iframe src=https://example.org></iframe>",
        "# <style>body{display:none}</style>",
    ],
)
def test_nothing_that_is_written_runs_or_loads(hostile: str):
    html = safe_html(hostile)
    tags = {part.split()[0].split(">")[0].strip("/") for part in html.split("<")[1:]}
    assert tags <= {"p", "strong", "em", "a", "br", "code"}
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert "<a onclick" not in html


def test_links_lead_out_without_our_address():
    html = safe_html("[논문](https://example.org/paper)")
    assert 'href="https://example.org/paper"' in html
    assert "noreferrer" in html
    assert "nofollow" in html


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**굵게** 쓴 글", "굵게 쓴 글"),
        ("# 제목\n\n- 하나\n- 둘", "제목\n하나\n둘"),
        ("한 줄\n두 줄", "한 줄\n두 줄"),
        ("`x = 1` 와\n\n```\ny = 2\n```", "x = 1 와\ny = 2"),
        ("<b>그대로</b>", "<b>그대로</b>"),
    ],
)
def test_documents_get_the_words_alone(text: str, plain: str):
    assert plain_text(text) == plain
