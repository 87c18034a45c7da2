"""The name of a combination of skills: its skills in sorted order, whatever codes they have."""

from collections.abc import Iterable

from saem.lib.learners.responses import Responses


def tag_name(skills: Iterable[str]) -> str:
    """The skills joined by `~`; "" for none."""
    return "~".join(sorted(set(skills)))


def tag_names(responses: Responses) -> tuple[str, ...]:
    """The name of each tag set."""
    # Most tag sets are one skill, which needs no sorting.
    return tuple(
        responses.skills[codes[0]] if len(codes) == 1 else tag_name(responses.skills[code] for code in codes)
        for codes in responses.tag_sets
    )
