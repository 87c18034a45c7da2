"""Who may see what: every address of the site, asked by everybody, against one table.

An address that is not in the table fails with its route, and so does a row whose address is gone. Each cell says
what a person gets: `ok` the page, `in` the way to the sign-in page, `go` on to another page, else the status.
What somebody may not see answers 404, as if it were not there: not even its existence leaks.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin import site
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from saem.apps.awards.badges.wording import endorse
from saem.apps.awards.models import Audience, Badge, Certificate, Endorsement, Reflection
from saem.apps.awards.portfolio.entries import stored
from saem.apps.awards.portfolio.guardians import ask, record_consent
from saem.apps.awards.portfolio.reflecting import begin
from saem.apps.awards.portfolio.sharing import Given as GivenLink
from saem.apps.awards.portfolio.sharing import share
from saem.apps.cohorts.calls.applying import Seen, submit
from saem.apps.cohorts.calls.documents import attach
from saem.apps.cohorts.calls.vouching import Guardian, Recommender, answer_consent, ask_guardian, ask_recommender
from saem.apps.cohorts.guardians.asking import Paper
from saem.apps.cohorts.models import (
    Application,
    Call,
    Cohort,
    ConsentWay,
    Decision,
    Enrolment,
    Recommendation,
    SelectionSheet,
)
from saem.apps.cohorts.selection import appealing, assigning, deciding, declaring, drawing, reviewers, settling
from saem.apps.cohorts.sessions.feeds import new_link
from saem.apps.jobs.keys import make_key
from saem.apps.jobs.models import Job, JobState
from saem.apps.jobs.worker import drain
from saem.apps.learning.models import FittedModel, ItemRecord
from saem.apps.notices.models import Delivery, DeliveryState, Notice
from saem.apps.notices.services import notify
from saem.apps.partners.models import MatchRow
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.queries import holders
from saem.apps.people.services import grant
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.milestones.queries import place_for
from saem.apps.projects.models import (
    AnchorKind,
    Evidence,
    EvidenceKind,
    Regrade,
    SimilarityRun,
    SimilarityState,
    SimilarPair,
    Submission,
    SubmissionKind,
    Team,
    TeamResult,
    VerdictFigure,
)
from saem.apps.projects.reviews.ai_use import Told, tell_use
from saem.apps.projects.reviews.anchoring import Anchor, anchor_comment
from saem.apps.projects.reviews.moderating import appoint_marker
from saem.apps.projects.reviews.peers.dealing import Wish, open_round
from saem.apps.projects.reviews.queries import room_for
from saem.apps.projects.services import Upload, submit_work
from saem.apps.projects.showcase import guardians as showcase_guardians
from saem.apps.projects.showcase.pictures import draw_anew
from saem.apps.projects.teams.forming import invite
from saem.apps.projects.teams.merging import propose_merge
from saem.apps.projects.teams.queries import team_for
from saem.apps.projects.workspace.notebooks.drafts import open_draft
from saem.apps.projects.workspace.notebooks.reading import empty
from saem.lib.sandbox import Sandbox
from tests.apps.awards.a_completion import a_completion, a_partner, a_template, everything_made
from tests.apps.awards.goals.a_goal import a_goal
from tests.apps.cohorts.calls.a_call import CHILD, PDF, a_call, an_application
from tests.apps.cohorts.selection.a_selection import MANNER, closed, of, read_all, rules
from tests.apps.cohorts.sessions.a_session import a_session
from tests.apps.partners.everything import everything
from tests.apps.projects.showcase.a_showcase import a_picture, asked_page, let_out, say
from tests.apps.projects.teams.a_team import a_team, mine
from tests.cast import a_classroom, a_cohort, a_person, a_school, a_stranger, a_student, a_teacher
from tests.quiz import a_quiz_version
from tests.sample import LESSON, MEAN, PROJECT, SLUG, notebook

PEOPLE = (
    "nobody",
    "stranger",  # an account without any role here
    "student",  # whose work the addresses below show
    "classmate",
    "other_class",  # a student of another class of the cohort
    "teacher",
    "other_teacher",  # of that other class
    "staff",  # of the institution that runs the cohort
    "other_staff",  # of another institution
    "superuser",
)
EVERYBODY = " ".join(["ok"] * len(PEOPLE))
OPEN_GO = " ".join(["go"] * len(PEOPLE))
NO_SUCH_WAY = " ".join(["405"] * len(PEOPLE))
NO_KEY = " ".join(["401"] * len(PEOPLE))
RUN_OUT = " ".join(["410"] * len(PEOPLE))
NO_ROW = " ".join(["404"] * len(PEOPLE))
WRONG_FORM = " ".join(["422"] * len(PEOPLE))
TOO_LATE = " ".join(["409"] * len(PEOPLE))


@dataclass(frozen=True)
class Row:
    """What each of PEOPLE gets from one address; `post` is empty where nothing can be posted."""

    address: str
    get: str
    post: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


# fmt: off
TABLE: dict[str, Row] = {
    # --- everybody's pages                nobody strang studnt mate   other  teachr o.tchr staff  o.stff super
    "":                    Row("/", EVERYBODY),
    "healthz":             Row("/healthz", EVERYBODY),
    "language/":           Row("/language/", NO_SUCH_WAY, OPEN_GO, {"language": "ko"}),
    "programs/":           Row("/programs/", EVERYBODY),
    "programs/<slug:slug>/": Row("/programs/{slug}/", EVERYBODY),
    "programs/<slug:slug>/competencies/": Row("/programs/{slug}/competencies/", EVERYBODY),
    "programs/<slug:slug>/versions/<int:number>/competencies/": Row("/programs/{slug}/versions/1/competencies/", EVERYBODY),
    "programs/<slug:slug>/lessons/<slug:lesson>/guide/": Row("/programs/{slug}/lessons/{lesson}/guide/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "programs/<slug:slug>/lessons/<slug:lesson>/guide/assets/<path:path>":
                           Row("/programs/{slug}/lessons/{lesson}/guide/assets/lessons/{lesson}/images/bean.svg",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "account/inactive/":   Row("/account/inactive/", EVERYBODY),
    "account/confirm/":    Row("/account/confirm/", EVERYBODY),
    r"^account/confirm/(?P<key>[-:\w]+)/$": Row("/account/confirm/nonsense/", EVERYBODY, NO_ROW),
    "account/password/reset/": Row("/account/password/reset/", EVERYBODY, OPEN_GO, {"email": "{who}@example.org"}),
    "account/password/reset/done/": Row("/account/password/reset/done/", EVERYBODY),
    "account/password/reset/changed/": Row("/account/password/reset/changed/", EVERYBODY),
    r"^account/password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$":
        Row("/account/password/reset/1-nonsense/", EVERYBODY, EVERYBODY, {"password1": "x", "password2": "x"}),
    "account/login/":      Row("/account/login/",
                               "ok     go     go     go     go     go     go     go     go     go",
                               "ok     go     go     go     go     go     go     go     go     go",
                               {"login": "{who}@example.org", "password": "wrong"}),
    "account/signup/":     Row("/account/signup/",
                               "ok     go     go     go     go     go     go     go     go     go",
                               "ok     go     go     go     go     go     go     go     go     go"),
    "account/logout/":     Row("/account/logout/",
                               "go     ok     ok     ok     ok     ok     ok     ok     ok     ok", OPEN_GO),
    # --- one's own account; a pupil has neither a password nor a name beside the nickname
    "account/":            Row("/account/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok",
                               "in     go     ok     ok     ok     go     go     go     go     go",
                               {"display_name": "김새봄", "language": "ko"}),
    "account/password/change/": Row("/account/password/change/",
                               "in     ok     404    404    404    ok     ok     ok     ok     ok",
                               "in     ok     404    404    404    ok     ok     ok     ok     ok",
                               {"oldpassword": "wrong"}),
    "account/password/set/": Row("/account/password/set/",
                               "in     go     404    404    404    go     go     go     go     go",
                               "in     go     404    404    404    go     go     go     go     go"),
    # --- what one is told; a notice is its reader's alone
    "notices/":            Row("/notices/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "notices/read/":       Row("/notices/read/", NO_SUCH_WAY,
                               "in     go     go     go     go     go     go     go     go     go"),
    "notices/settings/":   Row("/notices/settings/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok",
                               "in     go     go     go     go     go     go     go     go     go",
                               {"application": "now", "course": "daily", "result": "never", "together": "now"}),
    "notices/<int:pk>/":   Row("/notices/{notice}/",
                               "in     404    ok     404    404    404    404    404    404    404"),
    # --- coming into a class: a code is the key; a pupil who is signed in must leave first
    "join/":               Row("/join/", EVERYBODY, OPEN_GO, {"code": "{code}"}),
    "join/<str:code>/":    Row("/join/{code}/", EVERYBODY,
                               "go     go     ok     ok     ok     go     go     go     go     go",
                               {"nickname": "새싹", "pin": "5829", "is_new": "on"}),
    # --- a student's own work, which teacher and staff may read
    "learn/<int:enrolment>/": Row("/learn/{enrolment}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "learn/<int:enrolment>/<slug:lesson>/": Row("/learn/{enrolment}/{lesson}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "learn/<int:enrolment>/<slug:lesson>/cells/<slug:cell>/": Row("/learn/{enrolment}/{lesson}/cells/{cell}/",
                               "in     404    go     404    404    go     404    go     404    404",
                               "in     404    go     404    404    403    404    403    404    404",
                               {"action": "save", "code": "mean_height = 1"}),
    "learn/<int:enrolment>/<slug:lesson>/exit/": Row("/learn/{enrolment}/{lesson}/exit/",
                               "in     404    go     404    404    go     404    go     404    404",
                               "in     404    400    404    404    403    404    403    404    404"),
    "classes/<int:pk>/lessons/<slug:lesson>/": Row("/classes/{classroom}/lessons/{lesson}/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/lessons/<slug:lesson>/assets/<path:path>":
                           Row("/classes/{classroom}/lessons/{lesson}/assets/lessons/{lesson}/images/bean.svg",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "learn/<int:enrolment>/<slug:lesson>/assets/<path:path>":
                           Row("/learn/{enrolment}/{lesson}/assets/lessons/{lesson}/images/bean.svg",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "practice/<int:enrolment>/": Row("/practice/{enrolment}/",
                               "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    400    404    404    404    404    404    404    404",
                               {"action": "answer"}),
    "practice/<int:enrolment>/growth/": Row("/practice/{enrolment}/growth/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "practice/<int:enrolment>/assets/<path:path>":
                           Row("/practice/{enrolment}/assets/lessons/{lesson}/images/bean.svg",
                               "in     404    ok     404    404    404    404    404    404    404"),
    "projects/<int:enrolment>/<slug:project>/": Row("/projects/{enrolment}/{project}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "projects/<int:enrolment>/<slug:project>/files/<str:name>": Row("/projects/{enrolment}/{project}/files/train.csv",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "projects/<int:enrolment>/<slug:project>/assets/<path:path>":
                           Row("/projects/{enrolment}/{project}/assets/lessons/{lesson}/images/bean.svg",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "projects/<int:enrolment>/<slug:project>/board/": Row("/projects/{enrolment}/{project}/board/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "submissions/<int:pk>/": Row("/submissions/{submission}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "submissions/<int:pk>/file": Row("/submissions/{submission}/file",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "submissions/<int:pk>/figures/<int:figure>": Row("/submissions/{submission}/figures/{figure}",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/evidence/<int:version>/words/": Row("/teams/{team}/evidence/{evidence}/words/",
                               "in     404    ok     404    404    ok     404    ok     404    404",
                               "in     404    go     404    404    go     404    go     404    404",
                               {"kind": "line", "line": "1", "text": "왜 1인가요?"}),
    "teams/<int:pk>/evidence/<int:version>/words/<int:word>/settle/": Row(
                               "/teams/{team}/evidence/{evidence}/words/{word}/settle/", NO_SUCH_WAY,
                               "in     404    go     404    404    go     404    404    404    404"),
    # --- reviews: teachers and staff of the class mark; a pupil sees their own task and nobody's name
    "teams/<int:pk>/marking/": Row(
                               "/teams/{team}/marking/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/marking/finish/": Row(
                               "/teams/{team}/marking/finish/", NO_SUCH_WAY,
                               "in     404    404    404    404    422    404    422    404    404", {"act": "finish"}),
    "teams/<int:pk>/marking/bar/": Row(
                               "/teams/{team}/marking/bar/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404", {"reason": "close"}),
    "teams/<int:pk>/marking/moderation/": Row(
                               "/teams/{team}/marking/moderation/",
                               "in     404    404    404    404    go     404    go     404    404",
                               "in     404    404    404    404    go     404    go     404    404"),
    "teams/<int:pk>/marking/evidence/<int:version>/file": Row(
                               "/teams/{team}/marking/evidence/{evidence}/file",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/marking/evidence/<int:version>/picture": Row(
                               "/teams/{team}/marking/evidence/{figure_evidence}/picture",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/marking/criteria/<slug:criterion>/": Row(
                               "/teams/{team}/marking/criteria/problem/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404", {"problem-level": "2"}),
    "teams/<int:pk>/result/": Row(
                               "/teams/{team}/result/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/peers/": Row(
                               "/teams/{team}/peers/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/ai-use/": Row(
                               "/teams/{team}/ai-use/",
                               "in     404    ok     404    404    ok     404    ok     404    404",
                               "in     404    go     404    404    403    404    403    404    404", {"purpose": "code", "tool": "챗봇", "kept": "반", "checked": "돌려 봄"}),
    "teams/<int:pk>/ai-use/<int:use>/withdraw/": Row(
                               "/teams/{team}/ai-use/{ai_use}/withdraw/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404"),
    "classes/<int:pk>/projects/<slug:project>/marking/": Row(
                               "/classes/{classroom}/projects/{project}/marking/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/projects/<slug:project>/marking/agreement/": Row(
                               "/classes/{classroom}/projects/{project}/marking/agreement/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/projects/<slug:project>/marking/sample/": Row(
                               "/classes/{classroom}/projects/{project}/marking/sample/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404", {"team": "{team}"}),
    "classes/<int:pk>/projects/<slug:project>/marking/markers/": Row(
                               "/classes/{classroom}/projects/{project}/marking/markers/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404", {"name": "박", "email": "park@example.org"}),
    "classes/<int:pk>/projects/<slug:project>/marking/markers/<int:marker>/dismiss/": Row(
                               "/classes/{classroom}/projects/{project}/marking/markers/{marker}/dismiss/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404"),
    "classes/<int:pk>/projects/<slug:project>/marking/tell/": Row(
                               "/classes/{classroom}/projects/{project}/marking/tell/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404"),
    "classes/<int:pk>/projects/<slug:project>/peers/": Row(
                               "/classes/{classroom}/projects/{project}/peers/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    422    404    422    404    404"),
    "classes/<int:pk>/projects/<slug:project>/peers/act/": Row(
                               "/classes/{classroom}/projects/{project}/peers/act/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404", {"act": "remind"}),
    "classes/<int:pk>/projects/<slug:project>/peers/extend/": Row(
                               "/classes/{classroom}/projects/{project}/peers/extend/", NO_SUCH_WAY,
                               "in     404    404    404    404    422    404    422    404    404"),
    "classes/<int:pk>/projects/<slug:project>/similarity/": Row(
                               "/classes/{classroom}/projects/{project}/similarity/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    go     404    go     404    404"),
    "classes/<int:pk>/projects/<slug:project>/similarity/<int:pair>/": Row(
                               "/classes/{classroom}/projects/{project}/similarity/{pair}/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "peer-tasks/<int:pk>/": Row(
                               "/peer-tasks/{peer_task}/",
                               "in     404    ok     404    404    404    404    404    404    404"),
    "peer-tasks/<int:pk>/return/": Row(
                               "/peer-tasks/{peer_task}/return/", NO_SUCH_WAY,
                               "in     404    422    404    404    404    404    404    404    404"),
    "peer-tasks/<int:pk>/evidence/<int:version>/file": Row(
                               "/peer-tasks/{peer_task}/evidence/{peer_evidence}/file",
                               "in     404    ok     404    404    404    404    404    404    404"),
    "peer-tasks/<int:pk>/criteria/<slug:criterion>/": Row(
                               "/peer-tasks/{peer_task}/criteria/problem/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404", {"problem-level": "2"}),
    # --- teams: members work, teachers and staff of the class look and judge; a reflection is for teachers alone
    "projects/<int:enrolment>/<slug:project>/team/": Row("/projects/{enrolment}/{project}/team/",
                               "in     404    go     404    404    403    404    403    404    404"),
    "projects/<int:enrolment>/<slug:project>/team/new/": Row("/projects/{enrolment}/{project}/team/new/", NO_SUCH_WAY,
                               "in     404    422    404    404    403    404    403    404    404", {"name": "다른 모둠"}),
    "projects/<int:enrolment>/<slug:project>/team/join/": Row("/projects/{enrolment}/{project}/team/join/", NO_SUCH_WAY,
                               "in     404    422    404    404    403    404    403    404    404", {"code": "AAAAAA"}),
    "teams/<int:pk>/":     Row("/teams/{team}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/people/": Row("/teams/{team}/people/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/people/invite/": Row("/teams/{team}/people/invite/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404", {"enrolment": "{mate}"}),
    "teams/<int:pk>/people/turn/": Row("/teams/{team}/people/turn/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404"),
    "teams/<int:pk>/people/code/": Row("/teams/{team}/people/code/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404", {"act": "shut"}),
    "teams/<int:pk>/people/leave/": Row("/teams/{team}/people/leave/",
                               "in     404    ok     404    404    403    404    403    404    404",
                               "in     404    go     404    404    403    404    403    404    404"),
    "teams/<int:pk>/people/merge/": Row("/teams/{team}/people/merge/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404", {"into": "{other_team}"}),
    "teams/<int:pk>/people/<int:member>/remove/": Row("/teams/{team}/people/{member}/remove/", NO_SUCH_WAY,
                               "in     404    403    404    404    go     404    go     404    404"),
    "teams/<int:pk>/log/": Row("/teams/{team}/log/",
                               "in     404    ok     404    404    ok     404    ok     404    404",
                               "in     404    go     404    404    403    404    403    404    404",
                               {"seen": "0", "done": "인터뷰", "learned": "줄이 길다", "plan": "세어 보기"}),
    "teams/<int:pk>/parts/": Row("/teams/{team}/parts/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/reflection/": Row("/teams/{team}/reflection/",
                               "in     404    ok     404    404    ok     404    403    404    404",
                               "in     404    go     404    404    403    404    403    404    404",
                               {"seen": "0", "text": "어려웠다"}),
    "teams/<int:pk>/experiments/": Row("/teams/{team}/experiments/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/experiments/<int:submission>/": Row("/teams/{team}/experiments/{submission}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/experiments/<int:submission>/note/": Row("/teams/{team}/experiments/{submission}/note/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404", {"text": "평균"}),
    "teams/<int:pk>/evidence/<int:version>/": Row("/teams/{team}/evidence/{evidence}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/evidence/<int:version>/file": Row("/teams/{team}/evidence/{evidence}/file",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/stages/<slug:milestone>/": Row("/teams/{team}/stages/find/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/stages/<slug:milestone>/hand-in/": Row("/teams/{team}/stages/find/hand-in/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404"),
    "teams/<int:pk>/stages/<slug:milestone>/decide/": Row("/teams/{team}/stages/find/decide/", NO_SUCH_WAY,
                               "in     404    403    404    404    go     404    go     404    404",
                               {"seen": "0", "outcome": "passed"}),
    "teams/<int:pk>/stages/<slug:milestone>/comment/": Row("/teams/{team}/stages/find/comment/", NO_SUCH_WAY,
                               "in     404    go     404    404    go     404    go     404    404", {"text": "좋아요"}),
    "teams/<int:pk>/stages/<slug:milestone>/evidence/<slug:ask>/": Row("/teams/{team}/stages/find/evidence/observations/",
                               "in     404    ok     404    404    ok     404    ok     404    404",
                               "in     404    go     404    404    403    404    403    404    404",
                               {"seen": "0", "text": "줄이 길다"}),
    "cohorts/<int:pk>/projects/<slug:project>/stages/": Row("/cohorts/{cohort}/projects/{project}/stages/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/projects/<slug:project>/stages/table.xlsx": Row(
                               "/cohorts/{cohort}/projects/{project}/stages/table.xlsx",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/projects/<slug:project>/stages/table.csv": Row(
                               "/cohorts/{cohort}/projects/{project}/stages/table.csv",
                               "in     404    404    404    404    404    404    ok     404    404"),
    # --- a team's notebook: members write, those who judge look on
    "teams/<int:pk>/stages/<slug:milestone>/evidence/<slug:ask>/notebook/": Row(
                               "/teams/{team}/stages/baseline/evidence/notebook/notebook/",
                               "in     404    ok     404    404    ok     404    ok     404    404",
                               "in     404    go     404    404    403    404    403    404    404", {"act": "add-words"}),
    "teams/<int:pk>/stages/<slug:milestone>/evidence/<slug:ask>/notebook/open/": Row(
                               "/teams/{team}/stages/baseline/evidence/notebook/notebook/open/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404",
                               {"source": "empty", "replace": "yes"}),
    "teams/<int:pk>/stages/<slug:milestone>/evidence/<slug:ask>/notebook/versions/<int:version>/": Row(
                               "/teams/{team}/stages/baseline/evidence/notebook/notebook/versions/{notebook}/",
                               "in     404    ok     404    404    403    404    403    404    404",
                               "in     404    go     404    404    403    404    403    404    404"),
    # --- the showcase: members write, each maker answers for themself, teachers and staff let out; everybody looks
    "showcase/":           Row("/showcase/", EVERYBODY),
    "showcase/guardian/<str:token>/": Row("/showcase/guardian/{showcase_guardian}/", EVERYBODY, WRONG_FORM),
    "showcase/<slug:address>/": Row("/showcase/{work}/", EVERYBODY),
    "showcase/<slug:address>/picture": Row("/showcase/{work}/picture", EVERYBODY),
    "teams/<int:pk>/showcase/": Row("/teams/{team}/showcase/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/showcase/write/": Row("/teams/{team}/showcase/write/",
                               "in     404    ok     404    404    403    404    403    404    404",
                               "in     404    422    404    404    403    404    403    404    404", {"seen": "0"}),
    "teams/<int:pk>/showcase/act/": Row("/teams/{team}/showcase/act/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404", {"act": "back"}),
    "teams/<int:pk>/showcase/decide/": Row("/teams/{team}/showcase/decide/", NO_SUCH_WAY,
                               "in     404    403    404    404    422    404    422    404    404", {"outcome": "return", "seen": "0"}),
    "teams/<int:pk>/showcase/picture": Row("/teams/{team}/showcase/picture",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/showcase/voices/<int:voice>/consent/": Row("/teams/{team}/showcase/voices/{voice}/consent/",
                               "in     404    403    404    404    ok     404    ok     404    404",
                               "in     404    403    404    404    422    404    422    404    404"),
    "teams/<int:pk>/showcase/voice/": Row("/teams/{team}/showcase/voice/",
                               "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    422    404    404    404    404    404    404    404"),
    "teams/<int:pk>/showcase/voice/picture": Row("/teams/{team}/showcase/voice/picture",
                               "in     404    ok     404    404    404    404    404    404    404"),
    "teams/<int:pk>/showcase/voice/guardian/": Row("/teams/{team}/showcase/voice/guardian/",
                               "in     404    go     404    404    404    404    404    404    404",
                               "in     404    go     404    404    404    404    404    404    404"),
    "team-invitations/<int:pk>/answer/": Row("/team-invitations/{invitation}/answer/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404", {"answer": "no"}),
    "team-merges/<int:pk>/answer/": Row("/team-merges/{merge}/answer/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404", {"answer": "no"}),
    "classes/<int:pk>/projects/<slug:project>/teams/": Row("/classes/{classroom}/projects/{project}/teams/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    go     404    go     404    404",
                               {"name": "새 모둠", "students": "{mate}"}),
    # --- what a student knows before and after: teacher and staff read results, the student alone answers
    "diagnosis/<int:enrolment>/": Row("/diagnosis/{enrolment}/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "diagnosis/<int:enrolment>/<slug:moment>/": Row("/diagnosis/{enrolment}/before/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "diagnosis/<int:enrolment>/<slug:moment>/start/": Row("/diagnosis/{enrolment}/before/start/", NO_SUCH_WAY,
                               "in     404    409    404    404    403    404    403    404    404"),
    "diagnosis/<int:enrolment>/<slug:moment>/answer/": Row("/diagnosis/{enrolment}/before/answer/", NO_SUCH_WAY,
                               "in     404    422    404    404    403    404    403    404    404"),
    "diagnosis/<int:enrolment>/<slug:moment>/assets/<path:path>":
                           Row("/diagnosis/{enrolment}/before/assets/lessons/{lesson}/images/bean.svg",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    # --- a class, for its teacher and the cohort's staff
    "classes/<int:pk>/":   Row("/classes/{classroom}/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/students/<int:enrolment>/": Row("/classes/{classroom}/students/{enrolment}/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/skills/": Row("/classes/{classroom}/skills/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/skills.xlsx": Row("/classes/{classroom}/skills.xlsx",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/skills.csv": Row("/classes/{classroom}/skills.csv",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/skills/<slug:skill>/": Row("/classes/{classroom}/skills/mean/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/gains/": Row("/classes/{classroom}/gains/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/code/": Row("/classes/{classroom}/code/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/code/renew/": Row("/classes/{classroom}/code/renew/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404", {"code": "{code}"}),
    "classes/<int:pk>/settings/": Row("/classes/{classroom}/settings/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    go     404    go     404    404", {"name": "햇님반"}),
    "classes/<int:pk>/students/": Row("/classes/{classroom}/students/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/students/left/": Row("/classes/{classroom}/students/left/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/students/<int:student>/pin/": Row("/classes/{classroom}/students/{enrolment}/pin/", NO_SUCH_WAY,
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/students/<int:student>/rename/": Row("/classes/{classroom}/students/{enrolment}/rename/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    go     404    go     404    404", {"nickname": "별"}),
    # A teacher of one class has nowhere to move a student to: the page says whom to ask.
    "classes/<int:pk>/students/<int:student>/move/": Row("/classes/{classroom}/students/{enrolment}/move/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    422    404    go     404    404",
                               {"classroom": "{other_classroom}"}),
    "classes/<int:pk>/students/<int:student>/remove/": Row("/classes/{classroom}/students/{enrolment}/remove/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    go     404    go     404    404"),
    "classes/<int:pk>/students/<int:student>/restore/": Row("/classes/{classroom}/students/{left}/restore/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404"),
    # --- a cohort, for its staff
    "classes/<int:pk>/teachers/": Row("/classes/{classroom}/teachers/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"teacher_name": "새 선생님", "teacher_email": "new@example.org"}),
    "classes/<int:pk>/teachers/<int:teacher>/remove/": Row("/classes/{classroom}/teachers/{teacher}/remove/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/new/":        Row("/cohorts/new/",
                               "in     404    404    404    404    404    404    ok     ok     404",
                               "in     404    404    404    404    404    404    go     422    404",
                               {"institution": "{institution}", "version": "{version}", "title": "4기",
                                "starts_on": "2026-12-01"}),
    "cohorts/<int:pk>/":   Row("/cohorts/{cohort}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/gains/": Row("/cohorts/{cohort}/gains/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/gains.csv": Row("/cohorts/{cohort}/gains.csv",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/progress.xlsx": Row("/cohorts/{cohort}/progress.xlsx",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/skills/": Row("/cohorts/{cohort}/skills/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/settings/": Row("/cohorts/{cohort}/settings/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"title": "4기", "starts_on": "2026-12-01"}),
    "cohorts/<int:pk>/classrooms/": Row("/cohorts/{cohort}/classrooms/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/classrooms/new/": Row("/cohorts/{cohort}/classrooms/new/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404", {"name": "새 학급"}),
    "cohorts/<int:pk>/projects/<slug:project>/reveal/": Row("/cohorts/{cohort}/projects/{project}/reveal/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/projects/<slug:project>/regrade/": Row("/cohorts/{cohort}/projects/{project}/regrade/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"version": "{version}"}),
    "cohorts/<int:pk>/projects/<slug:project>/regrade/<int:regrade>/apply/": Row(
                               "/cohorts/{cohort}/projects/{project}/regrade/{regrade}/apply/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/projects/<slug:project>/regrade/<int:regrade>/cancel/": Row(
                               "/cohorts/{cohort}/projects/{project}/regrade/{regrade}/cancel/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/projects/<slug:project>/regrade/<int:regrade>/table.xlsx": Row(
                               "/cohorts/{cohort}/projects/{project}/regrade/{regrade}/table.xlsx",
                               "in     404    404    404    404    404    404    ok     404    404"),
    # --- calls: the catalogue is public; an application is its applicant's, once submitted also the staff's to read
    "calls/": Row("/calls/", EVERYBODY),
    "calls/<int:pk>/": Row("/calls/{call}/", EVERYBODY),
    "calls/<int:pk>/apply/": Row("/calls/{call}/apply/", "in     ok     go     ok     ok     ok     ok     ok     ok     ok",
                               "in     go     go     go     go     go     go     go     go     go", {"name": "김새봄", "birth_date": "2009-05-05", "grade": "m1"}),
    "applications/<int:pk>/": Row("/applications/{application}/", "in     404    ok     404    404    404    404    404    404    404"),
    "applications/<int:pk>/facts/": Row("/applications/{application}/facts/", "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    422    404    404    404    404    404    404    404"),
    "applications/<int:pk>/form/": Row("/applications/{application}/form/", "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    go     404    404    404    404    404    404    404"),
    "applications/<int:pk>/recommender/": Row("/applications/{application}/recommender/", "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    422    404    404    404    404    404    404    404"),
    "applications/<int:pk>/guardian/": Row("/applications/{application}/guardian/", "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    422    404    404    404    404    404    404    404"),
    "applications/<int:pk>/guardian/paper/": Row("/applications/{application}/guardian/paper/", "in     404    ok     404    404    404    404    404    404    404"),
    "applications/<int:pk>/withdraw/": Row("/applications/{application}/withdraw/", "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    go     404    404    404    404    404    404    404"),
    "applications/<int:pk>/documents/<int:document>": Row("/applications/{application}/documents/{document}", "in     404    ok     404    404    404    404    ok     404    404"),
    "recommend/<str:token>/": Row("/recommend/{recommend}/", EVERYBODY, TOO_LATE),
    "consent/<str:token>/": Row("/consent/{consent}/", EVERYBODY,
                               "422 422 422 422 422 422 422 422 422 422"),
    "calls/<int:pk>/settings/": Row("/calls/{call}/settings/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/form/": Row("/calls/{call}/form/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/form/preview/": Row("/calls/{call}/form/preview/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/form/<str:question>/": Row("/calls/{call}/form/motive/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/applications/": Row("/calls/{call}/applications/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/applications.<str:kind>": Row("/calls/{call}/applications.csv", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/applications/<int:application>/": Row("/calls/{call}/applications/{application}/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/applications/<int:application>/consent/": Row("/calls/{call}/applications/{application}/consent/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/publish/": Row("/calls/{call}/publish/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/form/publish/": Row("/calls/{call}/form/publish/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/applications/<int:application>/consent/withdraw/": Row("/calls/{call}/applications/{application}/consent/withdraw/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/applications/<int:application>/recommendation/": Row("/calls/{call}/applications/{application}/recommendation/", NO_SUCH_WAY,  # it is given
                               "in     404    404    404    404    404    404    409    404    404"),
    "cohorts/<int:pk>/calls/": Row("/cohorts/{cohort}/calls/", "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/calls/new/": Row("/cohorts/{cohort}/calls/new/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    # --- completion: staff's, and one's own way to it
    "cohorts/<int:pk>/completion/": Row("/cohorts/{cohort}/completion/", "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/completion/rules/": Row("/cohorts/{cohort}/completion/rules/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/completion/rules/book/": Row("/cohorts/{cohort}/completion/rules/book/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/completion/training/": Row("/cohorts/{cohort}/completion/training/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/completion/decide/": Row("/cohorts/{cohort}/completion/decide/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/completion/report.xlsx": Row("/cohorts/{cohort}/completion/report.xlsx", "in     404    404    404    404    404    404    404    404    404"),
    "cohorts/<int:pk>/completion/results.xlsx": Row("/cohorts/{cohort}/completion/results.xlsx", "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/completion/results/": Row("/cohorts/{cohort}/completion/results/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/completion/results/apply/": Row("/cohorts/{cohort}/completion/results/apply/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/completion/people/<int:enrolment>/": Row("/cohorts/{cohort}/completion/people/{enrolment}/", "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/completion/people/<int:enrolment>/record/": Row("/cohorts/{cohort}/completion/people/{enrolment}/record/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/completion/people/<int:enrolment>/scores/": Row("/cohorts/{cohort}/completion/people/{enrolment}/scores/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/completion/people/<int:enrolment>/withdraw/": Row("/cohorts/{cohort}/completion/people/{enrolment}/withdraw/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/completion/people/<int:enrolment>/name/": Row("/cohorts/{cohort}/completion/people/{enrolment}/name/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/completion/people/<int:enrolment>/again/": Row("/cohorts/{cohort}/completion/people/{enrolment}/again/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    409     404    404"),
    "completion/<int:pk>/": Row("/completion/{enrolment}/", "in     404    ok     404    404    ok     404    ok     404    404"),
    # --- timetable and attendance: kept by teacher and staff, one's own by whoever is signed in
    "cohorts/<int:pk>/sessions/": Row("/cohorts/{cohort}/sessions/", "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/sessions/new/": Row("/cohorts/{cohort}/sessions/new/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/sessions/calendar/": Row("/cohorts/{cohort}/sessions/calendar/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    ok     404    404", {"action": "open"}),
    "classes/<int:pk>/sessions/": Row("/classes/{classroom}/sessions/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/sessions/new/": Row("/classes/{classroom}/sessions/new/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/attendance/": Row("/classes/{classroom}/attendance/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/attendance.xlsx": Row("/classes/{classroom}/attendance.xlsx",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "classes/<int:pk>/attendance/sheet/": Row("/classes/{classroom}/attendance/sheet/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    422    404    422    404    404"),
    "classes/<int:pk>/attendance/sheet/apply/": Row("/classes/{classroom}/attendance/sheet/apply/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404"),
    "sessions/worker.js":   Row("/sessions/worker.js", EVERYBODY),
    "sessions/<int:pk>/change/": Row("/sessions/{session}/change/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "sessions/<int:pk>/cancel/": Row("/sessions/{session}/cancel/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    go     404    go     404    404"),
    "sessions/<int:pk>/restore/": Row("/sessions/{session}/restore/", NO_SUCH_WAY,
                               "in     404    404    404    404    go     404    go     404    404"),
    "sessions/<int:pk>/list/": Row("/sessions/{session}/list/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    go     404    go     404    404"),
    "sessions/<int:pk>/list/live/": Row("/sessions/{session}/list/live/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "sessions/<int:pk>/list/presses/": Row("/sessions/{session}/list/presses/", NO_SUCH_WAY,
                               "in     404    404    404    404    400    404    400    404    404"),
    "sessions/<int:pk>/code/<str:way>/": Row("/sessions/{session}/code/in/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "checkin/":            Row("/checkin/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok", {"code": "AAAAAA"}),
    # Without having met the code, everybody hears the same: it has run out.
    "checkin/<int:pk>/<str:way>/": Row("/checkin/{session}/in/", RUN_OUT, RUN_OUT),
    "checkin/<int:pk>/<str:way>/<str:code>/": Row("/checkin/{session}/in/AAAAAAAAAAAAAAAA/", RUN_OUT),
    "timetable/":          Row("/timetable/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "timetable/calendar/": Row("/timetable/calendar/", NO_SUCH_WAY,
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok", {"action": "open"}),
    # The secret in the address is the key.
    "calendar/<str:token>.ics": Row("/calendar/{calendar}.ics", EVERYBODY),
    # --- selection: staff run it, a reviewer has readings of their own, an applicant a decision; rules and draw are public
    "calls/<int:pk>/selection/": Row("/calls/{call}/selection/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/rules/": Row("/calls/{call}/selection/rules/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/selection/reviewers/": Row("/calls/{call}/selection/reviewers/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/selection/reviewers/<int:reviewer>/leave/": Row("/calls/{call}/selection/reviewers/{reviewer}/leave/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/selection/stages/<str:stage>/": Row("/calls/{call}/selection/stages/s1/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/stages/<str:stage>/assign/": Row("/calls/{call}/selection/stages/s1/assign/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    409     404    404"),
    "calls/<int:pk>/selection/stages/<str:stage>/points/": Row("/calls/{call}/selection/stages/s1/points/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/selection/stages/<str:stage>/scores.xlsx": Row("/calls/{call}/selection/stages/s1/scores.xlsx", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/stages/<str:stage>/scores/": Row("/calls/{call}/selection/stages/s1/scores/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/selection/draw/": Row("/calls/{call}/selection/draw/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/selection/settle/": Row("/calls/{call}/selection/settle/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/selection/preview/": Row("/calls/{call}/selection/preview/", "in     404    404    404    404    404    404    go     404    404",
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/selection/publish/": Row("/calls/{call}/selection/publish/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/selection/results/": Row("/calls/{call}/selection/results/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/selection/results.xlsx": Row("/calls/{call}/selection/results.xlsx", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/pass-on/": Row("/calls/{call}/selection/pass-on/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "calls/<int:pk>/selection/candidates/<int:application>/": Row("/calls/{call}/selection/candidates/{application}/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/appeals/": Row("/calls/{call}/selection/appeals/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/appeals/<int:appeal>/": Row("/calls/{call}/selection/appeals/{appeal}/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/selection/import/": Row("/calls/{call}/selection/import/", "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/selection/import.xlsx": Row("/calls/{call}/selection/import.xlsx", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/recommendations/": Row("/calls/{call}/selection/recommendations/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "calls/<int:pk>/selection/recommendations.xlsx": Row("/calls/{call}/selection/recommendations.xlsx",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/sheets/<int:sheet>/": Row("/calls/{call}/selection/sheets/{sheet}/", "in     404    404    404    404    404    404    ok     404    404"),
    "calls/<int:pk>/selection/sheets/<int:sheet>/apply/": Row("/calls/{call}/selection/sheets/{sheet}/apply/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    409     404    404"),
    "selection/<int:pk>/rules/": Row("/selection/{call}/rules/", EVERYBODY),
    "selection/<int:pk>/rules.json": Row("/selection/{call}/rules.json", EVERYBODY),
    "selection/<int:pk>/lottery/": Row("/selection/{call}/lottery/", EVERYBODY),
    "selection/<int:pk>/lottery.json": Row("/selection/{call}/lottery.json", EVERYBODY),
    "reviewing/<int:pk>/": Row("/reviewing/{call}/", "in     404    404    404    404    ok     404    404    404    404"),
    "readings/<int:pk>/": Row("/readings/{reading}/", "in     404    404    404    404    ok     404    404    404    404",
                               "in     404    404    404    404    409    404    404    404    404"),
    "readings/<int:pk>/conflict/": Row("/readings/{reading}/conflict/", "in     404    404    404    404    ok     404    404    404    404",
                               "in     404    404    404    404    go     404    404    404    404"),
    "applications/<int:pk>/offer/": Row("/applications/{application}/offer/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    404    404"),
    "applications/<int:pk>/appeal/": Row("/applications/{application}/appeal/", "in     404    go     404    404    404    404    404    404    404",
                               "in     404    go     404    404    404    404    404    404    404"),
    "applications/<int:pk>/letters/<int:number>.pdf": Row("/applications/{application}/letters/1.pdf", "in     404    ok     404    404    404    404    404    404    404"),
    # --- the item bank of a program, for its authors and the staff of the institution that owns it
    "bank/<slug:slug>/":   Row("/bank/{slug}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "bank/<slug:slug>/refit/": Row("/bank/{slug}/refit/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "bank/<slug:slug>/items/<slug:item>/": Row("/bank/{slug}/items/{item}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "bank/<slug:slug>/models/": Row("/bank/{slug}/models/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "bank/<slug:slug>/models/<int:pk>/": Row("/bank/{slug}/models/{model}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "bank/<slug:slug>/models/<int:pk>/<slug:decision>/": Row("/bank/{slug}/models/{model}/accept/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "bank/<slug:slug>/assets/<path:path>": Row("/bank/{slug}/assets/lessons/{lesson}/images/bean.svg",
                               "in     404    404    404    404    404    404    ok     404    404"),
    # --- handing in, for the student alone (who may see but not do gets 403); without a file the page comes back
    "projects/<int:enrolment>/<slug:project>/submit/": Row("/projects/{enrolment}/{project}/submit/", NO_SUCH_WAY,
                               "in     404    422    404    404    403    404    403    404    404"),
    "submissions/<int:pk>/final/": Row("/submissions/{submission}/final/", NO_SUCH_WAY,
                               "in     404    go     404    404    403    404    403    404    404"),
    # --- certificates and badges: the holder's own, and what staff of the cohort do
    "awards/":             Row("/awards/", "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "awards/<int:pk>/share/": Row("/awards/{certificate}/share/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404"),
    "awards/people/<int:pk>/": Row("/awards/people/{completion}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "certificates/<int:pk>/<str:language>.pdf": Row("/certificates/{certificate}/ko.pdf",
                               "in     404    ok     404    404    404    404    ok     404    404"),
    "certificates/<int:pk>/reissue/": Row("/certificates/{certificate}/reissue/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"name": "김새봄", "reason": "오타"}),
    "certificates/<int:pk>/revoke/": Row("/certificates/{certificate}/revoke/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"reason": "잘못 발급"}),
    "badges/<uuid:pk>/revoke/": Row("/badges/{badge}/revoke/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"reason": "잘못 줌"}),
    "cohorts/<int:pk>/awards/": Row("/cohorts/{cohort}/awards/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/awards/make/": Row("/cohorts/{cohort}/awards/make/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/awards/make/<int:enrolment>/": Row("/cohorts/{cohort}/awards/make/{enrolment}/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/awards/badge/": Row("/cohorts/{cohort}/awards/badge/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/awards/automatic/": Row("/cohorts/{cohort}/awards/automatic/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/awards/goals/": Row("/cohorts/{cohort}/awards/goals/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/awards/goals/new/<str:project>/": Row("/cohorts/{cohort}/awards/goals/new/{project}/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "cohorts/<int:pk>/awards/goals/declared/<str:badge>/": Row(
                               "/cohorts/{cohort}/awards/goals/declared/bean-reader/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/awards/goals/<int:goal>/": Row("/cohorts/{cohort}/awards/goals/{goal}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/awards/goals/<int:goal>/words/": Row("/cohorts/{cohort}/awards/goals/{goal}/words/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    **{f"cohorts/<int:pk>/awards/goals/<int:goal>/{act}/": Row(f"/cohorts/{{cohort}}/awards/goals/{{goal}}/{act}/",
                               NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404")
       for act in ("give", "automatic", "close")},
    "cohorts/<int:pk>/awards/goals/<int:goal>/give/<int:enrolment>/": Row(
                               "/cohorts/{cohort}/awards/goals/{goal}/give/{enrolment}/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "cohorts/<int:pk>/awards/batches/<int:batch>/": Row("/cohorts/{cohort}/awards/batches/{batch}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    # --- how an institution signs, for its staff
    "institutions/":       Row("/institutions/", "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "institutions/<int:pk>/signing/": Row("/institutions/{institution}/signing/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"officer": "샘물고등학교장"}),
    "institutions/<int:pk>/signing/key/": Row("/institutions/{institution}/signing/key/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"is_sure": "on"}),
    "institutions/<int:pk>/endorsements/": Row("/institutions/{institution}/endorsements/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    # An institution does not endorse its own badges.
    "institutions/<int:pk>/endorsements/<int:template>/": Row("/institutions/{institution}/endorsements/{template}/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    404    404"),
    # --- what anybody may check, and what verifiers fetch
    "verify/":             Row("/verify/", EVERYBODY, OPEN_GO, {"code": "{code_of_certificate}"}),
    "verify/file/":        Row("/verify/file/", OPEN_GO, " ".join(["422"] * len(PEOPLE))),
    "verify/<str:code>/":  Row("/verify/{code_of_certificate}/", EVERYBODY),
    "badges/<uuid:pk>/":   Row("/badges/{badge}/", EVERYBODY),
    "badges/<uuid:pk>.json": Row("/badges/{badge}.json", EVERYBODY),
    "badges/<uuid:pk>.svg": Row("/badges/{badge}.svg", EVERYBODY),
    "achievements/<int:pk>/": Row("/achievements/{template}/", EVERYBODY),
    "achievements/<int:pk>/ko.json": Row("/achievements/{template}/ko.json", EVERYBODY),
    "achievements/<int:pk>/en.json": Row("/achievements/{template}/en.json", EVERYBODY),
    "achievements/<int:pk>/image.svg": Row("/achievements/{template}/image.svg", EVERYBODY),
    "status/<int:pk>/":    Row("/status/{status_list}/", EVERYBODY),
    "endorsements/<int:pk>.json": Row("/endorsements/{endorsement}.json", EVERYBODY),
    "issuers/<int:pk>/":   Row("/issuers/{institution}/", EVERYBODY),
    "issuers/<int:pk>/did.json": Row("/issuers/{institution}/did.json", EVERYBODY),
    "issuers/<int:pk>/keys.json": Row("/issuers/{institution}/keys.json", EVERYBODY),
    # --- partners: another institution offers, the staff of the host approve, a teacher of another class is a mentor;
    # a thread is read by the team, its teachers and the staff
    "partners/": Row("/partners/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "partners/<int:pk>/": Row("/partners/{partner}/",
                               "in     404    404    404    404    404    404    404    ok     404"),
    "partners/<int:pk>/impact.csv": Row("/partners/{partner}/impact.csv",
                               "in     404    404    404    404    404    404    404    ok     404"),
    "partners/<int:pk>/challenges/new/": Row("/partners/{partner}/challenges/new/",
                               "in     404    404    404    404    404    404    404    ok     404",
                               "in     404    404    404    404    404    404    404    422    404"),
    "partners/<int:pk>/opportunities/new/": Row("/partners/{partner}/opportunities/new/",
                               "in     404    404    404    404    404    404    404    ok     404",
                               "in     404    404    404    404    404    404    404    422    404"),
    "challenges/": Row("/challenges/", EVERYBODY),
    "challenges/<int:pk>/": Row("/challenges/{challenge}/",
                               "404    404    404    404    404    404    404    ok     ok     404"),
    "challenges/<int:pk>/edit/": Row("/challenges/{challenge}/edit/",
                               "in     404    404    404    404    404    404    404    ok     404",
                               "in     404    404    404    404    404    404    404    422    404"),
    "challenges/<int:pk>/send/": Row("/challenges/{challenge}/send/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    go     404"),
    "challenges/<int:pk>/decide/": Row("/challenges/{challenge}/decide/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404",
                               {"answer": "approve", "comment": ""}),
    "challenges/<int:pk>/close/": Row("/challenges/{open_challenge}/close/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    go     404"),
    "challenges/<int:pk>/data/": Row("/challenges/{open_challenge}/data/",
                               "in     404    404    404    404    404    404    404    ok     404",
                               "in     404    404    404    404    404    404    404    go     404",
                               {"reason": "거둠"}),
    "challenges/<int:pk>/take/": Row("/challenges/{open_challenge}/take/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404",
                               {"team": "{team}"}),
    "challenges/<int:pk>/files/new/": Row("/challenges/{challenge}/files/new/",
                               "in     404    404    404    404    404    404    404    ok     404",
                               "in     404    404    404    404    404    404    404    422    404"),
    "challenges/<int:pk>/files/<int:file>/": Row("/challenges/{open_challenge}/files/{challenge_file}/",
                               "in     404    404    404    404    404    404    ok     ok     404"),
    "challenges/<int:pk>/files/<int:file>/remove/": Row("/challenges/{open_challenge}/files/{challenge_file}/remove/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    go     404"),
    "opportunities/": Row("/opportunities/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "opportunities/tried/": Row("/opportunities/tried/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok",
                               "in     go     go     go     go     go     go     go     go     go",
                               {"topics": "image"}),
    "opportunities/<int:pk>/": Row("/opportunities/{opportunity}/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "opportunities/<int:pk>/sign-up/": Row("/opportunities/{opportunity}/sign-up/", NO_SUCH_WAY,
                               "in     go     go     go     go     go     go     go     go     go"),
    "opportunities/<int:pk>/give-up/": Row("/opportunities/{opportunity}/give-up/", NO_SUCH_WAY,
                               "in     go     go     go     go     go     go     go     go     go"),
    "opportunities/<int:pk>/approve/": Row("/opportunities/{opportunity}/approve/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "opportunities/<int:pk>/cancel/": Row("/opportunities/{opportunity}/cancel/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     go     404",
                               {"reason": "태풍"}),
    "opportunities/<int:pk>/places/": Row("/opportunities/{opportunity}/places/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     go     404",
                               {"places": "5"}),
    "opportunities/<int:pk>/attendance/": Row("/opportunities/{opportunity}/attendance/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     go     404"),
    "opportunities/<int:pk>/guardian/": Row("/opportunities/{visit}/guardian/",
                               "in     go     ok     go     go     go     go     go     go     go",
                               "in     go     422    go     go     go     go     go     go     go"),
    "opportunities/<int:pk>/sign-ups/<int:sign_up>/consent/": Row("/opportunities/{visit}/sign-ups/{sign_up}/consent/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "opportunities/guardian/<str:token>/": Row("/opportunities/guardian/{visit_guardian}/", EVERYBODY, WRONG_FORM),
    "institutions/<int:pk>/mentors/": Row("/institutions/{institution}/mentors/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "institutions/<int:pk>/mentors/<int:mentor>/": Row("/institutions/{institution}/mentors/{mentor}/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    422    404    404"),
    "institutions/<int:pk>/mentors/<int:mentor>/leave/": Row("/institutions/{institution}/mentors/{mentor}/leave/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "institutions/<int:pk>/mentors/<int:mentor>/checks/<int:vetting_pk>/withdraw/": Row("/institutions/{institution}/mentors/{mentor}/checks/{vetting}/withdraw/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"reason": "잘못 적음"}),
    "cohorts/<int:pk>/mentors/": Row("/cohorts/{cohort}/mentors/",
                               "in     404    404    404    404    404    404    ok     404    404",
                               "in     404    404    404    404    404    404    go     404    404",
                               {"first": "2026-09-01", "last": "2099-12-31"}),
    "cohorts/<int:pk>/mentors/fix/": Row("/cohorts/{cohort}/mentors/fix/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404",
                               {"team": "{team}"}),
    "cohorts/<int:pk>/mentors/conflict/": Row("/cohorts/{cohort}/mentors/conflict/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404",
                               {"team": "{team}", "mentor": "{mentor}", "reason": "친척"}),
    "cohorts/<int:pk>/mentors/part/": Row("/cohorts/{cohort}/mentors/part/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404",
                               {"team": "{team}"}),
    "cohorts/<int:pk>/mentors/runs/<int:run>/": Row("/cohorts/{cohort}/mentors/runs/{run}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/mentors/runs/<int:run>/why/<int:team>/": Row("/cohorts/{cohort}/mentors/runs/{run}/why/{third_team}/",
                               "in     404    404    404    404    404    404    ok     404    404"),
    "cohorts/<int:pk>/mentors/runs/<int:run>/give/": Row("/cohorts/{cohort}/mentors/runs/{run}/give/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    go     404    404"),
    "teams/<int:pk>/mentor/": Row("/teams/{team}/mentor/",
                               "in     404    ok     404    404    ok     404    ok     404    404"),
    "teams/<int:pk>/mentor/post/": Row("/teams/{team}/mentor/post/", NO_SUCH_WAY,
                               "in     404    go     404    404    go     404    go     404    404",
                               {"text": "안녕", "token": "8f14e45f-ceea-467f-a0e6-2f6e1a7b1c11"}),
    "teams/<int:pk>/mentor/book/": Row("/teams/{team}/mentor/book/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404",
                               {"slot": "{slot}", "about": "데이터"}),
    "teams/<int:pk>/mentor/ask/": Row("/teams/{team}/mentor/ask/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404",
                               {"text": "그래프", "token": "8f14e45f-ceea-467f-a0e6-2f6e1a7b1c11"}),
    "teams/<int:pk>/mentor/need/": Row("/teams/{team}/mentor/need/",
                               "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    go     404    404    404    404    404    404    404",
                               {"languages": "ko"}),
    "mentoring/": Row("/mentoring/",
                               "in     404    404    404    404    404    ok     404    404    404"),
    "mentoring/<int:pk>/": Row("/mentoring/{own_mentor}/",
                               "in     404    404    404    404    404    ok     404    404    404",
                               "in     404    404    404    404    404    422    404    404    404"),
    "mentoring/<int:pk>/slots/": Row("/mentoring/{own_mentor}/slots/",
                               "in     404    404    404    404    404    ok     404    404    404",
                               "in     404    404    404    404    404    422    404    404    404"),
    "mentoring/slots/<int:pk>/close/": Row("/mentoring/slots/{own_slot}/close/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    go     404    404    404"),
    "mentoring/meetings/<int:pk>/cancel/": Row("/mentoring/meetings/{booking}/cancel/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404"),
    "mentoring/meetings/<int:pk>/": Row("/mentoring/meetings/{own_booking}/",
                               "in     404    404    404    404    404    ok     404    404    404",
                               "in     404    404    404    404    404    go     404    404    404",
                               {"minutes": "30", "words": "잘했어요"}),
    "mentoring/reviews/<int:pk>/": Row("/mentoring/reviews/{own_review}/",
                               "in     404    404    404    404    404    ok     404    404    404",
                               "in     404    404    404    404    404    go     404    404    404",
                               {"minutes": "30", "text": "잘했어요"}),
    # --- the portfolio: its owner's alone; a link is a key by itself; teacher and staff see what is meant for them
    "portfolio/":          Row("/portfolio/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "portfolio/about/":    Row("/portfolio/about/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok",
                               "in     go     go     go     go     go     go     go     go     go",
                               {"title": "비를 읽는 사람", "introduction": ""}),
    "portfolio/preview/":  Row("/portfolio/preview/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok"),
    "portfolio/entry/<str:ref>/": Row("/portfolio/entry/reflection:{reflection}/",
                               "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    go     404    404    404    404    404    404    404",
                               {"audience": "link", "remark": ""}),
    "portfolio/move/":     Row("/portfolio/move/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404",
                               {"ref": "reflection:{reflection}", "way": "up"}),
    "portfolio/reflections/new/": Row("/portfolio/reflections/new/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok",
                               "in     go     go     go     go     go     go     go     go     go",
                               {"prompt": "hard", "about": "", "text": "단위를 맞췄다", "audience": "nobody"}),
    "portfolio/reflections/<int:pk>/": Row("/portfolio/reflections/{reflection}/",
                               "in     404    ok     404    404    404    404    404    404    404",
                               "in     404    go     404    404    404    404    404    404    404",
                               {"text": "단위를 맞췄다", "audience": "nobody", "seen": "1"}),
    "portfolio/reflections/<int:pk>/delete/": Row("/portfolio/reflections/{reflection}/delete/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404"),
    "portfolio/links/":    Row("/portfolio/links/",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok",
                               "in     409    ok     409    409    409    409    409    409    409",
                               {"label": "친구", "ends_on": "", "naming": "nickname"}),
    "portfolio/links/<int:pk>/revoke/": Row("/portfolio/links/{link}/revoke/", NO_SUCH_WAY,
                               "in     404    go     404    404    404    404    404    404    404"),
    "portfolio/guardian/": Row("/portfolio/guardian/",
                               "in     ok     go     ok     ok     ok     ok     ok     ok     ok",
                               "in     go     go     go     go     go     go     go     go     go",
                               {"name": "김엄마", "relation": "어머니", "contact": "{who}@example.com"}),
    "portfolio/of-age/":   Row("/portfolio/of-age/", NO_SUCH_WAY,
                               "in     go     409    go     go     go     go     go     go     go"),
    **{f"portfolio/portfolio.{kind}": Row(f"/portfolio/portfolio.{kind}",
                               "in     ok     ok     ok     ok     ok     ok     ok     ok     ok")
       for kind in ("pdf", "jsonld", "zip")},
    "portfolio/students/<int:enrolment>/": Row("/portfolio/students/{enrolment}/",
                               "in     404    404    404    404    ok     404    ok     404    404"),
    "portfolio/students/<int:enrolment>/consent/": Row("/portfolio/students/{enrolment}/consent/",
                               "in     404    404    404    404    ok     404    ok     404    404",
                               "in     404    404    404    404    422    404    422    404    404"),
    "p/<str:token>/":      Row("/p/{portfolio_link}/", EVERYBODY),
    # Whoever has the guardian's letter answers; the child does not.
    "p/guardian/<str:token>/": Row("/p/guardian/{guardian_link}/", EVERYBODY,
                               "go     go     403    go     go     go     go     go     go     go", {"answer": "decline"}),
    # --- the operators
    "operate/queue/":  Row("/operate/queue/",
                               "in     404    404    404    404    404    404    404    404    ok"),
    "operate/queue/<int:pk>/retry/": Row("/operate/queue/{job}/retry/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    404    go"),
    "operate/deliveries/": Row("/operate/deliveries/",
                               "in     404    404    404    404    404    404    404    404    ok"),
    "operate/deliveries/<int:pk>/again/": Row("/operate/deliveries/{delivery}/again/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    404    go"),
    "operate/keys/":       Row("/operate/keys/",
                               "in     404    404    404    404    404    404    404    404    ok",
                               "in     404    404    404    404    404    404    404    404    ok",
                               {"name": "grading-1", "capabilities": "cpu", "most_jobs": "4"}),
    "operate/keys/<int:pk>/revoke/": Row("/operate/keys/{key}/revoke/", NO_SUCH_WAY,
                               "in     404    404    404    404    404    404    404    404    go"),
    # --- worker hosts show a key; whoever only signs in gets nothing, operators included
    "api/workers/claim":   Row("/api/workers/claim", NO_SUCH_WAY, NO_KEY),
    "api/workers/wait":    Row("/api/workers/wait", NO_SUCH_WAY, NO_KEY),
    "api/workers/leave":   Row("/api/workers/leave", NO_SUCH_WAY, NO_KEY),
    **{f"api/workers/jobs/<int:job>/<int:attempt>/{what}": Row(f"/api/workers/jobs/{{job}}/1/{what}", NO_KEY)
       for what in ("parcel", "supply")},
    **{f"api/workers/jobs/<int:job>/<int:attempt>/{act}": Row(f"/api/workers/jobs/{{job}}/1/{act}", NO_SUCH_WAY, NO_KEY)
       for act in ("renew", "finish", "fail", "release")},
    "operate/metrics":     Row("/operate/metrics",
                               "404    404    404    404    404    404    404    404    404    ok"),
    # Django's admin as a whole: its own views all ask the same site, which lets superusers in and nobody else.
    # A visitor goes on to the sign-in page by way of the admin's own door.
    "admin/":              Row("/admin/",
                               "go     403    403    403    403    403    403    403    403    ok",
                               "go     403    403    403    403    403    403    403    403    ok"),
}
# fmt: on


@dataclass
class World:
    """The sessions of those who are signed in, and what stands in the addresses."""

    sessions: dict[str, str]
    words: dict[str, object]

    def ask(self, who: str, row: Row, method: str) -> HttpResponse:
        """One request, and everything it changed undone."""
        words = self.words | {"who": who}
        address = row.address.format(**words)
        data = {name: value.format(**words) for name, value in row.data.items()} if method == "post" else {}
        with transaction.atomic():
            answer = getattr(self.browser(who), method)(address, data)
            if answer.streaming:
                b"".join(answer.streaming_content)
            transaction.set_rollback(True)
        return answer

    def browser(self, who: str) -> Client:
        """A fresh browser with this person's session: signing out in one row must not reach the next."""
        client = Client(REMOTE_ADDR=f"192.0.2.{PEOPLE.index(who) + 1}")
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client


