"""Addresses of `notices`."""

from django.urls import path

from saem.apps.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/settings/", views.preferences, name="settings"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("operate/deliveries/", views.deliveries, name="deliveries"),
    path("operate/deliveries/<int:pk>/again/", views.send_again, name="send_again"),
]
