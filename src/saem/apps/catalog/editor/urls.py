"""Addresses of the editor, below one proposal."""

from django.urls import path

from saem.apps.catalog.editor.views import arranging, writing

app_name = "editor"
urlpatterns = [
    path("", arranging.files, name="files"),
    path("lessons/new/", arranging.new_lesson, name="new_lesson"),
    path("items/new/", arranging.new_item, name="new_item"),
    path("files/<path:file>", writing.edit, name="edit"),
    path("preview/<path:file>", writing.preview, name="preview"),
    path("move/<path:file>", arranging.move, name="move"),
    path("remove/<path:file>", arranging.remove, name="remove"),
    path("assets/<path:file>", writing.asset, name="asset"),
]
