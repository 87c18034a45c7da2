"""The forms of sign-in and profile, in our words."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAME_MAX = 60
PLEASE_WRITE = _("여기를 써 주세요.")
LABELS: dict[str, str | Promise] = {
    "login": _("이메일"),
    "email": _("이메일"),
    "password": _("비밀번호"),
    "oldpassword": _("지금 비밀번호"),
    "password1": _("새 비밀번호"),
    "password2": _("새 비밀번호 한 번 더"),
}
HELP: dict[str, str | Promise] = {
    "password": "",
    "oldpassword": "",
    "password1": _("8자 이상으로, 이름이나 이메일과 다르고 남이 짐작하기 어렵게 정해 주세요."),
}


class OurWords(forms.Form):
    """Labels and hints of our own on allauth's fields; no placeholders, which vanish when one begins to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = str(PLEASE_WRITE)
            if name in LABELS:
                field.label = str(LABELS[name])
            if name in HELP:
                field.help_text = str(HELP[name])


class LoginForm(OurWords, allauth_forms.LoginForm):  # type: ignore[misc]  # allauth has no types
    @property
    def may_sign_up(self) -> bool:
        """Whether the page offers to make an account; read when asked, so that a test may change it."""
        return bool(settings.SIGN_UP_OPEN)


class SignupForm(OurWords, allauth_forms.SignupForm):  # type: ignore[misc]  # allauth is untyped
    display_name = forms.CharField(
        label=_("이름"), max_length=NAME_MAX, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ("display_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("비밀번호")


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    pass


class SetPasswordForm(OurWords, allauth_forms.SetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    pass


class ResetPasswordForm(OurWords, allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # allauth is untyped
    pass


class ResetPasswordKeyForm(OurWords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth is untyped
    pass


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("이름"),
        max_length=NAME_MAX,
        help_text=_("선생님과 운영 담당자에게 이 이름으로 보여요."),
        error_messages={"required": PLEASE_WRITE},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("언어"),
        choices=[("", _("이 기기를 따라서")), *settings.LANGUAGES],
        required=False,
    )
