"""Giving the badges of a goal: asked for by a press in parts of a batch, or by a result, and written once each."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards import batching
from saem.apps.awards.badges.issuing import keep_badges, signed_badges, tell_given
from saem.apps.awards.badges.wording import set_template
from saem.apps.awards.goals.levels import Reached, reached
from saem.apps.awards.models import (
    Badge,
    BadgeTemplate,
    Batch,
    BatchPart,
    Earning,
    Goal,
    GoalBatch,
    GoalItem,
    ItemState,
    Level,
)
from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.events.services import record
from saem.apps.notices.services import notify
from saem.apps.people.models import User
from saem.errors import SaemError

GIVE = "badges.goal"
PART = 50


def set_goal(
    cohort: Cohort, *, by: User, project: str, level: Level, percent: int, baseline: str, words: Mapping[str, object]
) -> Goal:
    """A new goal with the words of its badge. Raises SaemError `goal.there_already` for a level that is asked for."""
    facts = {"project": project, "level": level, "percent": percent, "baseline": baseline}
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        if Goal.objects.filter(cohort=cohort, closed_at=None, **facts).exists():
            raise SaemError("goal.there_already", status=409)
        made = Goal.objects.create(cohort=cohort, created_by=by, **facts)
        set_template(cohort, by=by, words={**words, "hours": None}, goal=made)
        note("goal.set", made, by=by, **facts)
    return made


def words_of(goal: Goal) -> BadgeTemplate:
    """The words of the badges given now."""
    found = goal.templates.select_related("cohort__institution", "goal").order_by("-number").first()
    assert found is not None, "a goal is made with its words"
    return found


def close(goal: Goal, *, by: User) -> bool:
    """Give no badge for it any more; those that were given hold. False where that was done before."""
    with transaction.atomic():
        closed = Goal.objects.filter(pk=goal.pk, closed_at=None).update(closed_at=timezone.now(), is_automatic=False)
        if closed:
            note("goal.closed", goal, by=by)
    return bool(closed)


def set_automatic(goal: Goal, *, is_on: bool, by: User) -> Batch | None:
    """Give its badge from now on without a press, or with one again; on, who reached it already is given it at once."""
    with transaction.atomic():
        row = held(goal)
        row.is_automatic = is_on
        row.save(update_fields=["is_automatic"])
        note("goal.automated" if is_on else "goal.by_hand", row, by=by)
        return begun(row, lacking(row), by=None) if is_on else None


def start(goal: Goal, *, by: User) -> Batch:
    """Give the badge to everybody who reached it and has none; pressed twice it is one batch.

    Raises SaemError: `goal.closed`, `goal.nobody`.
    """
    with transaction.atomic():
        row = held(goal)
        return begun(row, lacking(row), by=by) or under_way(row)


def start_again(goal: Goal, enrolment: Enrolment, *, by: User) -> Batch:
    """Give it to one person once more whose badge was taken back. Raises SaemError: `goal.closed`, `goal.nobody`."""
    with transaction.atomic():
        row = held(goal)
        wanted = {enrolment.pk} & reached(row, [enrolment.pk]).keys() - holding(row) - waiting(row)
        return begun(row, wanted, by=by) or under_way(row)


def held(goal: Goal) -> Goal:
    """The row, locked: two presses meet here. Raises SaemError `goal.closed`."""
    row = Goal.objects.select_for_update(of=("self",), no_key=True)
    row = row.select_related("cohort__version", "cohort__institution")
    found: Goal = row.get(pk=goal.pk)
    if found.closed_at is not None:
        raise SaemError("goal.closed", status=409)
    return found


def lacking(goal: Goal, enrolments: Collection[int] | None = None) -> set[int]:
    """Who is there, reaches the level and never had the badge: one that was taken back comes again by a press alone."""
    return without_badge(goal, reached(goal, enrolments), enrolments)


def without_badge(goal: Goal, at_level: Iterable[int], enrolments: Collection[int] | None = None) -> set[int]:
    """Those of the people at its level to whom the badge is to be given."""
    return {*at_level} & present(goal, enrolments) - had(goal) - waiting(goal)


def present(goal: Goal, enrolments: Collection[int] | None) -> set[int]:
    found = Enrolment.objects.present().filter(classroom__cohort=goal.cohort_id)
    if enrolments is not None:
        found = found.filter(pk__in=enrolments)
    return set(found.values_list("pk", flat=True))


def had(goal: Goal) -> set[int]:
    return set(Earning.objects.filter(goal=goal).values_list("enrolment_id", flat=True))


def holding(goal: Goal) -> set[int]:
    return set(Earning.objects.filter(goal=goal, ended_at=None).values_list("enrolment_id", flat=True))


def waiting(goal: Goal) -> set[int]:
    found = GoalItem.objects.filter(goal=goal, state=ItemState.WAITING)
    return set(found.values_list("enrolment_id", flat=True))


def under_way(goal: Goal) -> Batch:
    found = GoalItem.objects.filter(goal=goal, state=ItemState.WAITING).select_related("part__batch").first()
    if found is None:
        raise SaemError("goal.nobody", status=409)
    return found.part.batch


def begun(goal: Goal, wanted: Iterable[int], *, by: User | None) -> Batch | None:
    people = sorted(wanted)
    if not people:
        return None
    items = [GoalItem(goal=goal, enrolment_id=pk) for pk in people]
    batch = batching.begin(goal.cohort, items, kind=GIVE, size=PART, by=by)
    GoalBatch.objects.create(batch=batch, goal=goal)
    note("badges.asked", goal, by=by, people=len(people))
    return batch


def signed_for(goal: Goal, enrolments: Collection[int]) -> dict[int, Badge]:
    """Signed badges for those of them who reach the goal now, by enrolment; nothing is written."""
    found = reached(goal, enrolments)
    people = Enrolment.objects.filter(pk__in=found).select_related("user").order_by("pk")
    badges = [Badge(holder=each.user, earning=earning_of(goal, each, found[each.pk])) for each in people]
    return {
        badge.earning.enrolment_id: badge
        for badge in signed_badges(words_of(goal), badges)
        if badge.earning is not None
    }


def earning_of(goal: Goal, enrolment: Enrolment, found: Reached) -> Earning:
    return Earning(goal=goal, enrolment=enrolment, submission=found.submission, facts=found.facts)


def locked(enrolments: Collection[int]) -> list[Enrolment]:
    """Held to the end of the transaction, always in the same order: who gives, and who looks again, meet here.

    Neither these nor the goal are locked as if their keys could change: whoever writes a row that points to one of them
    would wait, and whoever holds the other would wait for them.
    """
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=enrolments).order_by("pk"))


def write_given(goal: Goal, signed: Mapping[int, Badge], *, by: User | None) -> dict[int, str]:
    """Write badges under the locks of their people; what became of each: `given`, `held`, `below` or `changed`."""
    now, have = reached(goal, signed.keys()), holding(goal)
    became = {enrolment: fate(badge, now.get(enrolment), enrolment in have) for enrolment, badge in signed.items()}
    given = [badge for enrolment, badge in signed.items() if became[enrolment] == "given"]
    for badge in given:
        assert badge.earning is not None
        badge.earning.save()
        badge.earning = badge.earning  # its key is known now
    keep_badges(given, by=by)
    tell_given(given)
    return became


def fate(badge: Badge, now: Reached | None, has_one: bool) -> str:
    if has_one:
        return "held"
    if now is None:
        return "below"
    # Graded again while it was signed: the badge would say what is not so any more.
    return "given" if badge.earning is not None and badge.earning.facts == now.facts else "changed"


def record_part(part_id: int, signed: Mapping[int, Badge]) -> None:
    """Write a part's badges. Call inside the transaction that holds the claim."""
    part = BatchPart.objects.select_related("batch__asked_by", "batch__for_goal__goal__cohort__version").get(pk=part_id)
    goal = part.batch.for_goal.goal
    items = list(part.goal_items.filter(state=ItemState.WAITING).order_by("enrolment_id"))
    locked([item.enrolment_id for item in items])
    became = write_given(goal, signed, by=part.batch.asked_by)
    for item in items:
        settle(item, became.get(item.enrolment_id, "below"))
    GoalItem.objects.bulk_update(items, ["state", "code"])
    if any(item.state == ItemState.WAITING for item in items):
        batching.ask_again(part, kind=GIVE)


