"""Institutions, agreements, people and roles, as superusers edit them."""

from django.contrib import admin

from saem.apps.people.models import Agreement, Grant, Institution, User


@admin.register(Institution)
class InstitutionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    list_display = ("name", "name_en", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "name_en")


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    list_display = ("title", "starts_on", "ends_on")
    search_fields = ("title", "title_en")
    filter_horizontal = ("institutions",)


class GrantInline(admin.TabularInline):  # type: ignore[type-arg]  # Django's class takes no parameter at run time
    model = Grant
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    """People without their password: its owner sets it by a mailed link, nobody else sees or types it."""

    list_display = ("display_name", "email", "is_active", "is_superuser", "date_joined")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("display_name", "email")
    fields = ("display_name", "email", "language", "is_active", "is_superuser", "date_joined", "last_login")
    readonly_fields = ("date_joined", "last_login")
    inlines = (GrantInline,)


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    list_display = ("user", "role", "scope", "scope_id", "granted_at")
    list_filter = ("role", "scope")
    search_fields = ("user__display_name", "user__email")
    autocomplete_fields = ("user",)
    list_select_related = ("user",)
