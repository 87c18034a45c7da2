"""Items for the sample program: sums of two numbers, as many and as hard as a test wants them."""

from collections.abc import Sequence

from saem.apps.catalog.queries import program_of
from saem.apps.learning.models import Diagnosis
from saem.lib.content.items import right_answer

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


def right_fields(row: Diagnosis) -> dict[str, list[str]]:
    """What the form of the waiting item must send to be right."""
    waiting = row.given[-1]
    answer = right_answer(program_of(row.version).items[waiting["item"]], waiting["seed"])
    return {name: [value] if isinstance(value, str) else list(value) for name, value in answer.items()}
