"""Addresses of calls and applications."""

from django.urls import include, path

from saem.apps.cohorts.calls.views import applying, building, catalogue, staff, vouching

app_name = "calls"

of_an_application = [
    path("", applying.application, name="application"),
    path("facts/", applying.facts, name="facts"),
    path("form/", applying.form, name="form"),
    path("recommender/", vouching.recommender, name="recommender"),
    path("guardian/", vouching.guardian, name="guardian"),
    path("guardian/paper/", vouching.paper, name="paper"),
    path("withdraw/", applying.withdraw, name="withdraw"),
    path("documents/<int:document>", staff.document, name="document"),
]
of_a_call = [
    path("", catalogue.call, name="call"),
    path("apply/", applying.begin, name="begin"),
    path("settings/", staff.change, name="settings"),
    path("publish/", staff.publish, name="publish"),
    path("form/", building.builder, name="builder"),
    path("form/preview/", building.preview, name="preview"),
    path("form/publish/", building.publish, name="form_publish"),
    path("form/<str:question>/", building.question, name="question"),
    path("applications/", staff.applications, name="applications"),
    path("applications.<str:kind>", staff.export, name="export"),
    path("applications/<int:application>/", staff.read, name="read"),
    path("applications/<int:application>/consent/", staff.record_consent, name="record_consent"),
    path("applications/<int:application>/consent/withdraw/", staff.withdraw_consent, name="withdraw_consent"),
    path("applications/<int:application>/recommendation/", staff.renew_link, name="renew_link"),
]
urlpatterns = [
    path("calls/", catalogue.catalogue, name="catalogue"),
    path("calls/<int:pk>/", include(of_a_call)),
    path("applications/<int:pk>/", include(of_an_application)),
    path("recommend/<str:token>/", vouching.recommend, name="recommend"),
    path("consent/<str:token>/", vouching.consent, name="consent"),
    path("cohorts/<int:pk>/calls/", staff.calls, name="calls"),
    path("cohorts/<int:pk>/calls/new/", staff.new, name="new"),
]
