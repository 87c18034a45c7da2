"""What operators are told about keys of worker hosts."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "key_name_taken": _("이 이름의 열쇠가 이미 있어요. 다른 이름을 지어 주세요."),
}
