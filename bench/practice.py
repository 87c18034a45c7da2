"""Practice from a bank of 1,000 items: an answer taken in and the next item chosen: `python -m bench.practice`.

Inside the service (this process), and from the press of the button to the page that follows (a real `saem serve` on
loopback, one pupil, one connection); the first page and the first answer after the server's start stand apart. The
program is made here: number items over 20 skills, difficulties from -2 to 2.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.site import free_address, server, use_own_home

SKILLS, ITEMS = 20, 1000

PROGRAM = """\
format: 1
id: bench-practice
title: {{ko: 연습 측정, en: Practice bench}}
summary: {{ko: 측정, en: Bench}}
level: {{ko: 중학교, en: Lower secondary}}
licence: CC-BY-4.0
authors: [{{name: bench, institution: bench}}]
skills: [{skills}]
steps: [{{lesson: one}}]
"""
LESSON = """\
title: {{ko: 하나, en: One}}
goal: {{ko: 하나, en: One}}
minutes: 5
skills: [{skill}]
"""
ITEM = """\
- id: item-{number}
  kind: number
  skills: [{skill}]
  difficulty: {difficulty}
  prompt: {{ko: "{number}번: {{{{a}}}} × {{{{b}}}}는 얼마인가요?", en: "No. {number}: what is {{{{a}}}} × {{{{b}}}}?"}}
  explanation: {{ko: 곱해요., en: Multiply.}}
  parameters: {{a: {{low: 11, high: 99}}, b: {{low: 11, high: 99}}, c: a * b}}
  answer: c
"""


def write_program(root: Path) -> None:
    """The synthesised program."""
    skills = ", ".join(f"{{id: skill-{at}, title: {{ko: 요소 {at}, en: Skill {at}}}}}" for at in range(SKILLS))
    items = "".join(
        ITEM.format(number=at, skill=f"skill-{at % SKILLS}", difficulty=round(-2 + 4 * ((at * 7) % ITEMS) / ITEMS, 2))
        for at in range(ITEMS)
    )
    (root / "items").mkdir(parents=True)
    (root / "lessons" / "one").mkdir(parents=True)
    (root / "program.yaml").write_text(PROGRAM.format(skills=skills), encoding="utf-8")
    (root / "items" / "bank.yaml").write_text(items, encoding="utf-8")
    (root / "lessons" / "one" / "lesson.yaml").write_text(LESSON.format(skill="skill-0"), encoding="utf-8")
    for language in ("ko", "en"):
        (root / "lessons" / "one" / f"{language}.md").write_text("## One\n\nText.\n", encoding="utf-8")


def main() -> None:
    use_own_home()
    from bench import practice_world  # noqa: PLC0415  # Django may only be loaded after the home is set

    with TemporaryDirectory() as folder:
        root = Path(folder) / "bench-practice"
        write_program(root)
        pupils = practice_world.build(root)
    inside = practice_world.inside(pupils[0])
    address = free_address()
    with server(address):
        first = practice_world.first(pupils[1], address)
        pressed = practice_world.pressed(pupils[1], address)
    print(practice_world.table(ITEMS, inside, first, pressed))


if __name__ == "__main__":
    main()