def settle(item: GoalItem, became: str) -> None:
    if became in {"given", "held"}:
        item.state = ItemState.MADE
    elif became == "below":
        item.state, item.code = ItemState.FAILED, "goal.below"


def set_aside(part_id: int) -> None:
    """The job broke again and again: staff see who is left, and may ask again."""
    waiting = GoalItem.objects.filter(part=part_id, state=ItemState.WAITING)
    waiting.update(state=ItemState.FAILED, code="certificate.fault")


def queue_again(part_id: int) -> None:
    """An operator has sent the job back into the queue."""
    failed = GoalItem.objects.filter(part=part_id, state=ItemState.FAILED, code="certificate.fault")
    failed.update(state=ItemState.WAITING, code="")


def look_again(goal: Goal, enrolment: Enrolment) -> None:
    """Note that a badge's result fell below the level, or is at it again. The badge holds either way.

    Call under the lock of the enrolment.
    """
    row = (
        Earning.objects.filter(goal=goal, enrolment=enrolment, ended_at=None).select_related("badge__template").first()
    )
    if row is None:
        return
    is_below = enrolment.pk not in reached(goal, [enrolment.pk])
    if is_below == (row.fell_at is not None):
        return
    row.fell_at = timezone.now() if is_below else None
    row.save(update_fields=["fell_at"])
    note("badge.fell" if is_below else "badge.rose", goal, by=None, badge=str(row.badge.pk))
    if is_below:
        key, facts = f"earning:{row.pk}:{row.fell_at:%Y%m%d%H%M%S%f}", {"badge": row.badge.template.names}
        notify(row.badge.holder, "badge.fell", key=key, facts=facts, path=reverse("awards:mine"))


def note(verb: str, goal: Goal, *, by: User | None, **facts: object) -> None:
    record(verb, actor=by, object_kind="badge_goal", object_id=goal.pk, cohort_id=goal.cohort_id, facts=facts)
