"""Who has a say about a version: a voice for each person who made it."""

from saem.apps.projects.models import Showcase, ShowcaseVersion, ShowcaseVoice
from saem.apps.projects.showcase.queries import makers_of


def ask_makers(showcase: Showcase, version: ShowcaseVersion) -> bool:
    """A voice for each maker; whether somebody new is asked. Call with the showcase held.

    Who left without a part in it and has not answered is asked no more.
    """
    makers = makers_of(showcase.team)
    version.voices.filter(allows=None).exclude(enrolment__in=makers).delete()
    known = set(version.voices.values_list("enrolment", flat=True))
    unasked = [maker for maker in makers if maker.pk not in known]
    ShowcaseVoice.objects.bulk_create(ShowcaseVoice(version=version, enrolment=maker) for maker in unasked)
    return bool(unasked)
