"""From frozen facts to a PDF, or to the reason why there is none; no database."""

from dataclasses import dataclass, field
from pathlib import Path

from saem.apps.awards.certificates.facts import Facts, Seals, document_of
from saem.apps.awards.models import CertificateKind
from saem.lib.credentials.certificates import DocumentError, Fault, Language, missing_signs, render

# Beside what the web serves; the package's own folder (ADR 17).
FONTS = Path(__file__).resolve().parents[3] / "web" / "fonts"
FAULTS = {Fault.EMPTY: "certificate.empty", Fault.LONG: "certificate.long", Fault.PICTURE: "certificate.seal"}


@dataclass(frozen=True)
class Refusal:
    """Why nothing was printed, as a message code."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


def printed(facts: Facts, *, code: str, language: Language, seals: Seals) -> bytes | Refusal:
    """The PDF. What cannot be printed whole is refused: a certificate with a hole in a name is a wrong one."""
    if facts["kind"] == CertificateKind.TRAINING and facts["born"] is None:
        return Refusal("certificate.no_birth_date")
    try:
        document = document_of(facts, code=code, language=language, seals=seals)
        signs = missing_signs(document, fonts=FONTS)
        if signs:
            return Refusal("certificate.signs", {"signs": " ".join(sorted(signs))})
        return render(document, fonts=FONTS)
    except DocumentError as error:
        if error.fault in {Fault.FONTS, Fault.TYPESETTING}:
            raise
        return Refusal(FAULTS.get(error.fault, "certificate.unfit"), {"field": error.field})
