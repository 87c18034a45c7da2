"""A program with practice items of many kinds, published in a class, and a student who practises."""

from collections.abc import Mapping
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
from saem.apps.learning.models import PracticeState
from saem.apps.learning.practice import services
from saem.apps.learning.practice.queries import Bench, bench_for
from saem.lib.content import pack
from saem.lib.content.items import right_answer
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.sample import PROGRAM, sample_program

SKILLS = "skills: [{id: mean, title: {ko: 평균, en: Mean}}, {id: growth, title: {ko: 자람, en: Growth}}]"
COUNT = """\
- id: count-beans
  kind: number
  skills: [mean]
  difficulty: -1
  prompt: {ko: "콩이 {{rows}}줄에 {{each}}개씩 있어요. 모두 몇 개인가요?", en: "There are {{rows}} rows of {{each}} beans. How many?"}
  hints:
    - {ko: 한 줄에 몇 개인지 보세요., en: Look at one row.}
    - {ko: 더하지 말고 곱해 보세요., en: Multiply and do not add.}
  explanation: {ko: "{{rows}} × {{each}} = {{all}}이에요.", en: "{{rows}} × {{each}} = {{all}}."}
  parameters: {rows: {low: 3, high: 9}, each: {low: 11, high: 19}, all: rows * each}
  answer: all
  unit: {ko: 개, en: beans}
  mistakes: [{answer: rows + each, feedback: {ko: 더했어요. 곱해야 해요., en: You added. Multiply.}}]
"""
CHOOSE = """\
- id: what-grows
  kind: choice
  skills: [growth]
  difficulty: -0.5
  prompt: {ko: 콩에서 먼저 나오는 것은 무엇인가요?, en: What comes out of a bean first?}
  hints: [{ko: 물을 찾아가요., en: It looks for water.}]
  explanation: {ko: 뿌리가 먼저 나와 물을 빨아들여요., en: The root comes first and drinks.}
  options:
    - {id: root, text: {ko: 뿌리, en: The root}, right: true}
    - {id: leaf, text: {ko: 잎, en: A leaf}, feedback: {ko: 잎은 빛을 만난 다음에 펴져요., en: Leaves open later.}}
    - {id: flower, text: {ko: 꽃, en: A flower}, feedback: {ko: 꽃은 한참 뒤예요., en: Much later.}}
"""
CODE = """\
- id: twice
  kind: code
  skills: [growth]
  difficulty: 0.5
  prompt: {ko: "`height`의 두 배를 `twice`에 담으세요.", en: "Put twice the `height` into `twice`."}
  explanation: {ko: 2를 곱하면 돼요., en: Multiply by 2.}
  setup: "height = 21"
  start: "twice = ..."
  checks:
    - {id: twice, title: {ko: 두 배, en: Twice}, value: twice, hint: {ko: 곱하기는 별표예요., en: A star multiplies.}}
  solution: "twice = 2 * height"
  wrong: [{code: "twice = height", fails: [twice]}]
"""
ITEMS = COUNT + CHOOSE + CODE
_checked: dict[str, tuple[CheckReport, bytes]] = {}


def version_with_items(sandbox: Sandbox, folder: Path, items: str = ITEMS) -> Version:
    """Checked once for each text of items in a run of the suite."""
    if items not in _checked:
        program = PROGRAM.replace("skills: [{id: mean, title: {ko: 평균, en: Mean}}]", SKILLS)
        changes = {"program.yaml": program, "items__beans.yaml": items}
        root = sample_program(folder, **changes)
        report = check_program(root, sandbox=sandbox, cache=folder / "cache", mirrors=(), download=False)
        assert report.ok, report.problems
        _checked[items] = (report, pack(root))
    report, packed = _checked[items]
    return add_version(report, packed, by=None, owner=cast.a_school())


@dataclass(frozen=True)
class Learner:
    enrolment: Enrolment
    client: Client

    @property
    def url(self) -> str:
        return reverse("practice:item", args=[self.enrolment.pk])

    @property
    def growth_url(self) -> str:
        return reverse("practice:growth", args=[self.enrolment.pk])

    @property
    def bench(self) -> Bench:
        return bench_for(self.enrolment.user, self.enrolment.pk)

    @property
    def practice(self) -> PracticeState:
        return PracticeState.objects.get(enrolment=self.enrolment)

    def wait_for(self, item: str, seed: int = 7) -> PracticeState:
        """Let this item wait, as if it had been chosen."""
        practice = services.give(self.bench)
        practice.item, practice.seed = item, seed
        practice.why = {"code": "weakest_skill", "skill": "mean", "chance": 0.7, "parameters": {}}
        practice.hints = practice.tries = 0
        practice.save()
        return practice

    def right(self) -> Mapping[str, Any]:
        practice = self.practice
        return right_answer(self.bench.items[practice.item], practice.seed)

    def post(self, action: str = "answer", **fields: Any) -> Any:
        """Press a button of the page as it is now."""
        practice = self.practice
        sent = {"action": action, "item": practice.item, "seed": practice.seed, "token": str(uuid4())}
        return self.client.post(self.url, sent | fields)


def a_learner(version: Version) -> Learner:
    enrolment = cast.a_student(cast.a_classroom(cast.a_cohort(version)))
    client = Client()
    client.force_login(enrolment.user, backend="django.contrib.auth.backends.ModelBackend")
    return Learner(enrolment, client)
