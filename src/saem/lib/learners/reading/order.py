"""Puts each student's rows in the order of their times, and one row where a file has the same response twice."""

from dataclasses import replace

import numpy as np

from saem.lib.learners.findings import Finding, Weight
from saem.lib.learners.responses import Floats, Responses

from .columns import Lines


def in_order(responses: Responses, line: Lines) -> tuple[Responses, Lines]:
    """The responses in order and without repeats, and which rows (m,) of those given they are.

    A student's rows keep the places that this student has in the file; only their order among themselves changes.
    """
    if responses.time is None:
        return replace(responses, findings=_repeats(responses, line)), np.arange(len(responses))
    order, unsorted = _sorted_rows(responses, responses.time, line)
    kept, tags, doubled = _without_copies(responses, responses.time, order, line)
    sets = tuple(dict.fromkeys([*responses.tag_sets, *tags.values()]))
    chosen = responses.rows(kept)
    place = {codes: code for code, codes in enumerate(sets)}
    for row, codes in tags.items():
        chosen.tag[np.flatnonzero(kept == row)] = place[codes]
    return replace(chosen, tag_sets=sets, findings=unsorted + doubled), kept


def _sorted_rows(responses: Responses, time: Floats, line: Lines) -> tuple[Lines, tuple[Finding, ...]]:
    """For each place in the file the row that belongs there."""
    rows = responses.by_student
    student, moment = responses.student[rows], time[rows]
    early = np.flatnonzero((student[1:] == student[:-1]) & (moment[1:] < moment[:-1])) + 1
    order = np.arange(len(rows))
    if not len(early):
        return order, ()
    order[rows] = np.lexsort((time, responses.student))
    first = int(rows[early].min())
    return order, (Finding("unsorted_rows", responses.students[responses.student[first]], int(line[first]) - 2),)


def _without_copies(
    responses: Responses, time: Floats, order: Lines, line: Lines
) -> tuple[Lines, dict[int, tuple[int, ...]], tuple[Finding, ...]]:
    """The rows to keep, in order; joined skills by row; findings.

    Rows with the same student, item, time and score say the same. Where only their skills differ, somebody wrote one
    response once for each skill: counting it twice would show a model its own answer.
    """
    keys = (responses.score, time, responses.item, responses.student)
    by_key = np.lexsort(keys)
    same = np.ones(max(len(by_key) - 1, 0), dtype=bool)
    for key in keys:
        same &= key[by_key[1:]] == key[by_key[:-1]]
    copies = np.flatnonzero(same) + 1
    if not len(copies):
        return order, {}, ()
    # lexsort is stable: of each run of equal rows the first in the file leads.
    leads = by_key[np.maximum.accumulate(np.where(np.append(False, same), 0, np.arange(len(by_key))))]
    expanded = responses.tag[by_key[copies]] != responses.tag[leads[copies]]
    tags = _joined_tags(responses, leads[copies][expanded], by_key[copies][expanded])
    dropped = np.zeros(len(order), dtype=bool)
    dropped[by_key[copies]] = True
    findings = tuple(
        Finding(code, str(len(rows)), int(line[rows].min()) - 2)
        for code, rows in (
            ("duplicated_rows", by_key[copies][~expanded]),
            ("expanded_skills", by_key[copies][expanded]),
        )
        if len(rows)
    )
    return order[~dropped[order]], tags, findings


def _joined_tags(responses: Responses, leads: Lines, copies: Lines) -> dict[int, tuple[int, ...]]:
    joined: dict[int, set[int]] = {}
    for lead, copy in zip(leads.tolist(), copies.tolist(), strict=True):
        skills = joined.setdefault(lead, set(responses.tag_sets[responses.tag[lead]]))
        skills.update(responses.tag_sets[responses.tag[copy]])
    return {row: tuple(sorted(skills)) for row, skills in joined.items()}


def _repeats(responses: Responses, line: Lines) -> tuple[Finding, ...]:
    """Without times a row that repeats an earlier one may be a copy or another attempt: a note says how many."""
    pairs = responses.student.astype(np.int64) * max(len(responses.items), 1) + responses.item
    order = np.argsort(pairs, kind="stable")
    repeated = order[1:][pairs[order][1:] == pairs[order][:-1]]
    if not len(repeated):
        return ()
    return (Finding("repeats_not_told_apart", str(len(repeated)), int(line[repeated].min()) - 2, Weight.NOTE),)
