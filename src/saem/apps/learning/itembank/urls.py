"""Addresses of the item bank."""

from django.urls import path

from saem.apps.learning.itembank import views

app_name = "itembank"
urlpatterns = [
    path("<slug:slug>/", views.bank, name="bank"),
    path("<slug:slug>/refit/", views.refit, name="refit"),
    path("<slug:slug>/models/", views.models, name="models"),
    path("<slug:slug>/models/<int:pk>/", views.model, name="model"),
    path("<slug:slug>/models/<int:pk>/<slug:decision>/", views.decide, name="decide"),
    path("<slug:slug>/items/<slug:item>/", views.item, name="item"),
    path("<slug:slug>/assets/<path:path>", views.asset, name="asset"),
]
