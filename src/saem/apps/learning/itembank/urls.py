"""Addresses of the item bank."""

from django.urls import path

from saem.apps.learning.itembank import views

app_name = "itembank"
urlpatterns = [
    path("<slug:slug>/", views.bank, name="bank"),
    path("<slug:slug>/refit/", views.refit, name="refit"),
    path("<slug:slug>/models/", views.models, name="models"),
    path("<slug:slug>/models/<int:pk>/accept/", views.accept, name="accept"),
    path("<slug:slug>/models/<int:pk>/refuse/", views.refuse, name="refuse"),
    path("<slug:slug>/items/<slug:item>/", views.item, name="item"),
]
