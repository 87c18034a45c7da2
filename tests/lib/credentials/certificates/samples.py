"""One document of each kind, as a Korean institution would issue it, and the fonts that they are set in."""

import contextlib
import io
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from saem.lib.credentials.certificates import (
    AchievementCertificate,
    Appeal,
    BadgeEntry,
    Completion,
    CourseEntry,
    Decision,
    DecisionLetter,
    Document,
    Growth,
    Issuer,
    Language,
    Picture,
    Portfolio,
    ProjectEntry,
    Proof,
    RecordSheet,
    Reflection,
    Result,
    TrainingCertificate,
)

FONTS = Path(__file__).resolve().parents[4] / "src" / "saem" / "web" / "fonts"
ISSUED = date(2026, 11, 28)
PROOF = Proof(number="한빛교육연수원-2026-000123", address="https://saem.example.kr/verify/2026-000123-K7QX")
BADGE_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="46" fill="#1d3557"/>'
    '<circle cx="50" cy="50" r="38" fill="none" stroke="#e8d9b0" stroke-width="2"/>'
    '<path d="M30 62 L44 40 L54 54 L70 32" fill="none" stroke="#ffffff" stroke-width="6"/></svg>'
)


def seal() -> Picture:
    """A square red stamp as offices have it, with strokes where the name is carved."""
    image = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    red = (196, 44, 38, 215)
    draw.rectangle((6, 6, 234, 234), outline=red, width=9)
    for left in (34, 132):
        for top in (34, 84, 134, 184):
            draw.line((left, top, left + 74, top), fill=red, width=7)
            draw.line((left + 10 + top % 40, top, left + 10 + top % 40, top + 34), fill=red, width=7)
    return Picture(content=png(image), alt="한빛교육연수원장 직인")


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def office(**changes: Any) -> Issuer:
    return Issuer(**{"institution": "한빛교육연수원", "officer": "한빛교육연수원장", **changes})


def training(**changes: Any) -> TrainingCertificate:
    given = {
        "name": "홍길동",
        "born": date(1988, 3, 5),
        "affiliation": "한빛중학교",
        "designation": "2026-한빛-0456",
        "course": "인공지능 융합 수업 설계 직무연수",
        "area": "직무연수(원격·집합)",
        "begins": date(2026, 10, 12),
        "ends": date(2026, 11, 20),
        "hours": 30,
        "credits": 2,
        "basis": "교원 등의 연수에 관한 규정",
        "issued": ISSUED,
        "issuers": (office(seal=seal()),),
        "proof": PROOF,
    }
    return TrainingCertificate(**{**given, **changes})


def training_en(**changes: Any) -> TrainingCertificate:
    given = {
        "name": "Gildong Hong",
        "affiliation": "Hanbit Middle School",
        "course": "Designing Lessons with Artificial Intelligence",
        "area": "In-service training (blended)",
        "basis": "Regulation on the Training of Teachers",
        "issuers": (office(institution="Hanbit Teacher Training Institute", officer="Director", name="Minji Kim"),),
        "proof": Proof(number="HTTI-2026-000123", address=PROOF.address),
        "language": Language.EN,
    }
    return training(**{**given, **changes})


def achievement(**changes: Any) -> AchievementCertificate:
    given = {
        "name": "이도윤",
        "affiliation": "샘물고등학교 2학년",
        "heading": "수료증",
        "course": "학생 인공지능 심화 프로그램",
        "begins": date(2026, 4, 4),
        "ends": date(2026, 11, 21),
        "statement": "위 학생은 학생 인공지능 심화 프로그램에 성실히 참여하여 모든 과정을 마쳤으므로 이 증서를 드립니다.",
        "issued": ISSUED,
        "issuers": (
            office(institution="한빛교육청", officer="한빛교육감", seal=seal()),
            office(institution="샘물대학교", officer="샘물대학교 총장", seal=seal()),
        ),
        "proof": PROOF,
    }
    return AchievementCertificate(**{**given, **changes})


def prize(**changes: Any) -> AchievementCertificate:
    given = {
        "heading": "상장",
        "award": "최우수상",
        "statement": "위 학생은 실생활 문제해결 프로젝트에서 우리 동네의 폭우를 예측하는 모형을 만들어 "
        "뛰어난 탐구 정신을 보여 주었으므로 이 상장을 드립니다.",
        "issuers": (office(seal=seal()),),
    }
    return achievement(**{**given, **changes})


