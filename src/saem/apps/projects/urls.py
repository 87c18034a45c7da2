"""Addresses of `projects`."""

from django.urls import URLPattern, URLResolver, include, path

from saem.apps.projects import views
from saem.apps.projects.milestones import views as milestones
from saem.apps.projects.regrading import views as regrading
from saem.apps.projects.showcase.views import everybody, voices
from saem.apps.projects.showcase.views import team as showing
from saem.apps.projects.showcase.views import writing as showing_writing
from saem.apps.projects.submitting import submit
from saem.apps.projects.teams.views import entering, people, team, writing
from saem.apps.projects.workspace import views as workspace

app_name = "projects"

of_a_project = [
    path("", views.project, name="project"),
    path("files/<str:name>", views.file, name="file"),
    path("assets/<path:path>", views.asset, name="asset"),
    path("submit/", submit, name="submit"),
    path("board/", views.board, name="board"),
    path("team/", entering.own_team, name="own_team"),
    path("team/new/", entering.form, name="team_form"),
    path("team/join/", entering.join, name="team_join"),
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
of_a_stage = [
    path("", milestones.stage, name="stage"),
    path("hand-in/", milestones.hand_in, name="hand_in"),
    path("decide/", milestones.decide, name="decide"),
    path("comment/", milestones.comment, name="comment"),
    path("evidence/<slug:ask>/", milestones.evidence, name="evidence"),
]
of_a_showcase = [
    path("", showing.page, name="showcase"),
    path("write/", showing_writing.write, name="showcase_write"),
    path("act/", showing.act, name="showcase_act"),
    path("decide/", showing.decide, name="showcase_decide"),
    path("picture", showing.picture, name="showcase_picture"),
    path("voices/<int:voice>/consent/", showing.consent, name="showcase_consent"),
    path("voice/", voices.voice, name="showcase_voice"),
    path("voice/picture", voices.voice_picture, name="showcase_voice_picture"),
    path("voice/guardian/", voices.guardian, name="showcase_guardian"),
]
of_everybody = [
    path("", everybody.gallery, name="gallery"),
    path("guardian/<str:token>/", voices.guardian_answer, name="showcase_guardian_answer"),
    path("<slug:address>/", everybody.work, name="work"),
    path("<slug:address>/picture", everybody.picture, name="work_picture"),
]
of_a_team: list[URLPattern | URLResolver] = [
    path("", team.team, name="team"),
    path("people/", people.people, name="team_people"),
    path("people/invite/", people.invite, name="team_invite"),
    path("people/turn/", people.turn, name="team_turn"),
    path("people/code/", people.code, name="team_code"),
    path("people/leave/", people.leave, name="team_leave"),
    path("people/merge/", people.merge, name="team_merge"),
    path("people/<int:member>/remove/", people.remove, name="team_remove"),
    path("log/", writing.log, name="team_log"),
    path("parts/", writing.parts, name="team_parts"),
    path("reflection/", writing.reflection, name="team_reflection"),
    path("experiments/", workspace.experiment_list, name="experiments"),
    path("experiments/<int:submission>/", workspace.experiment, name="experiment"),
    path("experiments/<int:submission>/note/", workspace.note, name="experiment_note"),
    path("evidence/<int:version>/", workspace.version, name="version"),
    path("evidence/<int:version>/file", milestones.evidence_file, name="evidence_file"),
    path("stages/<slug:milestone>/", include(of_a_stage)),
    path("showcase/", include(of_a_showcase)),
]
urlpatterns = [
    path("projects/<int:enrolment>/<slug:project>/", include(of_a_project)),
    path("submissions/<int:pk>/", include(of_a_submission)),
    path("teams/<int:pk>/", include(of_a_team)),
    path("showcase/", include(of_everybody)),
    path("team-invitations/<int:pk>/answer/", entering.answer, name="team_answer"),
    path("team-merges/<int:pk>/answer/", people.merge_answer, name="merge_answer"),
    path("classes/<int:pk>/projects/<slug:project>/teams/", milestones.teams, name="teams"),
    path("cohorts/<int:pk>/projects/<slug:project>/reveal/", views.reveal, name="reveal"),
    path("cohorts/<int:pk>/projects/<slug:project>/regrade/", include(of_a_regrade)),
]
