"""Decides who has completed whenever a fact of completion changed."""

from collections.abc import Collection

from saem.apps.people.models import User


def facts_changed(enrolment_ids: Collection[int], *, by: User | None = None) -> None:
    """Decide these people anew; call inside the transaction of the fact that changed."""
