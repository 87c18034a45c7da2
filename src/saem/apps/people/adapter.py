"""How django-allauth behaves here: who may sign up, where people go, and what it says."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from saem.apps.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        # One sentence for an unknown address and for a wrong password: neither tells who has an account.
        "email_password_mismatch": _("이메일이나 비밀번호가 맞지 않아요. 다시 한번 확인해 주세요."),
        "too_many_login_attempts": _("여러 번 맞지 않아 잠시 쉬어야 해요. 5분 뒤에 다시 해 주세요."),
        "enter_current_password": _("지금 쓰는 비밀번호가 맞지 않아요."),
        "account_inactive": _("지금은 쓸 수 없는 계정이에요."),
        "rate_limited": _("짧은 시간에 여러 번 보냈어요. 잠시 뒤에 다시 해 주세요."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return bool(settings.SIGN_UP_OPEN)

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Give a person who signs up the name they wrote and the language they read."""
        user.display_name = form.cleaned_data["display_name"]
        user.language = translation.get_language() or ""
        return super().save_user(request, user, form, commit)  # type: ignore[no-any-return]  # allauth is untyped

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # allauth's signature
        return reverse("people:profile")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to people in their own language, whoever pressed the button."""
        user = context.get("user")
        language = getattr(user, "language", "") or translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, context)
