"""The link by which a person sets the password of an account that somebody else created for them."""

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from saem.apps.people.models import User


def password_path(user: User) -> str:
    """The address, without host, where `user` sets a password; good once and for PASSWORD_RESET_TIMEOUT seconds."""
    key = EmailAwarePasswordResetTokenGenerator().make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
