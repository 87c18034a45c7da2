"""The PDFs themselves: their words, fonts, tags, codes, and what nobody's name can do to them."""

import io
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import hypothesis
import hypothesis.strategies as st
import pypdf
import pytest
import typst

from saem.lib.credentials.certificates import Decision, Document, Proof, render
from saem.lib.credentials.certificates.qrcodes import modules
from saem.lib.credentials.certificates.rendering import TEMPLATES, _compiler
from tests.lib.credentials.certificates import samples

MM = 72 / 25.4
EVERY = pytest.mark.parametrize("document", samples.KINDS.values(), ids=samples.KINDS)


def printed(document: Document) -> bytes:
    return render(document, fonts=samples.FONTS)


def root_of(pdf: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]


def tags(element: Any) -> Iterator[Any]:
    """Every structure element below `element`, in reading order."""
    found = element.get_object()
    for part in found if isinstance(found, list) else [found]:
        part = part.get_object() if hasattr(part, "get_object") else part  # noqa: PLW2901  # a reference becomes its object
        if isinstance(part, list):
            yield from tags(part)
        elif isinstance(part, dict) and "/S" in part:
            yield part
            if "/K" in part:
                yield from tags(part["/K"])


def kinds(document: Document) -> list[str]:
    return [str(tag["/S"]) for tag in tags(root_of(printed(document))["/StructTreeRoot"]["/K"])]


def test_a_training_certificate_says_what_the_office_records() -> None:
    assert samples.text_of(printed(samples.training())) == (
        "제 한빛교육연수원-2026-000123 호 이 수 증 성명 홍길동 생년월일 1988년 3월 5일 소속 한빛중학교 "
        "연수지명번호 2026-한빛-0456 과정명 인공지능 융합 수업 설계 직무연수 연수영역 직무연수(원격·집합) "
        "연수 기간 2026년 10월 12일 ~ 2026년 11월 20일 시간/학점 30시간 / 2학점 "
        "위 사람은 「교원 등의 연수에 관한 규정」에 따라 위와 같이 연수 과정을 이수하였으므로 이 증서를 수여합니다. "
        "2026년 11월 28일 한빛교육연수원장 이 문서의 진위는 QR 코드나 아래 주소에서 확인할 수 있습니다. "
        "https://saem.example.kr/verify/2026-000123-K7QX 문서 번호 한빛교육연수원-2026-000123"
    )


def test_the_english_certificate_is_english_throughout() -> None:
    text = samples.text_of(printed(samples.training_en(designation="2026-0456")))
    assert not re.search("[가-힣]", text)
    assert "12 October 2026 – 20 November 2026" in text
    assert "30 hours / 2 credits" in text
    assert text.index("Minji Kim") < text.index("Director, Hanbit Teacher Training Institute")


def test_what_is_not_known_is_left_out() -> None:
    text = samples.text_of(printed(samples.training(designation="", affiliation="", credits=None, basis="")))
    assert "연수지명번호" not in text
    assert "소속" not in text
    assert "시간 30시간 위 사람은 위와 같이" in text


@pytest.mark.parametrize(
    ("decision", "rank", "shown"),
    [
        (Decision.ACCEPTED, None, "결과 합격 성명"),
        (Decision.RESERVE, 4, "결과 예비 합격 (예비 순위 4번) 성명"),
        (Decision.RESERVE, None, "결과 예비 합격 성명"),
        (Decision.DECLINED, None, "결과 불합격 성명"),
    ],
)
def test_a_letter_says_the_decision_its_reasons_and_how_to_object(
    decision: Decision, rank: int | None, shown: str
) -> None:
    given = samples.letter(decision=decision, rank=rank)
    text = samples.text_of(printed(given))
    assert shown in text
    for words in (*given.reasons, *given.steps, given.appeal.how, given.appeal.contact):
        assert words in text
    assert "2026년 12월 4일까지 참가 여부를" in text
    assert "결과에 이의가 있으면" in text
    assert ("축하" in text) == (decision is Decision.ACCEPTED)


def test_a_record_adds_up_and_repeats_its_head_on_every_page() -> None:
    rows = tuple(samples.completion(number) for number in range(1, 61))
    pdf = printed(samples.record(rows=(*rows, samples.completion(61, credits=None, hours=7))))
    text = samples.text_of(pdf)
    pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert pages > 2
    assert text.count("연번") == pages
    assert "합계 61개 과정 907 60" in text
    assert all(row.number in text for row in rows)


