"""What several kinds of document have in common: who issues it, how it is checked, in which language."""

from dataclasses import dataclass
from enum import StrEnum

from saem.lib.credentials.certificates import rules
from saem.lib.credentials.certificates.pictures import Picture


class Language(StrEnum):
    KO = "ko"
    EN = "en"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """How a stranger checks a document: its number, and the address of the public page that knows the number."""

    number: str
    address: str

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LABEL, "number")
        rules.check_address("address", self.address)


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who signs. `officer` is the office that the seal belongs to (한빛교육연수원장), `name` who holds it."""

    institution: str
    officer: str
    name: str = ""
    seal: Picture | None = None

    def __post_init__(self) -> None:
        rules.check_texts(self, rules.LABEL, "institution", "officer")
        rules.check_texts(self, rules.LABEL, "name", required=False)
