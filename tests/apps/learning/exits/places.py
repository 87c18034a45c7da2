"""A program whose lesson has a page for teachers and an exit question, a class that runs it, a student who is signed in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from saem.apps.catalog.checking import CheckReport, check_program
from saem.apps.catalog.models import Version
from saem.apps.catalog.services import add_version
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.exits.queries import ExitQuestion, exit_of
from saem.apps.learning.queries import place_for
from saem.lib.content import pack
from saem.lib.content.items import right_answer
from saem.lib.sandbox import Sandbox
from tests import cast, sample

CHOICE = """\
- id: which-mean
  kind: choice
  skills: [mean]
  prompt: {ko: "1, 2, 6의 평균은 무엇인가요?", en: "What is the mean of 1, 2, 6?"}
  explanation: {ko: "모두 더해 3으로 나눠요.", en: "Add them all and divide by 3."}
  options:
    - {id: three, text: {ko: 셋이에요, en: It is three}, right: true}
    - {id: two, text: {ko: 둘이에요, en: It is two}, feedback: {ko: 그것은 가운데 값이에요., en: That is the median.}}
    - {id: nine, text: {ko: 아홉이에요, en: It is nine}, feedback: {ko: 나누지 않았어요., en: You did not divide.}}
- id: a-mean
  kind: number
  skills: [mean]
  prompt: {ko: "1, 2, 6의 평균을 적으세요.", en: "Write the mean of 1, 2, 6."}
  explanation: {ko: "9 나누기 3이에요.", en: "9 by 3."}
  answer: 3
- id: code-mean
  kind: code
  skills: [mean]
  prompt: {ko: "평균을 `mean`에 담으세요.", en: "Put the mean into `mean`."}
  explanation: {ko: 더해서 나눠요., en: Add and divide.}
  setup: "heights = [1, 2, 6]"
  start: "mean = ..."
  checks:
    - {id: value, title: {ko: 평균, en: Mean}, value: mean}
  solution: "mean = sum(heights) / 3"
  wrong: [{code: "mean = sum(heights)", fails: [value]}]
"""
SECRET = {"ko": "정답은 비밀 열쇠 말이에요", "en": "The answer is a secret key phrase"}
TEACHER = "{opening}\n\n## {plan}\n\n{secret} [1](lesson:growth) [2](project:heights)\n\n![{alt}](images/bean.svg)\n"
WORDS = {"ko": ("시간 계획이에요.", "계획", "콩 그림"), "en": ("A plan of the minutes.", "Plan", "A bean")}
_checked: dict[str, tuple[CheckReport, bytes]] = {}


def version_with_exit(sandbox: Sandbox, folder: Path, exit_item: str = "which-mean") -> Version:
    """Checked once for each exit question in a run of the suite."""
    if exit_item not in _checked:
        files = {
            "items__means.yaml": CHOICE,
            "lessons__growth__lesson.yaml": f"{sample.LESSON_YAML}exit: {exit_item}\n",
        }
        for language, (opening, plan, alt) in WORDS.items():
            text = TEACHER.format(opening=opening, plan=plan, alt=alt, secret=SECRET[language])
            files[f"lessons__growth__teacher.{language}.md"] = text
        root = sample.sample_program(folder / exit_item, **files)
        report = check_program(root, sandbox=sandbox, cache=folder / "cache", mirrors=(), download=False)
        assert report.ok, report.problems
        _checked[exit_item] = (report, pack(root))
    report, packed = _checked[exit_item]
    return add_version(report, packed, by=None, owner=cast.a_school())


@dataclass(frozen=True)
class Leaver:
    """A student at the end of the lesson."""

    enrolment: Enrolment
    client: Client

    @property
    def lesson_url(self) -> str:
        return reverse("learning:lesson", args=[self.enrolment.pk, sample.LESSON])

    @property
    def exit_url(self) -> str:
        return reverse("learning:exit", args=[self.enrolment.pk, sample.LESSON])

    @property
    def question(self) -> ExitQuestion:
        found = exit_of(place_for(self.enrolment.user, self.enrolment.pk, sample.LESSON, "ko"))
        assert found is not None
        return found

    def right(self) -> dict[str, Any]:
        return dict(right_answer(self.question.item, self.question.seed))

    def option(self, words: str) -> str:
        """What the form sends for the option with these words."""
        options = self.client.get(self.lesson_url).context["exit"].ask.options
        return next(option.key for option in options if option.html == words)

    def post(self, **fields: Any) -> Any:
        return self.client.post(self.exit_url, {"token": str(uuid4())} | fields)


def a_leaver(enrolment: Enrolment) -> Leaver:
    client = Client()
    client.force_login(enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    return Leaver(enrolment, client)


def signed_in_as(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
