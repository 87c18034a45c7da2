"""Addresses of the home page, the teacher's class and the manager's cohort."""

from django.urls import path

from saem.apps.insight import gain_pages, views

app_name = "insight"
urlpatterns = [
    path("", views.home, name="home"),
    path("classes/<int:pk>/", views.classroom, name="classroom"),
    path("classes/<int:pk>/students/<int:enrolment>/", views.student, name="student"),
    path("classes/<int:pk>/gains/", gain_pages.classroom_gains, name="classroom_gains"),
    path("cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("cohorts/<int:pk>/gains/", gain_pages.cohort_gains, name="cohort_gains"),
    path("cohorts/<int:pk>/progress.xlsx", views.progress_workbook, name="progress"),
]
