"""What every page of the editor begins with."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from saem.apps.catalog.proposals import queries
from saem.apps.catalog.proposals.models import Proposal
from saem.apps.catalog.proposals.views.reading import below
from saem.apps.people.queries import signed_in
from saem.errors import SaemError


def written(request: HttpRequest, pk: int) -> Proposal:
    """A proposal that the reader may write in; Http404 for others, SaemError once it has ended."""
    found = queries.written_by(signed_in(request), pk)
    if not found.is_open:
        raise SaemError("proposal.ended", status=409)
    return found


def below_proposal(found: Proposal) -> dict[str, object]:
    return _hung(below(found), found.title, reverse("proposals:proposal", args=[found.pk]))


def below_files(found: Proposal) -> dict[str, object]:
    return _hung(below_proposal(found), _("프로그램 파일"), reverse("editor:files", args=[found.pk]))


def _hung(words: dict[str, object], label: str, address: str) -> dict[str, object]:
    return words | {"trail": [*words["trail"], (label, address)]}  # type: ignore[misc]  # a list, as `below` makes it