def test_a_portfolio_holds_every_section_and_leaves_out_empty_ones() -> None:
    full = samples.portfolio()
    text = samples.text_of(printed(full))
    for words in (full.title, full.name, "재현율 0.81", "자료 정리 35 86 78–92", "결과 설명 – 64 45–80"):
        assert words in text
    for entry in (*full.projects, *full.reflections):
        for line in (entry.summary if hasattr(entry, "summary") else entry.text).split("\n"):
            assert line in text
    assert [item.name for item in full.badges if item.name not in text] == []
    bare = samples.text_of(printed(samples.portfolio(badges=(), growth=(), reflections=(), introduction="")))
    assert not re.search("배지|성장|돌아보기|소개", bare)


@EVERY
def test_every_font_is_embedded(document: Document) -> None:
    fonts = [font for page in pypdf.PdfReader(io.BytesIO(printed(document))).pages for font in page_fonts(page)]
    assert fonts
    for descriptor in fonts:
        assert any(key.startswith("/FontFile") for key in descriptor)


def page_fonts(page: Any) -> Iterator[Any]:
    for font in page["/Resources"].get("/Font", {}).values():
        for inner in font.get_object().get("/DescendantFonts", [font]):
            yield inner.get_object()["/FontDescriptor"].get_object()


@EVERY
def test_every_document_is_tagged_titled_and_in_its_language(document: Document) -> None:
    pdf = printed(document)
    root = root_of(pdf)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"ko": "ko-KR", "en": "en"}[document.language]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    facts = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    assert facts is not None
    assert facts.title
    assert facts.creation_date is not None
    assert facts.creation_date.date() == document.issued
    claims = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1<" in claims
    assert "<pdfaid:part>2<" in claims
    assert kinds(document).count("/H1") == 1


def test_pictures_have_words_and_tables_have_heads() -> None:
    spoken = {
        str(tag["/Alt"])
        for tag in tags(root_of(printed(samples.portfolio()))["/StructTreeRoot"]["/K"])
        if "/Alt" in tag
    }
    assert {"달마다 비가 온 날의 수를 그린 막대그래프", "자료 탐험가 배지"} <= spoken
    assert any(samples.PROOF.address in words for words in spoken)
    assert kinds(samples.record()).count("/TH") == 7
    assert kinds(samples.letter()).count("/LI") == 4


@EVERY
def test_the_same_document_is_the_same_bytes(document: Document) -> None:
    first = printed(document)
    _compiler.cache_clear()
    assert printed(document) == first


def test_threads_of_a_web_server_may_ask_at_once() -> None:
    documents = [samples.training(name=f"홍길동{index}") for index in range(12)]
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(printed, documents)) == [printed(document) for document in documents]


HOSTILE = [
    "#panic()",
    '#eval("1")',
    "$x$ *b* _i_ `r` = h",
    "\\ \" ' <b>&amp;</b> {name} {date}",
    '"),panic(("',
    "A.. -- --- ... [x] @ref <lab> //c /*c*/",
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("make", [samples.training, samples.prize, samples.letter, samples.record, samples.portfolio])
def test_words_are_never_source(make: Any, words: str) -> None:
    text = samples.text_of(printed(make(name=words, affiliation=words)))
    assert text.count(words) >= 2


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("홍\x00길\x07동", "홍길동"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("홍길동\n#panic()", "홍길동 #panic()"),
        ("김🎉하늘", "김🎉하늘"),
        ("洪吉童(홍길동)", "洪吉童(홍길동)"),
        ("홍𒀀길동", "홍□길동"),
    ],
)
def test_odd_signs_break_nothing(name: str, read: str) -> None:
    assert f"성명 {read} 생년월일" in samples.text_of(printed(samples.training(name=name)))


@hypothesis.settings(max_examples=30, derandomize=True)
@hypothesis.given(st.text(min_size=1, max_size=40))
def test_no_text_stops_a_certificate(words: str) -> None:
    assert printed(samples.training(name=f"이{words}", affiliation=words[::-1], course=f"{words}과정"))


def test_a_name_that_is_written_from_right_to_left_is_set_whole() -> None:
    assert set("محمدبنسعيد") <= set(samples.text_of(printed(samples.training(name="محمد بن سعيد"))))


LONG = ["가", "가나다 ", "W", "word ", "é🎉"]


def full(unit: str, length: int) -> str:
    return (unit * length)[:length]


