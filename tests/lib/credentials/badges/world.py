"""An office that issues, a university that endorses, one achievement, and a verifier who knows both."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from saem.lib.credentials.badges import (
    Achievement,
    Alignment,
    Award,
    Issuer,
    KeyRing,
    Recipient,
    SigningKey,
    StatusList,
    Text,
    Trust,
    Verification,
    endorse,
    issue_badge,
    publish_list,
    read_list,
    status_entry,
    verify,
)

NOW = datetime(2026, 11, 28, 6, tzinfo=UTC)
DAY, YEAR = timedelta(days=1), timedelta(days=365)
OFFICE = Issuer(id="did:web:saem.example", name="서울특별시교육청", url="https://saem.example", email="ai@saem.example")
UNIVERSITY = Issuer(id="did:web:univ.example", name="서울대학교", url="https://univ.example")
KEY = SigningKey.from_seed("key-2026", bytes(range(32)))
UNIVERSITY_KEY = SigningKey.from_seed("key-1", bytes(range(32, 64)))
LIST = "https://saem.example/status/1"
INDEX = 94_567
ACHIEVEMENT = Achievement(
    id="https://saem.example/achievements/1",
    name=Text("인공지능 입문", "Introduction to AI"),
    description=Text("데이터로 배우는 기계를 만들었어요.", "Made machines that learn from data."),
    criteria=Text('수업 12차시와 프로젝트 2개:\n\t"비 예측"과 손글씨 \\ 90 % 이상\u0001', "12 lessons and 2 projects"),
    image="https://saem.example/achievements/1.png",
    keywords=("인공지능", "AI"),
    alignments=(
        Alignment(
            scheme="UNESCO 2024",
            code="4.1.3",
            name=Text("AI 기초", "AI foundations"),
            url="https://unesco.example/4.1.3",
        ),
        Alignment(
            scheme="UNESCO 2024",
            code="4.2.3",
            name=Text("활용 능력", "Application skills"),
            url="https://unesco.example/4.2.3",
        ),
    ),
    credits=2,
    hours=30,
)
AWARD = Award(
    id="https://saem.example/badges/1",
    achievement=ACHIEVEMENT,
    recipient=Recipient(identity="Student@Example.com", salt="0123456789abcdef"),
    valid_from=NOW,
    valid_until=NOW + YEAR,
    credits=1.5,
    hours=28.5,
    narrative="끝까지 해냈어요.",
)
RINGS = {
    OFFICE.id: KeyRing(OFFICE.id, [KEY.public()]),
    UNIVERSITY.id: KeyRing(UNIVERSITY.id, [UNIVERSITY_KEY.public()]),
}


def endorsements() -> list[dict[str, Any]]:
    """The university stands by the achievement and by the office."""
    signs = {"endorser": UNIVERSITY, "key": UNIVERSITY_KEY, "at": NOW}
    return [
        endorse(ACHIEVEMENT, id="https://univ.example/endorsements/1", comment="함께 만들었습니다.", **signs),
        endorse(OFFICE, id="https://univ.example/endorsements/2", comment="협약 기관입니다.", **signs),
    ]


def badge(*, endorsed: bool = False, award: Award = AWARD, **options: Any) -> dict[str, Any]:
    given = {"issuer": OFFICE, "key": KEY, "at": NOW, "status": status_entry(LIST, INDEX)}
    return issue_badge(award, **{**given, "endorsements": endorsements() if endorsed else (), **options})


def status_list(*taken_back: int, **options: Any) -> dict[str, Any]:
    bits = StatusList()
    for index in taken_back:
        bits[index] = True
    return publish_list(
        bits, **{"url": LIST, "issuer": OFFICE.id, "key": KEY, "at": NOW, "until": NOW + YEAR, **options}
    )


def trust(listed: object = None, **options: Any) -> Trust:
    """A verifier with the office's list (or another one) and both rings."""
    known = Trust(rings=options.get("rings", RINGS))
    read = read_list(status_list() if listed is None else listed, known, url=LIST, at=options.pop("read_at", NOW))
    return replace(known, lists={LIST: read}, **options)


def checked(document: object, at: datetime = NOW, **options: Any) -> Verification:
    return verify(document, trust(**options), at=at)
