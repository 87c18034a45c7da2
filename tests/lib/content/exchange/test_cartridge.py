"""Common Cartridge: question banks of QTI 1.2.1 and web pages."""

import pytest
import yaml

from saem.lib.content import ArchiveError
from saem.lib.content.exchange import Carried, import_cartridge, import_items
from saem.lib.content.exchange.html import read_html
from saem.lib.content.exchange.prose import Prose
from tests.lib.content.exchange.qti.package import entries, package, told

BANK = """\
<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><objectbank ident="bank">{items}</objectbank>
</questestinterop>
"""
ITEM = """\
<item ident="{name}"><presentation>
<material><mattext texttype="text/html">&lt;p&gt;What &lt;b&gt;rains&lt;br&gt;here&lt;/p&gt;</mattext></material>
{asked}</presentation>
<resprocessing><outcomes><decvar maxvalue="100" varname="SCORE"/></outcomes>{processing}</resprocessing>
<itemfeedback ident="yes"><flow_mat><material><mattext>Clouds hold water.</mattext></material></flow_mat></itemfeedback>
<itemfeedback ident="no"><flow_mat><material><mattext>Look up.</mattext></material></flow_mat></itemfeedback>
</item>
"""
LABELS = "".join(
    f'<response_label ident="{name}"><material><mattext>{words}</mattext></material></response_label>'
    for name, words in (("A", "Clouds"), ("B", "Stones"), ("C", "Skies"))
)
OPTIONS = (
    '<response_lid ident="R" rcardinality="{many}"><render_choice shuffle="Yes">'
    + LABELS
    + "</render_choice></response_lid>"
)
FIELD = '<response_str ident="R" rcardinality="Single"><render_fib/></response_str>'
SCORE = '<setvar action="Set" varname="SCORE">100</setvar>'


def condition(asked: str, then: str) -> str:
    return f"<respcondition><conditionvar>{asked}</conditionvar>{then}</respcondition>"


def equal(*answers: str) -> str:
    return "".join(f'<varequal respident="R">{answer}</varequal>' for answer in answers)


def show(name: str) -> str:
    return f'<displayfeedback feedbacktype="Response" linkrefid="{name}"/>'


def bank(asked: str, *processing: str) -> bytes:
    return BANK.format(items=ITEM.format(name="I_1", asked=asked, processing="".join(processing))).encode()


def test_one_choice() -> None:
    data = bank(
        OPTIONS.format(many="Single"),
        condition(equal("B"), show("no")),
        condition(equal("A"), SCORE + show("yes")),
    )
    carried = import_items("bank.xml", data)
    assert entries(carried) == [
        {
            "id": "i_1",
            "kind": "choice",
            "prompt": {"en": "What **rains\\\nhere**"},
            "explanation": {"en": "Clouds hold water."},
            "options": [
                {"id": "a", "text": {"en": "Clouds"}, "right": True},
                {"id": "b", "text": {"en": "Stones"}, "feedback": {"en": "Look up."}},
                {"id": "c", "text": {"en": "Skies"}},
            ],
        }
    ]
    assert sorted(told(carried)) == ["no_feedback", "no_skill", "no_translation"]


def test_several_choices() -> None:
    asked = f"<and>{equal('A', 'C')}<not>{equal('B')}</not></and>"
    carried = import_items("bank.xml", bank(OPTIONS.format(many="Multiple"), condition(asked, SCORE)))
    (entry,) = entries(carried)
    assert entry["kind"] == "choices"
    assert [each.get("right", False) for each in entry["options"]] == [True, False, True]


def test_a_word_and_an_essay() -> None:
    data = bank(FIELD, condition(equal("rain", "비"), SCORE), condition("<other/>", show("no")))
    (entry,) = entries(import_items("bank.xml", data))
    assert (entry["kind"], entry["answers"]) == ("text", ["rain", "비"])
    assert told(import_items("bank.xml", bank(FIELD))) == ["interaction"]
    assert told(import_items("bank.xml", bank(OPTIONS.format(many="Single")))) == ["no_answer"]


MANIFEST = """\
<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><resources>
<resource type="imsqti_xmlv1p3/imscc_xmlv1p3/question-bank" identifier="q"><file href="q/bank.xml"/></resource>
<resource type="webcontent" identifier="w" href="pages/rain%20fall.html"/>
<resource type="webcontent" identifier="m" href="pages/map.png"/>
<resource type="imsdt_xmlv1p3" identifier="d"><file href="talk.xml"/></resource>
<resource type="webcontent" identifier="gone" href="gone.html"/>
</resources></manifest>
"""
PAGE = """\
<!DOCTYPE html><html><head><title>비</title><style>p {}</style></head>
<body><h1>비</h1><p>하나<p>둘 <img src="map.png" alt="지도"><ul><li>가<li>나</ul><table><tr><td>a<td>b<tr><td>c</table></body></html>
"""


def cartridge(**more: bytes) -> Carried:
    data = bank(OPTIONS.format(many="Single"), condition(equal("A"), SCORE))
    files = {
        "imsmanifest.xml": MANIFEST.encode(),
        "q/bank.xml": data,
        "pages/rain fall.html": PAGE.encode(),
        "pages/map.png": b"png",
    }
    return import_cartridge("course.imscc", package(*(files | more).items()))


def test_a_cartridge() -> None:
    carried = cartridge()
    assert list(carried.files) == [
        "items/course.yaml",
        "lessons/rain-fall/lesson.yaml",
        "lessons/rain-fall/ko.md",
        "lessons/rain-fall/images/map.png",
    ]
    assert carried.files["lessons/rain-fall/ko.md"].decode() == (
        "## 비\n\n하나\n\n둘 ![지도](images/map.png)\n\n- 가\n- 나\n\n| a | b |\n| --- | --- |\n| c |  |\n"
    )
    assert yaml.safe_load(carried.files["lessons/rain-fall/lesson.yaml"]) == {"title": {"ko": "비"}}
    assert [(each.line, each.code) for each in carried.problems if each.file == "imsmanifest.xml"] == [
        (5, "exchange.resource"),
        (6, "exchange.not_in_package"),
    ]


def test_what_is_no_cartridge() -> None:
    assert told(import_cartridge("a.zip", package(("a.html", b"")))) == ["no_manifest"]
    assert told(import_cartridge("a.zip", package(("imsmanifest.xml", b"<!DOCTYPE a><a/>")))) == ["xml_doctype"]
    with pytest.raises(ArchiveError):
        import_cartridge("a.zip", b"no zip")
    carried = cartridge(**{"pages/rain fall.html": b"\xff"})
    assert "not_text" in told(carried)


@pytest.mark.parametrize("text", ["<p>a</b></p>", "<b>a", "</div>a", "<div>" * 5000 + "a", "a<!-- <p>", "<p", "&#0;a"])
def test_html_that_is_broken(text: str) -> None:
    assert isinstance(Prose("a.html", lambda _href, _element: "").markdown(*read_html(text).children), str)
