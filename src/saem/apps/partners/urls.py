"""Addresses of mentors, matching, contact, challenges, impact and opportunities."""

from django.urls import include, path

from saem.apps.partners.contact import views as contact
from saem.apps.partners.matching import views as matching
from saem.apps.partners.mentors import views as mentors

app_name = "partners"

of_an_institution = [
    path("", mentors.mentors, name="mentors"),
    path("<int:mentor>/", mentors.mentor, name="mentor"),
    path("<int:mentor>/leave/", mentors.let_go, name="let_go"),
    path("<int:mentor>/checks/<int:vetting_pk>/withdraw/", mentors.withdraw, name="vetting_withdraw"),
]
of_a_cohort = [
    path("", matching.cohort, name="matching"),
    path("fix/", matching.fix, name="match_fix"),
    path("conflict/", matching.conflict, name="match_conflict"),
    path("part/", matching.part, name="match_part"),
    path("runs/<int:run>/", matching.run, name="match_run"),
    path("runs/<int:run>/why/", matching.why, name="match_why"),
    path("runs/<int:run>/give/", matching.give, name="match_give"),
]
of_a_team = [
    path("", contact.team, name="team"),
    path("post/", contact.post, name="post"),
    path("book/", contact.book, name="book"),
    path("ask/", contact.ask, name="ask"),
    path("need/", contact.need, name="need"),
]
urlpatterns = [
    path("institutions/<int:pk>/mentors/", include(of_an_institution)),
    path("cohorts/<int:pk>/mentors/", include(of_a_cohort)),
    path("teams/<int:pk>/mentor/", include(of_a_team)),
    path("mentoring/", contact.mentoring, name="mentoring"),
    path("mentoring/<int:pk>/", mentors.profile, name="profile"),
    path("mentoring/<int:pk>/slots/", contact.slots, name="slots"),
    path("mentoring/slots/<int:pk>/close/", contact.close, name="slot_close"),
    path("mentoring/meetings/<int:pk>/cancel/", contact.cancel, name="booking_cancel"),
    path("mentoring/meetings/<int:pk>/", contact.report, name="report"),
    path("mentoring/reviews/<int:pk>/", contact.review, name="review"),
]
