"""Versions side by side, and what a team has tried."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saem.apps.catalog.queries import assignment_of
from saem.apps.people.queries import signed_in
from saem.apps.projects.contents import baselines_of
from saem.apps.projects.metric_names import direction_of, name_of
from saem.apps.projects.milestones import queries
from saem.apps.projects.milestones.stages import asked_in
from saem.apps.projects.milestones.views.stage import below_stage
from saem.apps.projects.queries import file_of, rule_of
from saem.apps.projects.teams.queries import own_team_for, team_for
from saem.apps.projects.teams.views.team import below_team
from saem.apps.projects.workspace import experiments, versions
from saem.apps.projects.workspace.forms import NoteForm
from saem.web.languages import reader_language


@require_safe
@login_required
@never_cache
def version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """One version, and what is other in it than in the one before, or in the one it was based on."""
    access = team_for(signed_in(request), pk)
    found = queries.evidence_for(access, version)
    milestone = queries.milestone_in(access.project, found.milestone.milestone)
    before = queries.version_before(found)
    context = {
        **below_stage(access, milestone),
        "version": found,
        "asked": asked_in(milestone, found.ask),
        "milestone": milestone,
        "before": before,
        "difference": versions.difference(before, found) if before is not None else None,
        "answers": versions.answers_of(found),
        "findings": found.findings,
        "shown": versions.shown_text(found),
        "cells": versions.cells_of(found),
    }
    return render(request, "projects/version.html", context)


@require_safe
@login_required
@never_cache
def experiment_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the team's members handed in while they were in it: what changed, which score."""
    access = team_for(signed_in(request), pk)
    assignment = assignment_of(rule_of(access.team.classroom.cohort, access.team.project), access.team.project)
    metric = assignment.spec.measure
    page, rows = experiments.experiments_page(access.team, metric, request.GET.get("page"))
    context = {
        **below_team(access),
        "page": page,
        "rows": rows,
        "best": experiments.best_of(access.team, metric) if metric is not None else None,
        "baselines": baselines_of(assignment, reader_language()),
        "metric_name": name_of(metric) if metric is not None else _("점수"),
        "metric_direction": direction_of(metric) if metric is not None else "",
    }
    return render(request, "projects/team_experiments.html", context)


@require_safe
@login_required
@never_cache
def experiment(request: HttpRequest, pk: int, submission: int) -> HttpResponse:
    """What changed in one submission since the team's one before it."""
    access = team_for(signed_in(request), pk)
    found = experiments.submission_in(access.team, submission)
    before = experiments.before_in(access.team, found)
    difference = None
    if before is not None:
        difference = experiments.difference_of(found.kind, file_of(before), file_of(found))
    trail = (_("실험 기록"), reverse("projects:experiments", args=[pk]))
    above = below_team(access)
    context = {
        **above,
        "trail": [*above["trail"], trail],  # type: ignore[misc]  # a list of pairs
        "submission": found,
        "before": before,
        "difference": difference,
    }
    return render(request, "projects/team_experiment.html", context)


@require_POST
@login_required
def note(request: HttpRequest, pk: int, submission: int) -> HttpResponse:
    """A member says what the one change was."""
    access, mine = own_team_for(signed_in(request), pk)
    found = experiments.submission_in(access.team, submission)
    form = NoteForm(request.POST)
    if form.is_valid():
        experiments.write_note(access.team, found, by=mine, text=form.cleaned_data["text"])
        return redirect(reverse("projects:experiments", args=[pk]) + f"#s{found.pk}")
    return redirect("projects:experiments", pk)
