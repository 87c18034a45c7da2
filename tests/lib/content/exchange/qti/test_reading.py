"""Items that others have written, in QTI 2 and 3: what comes along, and what is told of."""

import pytest

from saem.lib.content import Severity
from saem.lib.content.exchange import import_items
from tests.lib.content.exchange.qti.package import CHOICE, OPTIONS, entries, imported, item, package, told

QTI_2 = """\
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="Q-1" title="Capital" adaptive="false"
  timeDependent="false" xml:lang="ko-KR">
  <responseDeclaration identifier="R" cardinality="single" baseType="string">
    <correctResponse><value>서울</value></correctResponse>
    <mapping defaultValue="0"><mapEntry mapKey="Seoul" mappedValue="1"/><mapEntry mapKey="한양" mappedValue="0.5"/></mapping>
  </responseDeclaration>
  <itemBody><p>한국의 수도는 <textEntryInteraction responseIdentifier="R" expectedLength="10"/>예요.</p></itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>
</assessmentItem>
"""


def test_qti_2() -> None:
    entry, carried = imported(QTI_2.encode(), "수도.xml")
    assert entry == {
        "id": "q-1",
        "kind": "text",
        "prompt": {"ko": "한국의 수도는 ( \\_\\_\\_ )예요."},
        "answers": ["서울", "Seoul"],
    }
    assert sorted(told(carried)) == ["no_explanation", "no_skill", "no_translation", "scoring"]
    assert list(carried.files) == ["items/imported.yaml"]
    assert all(each.file == "수도.xml" and each.severity is Severity.WARNING for each in carried.problems)


def feedback(name: str, words: str) -> str:
    return (
        f'<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="{name}" show-hide="show">'
        f"<qti-content-body>{words}</qti-content-body></qti-modal-feedback>"
    )


def show(name: str) -> str:
    value = f'<qti-base-value base-type="identifier">{name}</qti-base-value>'
    return f'<qti-set-outcome-value identifier="FEEDBACK">{value}</qti-set-outcome-value>'


RIGHT_OR_WRONG = (
    "<qti-response-condition><qti-response-if><qti-match>"
    '<qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-match>{right}</qti-response-if>'
    "<qti-response-else>{wrong}</qti-response-else></qti-response-condition>"
)


def test_words_for_right_and_wrong_answers() -> None:
    data = item(
        processing=RIGHT_OR_WRONG.format(right=show("yes"), wrong=show("no")),
        after=feedback("yes", "Indeed.") + feedback("no", "Count the days.") + feedback("never", "Nobody sees this."),
    )
    entry, carried = imported(data)
    assert entry["explanation"] == {"en": "Indeed."}
    assert entry["prompt"] == {"en": "What is one row?"}
    assert entry["options"] == [
        {"id": "a", "text": {"en": "A day"}, "right": True},
        {"id": "b", "text": {"en": "A month"}, "feedback": {"en": "Count the days."}},
    ]
    assert sorted(told(carried)) == ["feedback_lost", "no_skill", "no_translation"]


def test_feedback_within_an_option() -> None:
    inline = '<qti-feedback-inline outcome-identifier="FEEDBACK" identifier="B" show-hide="show">Too few.</qti-feedback-inline>'
    entry, carried = imported(item(OPTIONS.replace("A month", f"A month {inline}")))
    assert entry["options"][1] == {"id": "b", "text": {"en": "A month"}, "feedback": {"en": "Too few."}}
    assert "no_feedback" not in told(carried)


def test_an_option_without_words_why_it_is_wrong() -> None:
    entry, carried = imported(item())
    assert "feedback" not in entry["options"][1]
    problem = next(each for each in carried.problems if each.code == "exchange.no_feedback")
    assert (problem.line, problem.params["id"]) == (10, "b")


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ('tolerance-mode="absolute" tolerance="0.5 0.5"', {"tolerance": 0.5}),
        ('tolerance-mode="relative" tolerance="5"', {"relative": 0.05}),
        ('tolerance-mode="exact"', {}),
    ],
)
def test_tolerances(mode: str, expected: dict[str, float]) -> None:
    declared = CHOICE.replace('identifier">', 'float">', 1).replace('base-type="identifier"', 'base-type="float"')
    equal = (
        f"<qti-response-condition><qti-response-if><qti-equal {mode}>"
        '<qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal>'
        '<qti-set-outcome-value identifier="SCORE"><qti-base-value base-type="float">1</qti-base-value>'
        "</qti-set-outcome-value></qti-response-if></qti-response-condition>"
    )
    field = '<p>How far? <qti-text-entry-interaction response-identifier="RESPONSE"/></p>'
    entry, _ = imported(item(field, declarations=declared.replace(">A<", ">12.5<"), processing=equal))
    assert (entry["kind"], entry["answer"]) == ("number", 12.5)
    assert {key: entry[key] for key in ("tolerance", "relative") if key in entry} == expected


def test_hints_behind_buttons() -> None:
    pressed = (
        '<qti-response-condition><qti-response-if><qti-variable identifier="HELP"/>{hint}</qti-response-if>'
        "</qti-response-condition>"
    )
    button = '<p><qti-end-attempt-interaction response-identifier="HELP" title="Help"/></p>'
    data = item(OPTIONS + button, processing=pressed.format(hint=show("clue")), after=feedback("clue", "<p>Look.</p>"))
    assert imported(data)[0]["hints"] == [{"en": "Look."}]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<qti-hotspot-interaction response-identifier="RESPONSE"/>', "interaction"),
        ("<p>No question.</p>", "interaction"),
        (OPTIONS + OPTIONS, "several_interactions"),
        (OPTIONS.replace('identifier="A"', 'identifier="C"'), "no_answer"),
    ],
)
def test_what_cannot_be_an_item_of_ours(body: str, code: str) -> None:
    carried = import_items("bank.xml", item(body))
    assert carried.files == {}
    assert [(each.code, each.severity) for each in carried.problems] == [(f"exchange.{code}", Severity.ERROR)]
    assert carried.problems[0].line > 1


def test_templates_are_refused() -> None:
    template = '<qti-template-declaration identifier="N" cardinality="single" base-type="integer"/>'
    assert told(import_items("bank.xml", item(declarations=CHOICE + template))) == ["template"]


def test_a_language_that_is_not_ours() -> None:
    entry, carried = imported(item().replace(b'xml:lang="en"', b'xml:lang="fr"'))
    assert entry["prompt"] == {"en": "What is one row?"}
    assert "other_language" in told(carried)


def test_two_files_that_do_not_agree() -> None:
    korean = item(OPTIONS.replace('<qti-simple-choice identifier="B">A month</qti-simple-choice>', ""))
    files = (("a.xml", item()), ("b.xml", korean.replace(b'xml:lang="en"', b'xml:lang="ko"')))
    carried = import_items("bank.zip", package(*files))
    assert "languages_differ" in told(carried)
    assert [set(entry["prompt"]) for entry in entries(carried)] == [{"ko"}]


def test_pictures_come_along() -> None:
    shown = '<p><img src="pics/My%20map.PNG" alt="A map"/><img src="../../secret.png" alt="No"/></p>'
    files = (("items/a.xml", item(shown + OPTIONS)), ("items/pics/My map.PNG", b"png"))
    carried = import_items("bank.zip", package(*files))
    assert carried.files["images/my-map.png"] == b"png"
    assert entries(carried)[0]["prompt"] == {"en": "![A map](../images/my-map.png)No\n\nWhat is one row?"}
    assert [each.params["name"] for each in carried.problems if each.code == "exchange.picture"] == ["../../secret.png"]
