"""Addresses of mentors, matching, contact, challenges, impact and opportunities."""

from django.urls import include, path

from saem.apps.partners.challenges import file_views as challenge_files
from saem.apps.partners.challenges import views as challenges
from saem.apps.partners.contact import views as contact
from saem.apps.partners.impact import views as impact
from saem.apps.partners.matching import views as matching
from saem.apps.partners.mentors import views as mentors
from saem.apps.partners.opportunities import guardian_views as opportunity_guardians
from saem.apps.partners.opportunities import views as opportunities

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
    path("runs/<int:run>/why/<int:team>/", matching.why, name="match_why"),
    path("runs/<int:run>/give/", matching.give, name="match_give"),
]
of_a_team = [
    path("", contact.team, name="team"),
    path("post/", contact.post, name="post"),
    path("book/", contact.book, name="book"),
    path("ask/", contact.ask, name="ask"),
    path("need/", contact.need, name="need"),
]
of_a_partner = [
    path("", impact.partner, name="partner"),
    path("impact.csv", impact.table, name="impact_table"),
    path("challenges/new/", challenges.new, name="challenge_new"),
    path("opportunities/new/", opportunities.new, name="opportunity_new"),
]
of_a_challenge = [
    path("", challenges.challenge, name="challenge"),
    path("edit/", challenges.edit, name="challenge_edit"),
    path("send/", challenges.send, name="challenge_send"),
    path("decide/", challenges.decide, name="challenge_decide"),
    path("close/", challenges.close, name="challenge_close"),
    path("data/", challenges.data, name="challenge_data"),
    path("take/", challenges.take, name="take"),
    path("files/new/", challenge_files.add, name="challenge_file_new"),
    path("files/<int:file>/", challenge_files.download, name="challenge_file"),
    path("files/<int:file>/remove/", challenge_files.remove, name="challenge_file_remove"),
]
of_an_opportunity = [
    path("", opportunities.opportunity, name="opportunity"),
    path("sign-up/", opportunities.sign_up, name="sign_up"),
    path("give-up/", opportunities.give_up, name="give_up"),
    path("approve/", opportunities.approve, name="opportunity_approve"),
    path("cancel/", opportunities.cancel, name="opportunity_cancel"),
    path("places/", opportunities.places, name="opportunity_places"),
    path("attendance/", opportunities.attendance, name="opportunity_attendance"),
    path("guardian/", opportunity_guardians.guardian, name="opportunity_guardian"),
    path("sign-ups/<int:sign_up>/consent/", opportunity_guardians.consent, name="opportunity_consent"),
]
urlpatterns = [
    path("partners/", impact.home, name="home"),
    path("partners/<int:pk>/", include(of_a_partner)),
    path("challenges/", challenges.challenges, name="challenges"),
    path("challenges/<int:pk>/", include(of_a_challenge)),
    path("opportunities/", opportunities.opportunities, name="opportunities"),
    path("opportunities/tried/", opportunities.tried, name="tried"),
    path("opportunities/<int:pk>/", include(of_an_opportunity)),
    path(
        "opportunities/guardian/<str:token>/", opportunity_guardians.guardian_answer, name="opportunity_guardian_answer"
    ),
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
