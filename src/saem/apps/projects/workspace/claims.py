"""Whether a card says what the files say: rows, columns, blanks, scores. Knows no Django.

A finding is a code of the message table (`card.…`) with what its sentence needs, and whether it is all right.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose

# Column names behind which there are usually people who could be recognised.
PERSONAL = ("이름", "성명", "전화", "휴대폰", "연락처", "주민", "주소", "생년월일", "이메일", "학번")
PERSONAL_EN = ("name", "phone", "mobile", "email", "address", "birth", "student_id", "ssn")
MOST_NAMED = 8
# A score is copied by hand: as many digits as were written have to agree.
TOLERANCE = 0.005


@dataclass(frozen=True, kw_only=True)
class Finding:
    code: str
    is_good: bool
    params: dict[str, object] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return {"code": self.code, "is_good": self.is_good, "params": self.params}


def good(code: str, **params: object) -> Finding:
    return Finding(code=code, is_good=True, params=params)


def bad(code: str, **params: object) -> Finding:
    return Finding(code=code, is_good=False, params=params)


def look_at_table(table: Sequence[Sequence[str]], *, rows: int, columns: Sequence[str], blanks: bool) -> list[Finding]:
    """A data card's claims against its table (the first row has the names): rows, columns, whether cells are empty.

    Columns that look like people's details and rows that are there twice are named whatever the card says.
    """
    head, body = [name.strip() for name in table[0]], table[1:]
    found = [_of_rows(len(body), rows), *_of_columns(head, columns), _of_blanks(head, body, claimed=blanks)]
    personal = [name for name in head if _is_personal(name)]
    if personal:
        found.append(bad("card.personal", columns=personal[:MOST_NAMED]))
    twice = sum(count - 1 for count in Counter(tuple(row) for row in body).values())
    if twice:
        found.append(bad("card.rows_twice", count=twice))
    return found


def look_at_score(
    *,
    claimed: float,
    actual: float,
    best: float | None,
    baseline: tuple[Mapping[str, str], float] | None,
    higher_is_better: bool,
) -> list[Finding]:
    """A model card's score against the verdict of the submission it names.

    `best` is the team's best score, `baseline` the title (in both languages) and score of the best baseline.
    """
    found = [
        good("card.score_agrees", score=actual)
        if isclose(claimed, actual, rel_tol=TOLERANCE, abs_tol=1e-9)
        else bad("card.score_differs", claimed=claimed, actual=actual)
    ]
    if best is not None and _is_better(best, actual, higher_is_better=higher_is_better):
        found.append(bad("card.not_the_best", actual=actual, best=best))
    if baseline is not None:
        title, score = baseline
        beats = _is_better(actual, score, higher_is_better=higher_is_better)
        code = "card.beats_baseline" if beats else "card.loses_to_baseline"
        found.append(Finding(code=code, is_good=beats, params={"title": dict(title), "score": score}))
    return found


def _of_rows(actual: int, claimed: int) -> Finding:
    return (
        good("card.rows_agree", count=actual)
        if actual == claimed
        else bad("card.rows_differ", claimed=claimed, actual=actual)
    )


def _of_columns(head: Sequence[str], claimed: Sequence[str]) -> list[Finding]:
    absent = [name for name in claimed if name not in head]
    unsaid = [name for name in head if name not in claimed]
    found = []
    if absent:
        found.append(bad("card.columns_absent", columns=absent[:MOST_NAMED]))
    if unsaid:
        found.append(bad("card.columns_unsaid", columns=unsaid[:MOST_NAMED]))
    return found or [good("card.columns_agree", count=len(head))]


def _of_blanks(head: Sequence[str], body: Sequence[Sequence[str]], *, claimed: bool) -> Finding:
    empty = Counter(name for row in body for name, cell in zip(head, row, strict=True) if not cell.strip())
    if not empty:
        return bad("card.no_blanks") if claimed else good("card.blanks_none")
    params: dict[str, object] = {"columns": list(empty)[:MOST_NAMED], "count": sum(empty.values())}
    return Finding(code="card.blanks_said" if claimed else "card.blanks_unsaid", is_good=claimed, params=params)


def _is_personal(name: str) -> bool:
    low = name.casefold()
    return (
        any(part in low for part in PERSONAL)
        or low in PERSONAL_EN
        or any(low.endswith(f"_{part}") for part in PERSONAL_EN)
    )


def _is_better(one: float, other: float, *, higher_is_better: bool) -> bool:
    return one > other if higher_is_better else one < other
