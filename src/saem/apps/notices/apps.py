"""The Django application of `notices`."""

from django.apps import AppConfig

from saem.apps.jobs.kinds import announce_kind


class NoticesConfig(AppConfig):
    name = "saem.apps.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        announce_kind("delivery", home="saem.apps.notices.handlers.DELIVERY")
        announce_kind("digest.nightly", home="saem.apps.notices.handlers.DIGESTS", is_nightly=True)