@pytest.fixture
def world(db: None, site_sandbox: Sandbox, tmp_path: Path) -> World:
    """A small real program with items, a cohort at work on it, and everybody who might want to look."""
    cache.clear()
    people, words = cast_of(a_cohort(a_quiz_version(site_sandbox, tmp_path, 10)))
    sessions = {}
    for who, user in people.items():
        if user is not None:
            client = Client()
            client.force_login(user)
            sessions[who] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return World(sessions, words)


def cast_of(cohort: Cohort) -> tuple[dict[str, User | None], dict[str, object]]:
    classroom, other_classroom = a_classroom(cohort), a_classroom(cohort)
    student = a_student(classroom)
    left = a_student(classroom)
    Enrolment.objects.filter(pk=left.pk).update(left_at="2026-10-01T00:00:00Z")
    submission, figure = a_graded_submission(student)
    regrade = Regrade.objects.create(cohort=cohort, project=PROJECT, version=cohort.version, before=cohort.version)
    job = Job.objects.create(kind="grade", subject_id=submission.pk, owner_key="1", state=JobState.DEAD)
    elsewhere = a_cohort(institution=a_school())
    teacher = a_teacher(classroom)
    people = {
        "nobody": None,
        "stranger": a_stranger(),
        "student": student.user,
        "classmate": a_student(classroom).user,
        "other_class": a_student(other_classroom).user,
        "teacher": teacher,
        "other_teacher": a_teacher(other_classroom),
        "staff": of_institution(cohort),
        "other_staff": of_institution(elsewhere),
        "superuser": a_superuser(),
    }
    notify(student.user, "regraded", key="r", facts={"project": "비"})
    reflection, link, asked = a_shown_portfolio(student.user, by=teacher)
    application, recommend, consent = a_submitted_application(cohort, student.user)
    certificate, badge, endorsement = awarded(cohort, student)
    selected = a_published_selection(application, reviewer=teacher)
    words = {
        "certificate": certificate.pk, "completion": certificate.completion_id, "code_of_certificate": certificate.code,
        "batch": certificate.completion.award_items.get().part.batch_id, "badge": badge.pk, "template": badge.template_id,
        "status_list": badge.status_list_id, "endorsement": endorsement.pk,
        "slug": SLUG, "lesson": LESSON, "cell": MEAN, "project": PROJECT,
        "cohort": cohort.pk, "institution": cohort.institution_id, "version": cohort.version_id,
        "classroom": classroom.pk, "code": classroom.join_code, "other_classroom": other_classroom.pk,
        "enrolment": student.pk, "left": left.pk, "teacher": teacher.pk,
        "submission": submission.pk, "figure": figure.pk, "job": job.pk, "regrade": regrade.pk,
        "notice": Notice.objects.get(kind="regraded").pk, "delivery": an_unsure_delivery().pk,
        "item": a_met_item(cohort).item, "model": a_proposed_model(cohort).pk,
        "call": application.call_id, "application": application.pk, "recommend": recommend, "consent": consent,
        "document": application.documents.get().pk,
        "session": a_session(classroom).pk, "calendar": new_link(student.user, None),
        "reflection": reflection.pk, "link": link.link.pk, "portfolio_link": link.token,
        "guardian_link": asked, "goal": a_goal(cohort, teacher).pk,
        **selected,
        **a_team_at_work(student, submission, mate=people["classmate"]),
        **partners_at_work(cohort, people, elsewhere),
        "key": make_key(name="host", capabilities="cpu", most_jobs=1, by=None).key.pk,
    }  # fmt: skip
    return people, words


