"""One outlook of completion for each person, kept with the standing, where attendance had one of its own."""

from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

CHANCES = ["met", "yes", "at_risk", "no"]


def keep_what_was_told(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody hears again what attendance or completion has told before."""
    standings = apps.get_model("cohorts", "Standing").objects
    outlook = apps.get_model("cohorts", "AttendanceOutlook")  # type: ignore[misc]  # of the state before this
    outlooks = outlook.objects.filter(enrolment=OuterRef("pk"))
    standings.update(
        chance=Coalesce(Subquery(outlooks.values("chance")), models.Value("yes")),
        turns=Coalesce(Subquery(outlooks.values("turns")), models.Value(0)),
    )
    standings.filter(outcome="no_longer_possible").update(chance="no")


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0005_selection")]

    operations = [
        migrations.AddField("standing", "chance", models.CharField(max_length=10, default="yes")),
        migrations.AddField("standing", "turns", models.PositiveIntegerField(default=0)),
        migrations.AddConstraint(
            "standing",
            models.CheckConstraint(condition=models.Q(chance__in=CHANCES), name="standing_chance_known"),
        ),
        migrations.RunPython(keep_what_was_told, migrations.RunPython.noop),
        migrations.DeleteModel("AttendanceOutlook"),
    ]
