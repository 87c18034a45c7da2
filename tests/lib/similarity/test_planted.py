"""Planted copies among made-up independent works: the small sister of `bench.projects.similarity`."""

from bench.projects.copying import KINDS
from bench.projects.similarity import corpus, operating_point, rates, scores
from saem.lib.similarity import Index, Ranking, compare


def test_planted_copies_are_found_and_independent_works_are_not() -> None:
    chosen_on, made = corpus(70, 16, seed=11), corpus(70, 16, seed=12)
    assert set(made.planted.values()) == set(KINDS)
    found, other = (scores(compare(Index.of(each.works), ranking=Ranking(most=400))) for each in (made, chosen_on))
    recall, precision = rates(found, made.planted, operating_point(other, chosen_on.planted))
    assert recall >= 0.95
    assert precision >= 0.95
