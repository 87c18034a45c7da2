"""Books of rules: every kind of trouble with its line, and which rule holds on which day."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import yaml

from saem.lib.completion.errors import NoRuleError
from saem.lib.completion.rulebook import DecidedBy, RuleBook
from saem.lib.completion.rules import KINDS
from saem.lib.completion.validation import KEYS
from tests.lib.completion.facts_of import BOOK, book, loaded, told

# old text, new text → line and code of a problem
TROUBLES = [
    ("format: 1", "format: 2", 1, "rules_format"),
    ("format: 1", "format: one", 1, "rules_format"),
    ("format: 1\n", "", 1, "missing_key"),
    ("id: teacher-training", "id: Teacher Training", 2, "bad_id"),
    ("id: teacher-training", "id: teacher-training\ndecided_by: moon", 3, "not_choice"),
    ("from: 2025-03-01", "from: 2025-03-02", 11, "rules_gap"),
    ("from: 2025-03-01", "from: 2025-02-28", 11, "rules_overlap"),
    ("from: 2025-03-01", "from: 2025-02-30", 11, "not_day"),
    ("from: 2025-03-01", "from: 1 March 2025", 11, "not_day"),
    ("until: 2025-02-28", "until: 2023-02-28", 6, "days_reversed"),
    ("until: 2025-02-28", "until: 2025-02-28\n    until: 2025-02-28", 7, "duplicate_key"),
    ("    until: 2025-02-28\n", "", 10, "rules_overlap"),
    ("id: ninety", "id: eighty", 10, "duplicate_id"),
    ("percent: 90", "percent: 100.5", 16, "out_of_range"),
    ("percent: 90", "percent: -1", 16, "not_number"),
    ("percent: 90", "percent: ninety", 16, "not_number"),
    ("percent: 90", "percent: true", 16, "not_number"),
    ("percent: 90", "percnt: 90", 16, "unknown_key"),
    ("percent: 90", "percnt: 90", 16, "missing_key"),
    ("kind: progress, id: progress, percent: 90", "kind: progres, id: progress, percent: 90", 16, "unknown_kind"),
    ("{kind: progress, id: progress, percent: 90}", "{id: progress, percent: 90}", 16, "missing_key"),
    ("{kind: progress, id: progress, percent: 90}", "ninety", 16, "bad_value"),
    ("{kind: progress, id: progress, percent: 90}", "{kind: progress, id: total, percent: 90}", 18, "duplicate_id"),
    (
        "{kind: progress, id: progress, percent: 90}",
        "{kind: project, id: p, project_id: rain}",
        16,
        "project_wants_nothing",
    ),
    ("{kind: progress, id: progress, percent: 90}", "{kind: sessions, id: p, session_ids: []}", 16, "empty_value"),
    ("kind: all\n      id", "kind: any\n      at_least: 3\n      id", 14, "at_least_too_many"),
    ("assignment: 40, exam: 40, participation: 20", "assignment: 40, exam: 40, participation: 21", 21, "weights_sum"),
    ("credits: [4]", "credits: [3]", 20, "weights_twice"),
    ("credits: [4]", "credits: [four]", 22, "not_number"),
    ("credits: 2}", "credits: 1}", 24, "steps_order"),
    ("id: by-15, from: 2020-01-01", "id: by-15", 24, "missing_key"),
    ("rules:", "rules: [", 4, "rules_syntax"),
    ("from: 2024-01-01", "from: &d 2024-01-01\n    until: *d", 6, "rules_alias"),
]


@pytest.mark.parametrize(("old", "new", "line", "code"), TROUBLES)
def test_troubles(old: str, new: str, line: int, code: str):
    assert old in BOOK
    found = loaded(BOOK.replace(old, new, 1))
    assert found.book is None
    assert (line, code) in told(found), told(found)


def test_the_sound_book_has_none():
    assert told(loaded(BOOK)) == []


def test_the_example_of_the_guide_is_sound():
    guide = (Path(__file__).resolve().parents[3] / "docs" / "completion.md").read_text()
    (example,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert [each.id for each in book(example).rules] == ["eighty", "ninety"]
    kinds = set(
        re.findall(r"`(\w+)`", " ".join(line.split("|")[1] for line in guide.splitlines() if line.startswith("| `")))
    )
    assert kinds == set(KINDS)


def test_all_problems_are_told_at_once():
    text = (
        BOOK.replace("percent: 80", "percent: x")
        .replace("points: 60\n", "points: 600\n")
        .replace("id: by-15", "id: By 15")
    )
    assert [code for _, code in told(loaded(text))] == ["not_number", "out_of_range", "bad_id"]


@pytest.mark.parametrize("text", ["", "[]", "3", "a: [b", "[" * 200, "{" * 100_000, "x" * 600_000, "\x00", "format: 1"])
def test_what_is_no_book_never_raises(text: str):
    found = loaded(text)
    assert found.book is None
    assert found.problems


def test_every_key_of_a_book_is_recognised():
    assert {part.alias or name for name, part in RuleBook.model_fields.items()} <= set(KEYS)


def test_did_you_mean():
    (found,) = (
        each for each in loaded(BOOK.replace("percent: 90", "percnt: 90")).problems if each.code.endswith("unknown_key")
    )
    assert found.params["suggestion"] == "percent"
    assert found.remedy == "completion.unknown_key.near"


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json_is_read_too(indent: str | int | None):
    values = yaml.load(BOOK, yaml.BaseLoader)  # every scalar a text
    text = json.dumps(json.loads(json.dumps(values), parse_int=int), indent=indent, ensure_ascii=False)
    text = text.replace('"format": "1"', '"format": 1')
    for number in ("1", "2", "3", "4", "15", "30", "45", "60"):
        text = text.replace(f'"hours": "{number}"', f'"hours": {number}').replace(
            f'"credits": "{number}"', f'"credits": {number}'
        )
    text = text.replace('"1"', "1").replace('"2"', "2").replace('"3"', "3").replace('"4"', "4")
    assert book(text).rules[1].hash == book(BOOK).rules[1].hash
    if indent:
        broken = loaded(text.replace("participation", "particpation").replace('"20"', '"21"'))
        assert [code for _, code in told(broken)] == ["weights_sum"]
        assert told(broken)[0][0] > 20


@pytest.mark.parametrize(
    ("day", "rule"),
    [("2024-01-01", "eighty"), ("2025-02-28", "eighty"), ("2025-03-01", "ninety"), ("2099-12-31", "ninety")],
)
def test_the_day_decides(day: str, rule: str):
    assert book(BOOK).rule_for({DecidedBy.COURSE_START: dt.date.fromisoformat(day)}).id == rule


def test_no_rule():
    before = {DecidedBy.COURSE_START: dt.date(2023, 12, 31)}
    for days in (before, {}, {DecidedBy.COURSE_END: dt.date(2025, 3, 1)}):
        with pytest.raises(NoRuleError):
            book(BOOK).rule_for(days)
    with pytest.raises(NoRuleError):
        book(BOOK).credits_for(900, {DecidedBy.COURSE_START: dt.date(2019, 12, 31)})


def test_a_rule_change_in_the_middle_of_a_course():
    """The course began under the old rule; another book may let its end decide."""
    days = {DecidedBy.COURSE_START: dt.date(2025, 2, 10), DecidedBy.COURSE_END: dt.date(2025, 3, 20)}
    assert book(BOOK).rule_for(days).id == "eighty"
    assert book(BOOK.replace("rules:", "decided_by: course_end\nrules:")).rule_for(days).id == "ninety"


def test_the_hash_is_of_what_is_asked_for():
    plain = book(BOOK).rules[1].hash
    same = [
        BOOK.replace("percent: 90", "percent: 90.0"),
        BOOK.replace("percent: 90", 'percent: "180/2"'),
        BOOK.replace("{assignment: 40, exam: 40, participation: 20}", "{participation: 20, exam: 40, assignment: 40}"),
        BOOK.replace("from: 2025-03-01", "from: 2025-03-01\n    until: 2030-12-31"),
        BOOK.replace("from: 2025-03-01", "from: 2025-03-01\n    warn_sessions: 1"),
    ]
    other = [
        BOOK.replace("percent: 90", "percent: 89.99"),
        BOOK.replace("from: 2025-03-01", "from: 2025-03-01\n    attendance: {grace_minutes: 1}"),
        BOOK.replace("from: 2025-03-01", "from: 2025-03-01\n    earliest: course_end"),
        BOOK.replace("assignment: 40, exam: 40", "assignment: 39, exam: 41"),
    ]
    assert {book(text).rules[1].hash for text in same} == {plain}
    assert len({book(text).rules[1].hash for text in other} | {plain}) == 5


def test_the_hash_does_not_change_by_itself():
    """Decisions keep it for ten years and longer: a change here is a change of the format."""
    assert book(BOOK).rules[1].hash.startswith("f42a81a341765c22")
