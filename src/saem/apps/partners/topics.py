"""What work is about and when people have time: two short lists that teams, mentors and opportunities share.

The codes are kept in rows and go to `lib.matching`; a code that a later release no longer knows reads as itself.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

TOPICS: Words = {
    "table": _("표 데이터와 통계"),
    "time": _("시간에 따른 예측"),
    "image": _("이미지"),
    "text": _("글과 말"),
    "sound": _("소리"),
    "space": _("지도와 공간"),
    "bio": _("생명과 건강"),
    "environment": _("날씨와 환경"),
    "robot": _("로봇과 센서"),
    "app": _("앱과 웹 만들기"),
    "ethics": _("공정함과 윤리"),
    "story": _("발표와 글쓰기"),
}
LANGUAGES: Words = {"ko": _("한국어"), "en": _("영어")}
TIMES: Words = {
    "mon": _("월요일 저녁"),
    "tue": _("화요일 저녁"),
    "wed": _("수요일 저녁"),
    "thu": _("목요일 저녁"),
    "fri": _("금요일 저녁"),
    "sat-am": _("토요일 오전"),
    "sat-pm": _("토요일 오후"),
    "sun-pm": _("일요일 오후"),
}


def choices_of(words: Words) -> list[tuple[str, str | Promise]]:
    """As a form wants them."""
    return list(words.items())


def words_of(words: Words, codes: Iterable[str]) -> list[str]:
    """Codes as a reader reads them, in the order of the list."""
    given = list(codes)
    order = {code: place for place, code in enumerate(words)}
    return [str(words.get(code, code)) for code in sorted(given, key=lambda code: order.get(code, len(order)))]
