"""A notebook of a team before one person: the versions that it has, and that person's own draft."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from saem.apps.people.models import User
from saem.apps.projects.milestones.queries import Place, place_for
from saem.apps.projects.models import DraftCell, Evidence, EvidenceFile, EvidenceKind, NotebookDraft
from saem.apps.projects.workspace.notebooks.reading import Opened, open_notebook
from saem.errors import SaemError
from saem.lib import content


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A notebook that a stage asks for, before one person; `draft` is their own."""

    place: Place
    draft: NotebookDraft | None

    @property
    def may_write(self) -> bool:
        return self.place.may_write and self.draft is not None

    @property
    def others(self) -> Evidence | None:
        """The newest version, where the draft's writer has not seen it."""
        newest = self.place.newest
        return newest if newest is not None and self.draft is not None and newest.number > self.draft.based_on else None


def desk_for(user: User, pk: int, milestone: str, ask: str) -> Desk:
    """A notebook of a team that `user` may see, or Http404."""
    place = place_for(user, pk, milestone, ask)
    if EvidenceKind(place.asked.kind) is not EvidenceKind.NOTEBOOK:
        raise Http404
    mine = place.access.membership
    draft = None
    if mine is not None and place.stage.row is not None:
        mine_here = NotebookDraft.objects.filter(milestone=place.stage.row, ask=ask, enrolment=mine.enrolment)
        draft = mine_here.select_related("enrolment__user").first()
    return Desk(place=place, draft=draft)


def version_at(place: Place, pk: int) -> Evidence:
    """A version of this very notebook, or Http404."""
    found = Evidence.objects.filter(pk=pk, milestone=place.stage.row, ask=place.asked.id)
    version = found.select_related("enrolment").first()
    if version is None:
        raise Http404
    return version


def opened_version(version: Evidence) -> Opened:
    """A version's cells. Raises SaemError `notebook.gone` where its file is not there, or as `open_notebook`."""
    data = EvidenceFile.objects.filter(evidence=version).values_list("data", flat=True).first()
    if data is None:
        raise SaemError("notebook.gone", status=410, number=version.number)
    return open_notebook(bytes(data))


def opened_starter(project: content.Project, language: str) -> Opened | None:
    """The project's starter notebook in the reader's language, else in Korean; None where it has none."""
    data = project.starters.get(language) or project.starters.get("ko")
    return open_notebook(data) if data is not None else None


def cells_of(draft: NotebookDraft) -> list[DraftCell]:
    """In order; the removed ones are not among them."""
    return list(draft.cells.filter(removed_at=None).order_by("place", "pk"))


def number_of(cells: Sequence[DraftCell], key: str) -> int:
    """A cell's place on the page, from 1."""
    return [each.key for each in cells].index(key) + 1
