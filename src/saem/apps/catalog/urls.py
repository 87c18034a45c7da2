"""Addresses of `catalog`."""

from django.urls import path

from saem.apps.catalog import views

app_name = "catalog"
urlpatterns = [
    path("", views.programs, name="programs"),
    path("<slug:slug>/", views.program, name="program"),
    path("<slug:slug>/competencies/", views.competencies, name="competencies"),
    path("<slug:slug>/versions/<int:number>/competencies/", views.competencies, name="competencies_of"),
    path("<slug:slug>/lessons/<slug:lesson>/guide/", views.guide, name="guide"),
    path("<slug:slug>/lessons/<slug:lesson>/guide/assets/<path:path>", views.guide_asset, name="guide_asset"),
]
