"""Backfill: what a guardian agreed to moves into the question that was answered; a consent on paper is a row of its own."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EVIDENCE = ("guardian_name", "way", "given_on", "note", "recorded_by_id", "withdrawn_at")


def join(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    # As they were before 0008, which the types of today do not know.
    awards: Any = apps.get_app_config("awards")
    guardian, consent = awards.get_model("SharingGuardian"), awards.get_model("SharingConsent")
    delivery = apps.get_model("notices", "Delivery")
    for row in guardian.objects.select_related("kept_text", "consent").order_by("pk").iterator():
        row.text, row.text_en = row.kept_text.text, row.kept_text.text_en
        if row.consent is not None and not guardian.objects.filter(consent=row.consent, pk__gt=row.pk).exists():
            for name in EVIDENCE:
                setattr(row, name, getattr(row.consent, name))
        elif row.consent is not None:
            # An older letter that the same consent had answered: it is over, as its newer one has the evidence.
            row.closed_at = row.consent.recorded_at
        row.save()
        # The newest letter goes on telling whether it arrived.
        delivery.objects.filter(key=f"sharing:{row.pk}:asked").update(key=f"sharing.asked:{row.pk}")
    for kept in consent.objects.filter(questions=None).select_related("text").order_by("pk").iterator():
        guardian.objects.create(
            user_id=kept.user_id,
            contact=kept.contact,
            text=kept.text.text if kept.text is not None else "",
            text_en=kept.text.text_en if kept.text is not None else "",
            asked_at=kept.recorded_at,
            **{name: getattr(kept, name) for name in EVIDENCE},
        )


class Migration(migrations.Migration):
    dependencies = [("awards", "0006_sharing_guardians"), ("notices", "0001_initial")]

    operations = [migrations.RunPython(join, migrations.RunPython.noop)]
