"""What a document refuses to be, field by field."""

import dataclasses
import math
import pickle
from collections.abc import Callable
from datetime import date

import pytest

from saem.lib.credentials.certificates import (
    Appeal,
    BadgeEntry,
    Document,
    DocumentError,
    Fault,
    Growth,
    ProjectEntry,
    Proof,
    Reflection,
    Result,
)
from tests.lib.credentials.certificates import samples

EARLY = date(2026, 1, 1)
BAD: list[tuple[Callable[[], object], Fault, str]] = [
    (lambda: samples.training(name=""), Fault.EMPTY, "name"),
    (lambda: samples.training(name=" \t\n"), Fault.EMPTY, "name"),
    (lambda: samples.training(name="\x00\u200b\u202e"), Fault.EMPTY, "name"),
    (lambda: samples.training(name="\u0301"), Fault.EMPTY, "name"),
    (lambda: samples.training(name="\u3164"), Fault.EMPTY, "name"),
    (lambda: samples.training(name="가" * 101), Fault.LONG, "name"),
    (lambda: samples.training(affiliation="가" * 101), Fault.LONG, "affiliation"),
    (lambda: samples.training(course=""), Fault.EMPTY, "course"),
    (lambda: samples.training(area=""), Fault.EMPTY, "area"),
    (lambda: samples.training(basis="가" * 61), Fault.LONG, "basis"),
    (lambda: samples.training(ends=EARLY), Fault.PERIOD, "ends"),
    (lambda: samples.training(hours=0), Fault.AMOUNT, "hours"),
    (lambda: samples.training(hours=10_000), Fault.AMOUNT, "hours"),
    (lambda: samples.training(credits=-1), Fault.AMOUNT, "credits"),
    (lambda: samples.training(issuers=()), Fault.EMPTY, "issuers"),
    (lambda: samples.training(issuers=(samples.office(),) * 4), Fault.LONG, "issuers"),
    (lambda: samples.office(officer=""), Fault.EMPTY, "officer"),
    (lambda: samples.office(institution=""), Fault.EMPTY, "institution"),
    (lambda: samples.achievement(heading=""), Fault.EMPTY, "heading"),
    (lambda: samples.achievement(heading="상" * 41), Fault.LONG, "heading"),
    (lambda: samples.achievement(statement=""), Fault.EMPTY, "statement"),
    (lambda: samples.achievement(statement="가" * 401), Fault.LONG, "statement"),
    (lambda: samples.achievement(ends=EARLY), Fault.PERIOD, "ends"),
    (lambda: samples.letter(reasons=()), Fault.EMPTY, "reasons"),
    (lambda: samples.letter(reasons=("",)), Fault.EMPTY, "reasons"),
    (lambda: samples.letter(reasons=("이유",) * 13), Fault.LONG, "reasons"),
    (lambda: samples.letter(steps=(" ",)), Fault.EMPTY, "steps"),
    (lambda: samples.letter(rank=0), Fault.AMOUNT, "rank"),
    (lambda: samples.letter(application=""), Fault.EMPTY, "application"),
    (lambda: Appeal(until=EARLY, how="", contact="전화"), Fault.EMPTY, "how"),
    (lambda: samples.record(rows=()), Fault.EMPTY, "rows"),
    (lambda: samples.record(rows=(samples.completion(1),) * 2001), Fault.LONG, "rows"),
    (lambda: samples.completion(1, hours=0), Fault.AMOUNT, "hours"),
    (lambda: samples.completion(1, ends=EARLY), Fault.PERIOD, "ends"),
    (lambda: samples.portfolio(title=""), Fault.EMPTY, "title"),
    (lambda: samples.portfolio(introduction="가" * 4001), Fault.LONG, "introduction"),
    (lambda: Growth(skill="평균", now=0.9, low=0.2, high=0.5), Fault.AMOUNT, "now"),
    (lambda: Growth(skill="평균", now=1.2, low=0, high=1), Fault.AMOUNT, "now"),
    (lambda: Growth(skill="평균", now=math.nan, low=0, high=1), Fault.AMOUNT, "now"),
    (lambda: Growth(skill="평균", before=-0.1, now=0.5, low=0, high=1), Fault.AMOUNT, "before"),
    (lambda: Result(label="", value="1"), Fault.EMPTY, "label"),
    (lambda: Reflection(prompt="물음", text="", written=EARLY), Fault.EMPTY, "text"),
    (lambda: ProjectEntry(title="비", begins=date(2026, 2, 1), ends=EARLY, summary="글"), Fault.PERIOD, "ends"),
    (
        lambda: BadgeEntry(name="배지", issuer="곳", earned=EARLY, criteria="글", address="javascript:alert(1)"),
        Fault.ADDRESS,
        "address",
    ),
    (lambda: Proof(number="", address="https://saem.example.kr"), Fault.EMPTY, "number"),
    (lambda: Proof(number="1", address=""), Fault.ADDRESS, "address"),
    (lambda: Proof(number="1", address="ftp://saem.example.kr/1"), Fault.ADDRESS, "address"),
    (lambda: Proof(number="1", address="https://샘.한국/1"), Fault.ADDRESS, "address"),
    (lambda: Proof(number="1", address="https://saem.example.kr/a b"), Fault.ADDRESS, "address"),
    (lambda: Proof(number="1", address="https://saem.example.kr/\n"), Fault.ADDRESS, "address"),
    (lambda: Proof(number="1", address="https://" + "a" * 193), Fault.ADDRESS, "address"),
]


@pytest.mark.parametrize("case", range(len(BAD)))
def test_a_document_that_cannot_be_true_is_not_made(case: int) -> None:
    make, fault, field = BAD[case]
    with pytest.raises(DocumentError) as caught:
        make()
    assert (caught.value.fault, caught.value.field) == (fault, field)


def test_an_error_arrives_whole_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(DocumentError(Fault.TYPESETTING, "letter.typ", detail="why")))
    assert (error.fault, error.field, error.detail) == (Fault.TYPESETTING, "letter.typ", "why")
    assert str(error) == "typesetting: letter.typ: why"


@pytest.mark.parametrize("document", samples.KINDS.values(), ids=samples.KINDS)
def test_a_document_cannot_be_changed(document: Document) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.name = "다른 사람"  # type: ignore[misc]
