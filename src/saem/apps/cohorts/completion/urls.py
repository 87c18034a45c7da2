"""Addresses of completion."""

from django.urls import URLPattern, URLResolver, include, path

from saem.apps.cohorts.completion.views import own, people, rules, sheets

app_name = "completion"

of_a_person: list[URLPattern | URLResolver] = [
    path("", people.person, name="person"),
    path("record/", people.record, name="record"),
    path("scores/", people.scores, name="scores"),
    path("withdraw/", people.withdraw, name="withdraw"),
    path("name/", people.name, name="name"),
    path("again/", people.again, name="again"),
]
of_a_cohort: list[URLPattern | URLResolver] = [
    path("", people.people, name="people"),
    path("rules/", rules.rules, name="rules"),
    path("rules/book/", rules.book, name="book"),
    path("training/", rules.training, name="training"),
    path("decide/", people.decide, name="decide"),
    path("report.xlsx", sheets.report, name="report"),
    path("results.xlsx", sheets.results, name="results"),
    path("results/", sheets.upload, name="upload"),
    path("results/apply/", sheets.apply, name="apply"),
    path("people/<int:enrolment>/", include(of_a_person)),
]
urlpatterns = [
    path("cohorts/<int:pk>/completion/", include(of_a_cohort)),
    path("completion/<int:pk>/", own.own, name="own"),
]
