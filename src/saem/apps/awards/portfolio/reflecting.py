"""Writing reflections: each saving is a version that stays until the learner deletes the whole."""

from django.db import transaction
from django.utils import timezone

from saem.apps.awards.models import Audience, Entry, Portfolio, Reflection, ReflectionVersion
from saem.apps.awards.portfolio import limits
from saem.apps.awards.portfolio.entries import locked, reflection_ref
from saem.errors import SaemError


def begin(portfolio: Portfolio, *, prompt: str, about: str, text: str, audience: Audience) -> Reflection:
    """A new reflection, seen by whom its writer says."""
    with transaction.atomic():
        locked(portfolio)
        if portfolio.reflections.count() >= limits.MOST_REFLECTIONS:
            raise SaemError("portfolio.too_many_reflections", status=409, most=limits.MOST_REFLECTIONS)
        reflection = Reflection.objects.create(portfolio=portfolio, prompt=prompt, about=about, text=text)
        ReflectionVersion.objects.create(reflection=reflection, number=1, text=text, written_at=reflection.written_at)
        _show(reflection, audience)
    return reflection


def write(reflection: Reflection, *, text: str, audience: Audience, seen: int) -> bool:
    """A newer version; False, and nothing is written, where another tab wrote one since `seen`."""
    with transaction.atomic():
        row = Reflection.objects.select_for_update().get(pk=reflection.pk)
        if row.number != seen:
            return False
        _show(row, audience)
        if text == row.text:
            return True
        if row.number >= limits.MOST_VERSIONS:
            raise SaemError("portfolio.too_many_versions", status=409, most=limits.MOST_VERSIONS)
        row.text, row.number, row.written_at = text, row.number + 1, timezone.now()
        row.save(update_fields=["text", "number", "written_at"])
        ReflectionVersion.objects.create(reflection=row, number=row.number, text=text, written_at=row.written_at)
    return True


def delete(reflection: Reflection) -> None:
    """All of it, with its versions: it is the learner's own."""
    with transaction.atomic():
        Entry.objects.filter(portfolio=reflection.portfolio_id, ref=reflection_ref(reflection)).delete()
        reflection.delete()


def _show(reflection: Reflection, audience: Audience) -> None:
    Entry.objects.update_or_create(
        portfolio_id=reflection.portfolio_id,
        ref=reflection_ref(reflection),
        defaults={"audience": audience},
    )
