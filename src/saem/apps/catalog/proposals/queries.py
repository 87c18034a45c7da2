"""Who sees, writes, reviews and publishes proposals; a view has no other way to one."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from saem.apps.catalog.models import Program, Version
from saem.apps.catalog.proposals.models import Incoming, Proposal, ProposalComment, Revision
from saem.apps.people.models import Grant, Institution, Role, Scope, User
from saem.apps.people.queries import granted_ids

WRITERS = (Role.AUTHOR, Role.STAFF)
REVIEWERS = (Role.AUTHOR, Role.TEACHER, Role.STAFF)


def _programs_of(user: User, roles: tuple[Role, ...]) -> QuerySet[Program]:
    """Programs whose author `user` is, or where they have a role in an institution that owns it or signed for it."""
    places = granted_ids(user, roles=roles, scope=Scope.INSTITUTION)
    return Program.objects.filter(
        Q(pk__in=granted_ids(user, roles=(Role.AUTHOR,), scope=Scope.PROGRAM))
        | Q(agreement=None, owner__in=places)
        | Q(agreement__institutions__in=places)
    ).distinct()


def programs_read_by(user: User) -> QuerySet[Program]:
    return _programs_of(user, REVIEWERS)


def reads(user: User | AnonymousUser, program: Program) -> bool:
    """Whether `user` may read the proposals of a program; nobody who is not signed in may."""
    return isinstance(user, User) and programs_read_by(user).filter(pk=program.pk).exists()


def program_for(user: User, slug: str) -> Program:
    """A program whose proposals `user` may read, or Http404."""
    found = programs_read_by(user).select_related("owner", "agreement").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def may_write(user: User, program: Program) -> bool:
    """Whether `user` may open a proposal and save to one."""
    return _programs_of(user, WRITERS).filter(pk=program.pk).exists()


def may_publish(user: User, program: Program) -> bool:
    """Staff of the institutions that own the program together, and its authors."""
    return _programs_of(user, (Role.STAFF,)).filter(pk=program.pk).exists()


def sides_of(program: Program) -> list[Institution]:
    """The institutions that have a say: those of the agreement, else the owner alone."""
    return list(program.agreement.institutions.all()) if program.agreement is not None else [program.owner]


def places_of(user: User, sides: list[Institution]) -> list[Institution]:
    """For which of the sides `user` may review."""
    held = set(granted_ids(user, roles=REVIEWERS, scope=Scope.INSTITUTION))
    return [side for side in sides if side.pk in held]


def reviewers_of(sides: list[Institution]) -> dict[int, dict[int, Grant]]:
    """By side: who may review for it, by person, with the role they hold."""
    found: dict[int, dict[int, Grant]] = {side.pk: {} for side in sides}
    grants = Grant.objects.filter(scope=Scope.INSTITUTION, scope_id__in=list(found), role__in=REVIEWERS)
    for held in grants.select_related("user").order_by("user__display_name", "role"):
        found[held.scope_id].setdefault(held.user_id, held)
    return found


def proposals_of(program: Program) -> QuerySet[Proposal]:
    """Newest first, with their newest revision's number and what is said in them."""
    newest = Revision.objects.filter(proposal=OuterRef("pk")).order_by("-number").values("number")[:1]
    return (
        program.proposals.select_related("opened_by", "version")
        .annotate(
            newest=Subquery(newest),
            said=Count("comments", filter=Q(comments__parent=None)),
            unsettled=Count("comments", filter=Q(comments__parent=None, comments__settled_at=None)),
        )
        .order_by("-opened_at", "-pk")
    )


def proposal_for(user: User, pk: int) -> Proposal:
    """A proposal that `user` may read, or Http404."""
    proposals = Proposal.objects.select_related("program__owner", "program__agreement", "opened_by", "version")
    found = proposals.filter(pk=pk, program__in=programs_read_by(user)).first()
    if found is None:
        raise Http404
    return found


def newest_revision(proposal: Proposal) -> Revision:
    return proposal.revisions.select_related("base", "saved_by", "check_result").order_by("-number")[0]


def revision_numbered(proposal: Proposal, number: int) -> Revision:
    found = proposal.revisions.select_related("base").filter(number=number).first()
    if found is None:
        raise Http404
    return found


def newest_version_of(program: Program) -> Version:
    return program.versions.order_by("-number")[0]


def incoming_for(user: User, proposal: Proposal, pk: int) -> Incoming:
    """What waits to be taken in: whoever may write may answer for it."""
    found = proposal.incoming.select_related("version", "sent_by").filter(pk=pk, settled_at=None).first()
    if found is None or not may_write(user, proposal.program):
        raise Http404
    return found


def comment_of(proposal: Proposal, pk: int) -> ProposalComment:
    found = proposal.comments.filter(pk=pk, parent=None).first()
    if found is None:
        raise Http404
    return found
