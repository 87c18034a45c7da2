"""The admin site: superusers only, signed in through the site's own page with its limits."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class SuperuserAdminSite(AdminSite):
    site_title = site_header = _("샘 관리")
    index_title = _("기관, 사람, 프로그램")

    def has_permission(self, request: HttpRequest) -> bool:
        """Let superusers in, send visitors to sign in; refuse everybody else, who would go round in circles."""
        if request.user.is_authenticated and not request.user.is_superuser:
            raise PermissionDenied
        return request.user.is_active and request.user.is_superuser

    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponseBase:  # type: ignore[override]  # noqa: ARG002
        """Send a visitor to the sign-in page: Django's own form knows neither e-mails nor limits."""
        index = reverse("admin:index")
        return redirect(index) if self.has_permission(request) else redirect_to_login(request.GET.get("next") or index)
