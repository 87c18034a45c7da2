"""The questions an app asks about an item. The same seed always gives the same answer."""

from collections.abc import Collection

from saem.lib.content.items.answers import Answer
from saem.lib.content.items.kinds import code
from saem.lib.content.items.model import Judged, Prose, Variant
from saem.lib.content.items.posing import Posed
from saem.lib.content.items.registry import KINDS
from saem.lib.content.model import Item


def variant(item: Item, seed: int) -> Variant:
    """What a learner is shown. Raises VariantError for an item that `saem check` would turn away."""
    posed, kind = Posed(item, seed), KINDS[item.kind]
    return Variant(
        item=item.id,
        kind=item.kind,
        seed=seed,
        prompt=posed.prose(item.asked.prompt),
        hints=tuple(map(posed.prose, item.asked.hints)),
        ask=kind.ask(posed),
        chart=kind.chart(posed),
    )


def judge(item: Item, seed: int, answer: Answer) -> Judged:
    """What the fields of a form are worth. Whatever they hold is a value, never an exception."""
    return KINDS[item.kind].judge(Posed(item, seed), answer)


def judge_run(item: Item, seed: int, passed: Collection[str]) -> Judged:
    """What the run of a code item is worth, from the ids of the checks that passed."""
    return code.judge_run(Posed(item, seed), passed)


def right_answer(item: Item, seed: int) -> Answer:
    """Fields that score 1, for rehearsals and for showing after the last try."""
    return KINDS[item.kind].right(Posed(item, seed))


def explanation(item: Item, seed: int) -> Prose:
    """Why the right answer is right; for when the learner is done with the item."""
    return Posed(item, seed).prose(item.asked.explanation)
