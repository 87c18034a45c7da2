"""What people are told about a showcase, inside the transaction of the act."""

from collections.abc import Iterable

from django.urls import reverse

from saem.apps.cohorts.guardians import letters
from saem.apps.cohorts.queries import teachers_of
from saem.apps.notices.services import notify, notify_all
from saem.apps.people.models import User
from saem.apps.projects.models import Showcase, ShowcaseGuardian, ShowcaseVersion, ShowcaseVoice, TakenDown


def page_path(showcase: Showcase) -> str:
    return reverse("projects:showcase", args=[showcase.team_id])


def voice_path(showcase: Showcase) -> str:
    return reverse("projects:showcase_voice", args=[showcase.team_id])


def write_to_guardian(asked: ShowcaseGuardian, token: str) -> None:
    letters.write_to_guardian(
        asked,
        token,
        kind="showcase.guardian_asked",
        route="projects:showcase_guardian_answer",
        facts=called(asked),
    )


def called(asked: ShowcaseGuardian) -> dict[str, object]:
    """Nobody has shown yet that they are the guardian, so the child goes by the nickname."""
    cohort = asked.showcase.team.classroom.cohort
    return {"nickname": asked.enrolment.nickname, "institution": cohort.institution.local_name}


def tell_asked(showcase: Showcase, voices: Iterable[ShowcaseVoice]) -> None:
    """Each who has not answered: may this be shown?"""
    facts = {"team": showcase.team.name}
    key, path = f"showcase:asked:{showcase.pk}:{showcase.revision}", voice_path(showcase)
    asked = [voice.enrolment.user for voice in voices if voice.allows is None]
    notify_all(asked, "showcase.asked", key=key, facts=facts, path=path)


def tell_waiting(showcase: Showcase) -> None:
    """The teachers: all have allowed it, and somebody has to look."""
    key = f"showcase:waiting:{showcase.pk}:{showcase.revision}"
    notify_all(
        teachers(showcase), "showcase.waiting", key=key, facts={"team": showcase.team.name}, path=page_path(showcase)
    )


def tell_decided(showcase: Showcase, version: ShowcaseVersion, *, is_published: bool, comment: str) -> None:
    facts = {"team": showcase.team.name, "is_published": is_published, "comment": comment}
    key = f"showcase:decided:{showcase.pk}:{showcase.revision}"
    notify_all(makers(version), "showcase.decided", key=key, facts=facts, path=voice_path(showcase))


def tell_taken_down(showcase: Showcase, version: ShowcaseVersion, how: TakenDown, *, comment: str = "") -> None:
    """Makers and teachers: it is gone, and why; never who."""
    facts = {"team": showcase.team.name, "how": how, "comment": comment}
    key = f"showcase:down:{showcase.pk}:{showcase.revision}"
    notify_all(makers(version), "showcase.taken_down", key=key, facts=facts, path=voice_path(showcase))
    notify_all(teachers(showcase), "showcase.taken_down", key=key, facts=facts, path=page_path(showcase))


def tell_guardian_answered(question: ShowcaseGuardian, outcome: str) -> None:
    notify(
        question.enrolment.user,
        "showcase.guardian",
        key=f"showcase:guardian:{question.pk}:{outcome}",
        facts={"team": question.showcase.team.name, outcome: True},
        path=voice_path(question.showcase),
    )


def teachers(showcase: Showcase) -> list[User]:
    return teachers_of([showcase.team.classroom]).get(showcase.team.classroom_id, [])


def makers(version: ShowcaseVersion) -> list[User]:
    return [voice.enrolment.user for voice in version.voices.select_related("enrolment__user")]
