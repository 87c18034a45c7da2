"""Three teams of the demonstration's class at different stages, as pupils, teacher and pages would have made them."""

import json

from django.http import QueryDict

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.people.models import User
from saem.apps.projects.milestones import gates
from saem.apps.projects.milestones.asking import form_for
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.milestones.queries import milestone_in, stages_for
from saem.apps.projects.milestones.stages import asked_in, current_of
from saem.apps.projects.models import EvidenceKind, GateOutcome, Membership, Team, TeamMilestone
from saem.apps.projects.teams import forming, journal
from saem.apps.projects.teams.queries import members_of, team_for
from saem.cli.demonstration.showing import show_a_work
from saem.lib.content import Project

TEXTS = {
    "find": {
        "observations": "1. 아침에 비가 안 와서 우산을 안 가져온 친구가 하교할 때 비를 맞았다.\n"
        "2. 운동장 수업이 비 때문에 그날 아침에 갑자기 바뀌었다.\n3. 급식실 앞 바닥이 젖어 두 명이 미끄러졌다.",
        "interview": "체육 선생님: 전날 저녁에만 알아도 체육관을 미리 빌릴 수 있다고 하셨다.",
    },
    "define": {
        "goal": "전날 저녁에 내일 비가 올지 맞혀, 체육 수업이 갑자기 바뀌는 일을 한 달에 두 번 아래로 줄인다.",
        "without-ai": "기상청 예보를 보면 된다. 다만 시 전체의 예보라서 우리 동네와 다를 때가 있다."
        " 예보보다 나은지 재 본다.",
    },
    "data": {
        "risks": "비를 못 맞히면 준비 없이 젖는다 → 애매하면 우산을 챙기라고 알린다.\n"
        "도시 하나의 자료라서 다른 곳에는 맞지 않을 수 있다."
    },
}
RETURNED = "인터뷰가 한 문장뿐이에요. 언제 가장 불편했는지, 지금은 어떻게 하는지 한 번 더 물어봐 주세요."
CARD = {
    "source": "미국 시애틀의 날씨 기록 (vega_datasets의 seattle-weather)",
    "licence": "누구나 쓸 수 있는 공공 기록이에요.",
    "collected": "2012년부터 2015년까지 날마다 공항에서 쟀어요.",
    "people": "사람에 관한 것은 없어요.",
    "missing": "공항 한 곳이라 산과 바닷가의 날씨는 없어요. 습도와 기압도 빠져 있어요.",
}


def work_in_teams(pupils: list[Enrolment], teacher: User) -> None:
    """The newcomer's team waits at a gate, one mends what came back, one is at its baseline and shows a work."""
    program = program_of(pupils[0].classroom.cohort.version)
    project = next(each for each in program.projects.values() if each.team is not None)
    first = _team(project, "우산 없는 날", pupils[0:3])
    _pass(first, "find", teacher)
    _fill(first, "define")
    _hand_in(first)
    second = _team(project, "빗방울", pupils[3:6])
    _fill(second, "find")
    _decide(second, _hand_in(second), teacher, GateOutcome.RETURNED, RETURNED)
    third = _team(project, "먹구름", pupils[6:10])
    for stage in ("find", "define"):
        _pass(third, stage, teacher)
    _data_card(third, project)
    _pass(third, "data", teacher)
    _notebooks(third, project)
    _write(third)
    show_a_work(third, teacher)


def _team(project: Project, name: str, pupils: list[Enrolment]) -> Team:
    team = forming.form_team(pupils[0], project=project.id, name=name)
    for pupil in pupils[1:]:
        forming.join_team(pupil, project=project.id, code=team.join_code, most=len(pupils))
    return team


def _members(team: Team) -> list[Membership]:
    return list(members_of(team))


def _fill(team: Team, stage: str) -> None:
    """Each text by another member."""
    members = _members(team)
    for place, (ask, text) in enumerate(TEXTS[stage].items()):
        given = Given(kind=EvidenceKind.TEXT, text=text)
        save_evidence(members[place % len(members)], milestone=stage, ask=ask, given=given, seen=0)


def _hand_in(team: Team) -> TeamMilestone:
    access = team_for(_members(team)[0].enrolment.user, team.pk)
    assert access.membership is not None
    current = current_of(stages_for(team, access.project.milestones))
    assert current is not None
    return gates.hand_in(access, access.membership, current.milestone)


def _decide(team: Team, row: TeamMilestone, teacher: User, outcome: GateOutcome, comment: str) -> None:
    access = team_for(teacher, team.pk)
    milestone = milestone_in(access.project, row.milestone)
    gates.decide(access, milestone, outcome=outcome, comment=comment, seen=row.revision)


def _pass(team: Team, stage: str, teacher: User) -> None:
    _fill(team, stage)
    _decide(team, _hand_in(team), teacher, GateOutcome.PASSED, "잘 살펴봤어요.")


def _data_card(team: Team, project: Project) -> None:
    """Filled in as on the page, so that what it claims is looked at against the table."""
    member = _members(team)[1]
    access = team_for(member.enrolment.user, team.pk)
    asked = asked_in(milestone_in(project, "data"), "card")
    assert asked is not None
    table = next(each.file for each in project.downloads if each.file.endswith(".csv"))
    names = "\n".join(column.name for column in project.data_card.columns)
    data = QueryDict(mutable=True)
    data.update(CARD | {"seen": "0", "table": f"given:{table}", "rows": "1000", "columns": names})
    form = form_for(access, asked, None, language="ko", data=data)
    if form.is_valid():
        save_evidence(member, milestone="data", ask="card", given=form.given(), seen=0)


def _notebooks(team: Team, project: Project) -> None:
    """The starter, and the same with the first try written below it: two versions to compare."""
    members, starter = _members(team), json.loads(project.starters["ko"])
    for number, code in enumerate(("", "# 늘 비가 오지 않는다고 하면\n(train['rain_tomorrow'] == 0).mean()")):
        if code:
            unrun: dict[str, object] = {"metadata": {}, "outputs": [], "execution_count": None}
            starter["cells"].append({"id": "first-rule", "cell_type": "code", "source": code, **unrun})
        data = json.dumps(starter, ensure_ascii=False).encode()
        given = Given(kind=EvidenceKind.NOTEBOOK, name="baseline.ipynb", format="notebook", data=data)
        save_evidence(members[number], milestone="baseline", ask="notebook", given=given, seen=number)


def _write(team: Team) -> None:
    """Two weeks of the log, and one reflection for the teacher."""
    members, week = _members(team), journal.this_week()
    lines = (
        ("체육 선생님을 만나 이야기를 들었다", "전날 저녁에 알아야 쓸모가 있다는 것", "날씨 자료를 받아 본다"),
        ("데이터 카드를 쓰고 가장 단순한 규칙을 재 봤다", "늘 안 온다고 해도 절반은 맞는다", "기준 모델의 점수를 잰다"),
    )
    for place, (done, learned, plan) in enumerate(lines):
        when = week - journal.WEEK * (len(lines) - 1 - place)
        written = journal.Lines(done=done, learned=learned, plan=plan)
        journal.write_log(members[place], week=when, lines=written, seen=0)
    text = "자료를 나누는 것까지는 혼자 할 수 있었는데, 왜 날짜로 나누는지 친구에게 설명하는 것이 더 어려웠다."
    journal.write_reflection(members[0], text=text, seen=0)
