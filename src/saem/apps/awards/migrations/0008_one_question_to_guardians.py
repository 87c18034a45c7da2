"""Contract: the consents and words beside the questions are gone; one consent of a learner is in force."""

from django.db import migrations, models

WAYS = ["web_sms", "web_card", "web_phone", "signed_paper", "email_reply", "phone_call", "equivalent"]


class Migration(migrations.Migration):
    dependencies = [("awards", "0007_sharing_consents_joined")]

    operations = [
        migrations.RemoveField("sharingguardian", "consent"),
        migrations.RemoveField("sharingguardian", "kept_text"),
        migrations.DeleteModel("SharingConsent"),
        migrations.DeleteModel("SharingText"),
        migrations.RenameIndex("sharingguardian", "sharing_guardian_latest", old_name="sharing_question_latest"),
        migrations.AddConstraint(
            "sharingguardian",
            models.CheckConstraint(
                condition=models.Q(("given_on", None), ("way__in", WAYS), _connector="OR"),
                name="sharing_guardian_way_known",
            ),
        ),
        migrations.AddConstraint(
            "sharingguardian",
            models.UniqueConstraint(
                condition=models.Q(("given_on__isnull", False), ("withdrawn_at", None)),
                fields=("user",),
                name="sharing_guardian_once",
            ),
        ),
    ]
