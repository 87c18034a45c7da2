"""Who is in which fold: whole students, so that no model is asked about a student it was fitted on."""

from dataclasses import replace
from heapq import heapify, heapreplace

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.responses import Codes, Responses

Folds = NDArray[np.int64]
DEFINITION = (
    "students by name, shuffled by NumPy's PCG64(seed), those with most rows first, each to the fold with fewest rows"
)
FEWEST, MOST_NAMED = 2, 5


def student_folds(responses: Responses, folds: int, seed: int) -> Folds:
    """The fold (n,) of each row, from 0; folds have nearly the same number of rows.

    They depend on the students' names, their numbers of rows and the seed, not on the order of a file. Raises
    ParameterError for fewer than two folds or more folds than students.
    """
    present = np.unique(responses.student)
    if folds < FEWEST or folds > len(present):
        raise ParameterError(f"{folds} folds of {len(present)} students: at least 2 folds, and a student for each")
    names = [responses.students[code] for code in present]
    ordered = present[np.array(sorted(range(len(names)), key=names.__getitem__))]
    shuffled = ordered[np.random.default_rng(np.random.PCG64(seed)).permutation(len(ordered))]
    sizes = np.bincount(responses.student, minlength=len(responses.students))[shuffled]
    of_student = np.zeros(len(responses.students), dtype=np.int64)
    heap = [(0, fold) for fold in range(folds)]
    heapify(heap)
    for place in np.argsort(-sizes, kind="stable").tolist():
        size, fold = heap[0]
        of_student[shuffled[place]] = fold
        heapreplace(heap, (size + int(sizes[place]), fold))
    return of_student[responses.student]


def shared_students(train: Responses, test: Responses) -> tuple[str, ...]:
    """Names of students that have rows in both, sorted."""
    return tuple(sorted(_present(train.students, train.student) & _present(test.students, test.student)))


def refuse_shared(train: Responses, test: Responses) -> None:
    """Raises ResponsesError `shared_students` naming the first of them."""
    shared = shared_students(train, test)
    if shared:
        more = f" and {len(shared) - MOST_NAMED} more" if len(shared) > MOST_NAMED else ""
        raise ResponsesError("shared_students", where=", ".join(shared[:MOST_NAMED]) + more)


def alone(responses: Responses) -> Responses:
    """The same rows with no name in them that no row has: a model fitted on some rows must not know of others."""
    students, student = _compact(responses.students, responses.student)
    items, item = _compact(responses.items, responses.item)
    used, tag = np.unique(responses.tag, return_inverse=True)
    sets = [responses.tag_sets[code] for code in used]
    codes = sorted({code for codes in sets for code in codes})
    place = {code: new for new, code in enumerate(codes)}
    return replace(
        responses, students=students, student=student, items=items, item=item, tag=tag.astype(np.int32),
        skills=tuple(responses.skills[code] for code in codes),
        tag_sets=tuple(tuple(place[code] for code in codes) for codes in sets), findings=(),
    )  # fmt: skip


def _compact(names: tuple[str, ...], codes: Codes) -> tuple[tuple[str, ...], Codes]:
    used, new = np.unique(codes, return_inverse=True)
    return tuple(names[code] for code in used), new.astype(np.int32)


def _present(names: tuple[str, ...], codes: Codes) -> set[str]:
    return {names[code] for code in np.unique(codes)}
