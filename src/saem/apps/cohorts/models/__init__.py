"""Who runs, attends and applies for what: cohorts and classes, calls and applications."""

from saem.apps.cohorts.models.applications import (
    EVIDENCE,
    Application,
    ApplicationRevision,
    ApplicationState,
    Document,
    DocumentFile,
    DocumentKind,
)
from saem.apps.cohorts.models.calls import GRADES, Audience, Call, CallState, FormVersion, grade_name
from saem.apps.cohorts.models.classes import (
    CODE_ALPHABET,
    Classroom,
    Cohort,
    Enrolment,
    EnrolmentQuerySet,
    new_join_code,
)
from saem.apps.cohorts.models.vouching import (
    ConsentText,
    ConsentWay,
    GuardianConsent,
    Recommendation,
    RecommendationState,
)

__all__ = [
    "CODE_ALPHABET",
    "EVIDENCE",
    "GRADES",
    "Application",
    "ApplicationRevision",
    "ApplicationState",
    "Audience",
    "Call",
    "CallState",
    "Classroom",
    "Cohort",
    "ConsentText",
    "ConsentWay",
    "Document",
    "DocumentFile",
    "DocumentKind",
    "Enrolment",
    "EnrolmentQuerySet",
    "FormVersion",
    "GuardianConsent",
    "Recommendation",
    "RecommendationState",
    "grade_name",
    "new_join_code",
]
