"""A form is read with all its problems, answers with all of theirs; nothing that was typed is lost on the way."""

import pytest
from django.http import QueryDict

from saem.apps.cohorts.calls import edits
from saem.apps.cohorts.calls.answers import check, differing, is_shown, leftover, number_of, read_answers
from saem.apps.cohorts.calls.definition import FormDefinition, Kind, Words, canonical, hash_of, read_definition
from tests.apps.cohorts.calls.a_call import ANSWERS, FORM, OPTIONS, question, words


def a_form(*questions: dict) -> FormDefinition:
    definition, problems = read_definition({"questions": list(questions)})
    assert problems == []
    return definition


def codes(*questions: object) -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in read_definition({"questions": list(questions)})[1]]


def test_a_form_of_every_kind_is_read_and_reads_the_same_again():
    definition, problems = read_definition(FORM)
    assert problems == []
    assert {one.kind for one in definition.questions} == set(Kind)
    again, _problems = read_definition(canonical(definition))
    assert (again, hash_of(again)) == (definition, hash_of(definition))


@pytest.mark.parametrize("data", [None, 5, [], {}, {"questions": 3}, {"questions": []}, {"questions": "abc"}])
def test_what_is_no_form_is_an_empty_one_with_a_problem(data: object):
    assert "form.empty" in {one.code for one in read_definition(data)[1]}


def test_all_problems_are_found_at_once():
    found = codes(
        question("a", "choice", options=OPTIONS[:1]),
        question("a", "short"),
        {"id": "B!", "kind": "short", "label": words("x")},
        question("c", "number", minimum=5, maximum=2),
        question("d", "short", shown_if={"question": "c", "value": "yes"}),
        question("e", "group", questions=[]),
        question("f", "group", questions=[question("g", "file")]),
        {"id": "h", "kind": "short", "label": words("")},
        "nonsense",
    )
    assert found == [
        ("B!", "form.unreadable"),
        ("9", "form.unreadable"),
        ("a", "form.options"),
        ("a", "form.id_twice"),
        ("c", "form.range"),
        ("d", "form.condition_unknown"),
        ("e", "form.group_empty"),
        ("f.g", "form.not_in_group"),
        ("h", "form.no_label"),
    ]


def test_a_condition_must_look_back_to_an_option_that_exists():
    choice = question("a", "choice", options=OPTIONS)
    late = question("b", "short", shown_if={"question": "a", "value": "yes"})
    assert codes(late, choice) == [("b", "form.condition_unknown")]
    wrong = question("b", "short", shown_if={"question": "a", "value": "maybe"})
    assert codes(choice, wrong) == [("b", "form.condition_value")]


def test_what_hangs_on_a_hidden_question_is_hidden_and_not_asked_for():
    definition = a_form(
        question("a", "choice", options=OPTIONS),
        question("b", "choice", options=OPTIONS, required=True, shown_if={"question": "a", "value": "yes"}),
        question("c", "short", required=True, shown_if={"question": "b", "value": "yes"}),
    )
    hidden = {"a": "no", "b": "yes"}
    assert not is_shown(definition.questions[2], definition, hidden)
    assert check(definition, hidden, files=()) == []
    assert [one.where for one in check(definition, {"a": "yes", "b": "yes"}, files=())] == ["c"]


def test_answers_that_are_right_have_no_problem():
    assert check(read_definition(FORM)[0], ANSWERS, files=()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"motive": "  "}, ("motive", "answer.missing")),
        ({"motive": "가" * 501}, ("motive", "answer.long")),
        ({"agree": False}, ("agree", "answer.consent_missing")),
        ({"experience": "maybe"}, ("experience", "answer.choice")),
        ({"experience": "yes"}, ("which", "answer.missing")),
        ({"hours": "많이"}, ("hours", "answer.number")),
        ({"hours": "nan"}, ("hours", "answer.number")),
        ({"hours": "-1"}, ("hours", "answer.small")),
        ({"hours": "41"}, ("hours", "answer.large")),
        ({"since": "2026-02-30"}, ("since", "answer.date")),
        ({"school": {"name": "", "code": "B10-7010057"}}, ("school", "answer.school_name")),
        ({"school": {"name": "샘물중", "code": "12"}}, ("school", "answer.school_code")),
        ({"awards": [{"title": "상"}] * 4}, ("awards", "answer.rows_many")),
        ({"motive": 5}, ("motive", "answer.missing")),
    ],
)
def test_each_wrong_answer_is_named(changes: dict, expected: tuple[str, str]):
    found = check(read_definition(FORM)[0], {**ANSWERS, **changes}, files=())
    assert [(one.where, one.code) for one in found] == [expected]


