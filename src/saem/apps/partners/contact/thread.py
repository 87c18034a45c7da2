"""The thread of a team: everybody around it reads all of it, and there is no other place to write."""

import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.services import Telling, notify_many
from saem.apps.partners.audience import around
from saem.apps.partners.models import Mentor, Pairing, Post, PostKind
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.apps.projects.models import Team
from saem.errors import SaemError

LONGEST_SHOWN = 80


def write(team: Team, *, text: str, token: uuid.UUID, by: User) -> Post:
    """Somebody around the team writes; the same form sent twice is one post. A mentor only while contact is allowed."""
    if not team.is_working:
        raise SaemError("contact.closed", status=409)
    try:
        with transaction.atomic():
            post = Post.objects.create(team=team, author=by, text=text, token=token)
            note("wrote", post, by=by, cohort_id=team.classroom.cohort_id, team=team.pk)
            tell(post)
    except IntegrityError:
        return Post.objects.get(team=team, token=token)
    return post


def say(
    team: Team,
    kind: PostKind,
    *,
    by: User | None = None,
    text: str = "",
    code: str = "",
    params: Mapping[str, object] | None = None,
) -> Post:
    """Write down in the thread what happened. Inside the transaction of the act, which tells people itself."""
    return Post.objects.create(team=team, kind=kind, author=by, text=text, code=code, params=dict(params or {}))


def mentor_of(team: Team) -> Mentor | None:
    """The team's mentor as far as contact is allowed today."""
    pairing = contact_of(team)
    return pairing.mentor if pairing else None


def contact_of(team: Team) -> Pairing | None:
    """The open pairing, if its mentor may meet pupils today."""
    cleared = Mentor.objects.cleared_on(timezone.localdate())
    return (
        Pairing.objects.filter(team=team, team__closed_at=None, until=None, mentor__in=cleared)
        .select_related("mentor__user", "mentor__host", "team__classroom__cohort")
        .first()
    )


def tell(post: Post) -> None:
    """Everybody but the writer hears of it, the mentor only while contact is allowed."""
    people = around(post.team)
    mentor = mentor_of(post.team)
    people += [mentor.user] if mentor else []
    facts = {"team": post.team.name, "who": str(post.author), "words": post.text[:LONGEST_SHOWN]}
    path = reverse("partners:team", args=[post.team_id])
    tellings = [
        Telling(recipient=one, facts=facts, path=path, key=f"post:{post.pk}")
        for one in people
        if one.pk != post.author_id
    ]
    notify_many("mentor.post", tellings)
