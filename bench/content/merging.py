"""Comparing and merging a program of twelve sessions: `python -m bench.content.merging`."""

import json
from statistics import median

from bench.learners.timing import timed
from bench.machine import machine
from saem.lib.content.differences import compare
from saem.lib.content.merging import merge

SESSIONS = 12
PARAGRAPHS = 60
RUNS = 15
Folder = dict[str, bytes]


def page(session: int, word: str) -> str:
    """A session's page of about the length of those in `programs/`: paragraphs, headings and cells."""
    parts = []
    for number in range(PARAGRAPHS):
        if number % 6 == 0:
            parts.append(f"## {number // 6 + 1}. {word} {session}")
        elif number % 6 == 3:
            parts.append(
                f'```{{code-cell}} python\n:name: cell-{number}\nvalue = table["{word}-{number}"].mean()\nvalue\n```'
            )
        else:
            sentence = (
                f"{word} {session}의 {number}째 이야기예요. 표에서 값을 찾고, 그림으로 그려 보고, 까닭을 말해 봐요. "
            )
            parts.append(sentence * 3)
    return "\n\n".join(parts) + "\n"


def lesson(session: int) -> str:
    checks = "".join(
        f"  - cell: cell-{number}\n    title: {{ko: 확인 {number}, en: Check {number}}}\n    checks:\n"
        f"      - id: c{number}\n        title: {{ko: 값, en: Value}}\n        value: value\n    solution: |\n      value = {number}\n"
        for number in range(10)
    )
    return (
        f"title: {{ko: {session}차시, en: Session {session}}}\nminutes: 100\nskills: [s{session}]\nexercises:\n{checks}"
    )


def items(session: int) -> str:
    return "".join(
        f"- id: item-{session}-{number}\n  kind: choice\n  skills: [s{session}]\n  prompt:\n    ko: 질문 {number}\n    en: Question {number}\n"
        f"  options:\n    - {{id: a, text: {{ko: 가, en: A}}, right: true}}\n    - {{id: b, text: {{ko: 나, en: B}}}}\n"
        for number in range(12)
    )


def starter() -> bytes:
    cells = [
        {"id": f"c{n}", "cell_type": "code", "metadata": {}, "source": f"x = {n}", "outputs": []} for n in range(30)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def program() -> Folder:
    files = {"program.yaml": b"format: 1\nid: twelve\n", "projects/p/starter.ko.ipynb": starter()}
    for session in range(1, SESSIONS + 1):
        folder = f"lessons/session-{session}"
        files |= {
            f"{folder}/ko.md": page(session, "자료").encode(),
            f"{folder}/en.md": page(session, "data").encode(),
            f"{folder}/lesson.yaml": lesson(session).encode(),
            f"items/session-{session}.yaml": items(session).encode(),
        }
    return files


def worked_on(files: Folder, first: int) -> Folder:
    """Every sixth place of every file changed, from `first` on: two who begin elsewhere make no conflict."""
    done = {}
    for name, data in files.items():
        text = data.decode()
        for number in range(first, PARAGRAPHS, 6):
            for old, new in ((f" {number}째 이야기", f" {number}째 긴 이야기"), (f"질문 {number}\n", f"물음 {number}\n"),
                             (f"확인 {number},", f"살핌 {number},"), (f'"x = {number}"', f'"x = {number} + 1"')):  # fmt: skip
                text = text.replace(old, new, 1)
        done[name] = text.encode()
    return done


def main() -> None:
    base = program()
    page_name = "lessons/session-1/ko.md"
    ours, theirs = worked_on(base, 1), worked_on(base, 4)
    clash = worked_on(base, 1) | {
        "lessons/session-1/ko.md": base["lessons/session-1/ko.md"].replace(
            "1째 이야기".encode(), "첫 이야기".encode(), 1
        )
    }
    changed = sum(ours[name] != base[name] for name in base)
    size = sum(map(len, base.values())) // 1024
    print(
        f"{machine()}\n\n{len(base)} files, {size} KiB; {changed} files changed on each side.\n\n| | CPU s | wall s |\n|---|---|---|"
    )
    assert not merge(base, ours, theirs).conflicts
    assert len(merge(base, ours, clash).conflicts) == 1
    tasks = (
        ("differences of two versions", lambda: compare(base, ours)),
        ("differences, one page changed", lambda: compare(base, base | {page_name: ours[page_name]})),
        ("three-way merge, both changed every file", lambda: merge(base, ours, theirs).settled()),
    )
    for title, task in tasks:
        cpu, wall = zip(*(timed(task)[:2] for _ in range(RUNS)), strict=True)
        print(f"| {title} | {median(cpu):.3f} | {median(wall):.3f} |")


if __name__ == "__main__":
    main()
