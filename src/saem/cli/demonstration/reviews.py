"""Marks, words about AI tools and a peer review in the demonstration's class, as its people would have given them."""

import datetime as dt

from django.utils import timezone

from saem.apps.cohorts.models import Classroom
from saem.apps.people.models import User
from saem.apps.projects.models import AiPurpose, Team
from saem.apps.projects.reviews import ai_use, marking
from saem.apps.projects.reviews.ai_use import Told
from saem.apps.projects.reviews.marking import GivenMark
from saem.apps.projects.reviews.peers import dealing, giving, queries
from saem.apps.projects.reviews.peers.dealing import Wish
from saem.apps.projects.reviews.queries import room_for, seat_for
from saem.apps.projects.reviews.results import tell_results
from saem.apps.projects.teams.queries import members_of

LEVELS = {"problem": 3, "data": 3, "model": 2, "evaluation": 2, "ethics": 3, "solution": 1, "teamwork": 3}
COMMENTS = {
    "problem": "체육 선생님의 말이 들어가서 누가 왜 불편한지 뚜렷해요.",
    "model": "기준 모델은 잘 만들었어요. 이제 하나씩 바꿔 보세요.",
    "communication": "AI 도구를 어떻게 썼는지 밝힌 점이 좋아요.",
}
WORDS = "자료를 살펴보며 까닭까지 적은 점이 본받을 만했어요. 누가 빠졌는지도 적으면 더 좋겠어요."


def review_teams(classroom: Classroom, teacher: User) -> None:
    """The team that is furthest is marked and told, the next one is half marked; pupils review each other."""
    teams = list(Team.objects.working().filter(classroom=classroom).order_by("-pk"))
    if not teams:
        return
    furthest, *others = teams
    _say(furthest)
    _mark(teacher, furthest, finishes=True)
    room = room_for(teacher, classroom.pk, furthest.project)
    tell_results(room, [furthest])
    for team in others[:1]:
        _mark(teacher, team, finishes=False)
    wish = Wish(each=1, samples=0, closes_at=timezone.now() + dt.timedelta(days=7))
    round_ = dealing.open_round(room, wish)
    for task in round_.tasks.select_related("enrolment__user").order_by("pk")[:3]:
        work = queries.work_for(task.enrolment.user, task.pk)
        for place, each in enumerate(work.rubric.criteria):
            giving.save_peer_mark(work, criterion=each.id, level=2 + place % 2, comment="")
        giving.return_review(work, comment=WORDS)


def _say(team: Team) -> None:
    """One member used a chatbot, another none."""
    first, second, *_rest = members_of(team)
    told = Told(
        purpose=AiPurpose.CODE,
        milestone="baseline",
        tool="챗봇",
        asked="날짜로 자료를 나누는 코드를 물었다.",
        kept="나누는 줄만 받아들이고, 섞어서 나누는 줄은 뺐다. 앞날을 미리 보게 되기 때문이다.",
        checked="나눈 뒤 두 쪽의 마지막 날짜와 첫 날짜를 찍어 보았다.",
    )
    ai_use.tell_use(first, told)
    ai_use.tell_use(second, Told(purpose=AiPurpose.NONE))


def _mark(teacher: User, team: Team, *, finishes: bool) -> None:
    seat = seat_for(teacher, team.pk)
    criteria = seat.room.rubric.criteria if finishes else seat.room.rubric.criteria[:3]
    for each in criteria:
        given = GivenMark(criterion=each.id, level=LEVELS.get(each.id, 3), comment=COMMENTS.get(each.id, ""))
        marking.save_mark(seat, given)
    if finishes:
        marking.finish_marking(seat_for(teacher, team.pk), comment="전날 저녁이라는 쓸모를 찾아낸 것이 훌륭해요.")
