"""Backfill: whose each badge is, read from its completion."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def name_holders(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    badge, completion = apps.get_model("awards", "Badge"), apps.get_model("cohorts", "Completion")
    holder = completion.objects.filter(pk=OuterRef("completion_id")).values("enrolment__user_id")[:1]
    badge.objects.filter(holder=None).update(holder_id=Subquery(holder))


class Migration(migrations.Migration):
    dependencies = [("awards", "0003_goals_and_mailed_consents"), ("cohorts", "0003_completion")]

    operations = [migrations.RunPython(name_holders, migrations.RunPython.noop)]
