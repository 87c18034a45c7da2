"""PINs: how they are kept, compared and made.

A PIN has few digits: what protects it is the limit on guesses, not the slowness of its hash. A tenth of Django's
iterations lets a whole school come in at nine o'clock on a small machine.
"""

import secrets
from itertools import pairwise

from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password
from django.utils.crypto import get_random_string

ITERATIONS = 100_000
DIGITS = 4
# Compared where there is nothing to compare, so that an unknown nickname takes as long as a wrong PIN.
NOBODY = PBKDF2PasswordHasher().encode("", "nobody", iterations=ITERATIONS)


def hash_pin(pin: str) -> str:
    return PBKDF2PasswordHasher().encode(pin, get_random_string(16), iterations=ITERATIONS)


def pin_matches(pin: str, encoded: str) -> bool:
    """Compare in constant time; an empty `encoded` (no PIN) matches nothing and takes as long."""
    hasher = PBKDF2PasswordHasher()
    if not encoded:
        return hasher.verify(pin, NOBODY) and False
    if encoded.startswith(f"{hasher.algorithm}$"):
        return hasher.verify(pin, encoded)
    return check_password(pin, encoded)


def new_pin() -> str:
    """A random PIN that is not easy to guess."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _place in range(DIGITS))
        if not is_easy(pin):
            return pin


def is_easy(pin: str) -> bool:
    """Whether a classmate would try it first: one digit again and again, or digits in a row."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({0}, {1}, {9})
