"""A proposal of the demonstration that both institutions talk about: two passages changed, a question, an approval."""

from saem.apps.catalog.models import Version
from saem.apps.catalog.proposals import queries, reviewing, saving
from saem.apps.catalog.proposals.files import bytes_of, digests_of
from saem.apps.catalog.proposals.models import ReviewDecision
from saem.apps.people.models import Role, Scope, User
from saem.apps.people.services import grant
from saem.cli.demonstration import people

PAGE = "lessons/pixels/ko.md"
BEFORE = "수를 보아도 0의 모양이 보이나요? 가운데가 비어 있고 둘레가 진해요."
AFTER = "수만 보아도 0의 모양이 보이나요? 가운데가 비어 있고 둘레가 진해요. 손가락으로 큰 수를 따라가 보세요."
ADDED = "\n:::{note}\n짝과 화면을 바꾸어 보고, 짝의 숫자가 무엇인지 수만 보고 맞혀 보세요.\n:::\n"


def propose_a_change(version: Version, places: people.Places, author: User, teacher: User) -> None:
    """The university proposes, the office asks, the university's professor approves."""
    grant(author, role=Role.AUTHOR, scope=Scope.INSTITUTION, scope_id=places.university.pk)
    grant(teacher, role=Role.AUTHOR, scope=Scope.INSTITUTION, scope_id=places.office.pk)
    professor = people.person("김교수", "professor")
    grant(professor, role=Role.AUTHOR, scope=Scope.INSTITUTION, scope_id=places.university.pk)
    files = bytes_of(digests_of(version))
    page = files[PAGE].decode().replace(BEFORE, AFTER) + ADDED
    proposal = saving.open_proposal(
        version.program,
        by=author,
        title="수만 보고 숫자를 맞히는 활동을 더해요",
        why="지난 수업에서 학생들이 그림만 보고 수는 보지 않았어요. 짝과 함께 수를 읽는 시간을 넣고 싶어요.",
        files=files | {PAGE: page.encode()},
    )
    revision = queries.newest_revision(proposal)
    key = next(iter(revision.writers[PAGE]))
    reviewing.say(
        proposal,
        by=teacher,
        seen=revision.number,
        text="교실에 컴퓨터가 한 대뿐인 학교도 있어요. 화면을 바꾸지 않고 할 방법도 적어 주실 수 있나요?",
        place=reviewing.Place(PAGE, key),
    )
    reviewing.review(proposal, by=professor, seen=revision.number, decision=ReviewDecision.APPROVE, text="좋아요.")
