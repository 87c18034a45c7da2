"""Tasks as their reviewer may see them, reviews as the team may: neither query reads the other side's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.people.models import User
from saem.apps.projects.models import AiUse, Evidence, Membership, PeerMark, PeerRound, PeerTask, Team
from saem.apps.projects.reviews.evidence import Shown, shown_of
from saem.apps.projects.workspace.notebooks.reading import Cell
from saem.apps.projects.workspace.versions import Answer
from saem.errors import SaemError
from saem.lib import content

HIDDEN = "○○"
# A name of one letter is in half of all words.
SHORTEST_NAME = 2
OF_A_TASK = (
    *("id", "alias", "comment", "place", "begun_at", "returned_at", "is_sample", "team_id", "enrolment_id", "round_id"),
    *("round__closes_at", "round__told_at", "round__project", "round__classroom_id"),
)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A task before its reviewer: a work behind an alias. Whose it is stands nowhere in it."""

    task: PeerTask
    project: content.Project
    rubric: content.Rubric
    user: User

    @property
    def is_open(self) -> bool:
        return self.task.round.is_open


@dataclass(frozen=True, kw_only=True)
class Received:
    """A review as the team reads it."""

    alias: str
    comment: str
    marks: list[PeerMark]


Given = tuple[content.Text, PeerMark]


def tasks_of(enrolment: Enrolment, project: str) -> list[PeerTask]:
    """A pupil's own tasks of rounds that are not told yet, in the order in which they are shown."""
    rows = PeerTask.objects.filter(enrolment=enrolment, round__project=project, round__told_at=None, dropped_at=None)
    return list(rows.select_related("round").only(*OF_A_TASK).order_by("place", "pk"))


def work_for(user: User, pk: int) -> Work:
    """A task of `user`'s own. Raises SaemError `peer.own_team` once they are in that team."""
    task = (
        PeerTask.objects.filter(pk=pk, enrolment__user_id=user.pk, enrolment__left_at=None, dropped_at=None)
        .select_related("round")
        .only(*OF_A_TASK)
        .first()
    )
    if task is None:
        raise Http404
    _refuse_own(task)
    project = _project_of(task.round)
    if project.rubric is None:
        raise Http404
    return Work(task=task, project=project, rubric=project.rubric, user=user)


def _refuse_own(task: PeerTask) -> None:
    """A team changes after reviews were dealt: who came into it does not review it."""
    here = Q(team=task.team_id) | Q(team__merged=task.team_id)
    if Membership.objects.current().filter(here, enrolment=task.enrolment_id).exists():
        raise SaemError("peer.own_team", status=403)


def _project_of(opened: PeerRound) -> content.Project:
    round_ = PeerRound.objects.select_related("classroom__cohort__version__program").get(pk=opened.pk)
    found = program_of(round_.classroom.cohort.version).projects.get(round_.project)
    if found is None:
        raise Http404
    return found


def shown_to_peer(work: Work) -> list[Shown]:
    """What the team handed in, the names of its people and its own put out of sight where they can be read as text."""
    team = Team.objects.only("pk").get(pk=work.task.team_id)
    hide = _hiding(work.task.team_id)
    return [
        replace(
            each,
            text=hide(each.text),
            cells=[_hidden_cell(cell, hide) for cell in each.cells],
            answers=[
                Answer(answer.label, hide(answer.value) if isinstance(answer.value, str) else answer.value)
                for answer in each.answers
            ],
        )
        for each in shown_of(team, work.project.milestones)
    ]


def uses_shown_to_peer(work: Work) -> list[AiUse]:
    """What the team says about AI tools, without who said it."""
    hide = _hiding(work.task.team_id)
    rows = AiUse.objects.filter(team=work.task.team_id, withdrawn_at=None).defer("enrolment").order_by("written_at")
    found = list(rows)
    for use in found:
        use.tool, use.asked, use.kept, use.checked = map(hide, (use.tool, use.asked, use.kept, use.checked))
    return found


def file_for(work: Work, version: int) -> tuple[bytes, str]:
    """A file of the work under a name that tells nothing."""
    found = (
        Evidence.objects.filter(pk=version, milestone__team=work.task.team_id).exclude(sha256="")
        .select_related("file").only("id", "name", "format", "file__data").first()
    )  # fmt: skip
    if found is None:
        raise Http404
    ending = re.search(r"\.[A-Za-z0-9]{1,5}$", found.name)
    return bytes(found.file.data), f"{work.task.alias}-{found.pk}{ending[0].lower() if ending else ''}"


def received_by(team: Team) -> list[Received]:
    """Reviews of a team once the round is told, in two queries; whoever wrote them is not read."""
    return _received(_returned_to(team).filter(round__told_at__isnull=False))


def received_so_far(team: Team) -> list[Received]:
    """The same for its markers, who need not wait for the round's end."""
    return _received(_returned_to(team))


def _returned_to(team: Team) -> QuerySet[PeerTask]:
    return PeerTask.objects.filter(team=team, is_sample=False, dropped_at=None, returned_at__isnull=False)


def _received(tasks: QuerySet[PeerTask]) -> list[Received]:
    read = tasks.only("id", "reviewer_alias", "comment").prefetch_related("marks").order_by("reviewer_alias")
    return [
        Received(alias=task.reviewer_alias, comment=task.comment, marks=sorted(task.marks.all(), key=lambda m: m.pk))
        for task in read
    ]


def by_criterion(rubric: content.Rubric, received: Sequence[Received]) -> list[tuple[Received, list[Given]]]:
    """Reviews with each mark under the title of its criterion."""
    titles = {each.id: each.title for each in rubric.criteria}
    return [
        (each, [(titles[mark.criterion], mark) for mark in each.marks if mark.criterion in titles]) for each in received
    ]


class _hiding:  # noqa: N801  # reads as the function it is
    """Puts names of a team's people, and the team's own, out of sight."""

    def __init__(self, team: int) -> None:
        rows = Membership.objects.filter(team=team).values_list(
            "enrolment__nickname", "enrolment__user__display_name", "team__name"
        )
        names = {name.strip() for row in rows for name in row if len(name.strip()) >= SHORTEST_NAME}
        ordered = sorted(names, key=lambda name: (-len(name), name))
        self._names = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __call__(self, text: str) -> str:
        return self._names.sub(HIDDEN, text) if self._names is not None else text


def _hidden_cell(cell: Cell, hide: _hiding) -> Cell:
    return replace(cell, source=hide(cell.source), output=_hidden_output(cell.output, hide))


def _hidden_output(value: Any, hide: _hiding) -> Any:
    """Every text of an output; a figure's bytes are none."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_hidden_output(each, hide) for each in value]
    if isinstance(value, dict):
        return {name: each if name == "png" else _hidden_output(each, hide) for name, each in value.items()}
    return value


def task_marks(task: PeerTask) -> dict[str, PeerMark]:
    return {mark.criterion: mark for mark in PeerMark.objects.filter(task=task)}


def round_tasks(opened: PeerRound) -> Sequence[PeerTask]:
    """Every task of a round, for its teachers, who know both sides."""
    rows = PeerTask.objects.filter(round=opened).select_related("enrolment", "team")
    return list(rows.prefetch_related("marks").order_by("enrolment__nickname", "enrolment", "place"))
