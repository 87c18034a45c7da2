"""What a diagnosis says when it cannot go on as wished."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "diagnosis.closed": _("이 진단은 지금 시작할 수 없어요."),
    "diagnosis.stale": _("이미 답한 문항이에요. 지금 문항부터 이어서 해 주세요."),
}
