"""What a partner confirms of its data before a challenge goes out. Every point is asked for."""

from django.utils.translation import gettext_lazy as _

from saem.apps.partners.topics import Words

POINTS: Words = {
    "rights": _("우리 기관이 이 데이터를 학생에게 줄 권리가 있어요."),
    "no_people": _("한 사람을 알아볼 수 있는 내용(이름, 연락처, 얼굴, 목소리, 위치 기록)이 없어요."),
    "no_secrets": _("영업 비밀이나 공개하면 안 되는 내용이 없어요."),
    "for_minors": _("초등학생과 중고등학생이 보아도 되는 내용이에요."),
    "keeps": _("학생이 만든 것은 학생의 것이고, 우리 기관은 허락 없이 쓰지 않아요."),
}
# What is confirmed once more of each file; the last point is about work, not data.
FILE_POINTS: Words = {code: words for code, words in POINTS.items() if code != "keeps"}
