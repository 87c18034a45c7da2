"""Addresses of selection."""

from django.urls import URLPattern, URLResolver, include, path

from saem.apps.cohorts.selection.views import (
    appeals,
    applicants,
    deciding,
    declaring,
    public,
    recommending,
    reviewing,
    sheets,
    staff,
    stages,
)

app_name = "selection"

of_a_stage = [
    path("", stages.stage_page, name="stage"),
    path("assign/", stages.assign, name="assign"),
    path("points/", stages.points, name="points"),
    path("scores.xlsx", sheets.scores, name="scores"),
    path("scores/", sheets.upload_scores, name="upload_scores"),
]
of_a_call: list[URLPattern | URLResolver] = [
    path("", staff.overview, name="overview"),
    path("rules/", declaring.declare, name="declare"),
    path("reviewers/", staff.reviewer_list, name="reviewers"),
    path("reviewers/<int:reviewer>/leave/", staff.reviewer_leave, name="reviewer_leave"),
    path("stages/<str:stage>/", include(of_a_stage)),
    path("draw/", deciding.draw, name="draw"),
    path("settle/", deciding.settle, name="settle"),
    path("preview/", deciding.preview, name="preview"),
    path("publish/", deciding.publish, name="publish"),
    path("results/", deciding.results, name="results"),
    path("results.xlsx", sheets.results, name="results_book"),
    path("pass-on/", deciding.pass_on, name="pass_on"),
    path("candidates/<int:application>/", staff.candidate, name="candidate"),
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<int:appeal>/", appeals.answer, name="answer"),
    path("import/", sheets.upload_applications, name="upload"),
    path("import.xlsx", sheets.template, name="template"),
    path("recommendations/", recommending.upload, name="upload_recommendations"),
    path("recommendations.xlsx", recommending.template, name="recommendations_template"),
    path("sheets/<int:sheet>/", sheets.sheet, name="sheet"),
    path("sheets/<int:sheet>/apply/", sheets.apply, name="apply"),
]
urlpatterns = [
    path("calls/<int:pk>/selection/", include(of_a_call)),
    path("selection/<int:pk>/rules/", declaring.rules, name="rules"),
    path("selection/<int:pk>/rules.json", declaring.rules_text, name="rules_text"),
    path("selection/<int:pk>/lottery/", public.lottery, name="lottery"),
    path("selection/<int:pk>/lottery.json", public.lottery_file, name="lottery_file"),
    path("reviewing/<int:pk>/", reviewing.mine, name="reviewing"),
    path("readings/<int:pk>/", reviewing.reading, name="reading"),
    path("readings/<int:pk>/conflict/", reviewing.conflict, name="conflict"),
    path("applications/<int:pk>/offer/", applicants.offer, name="offer"),
    path("applications/<int:pk>/appeal/", applicants.appeal, name="appeal"),
    path("applications/<int:pk>/letters/<int:number>.pdf", applicants.letter, name="letter"),
]
