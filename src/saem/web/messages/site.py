"""What the site itself says, whatever the room."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "not_allowed": _("이 일은 지금 계정으로 할 수 없어요. 필요하다면 선생님이나 운영 담당자에게 물어보세요."),
    "not_found": _("찾는 내용이 없어요. 주소가 바뀌었거나 지워졌을 수 있어요."),
    "too_many_requests": _("짧은 시간에 너무 여러 번 눌렀어요. 잠시 쉬었다가 다시 해 보세요."),
}
