"""How a learner's mastery of a skill is said: a word, a sign and a number, and why nothing is said."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.learning.models import SkillMastery
from saem.lib.learners import Estimate
from saem.lib.learners.adaptive import PracticePolicy, Zone
from saem.lib.learners.grouping import Standing, standing

# Practice aims at items that are answered right at least this often; who stays below surely needs something else.
THRESHOLD = Zone().low
# Practice itself counts a skill as uncertain with fewer first tries than this, or with a range wider than that: what a
# model expects of a learner by their other skills is no ground for a claim about this one.
FEW, WIDE = PracticePolicy().few, PracticePolicy().wide


class Level(StrEnum):
    """The standings, and that nothing is known yet."""

    NONE = "none"
    NEEDS = "needs"
    UNSURE = "unsure"
    HOLDS = "holds"
    REFUSED = "refused"


WORDS: dict[Level, Promise] = {
    Level.NONE: _("아직"),
    Level.NEEDS: _("도움 필요"),
    Level.UNSURE: _("더 봐야 해요"),
    Level.HOLDS: _("잘 알아요"),
    Level.REFUSED: _("판단하지 않음"),
}
SIGNS = {Level.NONE: "·", Level.NEEDS: "▼", Level.UNSURE: "~", Level.HOLDS: "✓", Level.REFUSED: "?"}
# The class's look of a step of the grid (styles/tables.css).
LOOKS = {Level.NONE: "o", Level.NEEDS: "w", Level.UNSURE: "p", Level.HOLDS: "d", Level.REFUSED: "o"}
WHY: dict[str, Promise] = {
    "unknown_skill": _("학습자 모형이 이 성취 요소를 아직 몰라요."),
    "skill_seen_once": _("모형을 맞출 때 이 성취 요소의 풀이가 하나뿐이었어요."),
    "skill_all_right": _("모형을 맞출 때 모두가 맞혀서, 아는 것과 모르는 것을 가를 수 없어요."),
    "skill_all_wrong": _("모형을 맞출 때 모두가 틀려서, 아는 것과 모르는 것을 가를 수 없어요."),
    "skill_scarce": _("모형을 맞출 때 이 성취 요소의 풀이가 너무 적었어요."),
}
REFUSED = _("학습자 모형이 이 성취 요소에서는 결론을 내리지 않아요.")


@dataclass(frozen=True)
class Cell:
    """One student and one skill; the numbers are in percent, and only where something is known."""

    skill: str
    level: Level
    value: int = 0
    low: int = 0
    high: int = 0
    responses: int = 0
    is_wide: bool = False
    code: str = ""

    @classmethod
    def of(cls, skill: str, row: SkillMastery | None) -> "Cell":
        """A row without a response is what the model expects of anybody, so it says nothing of this learner."""
        if row is None or not row.responses:
            return cls(skill, Level.NONE)
        level = Level(standing(Estimate(row.value, row.low, row.high, usable=row.usable), THRESHOLD))
        if row.responses < FEW and row.usable:
            level = Level.UNSURE
        low, value, high = (round(100 * number) for number in (row.low, row.value, row.high))
        return cls(
            skill, level, value, low, high, row.responses, row.high - row.low > WIDE, "" if row.usable else row.why
        )

    @property
    def is_known(self) -> bool:
        return self.level != Level.NONE

    @property
    def word(self) -> Promise:
        return WORDS[self.level]

    @property
    def sign(self) -> str:
        return SIGNS[self.level]

    @property
    def look(self) -> str:
        return LOOKS[self.level]

    @property
    def is_doubtful(self) -> bool:
        """Drawn with dots: a number not to build on."""
        return self.is_wide or self.is_early or self.level == Level.REFUSED

    @property
    def is_early(self) -> bool:
        """Answered too seldom for a claim, however narrow the range."""
        return 0 < self.responses < FEW

    @property
    def why(self) -> Promise | str:
        """Why the model draws no conclusion, or nothing."""
        return WHY.get(self.code, REFUSED) if self.level == Level.REFUSED else ""


LEGEND = tuple((SIGNS[level], WORDS[level], LOOKS[level]) for level in (Level.NEEDS, Level.UNSURE, Level.HOLDS))
assert {Level(each) for each in Standing} == set(Level) - {Level.NONE}