def awarded(cohort: Cohort, student: Enrolment) -> tuple[Certificate, Badge, Endorsement]:
    """A certificate and a badge that were really made, and a partner that stands by the badge."""
    staff = of_institution(cohort)
    template = a_template(cohort, staff)
    university, person = a_partner(cohort)
    endorse(template, institution=university, by=person, comment="함께 만들었습니다.")
    a_completion(student)
    everything_made(cohort, staff)
    endorsement = Endorsement.objects.filter(template=template).first()
    assert endorsement is not None
    return Certificate.objects.select_related("completion").get(), Badge.objects.get(), endorsement


def an_unsure_delivery() -> Delivery:
    return Delivery.objects.create(address="a@example.org", language="ko", kind="regraded", state=DeliveryState.UNSURE)


def a_submitted_application(cohort: Cohort, applicant: User) -> tuple[Application, str, str]:
    """A child's application with a document, a recommendation that was asked for, and the guardian's consent."""
    call = a_call(cohort, needs_recommendation=True)
    application = an_application(call, applicant, born=CHILD)
    attach(application, by=applicant, field_id="record", name="record.pdf", data=PDF)
    asked = ask_recommender(application, Recommender("박선생", "teacher@example.org", "담임"), by=applicant)
    guardian = ask_guardian(application, Guardian("김엄마", "mother@example.org", "어머니"), by=applicant)
    answer_consent(guardian[0], agrees=True)
    submit(application, by=applicant, read=dict, seen=Seen(None), form=call.form)
    return application, asked[1], guardian[1]


