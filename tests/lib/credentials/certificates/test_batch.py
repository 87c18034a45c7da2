"""A batch gives what single renders give, in order, as it goes."""

from collections.abc import Iterator

import pytest

from saem.lib.credentials.certificates import (
    Document,
    DocumentError,
    Fault,
    Picture,
    Proof,
    TrainingCertificate,
    render,
    render_many,
)
from tests.lib.credentials.certificates import samples


def people(count: int) -> list[TrainingCertificate]:
    return [
        samples.training(
            name=f"홍길동{index}",
            proof=Proof(number=f"2026-{index:06d}", address=f"https://saem.example.kr/verify/{index}"),
        )
        for index in range(count)
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_batch_of_fifty_equals_fifty_single_renders(workers: int) -> None:
    documents = people(50)
    told: list[int] = []
    made = list(render_many(documents, fonts=samples.FONTS, workers=workers, progress=told.append))
    assert made == [render(document, fonts=samples.FONTS) for document in documents]
    assert told == list(range(1, 51))
    assert len(set(made)) == 50


def test_an_empty_batch_is_empty() -> None:
    assert list(render_many([], fonts=samples.FONTS, workers=2)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_documents_are_taken_only_as_they_are_needed(workers: int) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Document]:
        while True:
            taken.append(1)
            yield samples.training()

    made = render_many(endless(), fonts=samples.FONTS, workers=workers)
    next(made)
    made.close()
    assert len(taken) <= 16 * (workers + 2)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_cannot_be_made_is_told_in_its_turn(workers: int) -> None:
    broken = Picture(content=b"<svg><path", alt="직인")
    documents = people(20)
    documents[17] = samples.training(issuers=(samples.office(seal=broken),))
    made = render_many(documents, fonts=samples.FONTS, workers=workers)
    assert [next(made) for _ in range(17)] == [render(document, fonts=samples.FONTS) for document in documents[:17]]
    with pytest.raises(DocumentError) as caught:
        next(made)
    assert caught.value.fault is Fault.TYPESETTING
