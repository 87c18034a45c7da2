"""The sample program with items: sums of two numbers, as many as a test wants; the lesson asks one at its end."""

from collections.abc import Sequence
from pathlib import Path

from saem.apps.catalog.checking import CheckReport, check_program
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.catalog.services import add_version
from saem.apps.learning.models import Diagnosis
from saem.lib.content import pack
from saem.lib.content.items import right_answer
from saem.lib.sandbox import Sandbox
from tests import cast, sample

ITEM = """\
- id: sum-{number}
  kind: number
  skills: [{skill}]
  difficulty: {difficulty}
  prompt: {{ko: "{{{{a}}}} + {number}은 얼마인가요?", en: "What is {{{{a}}}} + {number}?"}}
  hints: [{{ko: 손가락으로 세어 보세요., en: Count on your fingers.}}]
  explanation: {{ko: 차례로 세면 돼요., en: Count on.}}
  parameters:
    a: {{low: 100, high: 999}}
    total: a + {number}
  answer: total
"""


def quiz(items: int = 10, *, skills: Sequence[str] = ("mean",), hardest: float = 2.0) -> str:
    """A file of items whose difficulties lie evenly between -`hardest` and `hardest`, skill after skill."""
    step = 2 * hardest / max(1, items - 1)
    return "\n".join(
        ITEM.format(number=number, skill=skills[number % len(skills)], difficulty=round(-hardest + step * number, 2))
        for number in range(items)
    )


TWO_SKILLS = sample.PROGRAM.replace(
    "skills: [{id: mean, title: {ko: 평균, en: Mean}}]",
    "skills: [{id: mean, title: {ko: 평균, en: Mean}}, {id: spread, title: {ko: 흩어짐, en: Spread}}]",
)
_checked: dict[int, tuple[CheckReport, bytes]] = {}


def a_quiz_version(sandbox: Sandbox, folder: Path, items: int) -> Version:
    """The sample program with so many items for diagnosis; checked once in a run of the suite."""
    if items not in _checked:
        files = {"program.yaml": TWO_SKILLS, "items__sums.yaml": quiz(items, skills=("mean", "spread"))}
        files["lessons__growth__lesson.yaml"] = sample.LESSON_YAML + "exit: sum-0\n"
        files |= {f"lessons__growth__teacher.{language}.md": "## ?\n\n1.\n" for language in ("ko", "en")}
        root = sample.sample_program(folder / str(items), **files)
        report = check_program(root, sandbox=sandbox, cache=folder / "cache", mirrors=(), download=False)
        assert report.ok, report.problems
        _checked[items] = report, pack(root)
    report, packed = _checked[items]
    return add_version(report, packed, by=None, owner=cast.a_school())


def right_fields(row: Diagnosis) -> dict[str, list[str]]:
    """What the form of the waiting item must send to be right."""
    waiting = row.given[-1]
    answer = right_answer(program_of(row.version).items[waiting["item"]], waiting["seed"])
    return {name: [value] if isinstance(value, str) else list(value) for name, value in answer.items()}
