"""Every address of the site, room by room."""

from django.contrib import admin
from django.urls import include, path

from saem.web import error_pages

urlpatterns = [
    path("", include("saem.apps.insight.urls")),
    path("", include("saem.apps.people.urls")),
    path("", include("saem.apps.cohorts.urls")),
    path("", include("saem.apps.cohorts.calls.urls")),
    path("", include("saem.apps.cohorts.completion.urls")),
    path("", include("saem.apps.cohorts.sessions.urls")),
    path("", include("saem.apps.cohorts.selection.urls")),
    path("programs/", include("saem.apps.catalog.urls")),
    path("", include("saem.apps.catalog.proposals.urls")),
    path("learn/", include("saem.apps.learning.urls")),
    path("practice/", include("saem.apps.learning.practice.urls")),
    path("", include("saem.apps.learning.teaching.urls")),
    path("bank/", include("saem.apps.learning.itembank.urls")),
    path("diagnosis/", include("saem.apps.learning.diagnosis.urls")),
    path("", include("saem.apps.projects.urls")),
    path("", include("saem.apps.awards.urls")),
    path("", include("saem.apps.awards.portfolio.urls")),
    path("", include("saem.apps.partners.urls")),
    path("", include("saem.apps.jobs.urls")),
    path("", include("saem.apps.notices.urls")),
    path("admin/", admin.site.urls),
]

handler400 = error_pages.bad_request
handler403 = error_pages.permission_denied
handler404 = error_pages.page_not_found
handler500 = error_pages.server_error