def crowded(unit: str) -> dict[str, Document]:
    """Each kind of one sheet with every field as full as it may be."""
    office = {field: full(unit, 60) for field in ("institution", "officer", "name")}
    given: dict[str, Any] = {
        "name": full(unit, 100),
        "affiliation": full(unit, 100),
        "course": full(unit, 160),
        "issuers": (samples.office(**office, seal=samples.seal()),) * 3,
        "proof": Proof(number=full(unit, 60), address="https://" + "w" * 192),
    }
    small = {field: full(unit, 60) for field in ("designation", "area", "basis")}
    large = {"heading": full(unit, 40), "award": full(unit, 60), "statement": full(unit, 400)}
    return {"training": samples.training(**given, **small), "prize": samples.prize(**given, **large)}


@pytest.mark.parametrize("kind", ["training", "prize"])
@pytest.mark.parametrize("unit", LONG)
def test_a_full_certificate_is_one_sheet_whose_lines_do_not_overlap(unit: str, kind: str) -> None:
    pdf = printed(crowded(unit)[kind])
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    lines = samples.line_boxes(pdf)
    assert min(left for left, *_ in lines) > 14 * MM
    assert max(right for _, _, right, _ in lines) < 196 * MM
    assert list(overlapping(lines)) == []


def overlapping(boxes: list[tuple[float, float, float, float]]) -> Iterator[tuple[int, int]]:
    """Pairs that share more than a point in both directions; seals are pictures and not among them."""
    for i, one in enumerate(boxes):
        for j, other in enumerate(boxes[:i]):
            wide = min(one[2], other[2]) - max(one[0], other[0])
            high = min(one[3], other[3]) - max(one[1], other[1])
            if wide > 1 and high > 1:
                yield i, j


@pytest.mark.parametrize("name", ["가" * 60, ("Bartholomew Maximilian " * 4)[:80]])
def test_a_long_name_is_there_whole(name: str) -> None:
    text = samples.text_of(printed(samples.training(name=name)))
    assert name.replace(" ", "") in text.replace(" ", "")


def test_the_code_is_the_address() -> None:
    image = samples.rasterised(printed(samples.training()), scale=6).convert("L")
    left, top = round(30 * MM * 6), round(230 * MM * 6)
    corner = image.crop((left, top, round(53 * MM * 6), round(275 * MM * 6))).point(lambda value: 255 * (value < 128))
    box = corner.getbbox()
    assert box is not None
    expected = modules(samples.PROOF.address)
    step = (box[2] - box[0]) / len(expected)
    assert step == pytest.approx((box[3] - box[1]) / len(expected), rel=0.01)
    assert step * len(expected) == pytest.approx(21 * MM * 6, rel=0.02)
    seen = [
        [corner.getpixel((box[0] + (x + 0.5) * step, box[1] + (y + 0.5) * step)) == 255 for x in range(len(expected))]
        for y in range(len(expected))
    ]
    assert seen == expected


def test_the_code_holds_the_longest_address() -> None:
    assert len(modules("https://" + "w" * 192)) <= 57


@pytest.mark.parametrize("path", ["/../errors.py", "../../errors.py", "/etc/passwd"])
def test_templates_read_nothing_outside_their_folder(path: str) -> None:
    with pytest.raises(typst.TypstError):
        _compiler(samples.FONTS).compile(input=f'#read("{path}")'.encode())


def test_templates_load_nothing_from_a_network() -> None:
    for path in TEMPLATES.glob("*.typ"):
        assert not re.search(r"@\w+/|https?:|eval\(|\bread\(|plugin\(", path.read_text())


def test_both_languages_have_every_word() -> None:
    source = b'#import "words.typ": words\n#metadata(words) <words>'
    words = json.loads(typst.query(source, "<words>", field="value", one=True, root=TEMPLATES))
    assert shape(words["ko"]) == shape(words["en"])


def shape(words: Any) -> Any:
    """The keys of a tree of sentences, and the places in each sentence."""
    if isinstance(words, str):
        return sorted(re.findall(r"\{(\w+)\}", words))
    return {key: shape(value) for key, value in words.items()}


def test_dates_are_written_as_each_language_writes_them() -> None:
    issued = date(2027, 1, 2)
    assert "2027년 1월 2일" in samples.text_of(printed(samples.training(issued=issued)))
    assert "2 January 2027" in samples.text_of(printed(samples.training_en(issued=issued)))
