"""Addresses of `practice`."""

from django.urls import path

from saem.apps.learning.practice import views

app_name = "practice"
urlpatterns = [
    path("<int:enrolment>/", views.item, name="item"),
    path("<int:enrolment>/growth/", views.growth, name="growth"),
    path("<int:enrolment>/assets/<path:path>", views.asset, name="asset"),
]
