"""What the site knows of a learner that opportunities are matched to, and the names of skills."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db.models import QuerySet

from saem.apps.catalog.models import Artifact, Version
from saem.apps.catalog.queries import program_of, published_programs
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.known import known_of
from saem.apps.partners.models import Interest, Opportunity, SignUp, SignUpState
from saem.apps.partners.opportunities.matching import Known, Offered
from saem.apps.people.models import User
from saem.web.languages import reader_language


def known_of_learner(user: User) -> Known:
    """A handful of queries: interests, enrolments, skills held, what they have been to."""
    interest = Interest.objects.filter(user=user).first()
    rows = Enrolment.objects.filter(user=user).values_list("pk", "classroom__cohort__version__program__slug")
    programs = dict(rows)
    held = known_of(list(programs))
    skills = {
        f"{programs[pk]}/{skill}" for pk, known in held.items() for skill, is_held in known.skills.items() if is_held
    }
    tried = SignUp.objects.filter(user=user, state=SignUpState.GOING, came=True)
    return Known(
        topics=frozenset(interest.topics if interest else ()),
        programs=frozenset(programs.values()),
        skills=frozenset(skills),
        tried=frozenset(tried.values_list("opportunity__kind", flat=True)),
    )


def offered_of(opportunity: Opportunity) -> Offered:
    """`programs` are loaded with it."""
    return Offered(
        kind=opportunity.kind,
        topics=frozenset(opportunity.topics),
        programs=frozenset(program.slug for program in opportunity.programs.all()),
        skills=frozenset(opportunity.skills),
    )


@lru_cache(maxsize=64)
def _skills_of(version: int, _content_hash: str) -> tuple[tuple[str, str, str], ...]:
    """(code, Korean, English) of each skill of a version; reading its folder is the dear part."""
    found = Version.objects.select_related("program").get(pk=version)
    return tuple(
        (f"{found.program.slug}/{skill.id}", skill.title.ko, skill.title.en) for skill in program_of(found).skills
    )


def readable_programs() -> QuerySet[Version]:
    """Published programs whose folder is there: a page of opportunities does not depend on one that is not."""
    return published_programs().filter(artifacts__kind=Artifact.Kind.FOLDER)


def skills_to_choose() -> list[tuple[str, list[tuple[str, str]]]]:
    """Skills of every published program in groups, as a form wants them."""
    return [
        (version.local_title, named(_skills_of(version.pk, version.content_hash))) for version in readable_programs()
    ]


def named(skills: Sequence[tuple[str, str, str]]) -> list[tuple[str, str]]:
    is_english = reader_language() == "en"
    return [(code, english if is_english else korean) for code, korean, english in skills]


def skill_words(codes: Iterable[str]) -> list[str]:
    """Codes as their programs call them now; one that no program has any more reads as itself."""
    wanted = list(codes)
    slugs = {code.split("/")[0] for code in wanted}
    words: dict[str, str] = {}
    for version in readable_programs().filter(program__slug__in=slugs) if slugs else ():
        words |= dict(named(_skills_of(version.pk, version.content_hash)))
    return [words.get(code, code) for code in wanted]