def a_shown_portfolio(learner: User, *, by: User) -> tuple[Reflection, GivenLink, str]:
    """A reflection, a guardian who was asked by mail and then consented on the telephone, and a link."""
    _question, token = ask(learner, Guardian("김엄마", "mother@example.org", "어머니"))
    record_consent(
        learner, Paper(guardian_name="김엄마", way=ConsentWay.PHONE_CALL, given_on=timezone.localdate()), by=by
    )
    portfolio = stored(learner)
    reflection = begin(portfolio, prompt="hard", about="", text="단위가 어려웠다", audience=Audience.LINK)
    return reflection, share(portfolio, label="친구", ends_on=None, with_name=False), token


def a_published_selection(application: Application, *, reviewer: User) -> dict[str, object]:
    """A selection of that one application, which one teacher reads: not accepted, and an appeal that waits."""
    Recommendation.objects.update(state="given")
    staff = of_institution(application.call.cohort)
    data = rules(seats=0, reserve=0, stages=[{**rules()["stages"][0], "reviews": 1}])
    assert declaring.declare(application.call, by=staff, data=data, manner=MANNER, reason="시험") == ()
    selection = closed(of(application.call))
    place = reviewers.invite(selection, email=str(reviewer.email), name="박선생", limit=9, ties=[], by=staff)
    assigning.assign(selection, "s1", by=staff)
    read_all(selection, lambda _application, _reading: [5, 5])
    assert drawing.hold_draw(selection, public_value="1 2 3", by=staff) == ()
    settling.settle(of(application.call), by=staff)
    deciding.publish(of(application.call), by=staff)
    decision = Decision.objects.get()
    appeal = appealing.send_appeal(decision, text="다시 봐 주세요.", by=application.applicant)
    sheet = SelectionSheet.objects.create(call=application.call, kind="applications", name="a.xlsx", data=b"")
    now = timezone.now()
    Call.objects.filter(pk=application.call_id).update(closes_at=now + timedelta(days=7))
    reading = selection.readings.get().pk
    return {"reviewer": place.pk, "reading": reading, "appeal": appeal.pk, "sheet": sheet.pk}


