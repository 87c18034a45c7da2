"""The PDF of a certificate: kept as it was made; one in the other language is made when first asked for, and kept."""

from saem.apps.awards.certificates.issuing import add_file
from saem.apps.awards.certificates.printing import Refusal, printed
from saem.apps.awards.models import Certificate, CertificateFile, Seal
from saem.errors import SaemError
from saem.lib.credentials.certificates import Language


def file_of(certificate: Certificate, language: Language) -> CertificateFile:
    """Raises SaemError where the frozen facts do not fit a page in that language."""
    kept = CertificateFile.objects.filter(certificate=certificate, language=language.value).first()
    if kept is not None:
        return kept
    seal = certificate.facts["issuer"]["seal"]
    seals = {one.pk: bytes(one.data) for one in Seal.objects.filter(pk=seal)} if seal is not None else {}
    pdf = printed(certificate.facts, code=certificate.code, language=language, seals=seals)
    if isinstance(pdf, Refusal):
        raise SaemError(pdf.code, status=422, **pdf.params)
    return add_file(certificate, language, pdf)
