"""What a project's pages need of the published program, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from saem.apps.catalog.assets import asset_prefix
from saem.apps.catalog.queries import assignment_of, program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.models import ProjectRun, SubmissionKind
from saem.apps.projects.queries import run_of
from saem.lib import content, grading
from saem.web.languages import language_of

STARTER = "starter.{language}.ipynb"


@dataclass(frozen=True, kw_only=True)
class ProjectContent:
    """A project of the version that an enrolment's cohort has pinned, with the rule that grades it now."""

    enrolment: Enrolment
    program: content.Program
    project: content.Project
    assignment: grading.Assignment
    run: ProjectRun
    language: str

    @property
    def title(self) -> str:
        return self.project.title.in_(self.language)

    @property
    def metric(self) -> grading.Measure | None:
        return self.assignment.spec.measure

    @property
    def accepts(self) -> tuple[SubmissionKind, ...]:
        return tuple(SubmissionKind(part) for part in self.assignment.spec.parts)

    @property
    def baselines(self) -> list[tuple[str, float]]:
        """Titles and public scores, the best first."""
        return baselines_of(self.assignment, self.language)

    @property
    def brief(self) -> str:
        """The brief as safe HTML with addresses of this site."""
        html = self.project.brief.get(self.language) or self.project.brief["ko"]
        some = reverse("projects:asset", args=[self.enrolment.pk, self.project.id, "x"])
        version = self.enrolment.classroom.cohort.version
        html = content.with_assets(html, asset_prefix(version, some.removesuffix("x")))
        return content.with_steps(html, self._address)

    def _address(self, kind: str, step: str) -> str:
        return reverse(
            f"{'learning:lesson' if kind == 'lesson' else 'projects:project'}", args=[self.enrolment.pk, step]
        )

    @property
    def starter(self) -> str | None:
        """The name of the starter notebook in the reader's language."""
        language = self.language if self.language in self.project.starters else "ko"
        return STARTER.format(language=language) if language in self.project.starters else None

    def file(self, name: str) -> bytes:
        """A file that students may download, or Http404: only what the project lists, and the starters."""
        for language, data in self.project.starters.items():
            if name == STARTER.format(language=language):
                return data
        listed = {download.file for download in self.project.downloads}
        if name not in listed or name not in self.assignment.public:
            raise Http404
        return self.assignment.public[name]


def project_content(enrolment: Enrolment, project: str, language: str | None) -> ProjectContent:
    """The project, or Http404 when the pinned version has none of that name."""
    version = enrolment.classroom.cohort.version
    program = program_of(version)
    found = program.projects.get(project)
    if found is None:
        raise Http404
    run = run_of(enrolment.classroom.cohort_id, project)
    return ProjectContent(
        enrolment=enrolment,
        program=program,
        project=found,
        assignment=assignment_of(run.graded_by or version, project),
        run=run,
        language=language_of(language),
    )


def title_in(texts: Mapping[str, str], language: str) -> str:
    """One of two languages out of stored JSON."""
    return texts.get(language) or texts.get("ko", "")


def baselines_of(assignment: grading.Assignment, language: str) -> list[tuple[str, float]]:
    """Titles and public scores of an assignment's baselines, the best first."""
    return [(title_in(title, language), score) for title, score in titled_baselines(assignment)]


def titled_baselines(assignment: grading.Assignment) -> list[tuple[dict[str, str], float]]:
    """The same with titles in both languages, for what is kept and read by others."""
    table, scores = assignment.spec.table, assignment.baselines
    if table is None:
        return []
    found = [
        (baseline.title.as_dict(), scores[baseline.id]["public"])
        for baseline in table.baselines
        if baseline.id in scores
    ]
    return sorted(found, key=lambda pair: pair[1], reverse=table.measure.higher_is_better)
