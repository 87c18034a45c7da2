"""Edits of a form that is being built: plain lists of plain questions in, the same out. Knows no Django.

A question is named by its id, one inside a group by `group.id`. What names nothing changes nothing.
"""

from collections.abc import Callable
from typing import Any

from saem.apps.cohorts.calls.definition import WITH_OPTIONS, Kind, Words

Draft = dict[str, Any]
Edit = Callable[[list[Draft]], list[Draft]]


def starter() -> dict[str, list[Draft]]:
    """The form that a new call begins with."""
    return {
        "questions": [
            blank("school", Kind.SCHOOL, Words(ko="다니는 학교", en="Your school"), required=True),
            blank(
                "motive", Kind.LONG, Words(ko="지원하는 까닭", en="Why do you apply?"), required=True, max_length=1000
            ),
            blank(
                "privacy",
                Kind.CONSENT,
                Words(
                    ko="지원 접수와 심사를 위해 이 지원서의 개인정보를 처리하는 데 동의해요.",
                    en="I agree that the personal data in this application is processed to receive and review it.",
                ),
                required=True,
            ),
        ]
    }


def blank(name: str, kind: Kind, label: Words, **more: Any) -> Draft:
    question: Draft = {"id": name, "kind": kind.value, "label": label.model_dump(), **more}
    if kind in WITH_OPTIONS:
        question["options"] = [option("o1", "보기 1", "Option 1"), option("o2", "보기 2", "Option 2")]
    if kind is Kind.GROUP:
        question["questions"] = [blank("item", Kind.SHORT, Words(ko="내용", en="Item"))]
    return question


def option(value: str, ko: str, en: str) -> Draft:
    return {"value": value, "label": {"ko": ko, "en": en}}


def find(questions: list[Draft], path: str) -> Draft | None:
    name, _dot, inner = path.partition(".")
    found = next((one for one in questions if one.get("id") == name), None)
    return find(list(found.get("questions", [])), inner) if found is not None and inner else found


def at(path: str, edit: Callable[[list[Draft], int], list[Draft]]) -> Edit:
    """An edit of the list that holds the named question, with the question's place in it."""
    name, _dot, inner = path.partition(".")

    def edited(questions: list[Draft]) -> list[Draft]:
        place = next((number for number, one in enumerate(questions) if one.get("id") == name), None)
        if place is None:
            return questions
        if not inner:
            return edit(questions, place)
        inside = at(inner, edit)(list(questions[place].get("questions", [])))
        return [*questions[:place], {**questions[place], "questions": inside}, *questions[place + 1 :]]

    return edited


def adding(question: Draft, group: str = "") -> Edit:
    """Add at the end of the form, or of a group."""
    if not group:
        return lambda questions: [*questions, question]

    def into(questions: list[Draft], place: int) -> list[Draft]:
        grown = {**questions[place], "questions": [*questions[place].get("questions", []), question]}
        return [*questions[:place], grown, *questions[place + 1 :]]

    return at(group, into)


def moving(path: str, by: int) -> Edit:
    """Move up (-1) or down (+1); at the border nothing moves."""

    def moved(questions: list[Draft], place: int) -> list[Draft]:
        to = place + by
        if not 0 <= to < len(questions):
            return questions
        order = list(questions)
        order[place], order[to] = order[to], order[place]
        return order

    return at(path, moved)


def removing(path: str) -> Edit:
    return at(path, lambda questions, place: [*questions[:place], *questions[place + 1 :]])


def replacing(path: str, question: Draft) -> Edit:
    return at(path, lambda questions, place: [*questions[:place], question, *questions[place + 1 :]])


def options_of(lines: str, before: list[Draft]) -> list[Draft]:
    """Options from lines of `한국어 | English`. One that stays, or is only spelled anew, keeps its value."""
    pairs = [
        tuple(part.strip() for part in (*line.split("|", 1), "")[:2]) for line in lines.splitlines() if line.strip()
    ]
    by_label = {one["label"]["ko"]: one["value"] for one in before}
    is_respelling = len(pairs) == len(before)
    taken = {by_label[ko] for ko, _en in pairs if ko in by_label}
    found = []
    for number, (ko, en) in enumerate(pairs):
        value = by_label.get(ko, "")
        if not value and is_respelling and before[number]["value"] not in taken:
            value = before[number]["value"]
        if not value:
            value = next(
                name for name in (f"o{n}" for n in range(1, 10_000)) if name not in taken | set(by_label.values())
            )
        taken.add(value)
        found.append(option(value, ko, en))
    return found


def lines_of(options: list[Draft]) -> str:
    return "\n".join(f"{one['label']['ko']} | {one['label']['en']}".rstrip(" |") for one in options)