def a_team_at_work(student: Enrolment, submission: Submission, *, mate: User | None) -> dict[str, object]:
    """Two teams of the class: the student's with evidence, and one that invites them and would like to merge."""
    second, other = a_student(student.classroom), a_student(student.classroom)
    team, other_team = a_team(student, second), a_team(other, name="한강")
    team.memberships.update(since=submission.created_at)
    picture = Given(kind=EvidenceKind.FILE, name="a.txt", format="text", data=b"1")
    saved = save_evidence(mine(team, student), milestone="find", ask="picture", given=picture, seen=0)
    drawn = Given(kind=EvidenceKind.FILE, name="a.png", format="png", data=b"1")
    figure = save_evidence(mine(team, student), milestone="errors", ask="figure", given=drawn, seen=0)
    shown = a_shown_work(team, student, second)
    return {
        "team": team.pk, "other_team": other_team.pk, "member": mine(team, second).pk, "evidence": saved.pk,
        "figure_evidence": figure.pk,
        "invitation": invite(other_team, student, by=mine(other_team, other)).pk,
        "merge": propose_merge(other_team, team, by=mine(other_team, other), most=3).pk,
        "mate": Enrolment.objects.get(user=mate).pk,
        "notebook": a_notebook(team, student),
        **shown,
        **a_review(team, other_team, student, other, saved),
    }  # fmt: skip


