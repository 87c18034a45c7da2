"""Institutions as those see them who may sign for them."""

from django.shortcuts import get_object_or_404

from saem.apps.awards.models import IssuerProfile
from saem.apps.people.models import Institution, User
from saem.apps.people.queries import institutions_run_by


def institution_run_for(user: User, pk: int) -> Institution:
    return get_object_or_404(institutions_run_by(user), pk=pk)


def profile_of(institution: Institution) -> IssuerProfile | None:
    return IssuerProfile.objects.filter(institution=institution).first()
