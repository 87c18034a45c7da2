"""What finds a public page: the words of its text, its area, methods and skills."""

import re
import unicodedata

from saem.apps.projects.models import Showcase, ShowcaseTerm, ShowcaseVersion, TermKind
from saem.apps.projects.models.showcase import LONGEST_TERM

MOST_TERMS = 500
MOST_WORDS_ASKED = 6
WORD = re.compile(r"\w+")
TEXTS = ("title", "problem", "whose", "method", "found", "limits", "reflection")


def words_in(text: str) -> list[str]:
    """Words in the order of the text, each once, folded so that a search finds them however they were typed."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return list(dict.fromkeys(word[:LONGEST_TERM] for word in WORD.findall(plain)))


def index(showcase: Showcase, version: ShowcaseVersion) -> None:
    """Make the public version findable, and nothing of any other. Call inside the transaction of the act."""
    forget(showcase)
    words = words_in(" ".join(str(getattr(version, name)) for name in TEXTS))[:MOST_TERMS]
    terms = [ShowcaseTerm(showcase=showcase, kind=TermKind.WORD, term=word) for word in words]
    terms.append(ShowcaseTerm(showcase=showcase, kind=TermKind.AREA, term=version.area))
    terms += [ShowcaseTerm(showcase=showcase, kind=TermKind.METHOD, term=code) for code in version.methods]
    terms += [
        ShowcaseTerm(
            showcase=showcase,
            kind=TermKind.SKILL,
            term=skill["id"][:LONGEST_TERM],
            title=skill["ko"][:200],
            title_en=skill["en"][:200],
        )
        for skill in version.skills
    ]
    ShowcaseTerm.objects.bulk_create(terms)


def forget(showcase: Showcase) -> None:
    """Nothing finds the page any more."""
    ShowcaseTerm.objects.filter(showcase=showcase).delete()