def test_a_required_file_and_required_rows_are_asked_for():
    definition = a_form(
        question("record", "file", required=True),
        question(
            "awards",
            "group",
            required=True,
            questions=[question("title", "short", required=True), question("year", "number")],
        ),
    )
    found = check(definition, {"awards": [{"title": "", "year": ""}]}, files=())
    assert [(one.where, one.code) for one in found] == [
        ("record", "answer.file_missing"),
        ("awards", "answer.rows_missing"),
    ]
    assert [one.where for one in check(definition, {"awards": [{"year": "2025"}]}, files={"record"})] == [
        "awards.0.title"
    ]


def test_reading_keeps_what_the_page_did_not_ask():
    sent = QueryDict("asked.motive=1&a.motive=새+답&a.school.name=아무거나")
    read = read_answers(read_definition(FORM)[0], sent, before={"school": {"name": "샘물중"}, "old": "전에 쓴 답"})
    assert read == {"school": {"name": "샘물중"}, "old": "전에 쓴 답", "motive": "새 답"}
    assert leftover(read_definition(FORM)[0], read) == {"old": "전에 쓴 답"}


def test_reading_takes_rows_choices_and_strange_signs_as_they_are():
    query = "asked.awards=1&rows.awards=99999&asked.days=1&a.days=yes&a.days=hack&a.days=yes&asked.motive=1&a.motive=a%00b%0D%0Ac"
    read = read_answers(read_definition(FORM)[0], QueryDict(query), before={})
    assert read == {"awards": [], "days": ["yes"], "motive": "ab\nc"}
    rows = QueryDict("asked.awards=1&rows.awards=50&a.awards.0.title=하나")
    assert read_answers(read_definition(FORM)[0], rows, before={})["awards"] == [
        {"title": "하나"},
        {"title": ""},
        {"title": ""},
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("1,234.5", 1234.5), ("-3", -3.0), ("1e5", None), ("inf", None), ("٣", None), ("", None)]
)
def test_numbers(text: str, value: float | None):
    assert number_of(text) == value


def test_differences_are_only_those_a_reader_would_see():
    definition = read_definition(FORM)[0]
    assert [one.id for one in differing(definition, {"motive": "가", "hours": ""}, {"motive": "나"})] == ["motive"]


def test_edits_move_add_replace_and_remove_at_every_depth():
    questions = edits.starter()["questions"]
    group = edits.blank("q9", Kind.GROUP, Words(ko="상"))
    grown = edits.adding(group)(questions)
    inner = edits.adding(edits.blank("q10", Kind.SHORT, Words(ko="연도")), "q9")(grown)
    assert edits.find(inner, "q9.q10")["label"]["ko"] == "연도"
    moved = edits.moving("q9.q10", -1)(inner)
    assert [one["id"] for one in moved[-1]["questions"]] == ["q10", "item"]
    assert edits.moving("school", -1)(moved) == moved
    assert edits.moving("nothing", 1)(moved) == moved
    assert [one["id"] for one in edits.removing("q9")(moved)] == ["school", "motive", "privacy"]
    assert read_definition({"questions": moved})[1] == []


def test_an_option_that_is_spelled_anew_keeps_its_value():
    before = edits.options_of("사과 | Apple\n배", [])
    assert [(one["value"], one["label"]["ko"]) for one in before] == [("o1", "사과"), ("o2", "배")]
    respelled = edits.options_of("사과 | Apple\n배나무 | Pear", before)
    assert [one["value"] for one in respelled] == ["o1", "o2"]
    grown = edits.options_of("감\n사과\n배", before)
    assert [one["value"] for one in grown] == ["o3", "o1", "o2"]
