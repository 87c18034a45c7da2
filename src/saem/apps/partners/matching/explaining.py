"""Reasons of a matching: as JSON beside each row, and from there as sentences in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saem.apps.partners.models import MatchRow, Mentor
from saem.apps.partners.topics import LANGUAGES, TIMES, TOPICS, words_of
from saem.apps.projects.models import Team
from saem.lib import matching as lib
from saem.web.messages import message

# So many names in a sentence.
MOST_NAMED = 4


def facts_of_fit(fit: lib.Fit) -> dict[str, Any]:
    return {
        "points": fit.points,
        "topics": sorted(fit.topics),
        "missing": sorted(fit.missing),
        "languages": sorted(fit.languages),
        "times": sorted(fit.times),
        "wish": fit.wish,
    }


def facts_of_refusal(refusal: lib.Refusal) -> dict[str, Any]:
    return {
        "mentor": int(refusal.mentor),
        "bars": [bar.value for bar in refusal.bars],
        "holders": [int(team) for team in refusal.holders],
        "cost": refusal.cost,
        "leaves": refusal.leaves,
        "moves": [[int(move.team), int(move.mentor) if move.mentor else None] for move in refusal.moves],
    }


def facts_of_matched(found: lib.Matched) -> dict[str, Any]:
    refusal = facts_of_refusal(found.first_wish) if found.first_wish else None
    return {"fit": facts_of_fit(found.fit), "first_wish": refusal}


def facts_of_unmatched(found: lib.Unmatched) -> dict[str, Any]:
    shortage = found.shortage
    return {
        "more_places": [int(mentor) for mentor in found.more_places],
        "changes": [[int(change.mentor), change.bar.value] for change in found.changes],
        "shortage": [len(shortage.teams), len(shortage.mentors), shortage.room] if shortage else None,
    }


@dataclass(frozen=True)
class Names:
    """Names of teams and mentors by id."""

    teams: Mapping[int, str]
    mentors: Mapping[int, str]

    def some_teams(self, pks: Sequence[int]) -> str:
        return listed([self.teams.get(pk, "–") for pk in pks])

    def some_mentors(self, pks: Sequence[int]) -> str:
        return listed([self.mentors.get(pk, "–") for pk in pks])


def listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return message("match.and_more", names=shown, rest=rest) if rest > 0 else shown


def names_in(facts: Sequence[Mapping[str, Any]]) -> Names:
    """Every name that these reasons need, in two queries."""
    teams: set[int] = set()
    mentors: set[int] = set()
    for one in facts:
        refusal = one.get("first_wish") or (one if "bars" in one else None)
        if refusal:
            mentors |= {refusal["mentor"], *(mentor for _team, mentor in refusal["moves"] if mentor)}
            teams |= {*refusal["holders"], *(team for team, _mentor in refusal["moves"])}
        mentors |= {*one.get("more_places", ()), *(mentor for mentor, _bar in one.get("changes", ()))}
    return Names(
        dict(Team.objects.filter(pk__in=teams).values_list("pk", "name")),
        dict(Mentor.objects.filter(pk__in=mentors).values_list("pk", "user__display_name")),
    )


def row_words(row: MatchRow, names: Names) -> list[str]:
    """Why a team has its mentor, or nobody."""
    if row.is_fixed:
        return [message("match.fixed")]
    if row.mentor_id is None:
        return unmatched_words(row.reasons, names)
    found = fit_words(row.reasons["fit"])
    refusal = row.reasons["first_wish"]
    if refusal:
        wished = names.mentors.get(refusal["mentor"], "–")
        found.append(message("match.first_wish", mentor=wished))
        found += refusal_words(refusal, names)
    return found


def fit_words(fit: Mapping[str, Any]) -> list[str]:
    found = []
    if fit["wish"]:
        found.append(message("match.wish", place=fit["wish"]))
    if fit["topics"]:
        found.append(message("match.topics", topics=", ".join(words_of(TOPICS, fit["topics"]))))
    if fit["missing"]:
        found.append(message("match.missing", topics=", ".join(words_of(TOPICS, fit["missing"]))))
    if fit["times"]:
        found.append(message("match.times", times=", ".join(words_of(TIMES, fit["times"]))))
    if fit["languages"]:
        found.append(message("match.languages", languages=", ".join(words_of(LANGUAGES, fit["languages"]))))
    return found or [message("match.nothing_asked")]


def unmatched_words(reasons: Mapping[str, Any], names: Names) -> list[str]:
    found = []
    if reasons["shortage"]:
        teams, mentors, room = reasons["shortage"]
        found.append(message("match.shortage", teams=teams, mentors=mentors, room=room))
    if reasons["more_places"]:
        found.append(message("match.more_places", mentors=names.some_mentors(reasons["more_places"])))
    by_bar: dict[str, list[int]] = {}
    for mentor, bar in reasons["changes"]:
        by_bar.setdefault(bar, []).append(mentor)
    found += [message(f"match.change.{bar}", mentors=names.some_mentors(pks)) for bar, pks in by_bar.items()]
    return found or [message("match.nobody")]


def refusal_words(refusal: Mapping[str, Any], names: Names) -> list[str]:
    """Why not this mentor: what makes it impossible, or what it would cost the others."""
    if refusal["bars"]:
        return [message(f"match.bar.{bar}") for bar in refusal["bars"]]
    if refusal["cost"] is None:
        return [message("match.no_place")]
    found = []
    if refusal["holders"]:
        found.append(message("match.holders", teams=names.some_teams(refusal["holders"])))
    if refusal["leaves"] > 0:
        found.append(message("match.leaves", teams=refusal["leaves"]))
    elif refusal["cost"] == 0:
        found.append(message("match.tie"))
    else:
        found.append(message("match.cost", points=refusal["cost"]))
    return found + [move_words(team, mentor, names) for team, mentor in refusal["moves"][:MOST_NAMED]]


def move_words(team: int, mentor: int | None, names: Names) -> str:
    name = names.teams.get(team, "–")
    if mentor is None:
        return message("match.move_to_nobody", team=name)
    return message("match.move", team=name, mentor=names.mentors.get(mentor, "–"))
