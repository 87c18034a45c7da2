"""One work of the demonstration's class that everybody can see, as its team, teacher and pages would have made it."""

import io

from PIL import Image, ImageDraw

from saem.apps.people.models import User
from saem.apps.projects.models import Area, Method, Showcase, Team
from saem.apps.projects.showcase import answering, publishing, writing
from saem.apps.projects.showcase.answering import Answer
from saem.apps.projects.showcase.pictures import Drawn, draw_anew
from saem.apps.projects.showcase.queries import asked_for
from saem.apps.projects.showcase.views.writing import desk_of
from saem.apps.projects.showcase.writing import Written
from saem.apps.projects.teams.queries import members_of, team_for

PARTS = {
    "title": "내일 체육은 체육관에서?",
    "problem": "비가 오는 날 아침에야 운동장 수업이 체육관 수업으로 바뀌었다. 체육관이 이미 차 있어서 한 달에 두 번은"
    " 교실에서 영상을 봤다. 전날 저녁에 알 수 있으면 체육관을 미리 빌릴 수 있다.",
    "whose": "체육 수업이 있는 학생과 체육 선생님",
    "method": "4년 동안 날마다 잰 기온, 강수량, 바람으로 다음 날 비가 올지 맞혔다. 날짜 순서로 나눠서, 앞의 3년으로"
    " 배우고 마지막 한 해로 시험했다. 늘 ‘안 온다’고 하는 규칙과, 오늘 날씨가 내일도 같다는 규칙을 먼저 재 봤다.",
    "found": "오늘 날씨가 내일도 같다는 규칙이 생각보다 강했다. 우리 모델은 그보다 조금 나았지만, 비가 오는 날을"
    " 놓치는 일이 더 문제라서 기준을 낮추는 쪽을 골랐다. 그러자 헛걸음은 늘고 젖는 날은 줄었다.",
    "limits": "도시 한 곳의 기록이라 산과 바닷가에서는 맞지 않을 수 있다."
    " 소나기처럼 갑자기 오는 비는 거의 맞히지 못한다.",
    "ai_use": "그래프를 그리는 코드에서 오류가 났을 때 물어봤다. 글과 결론은 우리가 썼다.",
    "reflection": "점수를 올리는 것보다 ‘틀렸을 때 누가 불편한가’를 정하는 데 시간이 더 걸렸다. 먼저 체육 선생님께"
    " 물어본 것이 가장 잘한 일이다.",
    "link": "",
    "picture_alt": "빗줄기 아래 파란 우산 하나를 단순하게 그린 그림.",
}


def show_a_work(team: Team, teacher: User) -> None:
    """Written by one, allowed by all (one of them by name), let out by the teacher."""
    members = list(members_of(team))
    skills = desk_of(team_for(members[0].enrolment.user, team.pk)).skills
    page = Written(
        parts=PARTS,
        area=Area.SCHOOL,
        methods=[Method.CLASSIFY],
        skills=skills,
        picture=drawing(),
        with_model_card=False,
    )
    writing.save_version(members[0], page, seen=0)
    answering.hand_in(members[0])
    for place, member in enumerate(members):
        answer = Answer(allows=True, shown_name="" if place else "먹구름 사냥꾼", is_of_age=True)
        answering.answer(asked_for(member.enrolment.user, team.pk), answer)
    publishing.approve(team, by=teacher, seen=Showcase.objects.get(team=team).revision)


def drawing() -> Drawn:
    """An umbrella in the rain: a picture without a face or a name."""
    picture, out = Image.new("RGB", (960, 480), (236, 243, 248)), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    for place in range(24):
        left, top = 20 + place * 40, 20 + place * 53 % 150
        pen.line((left, top, left - 14, top + 50), fill=(120, 160, 190), width=4)
    pen.pieslice((280, 110, 680, 510), 180, 360, fill=(37, 99, 160))
    pen.line((480, 300, 480, 430), fill=(60, 60, 60), width=10)
    pen.arc((430, 400, 485, 455), 0, 180, fill=(60, 60, 60), width=10)
    picture.save(out, "PNG")
    return draw_anew(out.getvalue())
