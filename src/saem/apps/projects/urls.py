"""Addresses of `projects`."""

from django.urls import include, path

from saem.apps.projects import views
from saem.apps.projects.regrading import views as regrading
from saem.apps.projects.submitting import submit

app_name = "projects"

of_a_project = [
    path("", views.project, name="project"),
    path("files/<str:name>", views.file, name="file"),
    path("assets/<path:path>", views.asset, name="asset"),
    path("submit/", submit, name="submit"),
    path("board/", views.board, name="board"),
]
of_a_submission = [
    path("", views.submission, name="submission"),
    path("file", views.submitted_file, name="submitted_file"),
    path("figures/<int:figure>", views.figure, name="figure"),
    path("final/", views.final, name="final"),
]
of_a_regrade = [
    path("", regrading.regrade, name="regrade"),
    path("<int:regrade>/apply/", regrading.apply, name="regrade_apply"),
    path("<int:regrade>/cancel/", regrading.cancel, name="regrade_cancel"),
    path("<int:regrade>/table.xlsx", regrading.table, name="regrade_table"),
]
urlpatterns = [
    path("projects/<int:enrolment>/<slug:project>/", include(of_a_project)),
    path("submissions/<int:pk>/", include(of_a_submission)),
    path("cohorts/<int:pk>/projects/<slug:project>/reveal/", views.reveal, name="reveal"),
    path("cohorts/<int:pk>/projects/<slug:project>/regrade/", include(of_a_regrade)),
]
