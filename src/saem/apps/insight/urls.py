"""Addresses of the home page, the teacher's class and the manager's cohort."""

from django.urls import path

from saem.apps.insight import views

app_name = "insight"
urlpatterns = [
    path("", views.home, name="home"),
    path("classes/<int:pk>/", views.classroom, name="classroom"),
    path("classes/<int:pk>/students/<int:enrolment>/", views.student, name="student"),
    path("cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("cohorts/<int:pk>/progress.xlsx", views.progress_workbook, name="progress"),
]
