"""The rule of the agreement, and publication: all of it or nothing."""

import pytest

from saem.apps.catalog.models import Artifact, Version
from saem.apps.catalog.proposals import publishing, reviewing, saving
from saem.apps.catalog.proposals.models import CheckState, Proposal, ReviewDecision, ReviewRule, Revision
from saem.apps.catalog.proposals.rule import standing_of
from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Cohort
from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.services import revoke
from saem.errors import SaemError
from tests.apps.catalog.proposals.a_proposal import KOREAN, PAGE, World, a_published, a_world, checked, with_role
from tests.cast import a_cohort

pytestmark = pytest.mark.django_db
NEW = PAGE.replace("하루", "한 해")


def approve(proposal: Proposal, *people: User, seen: int = 1) -> None:
    for person in people:
        reviewing.review(proposal, by=person, seen=seen, decision=ReviewDecision.APPROVE)


def publish(proposal: Proposal, world: World, seen: int = 1) -> Version:
    return publishing.publish(
        proposal, by=world.staff, seen=seen, ko="기온을 고쳤어요.", en="Corrected the temperature."
    )


def test_each_side_of_the_agreement_must_approve_and_it_is_said_who_can():
    world = a_world()
    proposal = world.opened(NEW)
    checked(proposal)
    office, university = standing_of(proposal).sides
    assert (office.missing, university.missing) == (1, 1)
    assert {grant.user for grant in office.able} == {world.teacher, world.staff}
    # Whoever wrote is not among those who can.
    assert {grant.user for grant in university.able} == {world.colleague}
    approve(proposal, world.teacher)
    assert not standing_of(proposal).is_ready
    approve(proposal, world.colleague)
    assert standing_of(proposal).is_ready


def test_nobody_approves_what_they_wrote():
    world = a_world()
    proposal = world.opened(NEW)
    with pytest.raises(SaemError, match=r"proposal\.own_work"):
        approve(proposal, world.author)
    approve(proposal, world.colleague)
    saving.save(proposal, world.files | {KOREAN: NEW.replace("더운", "추운").encode()}, by=world.colleague, seen=1)
    with pytest.raises(SaemError, match=r"proposal\.own_work"):
        approve(proposal, world.colleague, seen=2)


def test_a_new_revision_takes_approvals_back():
    world = a_world()
    proposal = world.opened(NEW)
    approve(proposal, world.teacher, world.colleague)
    assert standing_of(proposal).is_approved
    saving.save(proposal, world.files | {KOREAN: NEW.replace("더운", "추운").encode()}, by=world.author, seen=1)
    assert not standing_of(proposal).is_approved
    with pytest.raises(SaemError, match=r"proposal\.changed_meanwhile"):
        approve(proposal, world.teacher, seen=1)
    assert Notice.objects.filter(kind="proposal.revised", recipient=world.teacher).exists()


def test_a_wish_for_changes_stands_in_the_way_until_it_is_taken_back():
    world = a_world()
    proposal = world.opened(NEW)
    approve(proposal, world.teacher, world.colleague)
    reviewing.review(proposal, by=world.staff, seen=1, decision=ReviewDecision.CHANGES, text="그림도 고쳐 주세요.")
    assert not standing_of(proposal).is_approved
    approve(proposal, world.staff)
    assert standing_of(proposal).is_approved


def test_an_approval_counts_only_while_the_role_is_held():
    world = a_world()
    proposal = world.opened(NEW)
    approve(proposal, world.teacher, world.colleague)
    revoke(world.teacher, role=Role.TEACHER, scope=Scope.INSTITUTION, scope_id=world.office.pk)
    assert not standing_of(proposal).is_approved


def test_an_agreement_may_ask_for_more():
    world = a_world()
    ReviewRule.objects.create(agreement=world.program.agreement, approvals=2)
    proposal = world.opened(NEW)
    approve(proposal, world.teacher, world.staff, world.colleague)
    office, university = standing_of(proposal).sides
    assert (office.is_met, university.is_met) == (True, False)
    approve(proposal, with_role("정교수", Role.AUTHOR, world.university))
    assert standing_of(proposal).is_approved


def test_without_an_agreement_the_owner_decides_alone():
    world = a_world()
    world.program.agreement = None
    world.program.save()
    proposal = world.opened(NEW)
    assert [side.institution for side in standing_of(proposal).sides] == [world.office]


def test_what_was_approved_becomes_the_next_version_and_old_cohorts_stay():
    world = a_world()
    cohort = a_cohort(world.version, institution=world.office)
    proposal = world.opened(NEW)
    approve(proposal, world.teacher, world.colleague)
    checked(proposal)
    version = publish(proposal, world)
    assert (version.number, version.program, version.published_by) == (2, world.program, world.staff)
    assert program_of(version).lessons["first"].minutes == 50
    assert Artifact.objects.filter(version=version, kind=Artifact.Kind.FOLDER).exists()
    assert (version.notes.ko, version.notes.en) == ("기온을 고쳤어요.", "Corrected the temperature.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.version) == ("published", version)
    assert Cohort.objects.get(pk=cohort.pk).version == world.version
    assert Event.objects.filter(verb="proposal.published").count() == 1
    told = Notice.objects.filter(kind="proposal.published").values_list("recipient__display_name", flat=True)
    assert sorted(told) == ["김교수", "박선생", "이집필"]
    with pytest.raises(SaemError, match=r"proposal\.ended"):
        publish(proposal, world)


@pytest.mark.parametrize("what", ["approval", "check", "newer"])
def test_nothing_is_published_while_something_is_missing(what: str):
    world = a_world()
    proposal = world.opened(NEW)
    approve(proposal, *([world.teacher, world.colleague] if what != "approval" else [world.teacher]))
    checked(proposal, CheckState.PROBLEMS if what == "check" else CheckState.PASSED)
    if what == "newer":
        a_published(world.program, world.files | {KOREAN: PAGE.replace("더운", "추운").encode()})
    before = Version.objects.count(), Artifact.objects.count()
    with pytest.raises(SaemError, match=r"proposal\.not_ready"):
        publish(proposal, world)
    assert (Version.objects.count(), Artifact.objects.count()) == before


def test_what_changes_nothing_is_no_version():
    world = a_world()
    proposal = world.opened()
    approve(proposal, world.teacher, world.colleague)
    checked(proposal)
    with pytest.raises(SaemError, match=r"proposal\.same_content"):
        publish(proposal, world)


def test_the_second_of_two_proposals_takes_in_the_first():
    world = a_world()
    first, second = world.opened(NEW), world.opened(PAGE.replace("더운", "추운"))
    for proposal in (first, second):
        approve(proposal, world.teacher, world.colleague)
        checked(proposal)
    publish(first, world)
    with pytest.raises(SaemError, match=r"proposal\.not_ready"):
        publish(second, world)
    taken = saving.take_version(second, by=world.author)
    assert isinstance(taken, Revision)
    approve(second, world.teacher, world.colleague, seen=2)
    checked(second)
    assert publish(second, world, seen=2).number == 3
