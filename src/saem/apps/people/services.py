"""Changes to accounts and roles."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction
from django.db.models import ForeignObjectRel

from saem.apps.people.models import Grant, Role, Scope, User


def create_account(*, display_name: str, email: str | None = None, language: str = "") -> User:
    """Create an account without a password: its owner sets one by a mailed link, or comes in by class code."""
    return User.objects.create_account(display_name=display_name, email=email, language=language)


def account_by_email(email: str, *, display_name: str, language: str = "") -> tuple[User, bool]:
    """The account with this address, created where there is none, and whether it was created."""
    address = email.strip().lower()
    found = User.objects.filter(email=address).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return create_account(display_name=display_name, email=address, language=language), True
    except IntegrityError:
        return User.objects.get(email=address), False


def remove_unused_accounts(accounts: Iterable[int | None]) -> int:
    """Remove those accounts that somebody else made, that nobody ever signed in to and that no row of any room names.

    Returns how many. Everybody else's account is their own.
    """
    never_used = User.objects.filter(
        pk__in=[pk for pk in accounts if pk is not None],
        last_login=None,
        is_superuser=False,
        password__startswith=UNUSABLE_PASSWORD_PREFIX,
    )
    left = set(never_used.values_list("pk", flat=True))
    for relation in _relations():
        if left:
            rows = relation.related_model._default_manager  # noqa: SLF001  # Django's documented way to any model's rows
            named = rows.filter(**{f"{relation.field.name}__in": left})
            left -= set(named.values_list(relation.field.name, flat=True))
    User.objects.filter(pk__in=left).delete()
    return len(left)


def _relations() -> list[ForeignObjectRel]:
    """Everything that points to an account, in whatever room; its own e-mail address is no use of it."""
    every = User._meta.get_fields(include_hidden=True)  # noqa: SLF001  # Django's documented way to a model's fields
    pointing = [field for field in every if isinstance(field, ForeignObjectRel) and not field.many_to_many]
    return [field for field in pointing if field.related_model is not EmailAddress]


def change_profile(user: User, *, display_name: str, language: str) -> None:
    """Change what a person is called and in which language the site speaks to them."""
    user.display_name, user.language = display_name, language
    user.save(update_fields=["display_name", "language"])


def choose_language(user: User, language: str) -> None:
    """Remember the language a signed-in person chose."""
    user.language = language
    user.save(update_fields=["language"])


def sign_out_everywhere(user: User) -> None:
    """End every session of a person who has no password: each unusable one is different, and sessions hang on it."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


def grant(user: User, *, role: Role, scope: Scope, scope_id: int) -> Grant:
    """Give `user` a role in a place; giving it twice changes nothing."""
    return Grant.objects.get_or_create(user=user, role=role, scope=scope, scope_id=scope_id)[0]


def revoke(user: User, *, role: Role, scope: Scope, scope_id: int) -> None:
    """Take a role away; taking one that is not held changes nothing."""
    Grant.objects.filter(user=user, role=role, scope=scope, scope_id=scope_id).delete()
