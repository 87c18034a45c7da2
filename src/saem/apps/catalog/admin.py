"""What an agreement asks of reviews, as superusers edit it."""

from django.contrib import admin

from saem.apps.catalog.models import ReviewRule


@admin.register(ReviewRule)
class ReviewRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    list_display = ("agreement", "approvals")