def a_notebook(team: Team, student: Enrolment) -> int:
    """A version of the team's notebook, which the student has opened."""
    given = Given(kind=EvidenceKind.NOTEBOOK, name="a.ipynb", format="notebook", data=notebook("x = 1").encode())
    version = save_evidence(mine(team, student), milestone="baseline", ask="notebook", given=given, seen=0)
    place = place_for(student.user, team.pk, "baseline", "notebook")
    open_draft(place, mine(team, student), empty(), based_on=1, name="a.ipynb", replace=False)
    return version.pk


def a_review(team: Team, other_team: Team, student: Enrolment, other: Enrolment, saved: Evidence) -> dict[str, object]:
    """A result, a marker, what the team says about AI, the student's task of a peer review, two files that are alike."""
    teacher = holders(role=Role.TEACHER, scope=Scope.CLASSROOM, scope_ids=[team.classroom_id])[team.classroom_id][0]
    room = room_for(teacher, team.classroom_id, PROJECT)
    picture = Given(kind=EvidenceKind.FILE, name="b.txt", format="text", data=b"2")
    theirs = save_evidence(mine(other_team, other), milestone="find", ask="picture", given=picture, seen=0)
    opened = open_round(room, Wish(each=1, samples=0, closes_at=timezone.now() + timedelta(days=1)))
    run = SimilarityRun.objects.create(cohort=team.classroom.cohort, project=PROJECT, state=SimilarityState.DONE)
    pair = SimilarPair.objects.create(
        run=run, place=1, first_evidence=saved, first_classroom=team.classroom, second_evidence=theirs,
        second_classroom=team.classroom, of_first=1, of_second=1, tokens=50, passages=[[50, 1, 1, 1, 1, 1, 1, 1, 1]],
    )  # fmt: skip
    TeamResult.objects.create(team=team, mark=75, board={"code": "place.no_board", "share": 0})
    access = team_for(teacher, team.pk)
    word = anchor_comment(access, saved, Anchor(kind=AnchorKind.LINE, line=1), text="왜 1인가요?")
    return {
        "word": word.pk,
        "marker": appoint_marker(room, email="second@example.org", name="박 선생님").pk,
        "ai_use": tell_use(mine(team, student), Told(purpose="idea", tool="챗봇")).pk,
        "peer_task": opened.tasks.get(enrolment=student).pk, "peer_evidence": theirs.pk, "pair": pair.pk,
    }  # fmt: skip


