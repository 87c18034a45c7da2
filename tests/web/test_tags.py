"""Tags and filters of the kit, as templates use them."""

import datetime as dt

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone, translation

from saem.web.icons import ICONS

pytestmark = pytest.mark.usefixtures("gallery")


def draw(source: str, query: str = "", **context: object) -> str:
    request = RequestFactory().get(f"/list/{query}")
    return engines["django"].from_string(source).render(context, request).strip()


def test_every_icon_is_drawn_and_hidden_from_screen_readers() -> None:
    for name in ICONS:
        assert 'aria-hidden="true"' in draw("{% icon name %}", name=name)
    with pytest.raises(KeyError):
        draw('{% icon "nothing" %}')


def test_numbers_are_grouped_and_short() -> None:
    assert draw("{{ x|number }}", x=1234567) == "1,234,567"
    assert draw("{{ x|number }}", x=0.1 + 0.2) == "0.3"
    assert draw("{{ x|number }}", x=12.0) == "12"
    assert draw("{{ x|number:1 }}", x=349.25) == "349.2"
    assert draw("{{ x|number }}", x=None) == ""
    assert draw("{{ x|number:0 }} {{ x|number:1 }} {{ x|number }}", x=-0.04) == "0 0.0 -0.04"
    assert draw("{{ x|number }} {{ x|number:2 }}", x=-0.0001) == "0 0.00"
    assert draw("{{ x|number:1 }} {{ x|number:0 }}", x=-1234) == "-1,234.0 -1,234"


def test_names_get_their_particle() -> None:
    assert draw('{{ name|josa:"이가" }}', name="하늘") == "하늘이"
    with translation.override("en"):
        assert draw('{{ name|josa:"이가" }}', name="하늘") == "하늘"


@pytest.mark.parametrize(
    ("seconds", "korean", "english"),
    [
        (5, "방금", "just now"),
        (60, "1분 전", "1 minute ago"),
        (3599, "59분 전", "59 minutes ago"),
        (7200, "2시간 전", "2 hours ago"),
        (86_400, "1일 전", "1 day ago"),
    ],
)
def test_times_are_told_from_now_with_the_exact_one_beside(seconds: int, korean: str, english: str) -> None:
    moment = timezone.now() - dt.timedelta(seconds=seconds)
    for language, words in (("ko", korean), ("en", english)):
        with translation.override(language):
            text = draw("{{ x|ago }}", x=moment)
        assert f">{words}<" in text
        assert f'datetime="{timezone.localtime(moment).isoformat()}"' in text


def test_long_ago_is_a_date() -> None:
    with translation.override("ko"):
        assert "2026년 3월 2일" in draw("{{ x|ago }}", x=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC))
    assert draw("{{ x|ago }}", x=None) == ""


def test_words_of_a_code() -> None:
    with translation.override("ko"):
        assert draw('{% words "not_found" %}').startswith("찾는 내용이")


def test_the_query_string_changes_in_part() -> None:
    assert draw("{% query page=3 %}", "?q=가&page=2") == "?q=%EA%B0%80&amp;page=3"
    assert draw("{% query q=None %}", "?q=a&page=2") == "?page=2"


def test_charts_have_a_table_and_no_inline_style() -> None:
    with translation.override("ko"):
        text = draw('{% band 231.4 "점수" low=219 high=244 marks=marks %}', marks=[("기준 <b>", 349.3)])
    assert "95% 구간 219에서 244까지" in text
    assert "<table>" in text
    assert "기준 &lt;b&gt;" in text
    assert "style=" not in text


def test_a_line_needs_two_values() -> None:
    assert draw('{% sparkline values "점수" %}', values=[1.0]) == ""
    assert "polyline" in draw('{% sparkline values "점수" %}', values=[1.0, 2.0])


def test_output_of_code_is_text_never_markup() -> None:
    evil = "<script>alert(1)</script>"
    output = {
        "stdout": evil,
        "displays": [
            {"kind": "text", "text": evil},
            {"kind": "table", "table": {"columns": [evil], "rows": [[evil]], "total": 1}},
        ],
        "error": {"title": evil, "advice": evil, "line": 3, "traceback": evil},
    }
    text = draw('{% include "_output.html" %}', output=output)
    assert "<script>" not in text
    assert text.count("&lt;script&gt;") == 7


@pytest.mark.parametrize(
    ("language", "written"), [("ko", "2026년 11월 28일 오후 10:30"), ("en", "Nov. 28, 2026, 22:30")]
)
def test_a_day_with_its_hour_reads_as_people_write_it(language: str, written: str) -> None:
    moment = dt.datetime(2026, 11, 28, 22, 30, tzinfo=timezone.get_default_timezone())
    with translation.override(language):
        assert draw("{{ moment|date:'DATETIME_FORMAT' }}", moment=moment) == written
