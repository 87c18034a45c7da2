"""The registry of what the site writes about: higher apps say here, when the site starts, what they tell people."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What a person may choose to hear about, and how."""

    APPLICATION = "application", _("지원과 선발")
    COURSE = "course", _("수업과 출결")
    RESULT = "result", _("채점 결과와 이수")
    TOGETHER = "together", _("함께 하는 일 (검토, 모둠, 멘토)")


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """One thing that may be told, in the words of the template `notices/<name>.txt`: a title, an empty line, a text.

    What is `required`, a decision or a consent that is asked for, is always mailed at once, whatever a person prefers.
    What `opens` leads to a link that is a key by itself: the template names its `address`, and nobody keeps it in the
    clear.
    """

    name: str
    topic: Topic
    is_required: bool = False
    opens: bool = False


_kinds: dict[str, NoticeKind] = {}


def announce_notice(name: str, *, topic: Topic, is_required: bool = False, opens: bool = False) -> None:
    """Make a kind known; an app says so in `ready`. Saying it again replaces it."""
    _kinds[name] = NoticeKind(name=name, topic=topic, is_required=is_required, opens=opens)


def notice_kind(name: str) -> NoticeKind:
    """Raises LookupError for a kind that nobody announced: a mistake of ours, found by the first test that tells it."""
    if name not in _kinds:
        raise LookupError(f"no notice is called {name!r}")
    return _kinds[name]


def known_notices() -> tuple[str, ...]:
    return tuple(_kinds)


def kinds_that_open() -> tuple[str, ...]:
    return tuple(kind.name for kind in _kinds.values() if kind.opens)
