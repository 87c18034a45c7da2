"""Addresses of `projects`."""

from django.urls import URLPattern, URLResolver, include, path

from saem.apps.projects import views
from saem.apps.projects.milestones.views import board, evidence, stage
from saem.apps.projects.regrading import views as regrading
from saem.apps.projects.reviews.views import ai_use, marking, moderating, peers, words
from saem.apps.projects.showcase.views import everybody, voices
from saem.apps.projects.showcase.views import team as showing
from saem.apps.projects.showcase.views import writing as showing_writing
from saem.apps.projects.similarity import views as similarity
from saem.apps.projects.submitting import submit
from saem.apps.projects.teams.views import entering, people, team, writing
from saem.apps.projects.workspace import views as workspace
from saem.apps.projects.workspace.notebooks import views as notebooks

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
    path("", stage.stage, name="stage"),
    path("hand-in/", stage.hand_in, name="hand_in"),
    path("decide/", stage.decide, name="decide"),
    path("comment/", stage.comment, name="comment"),
    path("evidence/<slug:ask>/", evidence.evidence, name="evidence"),
    path("evidence/<slug:ask>/notebook/", notebooks.notebook, name="notebook"),
    path("evidence/<slug:ask>/notebook/open/", notebooks.open_, name="notebook_open"),
    path("evidence/<slug:ask>/notebook/versions/<int:version>/", notebooks.compare, name="notebook_compare"),
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
of_a_marking = [
    path("", marking.team_marking, name="marking"),
    path("finish/", marking.finish, name="marking_finish"),
    path("bar/", marking.bar, name="marking_bar"),
    path("moderation/", moderating.moderation, name="moderation"),
    path("evidence/<int:version>/file", marking.marked_file, name="marked_file"),
    path("evidence/<int:version>/picture", marking.marked_picture, name="marked_picture"),
    path("criteria/<slug:criterion>/", marking.mark, name="mark"),
]
of_a_peer_task = [
    path("", peers.peer_task, name="peer_task"),
    path("return/", peers.peer_return, name="peer_return"),
    path("evidence/<int:version>/file", peers.peer_file, name="peer_file"),
    path("criteria/<slug:criterion>/", peers.peer_mark, name="peer_mark"),
]
of_a_class_project = [
    path("marking/", marking.marking_board, name="marking_board"),
    path("marking/agreement/", moderating.agreement, name="agreement"),
    path("marking/sample/", moderating.sample, name="marking_sample"),
    path("marking/markers/", moderating.appoint, name="appoint_marker"),
    path("marking/markers/<int:marker>/dismiss/", moderating.dismiss, name="dismiss_marker"),
    path("marking/tell/", moderating.tell, name="tell_results"),
    path("similarity/", similarity.similarity, name="similarity"),
    path("similarity/<int:pair>/", similarity.similar_pair, name="similar_pair"),
    path("peers/", peers.peer_round, name="peer_round"),
    path("peers/act/", peers.peer_act, name="peer_act"),
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
    path("evidence/<int:version>/file", evidence.evidence_file, name="evidence_file"),
    path("stages/<slug:milestone>/", include(of_a_stage)),
    path("showcase/", include(of_a_showcase)),
    path("evidence/<int:version>/words/", words.words, name="words"),
    path("evidence/<int:version>/words/<int:word>/settle/", words.settle, name="word_settle"),
    path("marking/", include(of_a_marking)),
    path("result/", moderating.result, name="result"),
    path("peers/", peers.team_peers, name="team_peers"),
    path("ai-use/", ai_use.uses, name="ai_uses"),
    path("ai-use/<int:use>/withdraw/", ai_use.withdraw, name="ai_use_withdraw"),
]
urlpatterns = [
    path("projects/<int:enrolment>/<slug:project>/", include(of_a_project)),
    path("submissions/<int:pk>/", include(of_a_submission)),
    path("teams/<int:pk>/", include(of_a_team)),
    path("showcase/", include(of_everybody)),
    path("team-invitations/<int:pk>/answer/", entering.answer, name="team_answer"),
    path("team-merges/<int:pk>/answer/", people.merge_answer, name="merge_answer"),
    path("classes/<int:pk>/projects/<slug:project>/teams/", board.teams, name="teams"),
    path("peer-tasks/<int:pk>/", include(of_a_peer_task)),
    path("classes/<int:pk>/projects/<slug:project>/", include(of_a_class_project)),
    path("cohorts/<int:pk>/projects/<slug:project>/reveal/", views.reveal, name="reveal"),
    path("cohorts/<int:pk>/projects/<slug:project>/regrade/", include(of_a_regrade)),
]
