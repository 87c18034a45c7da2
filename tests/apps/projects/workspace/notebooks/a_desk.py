"""A member of a team at a notebook of its baseline stage, as the browser meets it."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import DraftCell, Evidence, EvidenceKind, NotebookDraft, Team
from saem.apps.projects.workspace.notebooks.queries import Desk, cells_of, desk_for
from tests.apps.projects.teams.a_team import Room, a_room, a_team, mine
from tests.sample import notebook

STAGE, ASK = "baseline", "notebook"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def cell(code: str, key: str | None = None, kind: str = "code", **more: Any) -> dict[str, Any]:
    """One cell of nbformat 4."""
    own = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": code, **({"id": key} if key else {}), **own, **more}


def file_of(*cells: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells, **more}).encode()


@dataclass(frozen=True)
class Member:
    """One member at the notebook: presses go through the page's address."""

    room: Room
    team: Team
    student: Enrolment
    stage: str = STAGE
    ask: str = ASK

    @cached_property
    def client(self) -> Client:
        return self.room.client(self.student)

    def address(self, name: str = "notebook", *more: object) -> str:
        return reverse(f"projects:{name}", args=[self.team.pk, self.stage, self.ask, *more])

    @property
    def desk(self) -> Desk:
        return desk_for(self.student.user, self.team.pk, self.stage, self.ask)

    @property
    def draft(self) -> NotebookDraft:
        draft = self.desk.draft
        assert draft is not None
        return draft

    def cells(self) -> list[DraftCell]:
        return cells_of(self.draft)

    def codes(self) -> list[str]:
        return [each.code for each in self.cells()]

    def open(self, source: object = "empty", **more: str) -> Any:
        return self.client.post(self.address("notebook_open"), {"source": source, **more})

    def press(self, act: str, *, htmx: bool = True, **typed: str) -> Any:
        """`typed` is by key; the revision that goes along is the stored one."""
        data = {"act": act}
        for key, code in typed.items():
            data |= {f"code-{key}": code, f"revision-{key}": str(self.revision(key))}
        return self.post(data, htmx=htmx)

    def post(self, data: dict[str, str], *, htmx: bool = True) -> Any:
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.address(), data, headers=headers)

    def revision(self, key: str) -> int:
        return DraftCell.objects.get(draft=self.draft, key=key).revision

    def saved(self, data: bytes, *, seen: int = 0, name: str = "a.ipynb") -> Evidence:
        """A version as the upload form makes it."""
        given = Given(kind=EvidenceKind.NOTEBOOK, name=name, format="notebook", data=data)
        return save_evidence(mine(self.team, self.student), milestone=self.stage, ask=self.ask, given=given, seen=seen)


def two_members(sandbox: Any, folder: Any) -> tuple[Member, Member]:
    """Two of one team."""
    room = a_room(sandbox, folder)
    team = a_team(*room.students[:3])
    return Member(room, team, room.students[0]), Member(room, team, room.students[1])


STARTED = notebook("tallest = 1").encode()
