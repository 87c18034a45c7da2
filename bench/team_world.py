"""The cohort of teams that `bench.pages` measures: teams at work, marks, peers, similar code, mentors, a showcase, partners."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils import timezone

from bench import seed, showcase_world
from bench.mentor_world import Partners, make_partners
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment, new_join_code
from saem.apps.people.models import Institution, Role, Scope, User
from saem.apps.people.services import grant
from saem.apps.projects.models import (
    AiUse,
    CriterionMark,
    Evidence,
    EvidenceFile,
    GateDecision,
    LogEntry,
    Membership,
    PeerMark,
    PeerRound,
    PeerTask,
    SimilarityRun,
    SimilarPair,
    Team,
    TeamComment,
    TeamMarking,
    TeamMilestone,
    TeamResult,
)
from saem.apps.projects.reviews.board_place import BoardPlace
from saem.lib import content

A_TEAM, TEAMS_A_CLASS, BATCH = 3, 8, 2000
WEEKS, REVIEWS_EACH = 12, 2
PAIRS_OF_CLASS = 20
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class TeamWorld:
    """A cohort with its teams; the first team has done everything, and its people look at the pages."""

    cohort: Cohort
    project: content.Project
    classroom: Classroom
    team: Team
    pupil: User
    teacher: User
    staff: User
    notebook: int
    task: int
    pair: int
    partners: Partners
    work: str


def build(version: Version, office: Institution, *, teams: int, mentors: int, works: int) -> TeamWorld:
    """In one cohort `teams` teams, in another the teams of further `works`."""
    random.seed(teams)
    today = timezone.localdate()
    cohort = Cohort.objects.create(
        institution=office, version=version, title=f"teams {teams}", starts_on=today - 90 * DAY
    )
    teacher, staff = account(f"teacher-{teams}"), account(f"staff-{teams}")
    grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=office.pk)
    project = next(each for each in program_of(version).projects.values() if each.team is not None)
    made = make_teams(cohort, project.id, teams)
    room = made[0].classroom
    grant(teacher, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=room.pk)
    members = members_of(made)
    seed.projects_of(cohort, [one for people in members.values() for one in people])
    of_class = [team for team in made if team.classroom_id == room.pk]
    evidence = hand_in(made, members, project, teacher)
    write(of_class, members, teacher)
    mark(made, project, teacher)
    task = review(of_class, members, project)
    partners = make_partners(cohort, made, members, mentors=mentors, staff=staff)
    return TeamWorld(
        cohort=cohort,
        project=project,
        classroom=room,
        team=made[0],
        pupil=members[made[0].pk][0].user,
        teacher=teacher,
        staff=staff,
        notebook=evidence[made[0].pk],
        task=task,
        pair=find_alike(cohort, project, made, evidence, room),
        partners=partners,
        work=showcase_world.show(cohort, made, members, works=works),
    )


def account(name: str) -> User:
    return User.objects.create_account(display_name=name, email=f"{name}@bench.invalid")


def make_teams(cohort: Cohort, project: str, count: int) -> list[Team]:
    """Teams of three in classes of eight teams."""
    rooms = Classroom.objects.bulk_create(
        Classroom(cohort=cohort, name=f"bench {number:03d}", join_code=new_join_code())
        for number in range((count + TEAMS_A_CLASS - 1) // TEAMS_A_CLASS)
    )
    teams = Team.objects.bulk_create(
        Team(
            classroom=rooms[number // TEAMS_A_CLASS], project=project, name=f"모둠 {number}", join_code=new_join_code()
        )
        for number in range(count)
    )
    names = [f"bench-team-{cohort.pk}-{number}" for number in range(count * A_TEAM)]
    users = User.objects.bulk_create([User(username=name, display_name=name, email=None) for name in names], BATCH)
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(classroom=teams[place // A_TEAM].classroom, user=user, nickname=f"학생 {place:05d}")
            for place, user in enumerate(users)
        ],
        BATCH,
    )
    since = timezone.now() - 60 * DAY
    Membership.objects.bulk_create(
        [
            Membership(team=teams[place // A_TEAM], project=project, enrolment=one, role="data", since=since)
            for place, one in enumerate(enrolments)
        ],
        BATCH,
    )
    return teams


def members_of(teams: Sequence[Team]) -> dict[int, list[Enrolment]]:
    found: dict[int, list[Enrolment]] = {team.pk: [] for team in teams}
    rows = Membership.objects.filter(team__in=[team.pk for team in teams]).select_related("enrolment__user")
    for row in rows.order_by("pk"):
        found[row.team_id].append(row.enrolment)
    return found


def hand_in(
    teams: Sequence[Team], members: dict[int, list[Enrolment]], project: content.Project, teacher: User
) -> dict[int, int]:
    """The first team all ten stages, the others four, with decisions; returns the newest notebook of each team."""
    stages = TeamMilestone.objects.bulk_create(
        [
            TeamMilestone(team=team, milestone=each.id, status="passed", revision=1)
            for place, team in enumerate(teams)
            for each in (project.milestones if place == 0 else project.milestones[:4])
        ],
        BATCH,
    )
    GateDecision.objects.bulk_create(
        [
            GateDecision(milestone=one, outcome="passed", revision=1, decided_by=teacher, comment="좋아요")
            for one in stages
        ],
        BATCH,
    )
    asks = {each.id: each.evidence for each in project.milestones}
    versions = Evidence.objects.bulk_create(
        [
            version_of(stage, asked, number, members[stage.team_id][0])
            for stage in stages
            for asked in asks[stage.milestone]
            for number in (1, 2)
        ],
        BATCH,
    )
    notebook = project.starters["ko"]
    notebooks = [one for one in versions if one.format == "notebook"]
    EvidenceFile.objects.bulk_create([EvidenceFile(evidence=one, data=notebook) for one in notebooks], BATCH // 10)
    return {one.milestone.team_id: one.pk for one in notebooks}


def version_of(stage: TeamMilestone, asked: content.EvidenceAsked, number: int, by: Enrolment) -> Evidence:
    is_notebook = asked.kind == "notebook"
    card = {"source": "기록", "missing": "산", "task": "비", "score": 0.7} if asked.kind.endswith("card") else {}
    return Evidence(
        milestone=stage,
        ask=asked.id,
        number=number,
        based_on=number - 1,
        kind=asked.kind,
        text="본 것을 적었다.\n" * 10 if asked.kind == "text" else "",
        link="https://demo.example/" if asked.kind in {"link", "video"} else "",
        card=card,
        name="a.ipynb" if is_notebook else "",
        format="notebook" if is_notebook else "",
        sha256="0" * 64 if is_notebook else "",
        size=20_000 if is_notebook else 0,
        enrolment=by,
    )


def write(teams: Sequence[Team], members: dict[int, list[Enrolment]], teacher: User) -> None:
    """Twelve weeks of the log, words at a stage, and about AI tools."""
    now, first = timezone.now(), timezone.localdate() - WEEKS * 7 * DAY
    LogEntry.objects.bulk_create(
        LogEntry(
            team=team, week=first + week * 7 * DAY, number=1, enrolment=members[team.pk][0], done="했다", learned="배웠다",
            plan="한다", written_at=now,
        )
        for team in teams
        for week in range(WEEKS)
    )  # fmt: skip
    AiUse.objects.bulk_create(
        AiUse(team=team, enrolment=one, purpose="code", tool="챗봇", kept="반", checked="돌려 봄")
        for team in teams
        for one in members[team.pk]
    )
    stages = TeamMilestone.objects.filter(team__in=[team.pk for team in teams])
    TeamComment.objects.bulk_create(
        TeamComment(milestone=stage, text="잘했어요", author=teacher) for stage in stages for _again in range(5)
    )


def mark(teams: Sequence[Team], project: content.Project, teacher: User) -> None:
    """Every team is marked and told."""
    rubric = project.rubric
    assert rubric is not None
    now = timezone.now()
    markings = TeamMarking.objects.bulk_create(
        [TeamMarking(team=team, marker=teacher, comment="수고했어요", finished_at=now) for team in teams], BATCH
    )
    CriterionMark.objects.bulk_create(
        [
            CriterionMark(marking=one, criterion=each.id, level=random.randint(1, 4))
            for one in markings
            for each in rubric.criteria
        ],
        BATCH,
    )
    levels = {each.id: {"level": 3, "comments": ["좋아요"]} for each in rubric.criteria}
    board = asdict(BoardPlace(code="place.no_board")) | {"share": 0}
    TeamResult.objects.bulk_create(
        [TeamResult(team=team, mark=75, levels=levels, board=board) for team in teams], BATCH
    )


def review(teams: Sequence[Team], members: dict[int, list[Enrolment]], project: content.Project) -> int:
    """A round of the class, half of it returned; returns a task of the first pupil."""
    assert project.rubric is not None
    now = timezone.now()
    round_ = PeerRound.objects.create(
        classroom=teams[0].classroom, project=project.id, each=REVIEWS_EACH, seed="0", secret=b"0", closes_at=now + DAY
    )
    tasks = PeerTask.objects.bulk_create(
        PeerTask(
            round=round_, enrolment=one, team=teams[(at + step) % len(teams)], alias=f"a{one.pk % 10**6}{step}",
            reviewer_alias=f"r{one.pk % 10**6}{step}", place=step, begun_at=now, returned_at=now if step > 1 else None,
            comment="자료를 고른 까닭이 뚜렷해요.",
        )
        for at, team in enumerate(teams)
        for one in members[team.pk]
        for step in range(1, REVIEWS_EACH + 1)
    )  # fmt: skip
    PeerMark.objects.bulk_create(
        PeerMark(task=task, criterion=each.id, level=3) for task in tasks for each in project.rubric.criteria
    )
    return tasks[0].pk


def find_alike(
    cohort: Cohort, project: content.Project, teams: Sequence[Team], notebooks: dict[int, int], room: Classroom
) -> int:
    """A run with a pair for each team, those of the first team first; returns its first one."""
    run = SimilarityRun.objects.create(cohort=cohort, project=project.id, state="done", finished_at=timezone.now())
    others = [team for team in teams[1:] if team.classroom_id != room.pk] or teams[1:]
    chosen = [(teams[0], other) for other in others[:PAIRS_OF_CLASS]]
    chosen += [(random.choice(others), random.choice(others)) for _again in range(len(teams) - len(chosen))]
    pairs = SimilarPair.objects.bulk_create(
        [
            SimilarPair(
                run=run, place=place, of_first=0.6, of_second=0.5, tokens=80, passages=[[80, 1, 1, 2, 1, 1, 1, 2, 1]] * 5,
                first_evidence_id=notebooks[one.pk], first_classroom_id=one.classroom_id,
                second_evidence_id=notebooks[other.pk], second_classroom_id=other.classroom_id,
            )
            for place, (one, other) in enumerate(chosen)
        ],
        BATCH,
    )  # fmt: skip
    return pairs[0].pk
