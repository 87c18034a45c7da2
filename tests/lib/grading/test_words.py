"""Every code that grading can give has words, and every placeholder in them is given."""

import re
from pathlib import Path
from string import Formatter

import pytest

from saem.lib import grading
from saem.lib.grading.explanations import REFINEMENTS
from saem.lib.grading.parsing import KINDS_OF_VALUE
from saem.lib.grading.rules import RULES, Rule
from saem.lib.grading.spec import Spec
from saem.web.messages import grading as words_of_grading
from saem.web.messages import grading_kinds, python_errors

WORDS = {**words_of_grading.MESSAGES, **grading_kinds.MESSAGES}
FOLDER = Path(grading.__file__).parent
SOURCES = "\n".join(path.read_text() for path in sorted(FOLDER.rglob("*.py")) if path.name != "errors.py")
SPEC_CODES = {*re.findall(r'"(grading\.[a-z_0-9]+)"', SOURCES), *KINDS_OF_VALUE.values()} - {
    *(f"grading.{part}" for part in Spec.model_fields),
}
REASON_CODES = set(re.findall(r'\b(?:reason|Reason|failed|few)\(\s*"([a-z_0-9]+)"', SOURCES))
REASON_CODES |= set(re.findall(r'return "(not_[a-z]+_?[a-z]*)"', SOURCES)) | {"not_finite"}
# Codes in tables: how a script stopped, and which step of a model did.
REASON_CODES |= set(re.findall(r'[,:] "((?:script|model)_[a-z_]+)"', SOURCES))
PYTHON_CODES = {rule.code for rule in RULES} | set(re.findall(r'"(python\.[a-z_0-9]+)"', SOURCES))
# Said to the author of a program, with "grading." in front of it.
AUTHORS_ONLY = {"unknown_split", "leak_lag", "leak_near_duplicates"}


def test_enough_was_found() -> None:
    assert len(SPEC_CODES) > 50
    assert len(REASON_CODES) > 50
    assert len(PYTHON_CODES) > 80
    assert set(REFINEMENTS) <= PYTHON_CODES


def test_every_spec_problem_has_words_and_a_remedy() -> None:
    assert sorted(code for code in SPEC_CODES if code not in WORDS) == []
    assert sorted(code for code in SPEC_CODES if f"{code}.remedy" not in WORDS) == []


def test_every_reason_has_words() -> None:
    assert sorted(code for code in REASON_CODES - AUTHORS_ONLY if code not in WORDS) == []
    statuses = ("ok", "error", "timeout", "memory", "output", "signal")
    assert [status for status in statuses if f"checker_{status}" not in WORDS] == []
    assert [status for status in statuses if f"grading.checker_{status}" not in WORDS] == []
    assert [status for status in ("timeout", "memory", "crashed") if f"case_{status}" not in WORDS] == []


def test_every_explanation_says_what_happened_and_what_to_try() -> None:
    assert sorted(code for code in PYTHON_CODES if code not in python_errors.MESSAGES) == []
    assert sorted(code for code in PYTHON_CODES if f"{code}.advice" not in python_errors.MESSAGES) == []


def test_no_words_for_what_is_never_said() -> None:
    every = {re.sub(r"\.(remedy|near|advice)$", "", code) for code in (*WORDS, *python_errors.MESSAGES)}
    said = SPEC_CODES | REASON_CODES | PYTHON_CODES | {f"grading.{code}" for code in REASON_CODES}
    built = {code for code in every if re.match(r"(grading\.)?(checker|case)_", code)}
    assert sorted(every - said - built) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_explanations_are_given_what_their_words_need(rule: Rule) -> None:
    code, groups = rule.code, set(re.compile(rule.pattern).groupindex)
    given = groups | {"type"} if code == "python.other" else groups
    needed = {name for name in placeholders(str(python_errors.MESSAGES[code])) if name}
    if code not in REFINEMENTS:
        assert needed <= given


def placeholders(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
