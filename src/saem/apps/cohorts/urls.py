"""Addresses of `cohorts`."""

from django.urls import path

from saem.apps.cohorts.views import classroom, cohort, joining, students

app_name = "cohorts"
urlpatterns = [
    path("join/", joining.code, name="join"),
    path("join/<str:code>/", joining.enter, name="join"),
    path("cohorts/new/", cohort.new, name="new"),
    path("cohorts/<int:pk>/settings/", cohort.change, name="settings"),
    path("cohorts/<int:pk>/classrooms/", cohort.classrooms, name="classrooms"),
    path("cohorts/<int:pk>/classrooms/new/", cohort.classroom_new, name="classroom_new"),
    path("classes/<int:pk>/teachers/", cohort.teachers, name="teachers"),
    path("classes/<int:pk>/teachers/<int:teacher>/remove/", cohort.teacher_remove, name="teacher_remove"),
    path("classes/<int:pk>/code/", classroom.code, name="code"),
    path("classes/<int:pk>/code/renew/", classroom.code_renew, name="code_renew"),
    path("classes/<int:pk>/settings/", classroom.settings, name="classroom_settings"),
    path("classes/<int:pk>/students/", students.students, name="students"),
    path("classes/<int:pk>/students/left/", students.left, name="left"),
    path("classes/<int:pk>/students/<int:student>/pin/", students.reset_pin, name="reset_pin"),
    path("classes/<int:pk>/students/<int:student>/rename/", students.rename, name="rename"),
    path("classes/<int:pk>/students/<int:student>/move/", students.move, name="move"),
    path("classes/<int:pk>/students/<int:student>/remove/", students.remove, name="remove"),
    path("classes/<int:pk>/students/<int:student>/restore/", students.restore, name="restore"),
]
