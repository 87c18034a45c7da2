"""Links that are a key by themselves, on their way into a letter: a stolen database opens none of them."""

import base64
import hmac
from functools import cache

from cryptography.fernet import Fernet
from django.conf import settings

PURPOSE = b"saem links in letters"


def sealed(path: str) -> str:
    """The path, encrypted with the site's secret."""
    return _locks(settings.SECRET_KEY).encrypt(path.encode()).decode()


def opened(text: str) -> str:
    """The path again. Raises cryptography's InvalidToken where the site's secret is another one now."""
    return _locks(settings.SECRET_KEY).decrypt(text.encode()).decode()


@cache
def _locks(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hmac.digest(secret.encode(), PURPOSE, "sha256")))
