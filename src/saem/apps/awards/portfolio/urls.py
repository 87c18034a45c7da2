"""Addresses of the portfolio."""

from django.urls import path

from saem.apps.awards.portfolio.views import exports, guardians, links, own, teachers

app_name = "portfolio"
urlpatterns = [
    path("portfolio/", own.own, name="own"),
    path("portfolio/about/", own.about, name="about"),
    path("portfolio/preview/", own.preview, name="preview"),
    path("portfolio/entry/<str:ref>/", own.entry, name="entry"),
    path("portfolio/move/", own.move, name="move"),
    path("portfolio/reflections/new/", own.new_reflection, name="new_reflection"),
    path("portfolio/reflections/<int:pk>/", own.reflection, name="reflection"),
    path("portfolio/reflections/<int:pk>/delete/", own.delete_reflection, name="delete_reflection"),
    path("portfolio/links/", links.links, name="links"),
    path("portfolio/links/<int:pk>/revoke/", links.revoke, name="revoke"),
    path("portfolio/guardian/", guardians.guardian, name="guardian"),
    path("portfolio/of-age/", links.of_age, name="of_age"),
    path("portfolio/portfolio.pdf", exports.pdf, name="pdf"),
    path("portfolio/portfolio.jsonld", exports.jsonld, name="jsonld"),
    path("portfolio/portfolio.zip", exports.archive, name="archive"),
    path("portfolio/students/<int:enrolment>/", teachers.student, name="student"),
    path("portfolio/students/<int:enrolment>/consent/", teachers.consent, name="consent"),
    path("p/guardian/<str:token>/", guardians.guardian_answer, name="guardian_answer"),
    path("p/<str:token>/", links.shared, name="shared"),
]
