"""Who is told that something was said about a team's work, and how often: once for an hour of talk, not once a word."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from saem.apps.notices.services import notify_all
from saem.apps.people.models import User
from saem.apps.projects.models import AnchoredComment, TeamComment, TeamMilestone
from saem.apps.projects.teams.queries import members_of, teams_seen_by
from saem.lib import content

AN_HOUR = dt.timedelta(hours=1)
Word = TeamComment | AnchoredComment


@dataclass(frozen=True, kw_only=True)
class Thread:
    """Where words stand: a stage, or one version of evidence; `key` tells it from every other one."""

    row: TeamMilestone
    milestone: content.Milestone
    key: str
    path: str


def tell_said(thread: Thread, words: Iterable[Word]) -> None:
    """Tell of the last of these words: the team, and those who had said something there and still see the team.

    `words` are all that stand there, in order. Call inside the transaction of the act.
    """
    spoken = list(words)
    said, team = spoken[-1], thread.row.team
    members = {member.enrolment.user_id: member.enrolment.user for member in members_of(team)}
    others = {
        word.author.pk: word.author for word in spoken if word.author is not None and word.author_id not in members
    }
    readers = [user for user in others.values() if teams_seen_by(user).filter(pk=team.pk).exists()]
    key, facts = f"{thread.key}:{_began(spoken)}", facts_of(thread, said)
    for kind, people in (("comment.said", list(members.values())), ("comment.answered", readers)):
        told = [user for user in people if user.pk != said.author_id]
        notify_all(told, kind, key=key, facts=facts, path=thread.path)


def facts_of(thread: Thread, said: Word) -> dict[str, object]:
    """Pupils go by their nickname."""
    author: User | None = said.author
    name = author.display_name if author is not None else ""
    return {
        "team": thread.row.team.name,
        "stage": thread.milestone.title.model_dump(),
        "who": said.enrolment.nickname if said.enrolment is not None else name,
    }


def _began(words: list[Word]) -> int:
    """The word that began the hour in which the last one was said."""
    first = words[0]
    for word in words:
        if word.written_at - first.written_at >= AN_HOUR:
            first = word
    return first.pk
