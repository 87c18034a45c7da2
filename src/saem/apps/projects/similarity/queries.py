"""Pairs as a teacher may see them: at least one side is of the class, and another class's people stay unnamed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404

from saem.apps.cohorts.queries import classrooms_seen_by
from saem.apps.projects.milestones.queries import bytes_of
from saem.apps.projects.models import (
    AiUse,
    Evidence,
    Membership,
    SimilarityRun,
    SimilarPair,
    Submission,
    SubmissionKind,
    Team,
)
from saem.apps.projects.queries import file_of
from saem.apps.projects.reviews.queries import Room
from saem.apps.projects.similarity.works import cells_of
from saem.apps.projects.workspace.experiments import submissions_of

PAIRS_A_PAGE = 30
MOST_PASSAGES = 20
MOST_LINES = 60
# Beside the mark of one team.
MOST_PAIRS = 10
WITH_SIDES = tuple(
    f"{side}_{name}"
    for side in ("first", "second")
    for name in ("submission__enrolment", "evidence__milestone__team", "classroom")
)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One work of a pair. Without `is_known` its class is another's, and who it is stays unsaid."""

    name: str
    who: str
    classroom: str
    share: float
    is_known: bool


@dataclass(frozen=True, kw_only=True)
class PairLine:
    pair: SimilarPair
    first: Side
    second: Side

    @property
    def passages_part(self) -> str:
        """The element that holds the passages."""
        return f"passages-{self.pair.pk}"

    @property
    def score(self) -> float:
        return max(self.pair.of_first, self.pair.of_second)