def a_shown_work(team: Team, child: Enrolment, second: Enrolment) -> dict[str, object]:
    """A public page with a picture; the child's guardian agreed on paper, the other one's was asked by mail."""
    teacher, picture = a_teacher(team.classroom), draw_anew(a_picture())
    showcase = asked_page(team, child, second, picture=picture, picture_alt="우산")
    paper = Paper(guardian_name="보호자", way=ConsentWay.SIGNED_PAPER, given_on=timezone.localdate())
    showcase_guardians.record_consent(showcase, child, paper, by=teacher)
    say(team, child, of_age=False)
    say(team, second)
    shown = let_out(team, teacher)
    _question, token = showcase_guardians.ask(showcase, second, Guardian("보호자", "s@example.org", "어머니"))
    voice = shown.public.voices.get(enrolment=child)
    return {"work": shown.address, "voice": voice.pk, "showcase_guardian": token}


def partners_at_work(cohort: Cohort, people: dict[str, User | None], elsewhere: Cohort) -> dict[str, object]:
    """A mentor for the student's team, another one who teaches the other class, and what another institution offers."""
    team = Team.objects.get(memberships__enrolment__user=people["student"])
    mentor, other = people["other_teacher"], Enrolment.objects.get(user=people["other_class"])
    assert mentor is not None
    found = everything(cohort, team, mentor=mentor, other=other, partner=elsewhere.institution)
    return {
        **found,
        "third_team": MatchRow.objects.filter(run=found["run"]).order_by("pk").values_list("team", flat=True)[0],
    }


