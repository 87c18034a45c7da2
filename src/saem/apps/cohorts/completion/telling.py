"""What learners are told about their completion."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from saem.apps.cohorts.models import Completion, Enrolment
from saem.apps.notices.services import Telling, notify_many


def tell_completed(completions: Sequence[Completion]) -> None:
    tell_letters(
        _letter(each.enrolment, "completion.reached", key=str(each.pk), number=each.number) for each in completions
    )


def tell_withdrawn(completion: Completion) -> None:
    reason = completion.withdrawal_reason
    key = f"{completion.pk}:withdrawn"
    letter = _letter(completion.enrolment, "completion.withdrawn", key=key, number=completion.number, reason=reason)
    tell_letters([letter])


@dataclass(frozen=True)
class Letter:
    """What one learner is to be told: the kind of notice, and the rest of it."""

    kind: str
    telling: Telling


def at_risk(enrolment: Enrolment, *, key: str, percent: float, spare: int) -> Letter:
    """One more absence may be too much: `spare` minutes may still be missed of the `percent` that is wanted."""
    return _letter(enrolment, "attendance.at_risk", key=key, percent=percent, spare=spare)


def out_of_reach(enrolment: Enrolment, *, key: str, percent: float) -> Letter:
    """`percent` is the share of attendance that cannot be reached any more; 0 where it is another condition."""
    return _letter(enrolment, "completion.out_of_reach", key=key, percent=percent)


def within_reach(enrolment: Enrolment, *, key: str) -> Letter:
    """What was told last is taken back: a correction made it possible again."""
    return _letter(enrolment, "completion.within_reach", key=key)


def tell_letters(letters: Iterable[Letter]) -> None:
    """Tell many learners in a handful of statements for each kind."""
    by_kind: dict[str, list[Telling]] = defaultdict(list)
    for letter in letters:
        by_kind[letter.kind].append(letter.telling)
    for kind, tellings in by_kind.items():
        notify_many(kind, tellings)


def _letter(enrolment: Enrolment, kind: str, *, key: str, **facts: object) -> Letter:
    cohort = enrolment.classroom.cohort
    path = reverse("completion:own", args=[enrolment.pk])
    telling = Telling(
        recipient=enrolment.user, key=f"completion:{key}", facts={"cohort": cohort.titles, **facts}, path=path
    )
    return Letter(kind, telling)
