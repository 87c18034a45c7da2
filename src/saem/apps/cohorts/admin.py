"""Cohorts and classrooms, as superusers see them; running them is for their staff, on the pages of this room."""

from django.contrib import admin

from saem.apps.cohorts.models import Classroom, Cohort


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    list_display = ("title", "institution", "version", "starts_on", "ends_on")
    list_select_related = ("institution", "version")
    search_fields = ("title", "title_en")
    autocomplete_fields = ("institution",)


@admin.register(Classroom)
class ClassroomAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter at run time
    list_display = ("name", "cohort", "join_code", "join_open")
    list_select_related = ("cohort",)
    search_fields = ("name", "join_code")
    autocomplete_fields = ("cohort",)