def a_met_item(cohort: Cohort) -> ItemRecord:
    return ItemRecord.objects.create(program=cohort.version.program, item="mean-of-two", difficulty=0, variance=1)


def a_proposed_model(cohort: Cohort) -> FittedModel:
    return FittedModel.objects.create(program=cohort.version.program, name="elo", document=b"", arrays=b"", card={})


def of_institution(cohort: Cohort) -> User:
    user = a_person("최담당")
    grant(user, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=cohort.institution_id)
    return user


def a_superuser() -> User:
    user = a_person("관리자")
    user.is_staff = user.is_superuser = True
    user.save()
    return user


def a_graded_submission(student: Enrolment) -> tuple[Submission, VerdictFigure]:
    """A notebook that was really graded, with a figure beside it."""
    upload = Upload(name="notebook.ipynb", kind=SubmissionKind.NOTEBOOK, data=notebook("tallest = 1").encode())
    submission = submit_work(student, project=PROJECT, upload=upload, token=uuid.uuid4(), attempts_per_day=5)
    drain()
    return submission, VerdictFigure.objects.create(verdict=submission.verdicts.get(), question="q1", png=b"\x89PNG")


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route of the root urlconf as it is written; the admin counts as one."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern) or entry.namespace == "admin":
            yield route
        else:
            yield from routes(entry, route)


def word_for(answer: HttpResponse) -> str:
    if answer.status_code != 302:
        return "ok" if answer.status_code == 200 else str(answer.status_code)
    return "in" if answer.headers["Location"].split("?")[0] == reverse(settings.LOGIN_URL) else "go"


def differences(world: World, method: str) -> list[str]:
    """One line for every cell of the table that is not as expected."""
    wrong = []
    for route, row in TABLE.items():
        expected = (row.get if method == "get" else row.post).split()
        if not expected:
            continue
        assert len(expected) == len(PEOPLE), f"{route} needs one word for each of {PEOPLE}"
        for who, word in zip(PEOPLE, expected, strict=True):
            found = word_for(world.ask(who, row, method))
            if found != word:
                wrong.append(f"{method.upper()} {row.address} as {who}: {found}, not {word}")
    return wrong


def test_every_address_is_in_the_table_and_every_row_is_an_address():
    found = list(routes())
    assert [route for route in found if route not in TABLE] == [], "addresses that nobody said who may see"
    assert [route for route in TABLE if route not in found] == [], "rows whose address is gone"


def test_every_row_asks_the_address_it_names(world: World):
    for route, row in TABLE.items():
        match = resolve(row.address.format(**world.words, who="nobody"))
        assert match.route == route or (route == "admin/" and match.namespace == "admin")


def test_everybody_sees_what_the_table_says(world: World):
    assert differences(world, "get") == []


def test_everybody_may_do_what_the_table_says(world: World):
    assert differences(world, "post") == []


def test_nothing_is_changed_where_the_table_has_no_post(world: World):
    for route, row in TABLE.items():
        if not row.post:
            for who in PEOPLE:
                answer = world.ask(who, Row(row.address, ""), "post")
                assert word_for(answer) in {"in", "403", "404", "405"}, f"POST {route} as {who}"


def test_what_does_not_exist_answers_like_what_is_hidden(world: World):
    """A number that is not there and one of somebody else's cannot be told apart."""
    absent = world.words | dict.fromkeys(("cohort", "classroom", "enrolment", "submission"), 999_999_999)
    for row in TABLE.values():
        if row.get.split()[PEOPLE.index("other_staff")] == "404" and "{" in row.address and "{job}" not in row.address:
            hidden = world.ask("other_staff", row, "get")
            missing = world.browser("other_staff").get(row.address.format(**absent))
            assert (hidden.status_code, missing.status_code) == (404, 404), row.address


def test_only_superusers_reach_any_list_of_the_admin(world: World):
    lists = [reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in site._registry]
    assert len(lists) >= 6
    for address in lists:
        for who in PEOPLE:
            word = word_for(world.ask(who, Row(address, ""), "get"))
            assert word == {"nobody": "go", "superuser": "ok"}.get(who, "403"), f"{address} as {who}"
