"""Writes one cell of an author's notebook from what students and the solution have of it."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from saem.lib.content.authoring.regions import Cut, Region, cut_code

BEGIN, END = "# 풀이 시작", "# 풀이 끝"
_NOT_NAME = re.compile(r"[^A-Za-z0-9가-힣_-]+")
DIRECTIVES = {
    "python": "함수", "predict": "예측", "input": "입력", "against": "정답", "column": "열", "metric": "지표",
    "at_least": "이상", "at_most": "이하", "tolerance": "오차",
}  # fmt: skip
CHECK_SAID = ("id", "title", "points", "hint", "value", "call", "cases", "expect", "values", "figure")
QUESTION_SAID = ("id", "title", "cell", "limits", "checks")
Atom = tuple[tuple[str, ...], tuple[str, ...]]


def compose_words(korean: str, english: str, solution: str) -> str:
    text = korean if korean == english else f"<!-- ko -->\n{korean}\n\n<!-- en -->\n{english}"
    if solution != korean and solution.startswith(f"{korean}\n\n"):
        text += f"\n\n<!-- 풀이 -->\n{solution.removeprefix(korean).strip()}"
    return text


def compose_code(solution: str, korean: str, english: str, *, checked: Collection[str] = ()) -> str:
    """A cell that `cut_code` cuts into exactly these three; line by line where that can be had, else as one region."""
    solved, given = solution.split("\n"), _atoms(korean.split("\n"), english.split("\n"))
    fine = "\n".join(_cell(solved, given, checked))
    if _gives(cut_code(fine, checked=checked), solution, korean, english):
        return fine
    return "\n".join(_region(solved, [(tuple(korean.split("\n")), tuple(english.split("\n")))], checked))


def _gives(cut: Cut, solution: str, korean: str, english: str) -> bool:
    return not cut.troubles and cut.solution == solution and cut.starter == {"ko": korean, "en": english}


def _atoms(korean: Sequence[str], english: Sequence[str]) -> list[Atom]:
    """Lines of both languages side by side, as small as they fit together."""
    atoms: list[Atom] = []
    for _, k1, k2, e1, e2 in SequenceMatcher(None, korean, english, autojunk=False).get_opcodes():
        if k2 - k1 == e2 - e1:
            atoms += [((ko,), (en,)) for ko, en in zip(korean[k1:k2], english[e1:e2], strict=True)]
        else:
            atoms.append((tuple(korean[k1:k2]), tuple(english[e1:e2])))
    return atoms


def _cell(solved: Sequence[str], given: Sequence[Atom], checked: Collection[str]) -> Iterator[str]:
    keys = ["\n".join(korean) for korean, _ in given]
    for same, s1, s2, g1, g2 in _steps(solved, keys):
        if same:
            yield from _plain(given[g1:g2])
        else:
            yield from _region(solved[s1:s2], given[g1:g2], checked)


def _steps(solved: Sequence[str], keys: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Stretches that agree and stretches that do not; blank lines alone do not part two regions."""
    steps: list[tuple[bool, int, int, int, int]] = []
    for tag, s1, s2, g1, g2 in SequenceMatcher(None, solved, keys, autojunk=False).get_opcodes():
        same = tag == "equal"
        inside = len(steps) > 1 and steps[-1][0] and not steps[-2][0]
        if not same and inside and not "".join(solved[steps[-1][1] : steps[-1][2]]).strip():
            steps.pop()
            _, first, _, given, _ = steps.pop()
            steps.append((False, first, s2, given, g2))
        else:
            steps.append((same, s1, s2, g1, g2))
    return steps


def _plain(atoms: Sequence[Atom]) -> Iterator[str]:
    for korean, english in atoms:
        if korean == english:
            yield from korean
        else:
            yield from ("# @ko", *korean, "# @en", *english, "# @end")


def _region(solved: Sequence[str], atoms: Sequence[Atom], checked: Collection[str]) -> Iterator[str]:
    korean = [line for atom in atoms for line in atom[0]]
    english = [line for atom in atoms for line in atom[1]]
    first = next((line for line in (*solved, *korean) if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip())]
    yield f"{indent}{BEGIN}"
    yield from solved
    by_itself = Region(1, indent, list(enumerate(solved, 1))).lines_for("ko", checked)
    if not korean == english == by_itself:
        yield from _instead(korean, indent, "대신:", "대신 없음")
        if english != korean:
            yield from _instead(english, indent, "instead:", "instead nothing")
    yield f"{indent}{END}"


def _instead(lines: Sequence[str], indent: str, word: str, nothing: str) -> Iterator[str]:
    if not lines:
        yield f"{indent}# {nothing}"
    for line in lines:
        text = line.lstrip()
        yield f"{line[: len(line) - len(text)]}# {word} {text}" if text else f"{indent}# {word}"


def compose_question(question: dict[str, Any], body: str) -> str:
    """The question's cell, from its part of the YAML and its code."""
    lines = [f"# 문항: {question['id']}", *_words(question)]
    limits = question.get("limits") or {}
    if question.get("cell", question["id"]) != question["id"]:
        lines.append(f"# 칸: {question['cell']}")
    if "wall_s" in limits:
        lines.append(f"# 시간: {limits['wall_s']}초")
    if limits.get("memory_mb") is not None:
        lines.append(f"# 메모리: {limits['memory_mb']} MB")
    lines += _options(question, QUESTION_SAID)
    return "\n".join([*lines, body])


def compose_check(check: dict[str, Any]) -> str:
    lines = [f"# 확인: {check['id']} {check.get('points', 1)}점", *_words(check)]
    lines += [f"# {word}: {check[key]}" for key, word in DIRECTIVES.items() if check.get(key) is not None]
    if check.get("values"):
        lines.append(f"# 값: {', '.join(check['values'])}")
    if check.get("figure"):
        lines.append("# 그림")
    lines += _options(check, (*DIRECTIVES, *CHECK_SAID))
    return "\n".join([*lines, *_body(check)])


def _options(owner: dict[str, Any], said: Collection[str]) -> Iterator[str]:
    """Keys of the format that have no words of ours."""
    options = {key: value for key, value in owner.items() if key not in said}
    if options:
        yield f"# 설정: {json.dumps(options, ensure_ascii=False)}"


def _words(owner: dict[str, Any]) -> Iterator[str]:
    for key, korean, english in (("title", "제목", "title"), ("hint", "힌트", "hint")):
        words = owner.get(key)
        if isinstance(words, dict):
            yield f"# {korean}: {words.get('ko', '')}"
            yield f"# {english}: {words.get('en', '')}"


def _body(check: dict[str, Any]) -> Iterator[str]:
    expect = check.get("expect", "solution")
    if "value" in check:
        yield check["value"] if expect == "solution" else f"assert {check['value']} == {expect!r}"
    if "call" in check:
        calls = [f"{check['call']}({', '.join(map(repr, case))})" for case in check.get("cases", [])]
        if expect == "solution":
            yield from calls
        else:
            yield from (f"assert {call} == {each!r}" for call, each in zip(calls, expect, strict=False))


def name_from(text: str, number: int) -> str:
    """An id of ours that is as close to theirs as may be."""
    return _NOT_NAME.sub("-", text).strip("-_")[:64] or f"q{number}"


def compose_region(code: str) -> str:
    return f"{BEGIN}\n{code}\n{END}"


def compose_tests(name: str, points: Any, code: str) -> str:
    """The blank line parts our words from comments of theirs."""
    return f"# 확인: {name} {points if isinstance(points, (int, float)) else 1}점\n\n{code.strip()}"
