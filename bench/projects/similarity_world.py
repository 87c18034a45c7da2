"""A cohort whose teams have a notebook each, and its similarity run."""

import json
import tempfile
import time
from pathlib import Path

from bench.projects.similarity import corpus
from saem.apps.cohorts.models import Classroom, Cohort
from saem.apps.projects.models import Evidence, EvidenceFile, SimilarityRun, SimilarPair, Team, TeamMilestone
from saem.apps.projects.similarity import running
from saem.lib.sandbox import LocalSandbox
from saem.lib.similarity import Work
from tests import cast
from tests.sample import PROJECT, published_sample

CLASS_SIZE = 25
SEED = 2


def measured(number: int) -> str:
    """Of reading and comparing, which is outside any transaction, and of writing."""
    cohort = a_cohort()
    found = corpus(number, number // 10, SEED)
    keys = hand_in(cohort, found.works)
    run = SimilarityRun.objects.create(cohort=cohort, project=PROJECT)
    began, cpu = time.monotonic(), time.process_time()
    write = running.compute(run.pk)
    computed, computed_cpu = time.monotonic() - began, time.process_time() - cpu
    began = time.monotonic()
    write()
    written = time.monotonic() - began
    pairs = [frozenset({row.first_evidence_id, row.second_evidence_id}) for row in SimilarPair.objects.all()]
    planted = {frozenset(keys[name] for name in pair) for pair in found.planted}
    first = set(pairs[: len(planted)])
    return (
        f"{number} notebooks: read and compare {computed:.1f} s ({computed_cpu:.1f} CPU s), write {written:.2f} s; "
        f"{len(planted & set(pairs))} of {len(planted)} copies among {len(pairs)} pairs, "
        f"{len(planted & first)} among the first {len(planted)}"
    )


def a_cohort() -> Cohort:
    with tempfile.TemporaryDirectory() as folder, LocalSandbox() as sandbox:
        return cast.a_cohort(published_sample(sandbox, Path(folder)))


def hand_in(cohort: Cohort, works: tuple[Work, ...]) -> dict[str, int]:
    """A team for each notebook; the version of evidence by the work's name."""
    rooms = [Classroom(cohort=cohort, name=f"bench {at}") for at in range(len(works) // CLASS_SIZE + 1)]
    Classroom.objects.bulk_create(rooms)
    pupil = cast.a_student(rooms[0])
    teams = Team.objects.bulk_create(
        Team(classroom=rooms[at // CLASS_SIZE], project=PROJECT, name=work.id) for at, work in enumerate(works)
    )
    stages = TeamMilestone.objects.bulk_create(TeamMilestone(team=team, milestone="baseline") for team in teams)
    versions = Evidence.objects.bulk_create(
        Evidence(milestone=stage, ask="notebook", number=1, kind="notebook", format="notebook", name="a.ipynb",
                 sha256="0", enrolment=pupil)
        for stage in stages
    )  # fmt: skip
    EvidenceFile.objects.bulk_create(
        EvidenceFile(evidence=version, data=notebook(work.cells)) for version, work in zip(versions, works, strict=True)
    )
    return {work.id: version.pk for version, work in zip(versions, works, strict=True)}


def notebook(cells: tuple[str, ...]) -> bytes:
    made = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}).encode()
