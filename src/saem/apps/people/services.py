"""Changes to accounts and roles."""

from saem.apps.people.models import Grant, Role, Scope, User


def grant(user: User, *, role: Role, scope: Scope, scope_id: int) -> Grant:
    """Give `user` a role in a place; giving it twice changes nothing."""
    return Grant.objects.get_or_create(user=user, role=role, scope=scope, scope_id=scope_id)[0]


def revoke(user: User, *, role: Role, scope: Scope, scope_id: int) -> None:
    """Take a role away; taking one that is not held changes nothing."""
    Grant.objects.filter(user=user, role=role, scope=scope, scope_id=scope_id).delete()