def achievement_en(**changes: Any) -> AchievementCertificate:
    given = {
        "name": "Doyun Lee",
        "affiliation": "Saemmul High School",
        "heading": "Certificate of Achievement",
        "course": "Advanced AI Program for Students",
        "statement": "This certifies that the student named above took part with dedication in the Advanced AI Program for "
        "Students and completed all of its sessions and projects.",
        "issuers": (office(institution="Saemmul University", officer="President", name="Seoyeon Park"),),
        "proof": Proof(number="SU-2026-000123", address=PROOF.address),
        "language": Language.EN,
    }
    return achievement(**{**given, **changes})


def letter(**changes: Any) -> DecisionLetter:
    given = {
        "name": "박서준",
        "affiliation": "한빛중학교 3학년",
        "application": "2026-A-0192",
        "call": "2027학년도 학생 인공지능 심화 프로그램",
        "decision": Decision.RESERVE,
        "rank": 4,
        "reasons": (
            "지원서의 탐구 계획이 구체적이고, 실생활 문제를 스스로 찾은 점을 높게 보았습니다.",
            "기초 진단에서 자료 다루기가 모집 기준(60점)보다 조금 낮았습니다.",
        ),
        "steps": (
            "등록을 포기하는 학생이 있으면 예비 순위에 따라 12월 18일까지 연락드립니다.",
            "기다리는 동안 누구나 들을 수 있는 '자료와 친해지기' 수업으로 준비하실 수 있습니다.",
        ),
        "reply_by": date(2026, 12, 4),
        "appeal": Appeal(
            until=date(2026, 12, 5),
            how="한빛교육청 누리집의 '내 지원서'에서 이의 신청을 누르거나, 서면으로 신청합니다.",
            contact="한빛교육청 미래교육과, 02-000-0000",
        ),
        "issued": ISSUED,
        "issuers": (office(institution="한빛교육청", officer="한빛교육감", seal=seal()),),
        "proof": PROOF,
    }
    return DecisionLetter(**{**given, **changes})


def letter_en(**changes: Any) -> DecisionLetter:
    given = {
        "name": "Seojun Park",
        "affiliation": "Hanbit Middle School",
        "call": "Advanced AI Program for Students 2027",
        "decision": Decision.ACCEPTED,
        "rank": None,
        "reasons": ("Your plan is concrete, and you found a problem of your own.",),
        "steps": ("You will receive the timetable by 18 December.",),
        "appeal": Appeal(
            until=date(2026, 12, 5), how="Open 'My application' on our site.", contact="Future Education, 02-000-0000"
        ),
        "issuers": (office(institution="Hanbit Office of Education", officer="Superintendent"),),
        "language": Language.EN,
    }
    return letter(**{**given, **changes})


def completion(number: int, **changes: Any) -> Completion:
    given = {
        "number": f"한빛-2026-{number:06d}",
        "course": "인공지능 융합 수업 설계",
        "area": "직무",
        "begins": date(2026, 3, 2),
        "ends": date(2026, 4, 30),
        "hours": 15,
        "credits": 1,
    }
    return Completion(**{**given, **changes})


def record(**changes: Any) -> RecordSheet:
    given = {
        "name": "홍길동",
        "born": date(1988, 3, 5),
        "affiliation": "한빛중학교",
        "rows": tuple(completion(number) for number in range(1, 6)),
        "issued": ISSUED,
        "issuers": (office(seal=seal()),),
        "proof": PROOF,
    }
    return RecordSheet(**{**given, **changes})


