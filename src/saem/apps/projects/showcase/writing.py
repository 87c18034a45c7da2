"""Writing the page: every saving is a version that stays, and nothing of it is seen before all have allowed it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from saem.apps.projects.models import (
    EvidenceKind,
    Membership,
    Showcase,
    ShowcasePicture,
    ShowcaseStatus,
    ShowcaseVersion,
    Team,
)
from saem.apps.projects.showcase import privacy
from saem.apps.projects.showcase.cards import SHOWN, card_of
from saem.apps.projects.showcase.holding import held, moved
from saem.apps.projects.showcase.noting import note
from saem.apps.projects.showcase.pictures import Drawn
from saem.apps.projects.showcase.queries import makers_of, newest_version
from saem.errors import SaemError

MOST_VERSIONS = 200
PARTS = ("title", "problem", "whose", "method", "found", "limits", "ai_use", "reflection", "link", "picture_alt")


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a team writes: `parts` by the names of the version's fields. `picture` is a new one."""

    parts: Mapping[str, str]
    area: str
    methods: list[str] = field(default_factory=list)
    skills: list[dict[str, str]] = field(default_factory=list)
    picture: Drawn | None = None
    keeps_picture: bool = True
    with_data_card: bool = True
    with_model_card: bool = True
    is_cleared: bool = False


def cards_of(team: Team, written: Written) -> dict[str, dict[str, str]]:
    """Both cards as they are now, each where it is wanted."""
    wanted = {EvidenceKind.DATA_CARD: written.with_data_card, EvidenceKind.MODEL_CARD: written.with_model_card}
    return {str(kind): card_of(team, kind) if is_wanted else {} for kind, is_wanted in wanted.items()}


def look_at(team: Team, written: Written) -> list[privacy.Found]:
    """What of it may tell who somebody is, the cards and the team's names included."""
    parts = {name: written.parts.get(name, "") for name in PARTS}
    for kind, card in cards_of(team, written).items():
        parts |= {f"{kind}.{name}": text for name, text in card.items()}
    return privacy.look_at(parts, names_of(team))


def names_of(team: Team) -> list[str]:
    """What people of the team are called anywhere here."""
    people = makers_of(team)
    return list(dict.fromkeys(name for each in people for name in (each.nickname, each.user.display_name) if name))


def save_version(membership: Membership, written: Written, *, seen: int) -> ShowcaseVersion | None:
    """Keep another version; None where somebody saved since `seen`, who is then not overwritten.

    Raises SaemError `showcase.waits` while the page waits for answers, `showcase.forbidden` for a resident number,
    `showcase.not_cleared` where something was pointed out and nobody looked, and `showcase.too_many`.
    """
    team = membership.team
    refuse_personal(look_at(team, written), is_cleared=written.is_cleared)
    with transaction.atomic():
        showcase = held(team)
        if showcase.status == ShowcaseStatus.WAITING:
            raise SaemError("showcase.waits", status=409)
        last = newest_version(showcase)
        number = last.number if last is not None else 0
        if number != seen:
            return None
        if number >= MOST_VERSIONS:
            raise SaemError("showcase.too_many", status=409, most=MOST_VERSIONS)
        version = _store(showcase, membership, written, last)
        moved(showcase, ShowcaseStatus.WRITING, comment=showcase.comment)
        note("showcase.saved", showcase, by=membership.enrolment.user, number=version.number)
    return version


def refuse_personal(found: list[privacy.Found], *, is_cleared: bool) -> None:
    if any(each.is_forbidden for each in found):
        raise SaemError("showcase.forbidden", status=422)
    if found and not is_cleared:
        raise SaemError("showcase.not_cleared", status=422, count=len(found))


def _store(
    showcase: Showcase, membership: Membership, written: Written, last: ShowcaseVersion | None
) -> ShowcaseVersion:
    cards = cards_of(showcase.team, written)
    picture = _picture(showcase, membership, written, last)
    parts = {name: written.parts.get(name, "") for name in PARTS}
    if picture is None:
        parts["picture_alt"] = ""
    return ShowcaseVersion.objects.create(
        showcase=showcase,
        number=last.number + 1 if last is not None else 1,
        area=written.area,
        methods=written.methods,
        skills=written.skills,
        picture=picture,
        data_card=cards[EvidenceKind.DATA_CARD],
        model_card=cards[EvidenceKind.MODEL_CARD],
        is_cleared=written.is_cleared,
        enrolment=membership.enrolment,
        **parts,
    )


def _picture(
    showcase: Showcase, membership: Membership, written: Written, last: ShowcaseVersion | None
) -> ShowcasePicture | None:
    drawn = written.picture
    if drawn is None:
        return last.picture if last is not None and written.keeps_picture else None
    fields = {"data": drawn.data, "width": drawn.width, "height": drawn.height, "declared_by": membership.enrolment}
    return ShowcasePicture.objects.get_or_create(showcase=showcase, sha256=drawn.sha256, defaults=fields)[0]


def cards_shown(version: ShowcaseVersion) -> set[str]:
    """Which of the two cards a version carries."""
    return {kind for kind, card in zip(SHOWN, (version.data_card, version.model_card), strict=True) if card}
