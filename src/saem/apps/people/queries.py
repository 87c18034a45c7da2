"""Who holds which role where: the one place from which every permission follows."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from saem.apps.people.models import Grant, Institution, Role, Scope, User


def granted_ids(user: User, *, roles: tuple[Role, ...], scope: Scope) -> QuerySet[Grant, int]:
    """The ids of the places of one scope where `user` holds one of `roles`; for use as a subquery."""
    return Grant.objects.filter(user_id=user.pk, role__in=roles, scope=scope).values_list("scope_id", flat=True)


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that `login_required` let through."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def institutions_run_by(user: User) -> QuerySet[Institution]:
    """Institutions whose staff `user` is."""
    return Institution.objects.filter(pk__in=granted_ids(user, roles=(Role.STAFF,), scope=Scope.INSTITUTION))


def holders(*, role: Role, scope: Scope, scope_ids: Iterable[int]) -> dict[int, list[User]]:
    """Who holds a role in each of several places, by place, in one query."""
    people: dict[int, list[User]] = {}
    grants = Grant.objects.filter(role=role, scope=scope, scope_id__in=list(scope_ids)).select_related("user")
    for held in grants.order_by("user__display_name"):
        people.setdefault(held.scope_id, []).append(held.user)
    return people
