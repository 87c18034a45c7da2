"""What a certificate says: from the records of a completion to JSON that is frozen, and from that to a document."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from saem.apps.awards.models import CertificateKind, IssuerProfile
from saem.apps.cohorts.models import Completion, TraineeRecord, TrainingCourse
from saem.apps.notices.words import address_of
from saem.lib.credentials.certificates import (
    AchievementCertificate,
    Document,
    Issuer,
    Language,
    Picture,
    Proof,
    TrainingCertificate,
)

Facts = dict[str, Any]
Seals = Mapping[int, bytes]

LINE = 160  # what fits in the line of a course (`lib.credentials.certificates.rules`)
BASIS = {"ko": "교원 등의 연수에 관한 규정", "en": "Regulations on the Training of Teachers"}
HEADING = {"ko": "수료증", "en": "Certificate of Completion"}
STATEMENT = {
    "ko": "위 사람은 위 과정을 성실히 이수하였으므로 이 증서를 수여합니다.",
    "en": "This certifies that the person named above has completed the course named above.",
}
STATEMENT_HOURS = {
    "ko": "위 사람은 위 과정을 {hours}시간에 걸쳐 성실히 이수하였으므로 이 증서를 수여합니다.",
    "en": "This certifies that the person named above has completed the course named above ({hours} hours).",
}
SEAL = {"ko": "직인", "en": "Official seal"}
# The printed number without the words that the template puts around it.
AROUND = re.compile(r"^\s*제\s*|\s*호\s*$")


def with_records(completions: QuerySet[Completion]) -> QuerySet[Completion]:
    """Completions with everything that their facts are read from, in the same query."""
    return completions.select_related(
        "institution__issuer",
        "enrolment__user",
        "enrolment__trainee",
        "enrolment__classroom__cohort__version__program",
        "enrolment__classroom__cohort__training",
    )


def facts_of(completion: Completion, *, issued: dt.date, issue: int = 1) -> Facts:
    """What a certificate issued on this day says; `completion` is one of `with_records`."""
    cohort = completion.enrolment.classroom.cohort
    training: TrainingCourse | None = getattr(cohort, "training", None)
    trainee: TraineeRecord | None = getattr(completion.enrolment, "trainee", None)
    version = cohort.version
    return {
        "kind": (CertificateKind.TRAINING if training else CertificateKind.ACHIEVEMENT).value,
        "number": number_of(completion, issue),
        "name": completion.name,
        "affiliation": trainee.school if trainee else "",
        "born": trainee.birth_date.isoformat() if trainee and trainee.birth_date else None,
        "designation": trainee.designation_number if trainee else "",
        "course": {
            "ko": course_name(version.title_ko, cohort.title),
            "en": course_name(version.title_en, cohort.title_en or cohort.title),
        },
        "area": training.area if training else "",
        "begins": cohort.starts_on.isoformat(),
        "ends": max(cohort.starts_on, cohort.ends_on or completion.completed_on).isoformat(),
        "hours": training.hours if training else completion.minutes // 60,
        "credits": (completion.credits or None) if training else None,
        "completed": completion.completed_on.isoformat(),
        "issued": issued.isoformat(),
        "issuer": issuer_facts(completion),
    }


def number_of(completion: Completion, issue: int) -> str:
    """The completion's own number; a re-issue has its count behind it."""
    number = AROUND.sub("", completion.number)
    return number if issue == 1 else f"{number}-{issue}"


def course_name(title: str, cohort: str) -> str:
    """Program and cohort, or the program alone where both are too long for a line."""
    both = f"{title} ({cohort})"
    return both if len(both) <= LINE else title


def issuer_facts(completion: Completion) -> Facts:
    institution = completion.institution
    profile: IssuerProfile | None = getattr(institution, "issuer", None)
    # Nobody has said who signs: then the institution itself does, and no office is made up.
    officer = profile.officer if profile else institution.name
    english = institution.name_en or institution.name
    return {
        "institution": {"ko": institution.name, "en": english},
        "officer": {"ko": officer, "en": (profile.officer_en if profile else english) or officer},
        "name": profile.name if profile else "",
        "seal": profile.seal_id if profile else None,
    }


def document_of(facts: Facts, *, code: str, language: Language, seals: Seals) -> Document:
    """The document that is printed. Raises lib's DocumentError, and ValueError for a training without a birth date."""
    shared = {
        "name": facts["name"],
        "affiliation": facts["affiliation"],
        "issued": dt.date.fromisoformat(facts["issued"]),
        "issuers": (issuer_in(facts["issuer"], language, seals),),
        "language": language,
        "proof": Proof(number=facts["number"], address=verification_address(code)),
        "course": facts["course"][language],
        "begins": dt.date.fromisoformat(facts["begins"]),
        "ends": dt.date.fromisoformat(facts["ends"]),
    }
    if facts["kind"] == CertificateKind.ACHIEVEMENT:
        words = STATEMENT_HOURS if facts["hours"] else STATEMENT
        statement = words[language].format(hours=facts["hours"])
        return AchievementCertificate(**shared, heading=HEADING[language], statement=statement)
    if facts["born"] is None:
        raise ValueError("a training certificate needs a birth date")
    return TrainingCertificate(
        **shared,
        born=dt.date.fromisoformat(facts["born"]),
        designation=facts["designation"],
        area=facts["area"],
        hours=facts["hours"],
        credits=facts["credits"],
        basis=BASIS[language],
    )


def issuer_in(facts: Facts, language: Language, seals: Seals) -> Issuer:
    data = seals.get(facts["seal"]) if facts["seal"] is not None else None
    return Issuer(
        institution=facts["institution"][language],
        officer=facts["officer"][language],
        name=facts["name"],
        seal=Picture(content=data, alt=SEAL[language]) if data else None,
    )


def verification_address(code: str) -> str:
    """What the QR code holds."""
    return address_of(reverse("awards:certificate_check", args=[code]))
