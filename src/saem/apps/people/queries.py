"""Who holds which role where: the one place from which every permission follows."""

from django.db.models import QuerySet

from saem.apps.people.models import Grant, Role, Scope, User


def granted_ids(user: User, *, roles: tuple[Role, ...], scope: Scope) -> QuerySet[Grant, int]:
    """The ids of the places of one scope where `user` holds one of `roles`; for use as a subquery."""
    return Grant.objects.filter(user_id=user.pk, role__in=roles, scope=scope).values_list("scope_id", flat=True)


def roles_held(user: User) -> frozenset[Role]:
    """Every role that `user` holds anywhere, apart from being enrolled."""
    return frozenset(Role(role) for role in Grant.objects.filter(user_id=user.pk).values_list("role", flat=True))