def portfolio(**changes: Any) -> Portfolio:
    given = {
        "name": "이도윤",
        "affiliation": "샘물고등학교 2학년",
        "title": "비를 읽는 사람이 되기까지",
        "program": "학생 인공지능 심화 프로그램",
        "introduction": "우리 동네 하천이 넘친 날, 비를 미리 알 수 있을지 궁금했습니다.\n이 책은 그 물음에서 시작한 한 해의 기록입니다.",
        "projects": (
            ProjectEntry(
                title="우리 동네 폭우 예측",
                begins=date(2026, 5, 2),
                ends=date(2026, 7, 11),
                role="자료 정리와 모형 비교",
                summary="기상청 관측 자료 10년 치를 모아 다음 날 비가 올지 예측하는 모형을 만들었습니다.\n"
                "비가 오지 않은 날이 훨씬 많아서 정확도만 보면 안 된다는 것을 배웠고, 재현율을 함께 보았습니다.",
                results=(
                    Result(label="재현율", value="0.81"),
                    Result(label="정확도", value="0.88"),
                    Result(label="제출", value="14번"),
                ),
                picture=Picture(content=chart(), alt="달마다 비가 온 날의 수를 그린 막대그래프"),
            ),
            ProjectEntry(
                title="급식 잔반 줄이기",
                begins=date(2026, 9, 5),
                ends=date(2026, 11, 14),
                summary="식단과 잔반의 무게를 견주어, 잔반이 많을 날을 영양사 선생님께 미리 알려 드렸습니다.",
            ),
        ),
        "badges": (
            BadgeEntry(
                name="자료 탐험가",
                issuer="한빛교육청",
                earned=date(2026, 6, 1),
                criteria="실제 자료를 정리하고, 무엇이 빠졌는지 설명할 수 있습니다.",
                picture=Picture(content=BADGE_SVG.encode(), alt="자료 탐험가 배지"),
                address="https://saem.example.kr/badges/7f3a",
            ),
            BadgeEntry(
                name="모형 비평가",
                issuer="샘물대학교",
                earned=date(2026, 10, 9),
                criteria="두 모형을 공정하게 견주고 근거를 들어 고릅니다.",
            ),
        ),
        "growth": (
            Growth(skill="자료 정리", before=0.35, now=0.86, low=0.78, high=0.92),
            Growth(skill="모형 평가", before=0.2, now=0.71, low=0.58, high=0.82),
            Growth(skill="결과 설명", now=0.64, low=0.45, high=0.8),
        ),
        "courses": (
            CourseEntry(
                title="내일 비가 올까?",
                detail="차시 8개 가운데 2개",
                steps=("자료 읽기", "첫 기준 모델"),
                text="문항 100개 가운데 맞힐 것으로 보이는 수가 41개에서 68개로 바뀌었습니다.",
            ),
        ),
        "reflections": (
            Reflection(
                prompt="가장 어려웠던 순간은 언제였나요?",
                text="첫 모형이 '비가 오지 않는다'고만 답했을 때입니다. 🌧️ 정확도는 높았지만 쓸모가 없었습니다.\n"
                "그 뒤로는 숫자 하나를 믿기 전에 무엇을 세는 숫자인지 먼저 묻습니다.",
                written=date(2026, 7, 12),
            ),
        ),
        "issued": ISSUED,
        "issuers": (office(institution="한빛교육청"), office(institution="샘물대학교", officer="샘물대학교 총장")),
        "proof": PROOF,
    }
    return Portfolio(**{**given, **changes})


def chart() -> bytes:
    image = Image.new("RGB", (960, 420), "white")
    draw = ImageDraw.Draw(image)
    for month, days in enumerate((6, 6, 8, 9, 9, 11, 16, 15, 10, 6, 8, 7)):
        draw.rectangle((40 + month * 75, 400 - days * 22, 90 + month * 75, 400), fill=(29, 53, 87))
    return png(image)


KINDS: dict[str, Document] = {
    "training": training(),
    "training_en": training_en(),
    "achievement": achievement(),
    "prize": prize(),
    "achievement_en": achievement_en(),
    "letter": letter(),
    "letter_en": letter_en(),
    "record": record(),
    "portfolio": portfolio(),
}


def rasterised(pdf: bytes, page: int = 0, *, scale: float = 2) -> Image.Image:
    """One page as pixels, `scale` to a point."""
    with contextlib.closing(pdfium.PdfDocument(pdf)) as opened:
        return opened[page].render(scale=scale).to_pil().convert("RGB")


def text_of(pdf: bytes) -> str:
    """What can be copied out of all pages, with each run of white space as one space."""
    with contextlib.closing(pdfium.PdfDocument(pdf)) as opened:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in opened).split())


def line_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top of each stretch of letters on the first page, in points."""
    with contextlib.closing(pdfium.PdfDocument(pdf)) as opened:
        text = opened[0].get_textpage()
        return [text.get_rect(index) for index in range(text.count_rects())]
