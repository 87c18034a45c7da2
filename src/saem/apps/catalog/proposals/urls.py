"""Addresses of proposals."""

from django.urls import include, path

from saem.apps.catalog.proposals.views import reading, talking, writing

app_name = "proposals"

of_a_proposal = [
    path("", reading.proposal, name="proposal"),
    path("changes/", reading.changes, name="changes"),
    path("files.zip", reading.archive, name="archive"),
    path("upload/", writing.upload, name="upload"),
    path("take/", writing.take, name="take"),
    path("merge/<int:incoming>/", writing.merging, name="merge"),
    path("merge/<int:incoming>/drop/", writing.drop, name="drop"),
    path("check/", writing.check_again, name="check"),
    path("publish/", writing.publish, name="publish"),
    path("close/", writing.close, name="close"),
    path("comment/", talking.comment, name="comment"),
    path("comments/<int:comment>/answer/", talking.answer, name="answer"),
    path("comments/<int:comment>/settle/", talking.settle, name="settle"),
    path("review/", talking.review, name="review"),
]
urlpatterns = [
    path("programs/<slug:slug>/proposals/", reading.proposals, name="proposals"),
    path("programs/<slug:slug>/proposals/new/", writing.new, name="new"),
    path("proposals/<int:pk>/", include(of_a_proposal)),
]