@dataclass(frozen=True)
class CodeLine:
    cell: int
    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One passage with the lines of both sides; `is_cut` where there are more."""

    tokens: int
    first: list[CodeLine]
    second: list[CodeLine]
    is_cut: bool


def newest_run(room: Room) -> SimilarityRun | None:
    rows = SimilarityRun.objects.filter(cohort=room.classroom.cohort_id, project=room.project.id)
    return rows.order_by("-asked_at", "-pk").first()


def newest_found(room: Room) -> SimilarityRun | None:
    """The newest run that has come to something."""
    rows = SimilarityRun.objects.filter(cohort=room.classroom.cohort_id, project=room.project.id, state="done")
    return rows.order_by("-asked_at", "-pk").first()


def pairs_of(room: Room, run: SimilarityRun) -> QuerySet[SimilarPair]:
    """Pairs with a work of the class, by what they share."""
    mine = Q(first_classroom=room.classroom) | Q(second_classroom=room.classroom)
    return run.pairs.filter(mine).select_related(*WITH_SIDES).order_by("place")


def pairs_with(room: Room, team: Team) -> list[PairLine]:
    """Pairs of the newest run with a work of this team, the most alike first; nothing to whoever does not lead."""
    run = newest_found(room) if room.is_lead else None
    if run is None:
        return []
    mine = submissions_of(team).order_by().values("pk")
    is_theirs = Q(first_evidence__milestone__team=team) | Q(second_evidence__milestone__team=team)
    is_theirs |= Q(first_submission__in=mine) | Q(second_submission__in=mine)
    return lines_of(room, list(pairs_of(room, run).filter(is_theirs)[:MOST_PAIRS]))


def pairs_page(room: Room, run: SimilarityRun, number: str | int | None) -> tuple[Page[SimilarPair], list[PairLine]]:
    page = Paginator(pairs_of(room, run), PAIRS_A_PAGE).get_page(number)
    return page, lines_of(room, list(page.object_list))


def lines_of(room: Room, pairs: Sequence[SimilarPair]) -> list[PairLine]:
    """With who they are, in three queries whatever their number."""
    rooms = {key for pair in pairs for key in (pair.first_classroom_id, pair.second_classroom_id)}
    seen = set(classrooms_seen_by(room.user).filter(pk__in=rooms).values_list("pk", flat=True))
    people = {
        each.enrolment_id
        for pair in pairs
        for each in (pair.first_submission, pair.second_submission)
        if each is not None
    }
    rows = Membership.objects.filter(project=room.project.id, until=None, enrolment__in=people)
    teams = dict(rows.values_list("enrolment", "team__name"))
    return [
        PairLine(
            pair=pair,
            first=_side(pair.first_submission, pair.first_evidence, pair.of_first, pair.first_classroom, seen, teams),
            second=_side(
                pair.second_submission, pair.second_evidence, pair.of_second, pair.second_classroom, seen, teams
            ),
        )
        for pair in pairs
    ]


def _side(  # noqa: PLR0917  # the columns of one side
    submission: Submission | None, evidence: Evidence | None, share: float, classroom: object, seen: set[int],
    teams: dict[int, str],
) -> Side:  # fmt: skip
    is_known = getattr(classroom, "pk", 0) in seen
    who = ""
    if submission is not None:
        name, team = submission.name, teams.get(submission.enrolment_id)
        who = f"{team} · {submission.enrolment.nickname}" if team else submission.enrolment.nickname
    else:
        assert evidence is not None
        name, who = evidence.name, evidence.milestone.team.name
    return Side(
        name=name if is_known else "", who=who if is_known else "", share=share, is_known=is_known,
        classroom=str(getattr(classroom, "name", "")) if is_known else "",
    )  # fmt: skip


def pair_for(room: Room, pk: int) -> PairLine:
    """A pair of any run with a work of the class."""
    mine = Q(first_classroom=room.classroom) | Q(second_classroom=room.classroom)
    pair = (
        SimilarPair.objects.filter(mine, pk=pk, run__project=room.project.id).select_related(*WITH_SIDES, "run").first()
    )
    if pair is None:
        raise Http404
    return lines_of(room, [pair])[0]


def passages_of(pair: SimilarPair) -> tuple[list[Beside], int]:
    """The longest passages with their lines, and how many more there are."""
    first = _cells(pair.first_submission, pair.first_evidence)
    second = _cells(pair.second_submission, pair.second_evidence)
    found = []
    for tokens, *places in pair.passages[:MOST_PASSAGES]:
        one, other = _lines(first, places[:4]), _lines(second, places[4:])
        is_cut = max(len(one), len(other)) > MOST_LINES
        found.append(Beside(tokens=tokens, first=one[:MOST_LINES], second=other[:MOST_LINES], is_cut=is_cut))
    return found, max(0, len(pair.passages) - MOST_PASSAGES)


def _cells(submission: Submission | None, evidence: Evidence | None) -> tuple[str, ...]:
    if submission is not None:
        return cells_of(file_of(submission), is_notebook=submission.kind == SubmissionKind.NOTEBOOK) or ()
    assert evidence is not None
    return cells_of(bytes_of(evidence), is_notebook=evidence.format == "notebook") or ()


def _lines(cells: Sequence[str], place: Sequence[int]) -> list[CodeLine]:
    """Lines from one place to another; cells and lines count from 1."""
    cell, line, last_cell, last_line = place
    found = []
    for number in range(cell, min(last_cell, len(cells)) + 1):
        rows = cells[number - 1].splitlines()
        begin = line if number == cell else 1
        end = last_line if number == last_cell else len(rows)
        found += [CodeLine(number, at, rows[at - 1]) for at in range(begin, min(end, len(rows)) + 1)]
    return found


def uses_beside(line: PairLine) -> list[AiUse]:
    """What the people of both sides said about AI tools, as far as whoever looks knows them."""
    sides = [
        (line.first, line.pair.first_submission, line.pair.first_evidence),
        (line.second, line.pair.second_submission, line.pair.second_evidence),
    ]
    asked = Q(pk__in=[])
    for side, submission, evidence in sides:
        if side.is_known and evidence is not None:
            asked |= Q(team=evidence.milestone.team_id)
        elif side.is_known and submission is not None:
            asked |= Q(team__memberships__enrolment=submission.enrolment_id, team__project=submission.project)
    rows = AiUse.objects.filter(asked, withdrawn_at=None).select_related("enrolment", "team")
    return list(rows.distinct().order_by("team", "written_at"))
