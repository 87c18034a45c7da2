"""An author of a small program, with a proposal of their own before them."""

import re

from django.test import Client
from django.urls import reverse

from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.files import bytes_of
from saem.apps.catalog.proposals.models import Proposal
from saem.apps.people.models import User
from tests.apps.catalog.proposals.a_proposal import World, a_world


def reader(user: User) -> Client:
    client = Client(headers={"Accept-Language": "ko"})
    client.force_login(user)
    return client


def address(name: str, proposal: Proposal, *more: object) -> str:
    return reverse(f"editor:{name}", args=[proposal.pk, *more])


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def file_of(proposal: Proposal, name: str) -> str:
    return bytes_of(queries.newest_revision(proposal).files, [name])[name].decode()


def begun() -> tuple[World, Proposal, Client]:
    world = a_world()
    return world, world.opened(), reader(world.author)
