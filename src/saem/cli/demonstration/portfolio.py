"""The portfolio of the pupil that a newcomer signs in as: three reflections, some shown to teachers or by link."""

from saem.apps.awards.models import Audience
from saem.apps.awards.portfolio import entries, reflecting
from saem.apps.cohorts.models import Enrolment
from saem.apps.people.models import User

TITLE = "비를 읽는 사람이 되기까지"
INTRODUCTION = "우산을 자주 잃어버려서 시작했어요. 내일 비가 올지 하루 전에 알 수 있을까요?"
HARD = """처음에는 `describe()`가 보여 주는 숫자가 무슨 뜻인지 몰라서 **막혔다**.

- 평균이랑 중앙값이 다르게 나와서 한참 봤다.
- 비가 안 온 날이 훨씬 많아서 그렇다는 것을 알았다."""
CHANGED = "기온만 보다가 습도도 같이 봤다. 비 온 날과 안 온 날이 더 잘 나뉘어 보였다. 다음에는 바람도 넣어 볼 거다."
PRIVATE = "모둠에서 내 생각을 말하는 것이 아직 떨린다. 다음 시간에는 한 번만 먼저 말해 보자."


def reflect(user: User, enrolment: Enrolment) -> None:
    """Write and choose, as the pupil would have done on the pages."""
    portfolio = entries.stored(user)
    entries.introduce(portfolio, title=TITLE, introduction=INTRODUCTION)
    about = f"lessons:{enrolment.pk}"
    hard = reflecting.begin(portfolio, prompt="hard", about=about, text=HARD.partition("\n")[0], audience=Audience.LINK)
    reflecting.write(hard, text=HARD, audience=Audience.LINK, seen=1)
    reflecting.begin(portfolio, prompt="changed", about=about, text=CHANGED, audience=Audience.TEACHERS)
    reflecting.begin(portfolio, prompt="free", about="", text=PRIVATE, audience=Audience.NOBODY)
    entries.choose(portfolio, about, audience=Audience.LINK, remark="처음으로 자료를 그림으로 그려 본 수업이에요.")
