"""The secret that private keys are locked with: a setting, or a file of the site's own that only its user may read.

It lies beside the database, never in it, so that a stolen database or backup signs nothing.
"""

import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from saem.lib.credentials.badges import SigningKey

SHORTEST = 32
PURPOSE = b"saem issuer keys"


def passphrase() -> bytes:
    """What keys are locked with; the first call on a site without a secret makes one.

    Raises ImproperlyConfigured for a secret that is too short to be one.
    """
    secret = settings.CREDENTIALS_KEY or kept_secret(settings.CREDENTIALS_KEY_FILE)
    if len(secret) < SHORTEST:
        raise ImproperlyConfigured(f"SAEM_CREDENTIALS_KEY needs {SHORTEST} signs and more")
    return hmac.digest(secret.encode(), PURPOSE, "sha256").hex().encode()


def is_secret_given() -> bool:
    return bool(settings.CREDENTIALS_KEY) or settings.CREDENTIALS_KEY_FILE.is_file()


def kept_secret(path: Path) -> str:
    """The secret in the file, which is made where there is none."""
    if not path.is_file():
        # Written whole before it gets its name: two processes that start together must agree on one secret.
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


@lru_cache(maxsize=64)
def unlocked(name: str, locked: str, secret: bytes) -> SigningKey:
    """The private key, kept in memory: opening it takes longer than signing with it.

    Raises lib's KeyMaterialError where the secret is another one than the key was locked with.
    """
    return SigningKey.unlocked(name, locked.encode(), secret)
