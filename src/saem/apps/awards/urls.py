"""Addresses of certificates and badges. Those that verifiers fetch stand in signed documents and never change."""

from django.urls import include, path

from saem.apps.awards import own
from saem.apps.awards.badges import views as badges
from saem.apps.awards.certificates import views as certificates
from saem.apps.awards.checking import views as checking
from saem.apps.awards.goals import views as goals
from saem.apps.awards.issuers import views as issuers

app_name = "awards"

of_a_cohort = [
    path("", certificates.cohort, name="cohort"),
    path("make/", certificates.make, name="make"),
    path("make/<int:enrolment>/", certificates.make_one, name="make_one"),
    path("automatic/", certificates.automatic, name="automatic"),
    path("badge/", certificates.template, name="template"),
    path("goals/", goals.goals, name="goals"),
    path("goals/new/<str:project>/", goals.new, name="goal_new"),
    path("goals/declared/<str:badge>/", goals.take_over, name="goal_take_over"),
    path("goals/<int:goal>/", goals.goal, name="goal"),
    path("goals/<int:goal>/words/", goals.words, name="goal_words"),
    path("goals/<int:goal>/give/", goals.give, name="goal_give"),
    path("goals/<int:goal>/give/<int:enrolment>/", goals.give_one, name="goal_give_one"),
    path("goals/<int:goal>/automatic/", goals.automatic, name="goal_automatic"),
    path("goals/<int:goal>/close/", goals.close, name="goal_close"),
    path("batches/<int:batch>/", certificates.batch, name="batch"),
]
of_an_institution = [
    path("signing/", issuers.settings, name="settings"),
    path("signing/key/", issuers.rotate, name="rotate"),
    path("endorsements/", issuers.endorsements, name="endorsements"),
    path("endorsements/<int:template>/", issuers.endorse, name="endorse"),
]
urlpatterns = [
    path("awards/", own.mine, name="mine"),
    path("awards/<int:pk>/share/", own.share, name="share"),
    path("awards/people/<int:pk>/", certificates.person, name="person"),
    path("certificates/<int:pk>/<str:language>.pdf", certificates.pdf, name="pdf"),
    path("certificates/<int:pk>/reissue/", certificates.reissue, name="reissue"),
    path("certificates/<int:pk>/revoke/", certificates.revoke, name="revoke"),
    path("cohorts/<int:pk>/awards/", include(of_a_cohort)),
    path("institutions/", issuers.institutions, name="institutions"),
    path("institutions/<int:pk>/", include(of_an_institution)),
    # --- for everybody
    path("verify/", checking.check, name="check"),
    path("verify/file/", checking.file, name="file_check"),
    path("verify/<str:code>/", checking.certificate, name="certificate_check"),
    path("badges/<uuid:pk>/", badges.badge, name="badge"),
    path("badges/<uuid:pk>/revoke/", certificates.revoke_badge, name="revoke_badge"),
    path("badges/<uuid:pk>.json", badges.badge_json, name="badge_json"),
    path("badges/<uuid:pk>.svg", badges.badge_svg_file, name="badge_svg"),
    path("achievements/<int:pk>/", badges.achievement, name="achievement"),
    path("achievements/<int:pk>/ko.json", badges.achievement_json, {"language": "ko"}, name="achievement_ko"),
    path("achievements/<int:pk>/en.json", badges.achievement_json, {"language": "en"}, name="achievement_en"),
    path("achievements/<int:pk>/image.svg", badges.achievement_image, name="achievement_image"),
    path("status/<int:pk>/", badges.status, name="status"),
    path("endorsements/<int:pk>.json", badges.endorsement, name="endorsement"),
    path("issuers/<int:pk>/", badges.issuer, name="issuer"),
    path("issuers/<int:pk>/did.json", badges.did_document, name="did"),
    path("issuers/<int:pk>/keys.json", badges.key_set, name="key_set"),
]
