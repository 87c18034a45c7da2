"""Addresses of the home page, the teacher's class and the manager's cohort."""

from django.urls import path

from saem.apps.insight import gain_pages, views
from saem.apps.insight.mastery import views as mastery

app_name = "insight"
urlpatterns = [
    path("", views.home, name="home"),
    path("classes/<int:pk>/", views.classroom, name="classroom"),
    path("classes/<int:pk>/students/<int:enrolment>/", views.student, name="student"),
    path("classes/<int:pk>/skills/", mastery.skills, name="skills"),
    path("classes/<int:pk>/skills.xlsx", mastery.skills_workbook, name="skills_workbook"),
    path("classes/<int:pk>/skills.csv", mastery.skills_csv, name="skills_csv"),
    path("classes/<int:pk>/skills/<slug:skill>/", mastery.skill, name="skill"),
    path("classes/<int:pk>/gains/", gain_pages.classroom_gains, name="classroom_gains"),
    path("cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("cohorts/<int:pk>/gains/", gain_pages.cohort_gains, name="cohort_gains"),
    path("cohorts/<int:pk>/gains.csv", gain_pages.cohort_gains_csv, name="cohort_gains_csv"),
    path("cohorts/<int:pk>/progress.xlsx", views.progress_workbook, name="progress"),
    path("cohorts/<int:pk>/skills/", mastery.cohort_skills, name="cohort_skills"),
]
