"""The Django application of `catalog`."""

from django.apps import AppConfig

from saem.apps.jobs.kinds import announce_kind
from saem.apps.notices.kinds import Topic, announce_notice


class CatalogConfig(AppConfig):
    name = "saem.apps.catalog"
    label = "catalog"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        announce_kind("proposal.check", home="saem.apps.catalog.proposals.checks.CHECK")
        for kind in ("opened", "revised", "said", "reviewed", "published"):
            announce_notice(f"proposal.{kind}", topic=Topic.TOGETHER)
