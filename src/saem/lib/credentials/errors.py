"""What can go wrong while credentials are made."""


class CredentialsError(Exception):
    """Base of this room's errors.

    CredentialsError
    ├── ContextsMissingError   the JSON-LD contexts were not built, or are not those that were published
    ├── KeyMaterialError       bytes, text or a document that is no Ed25519 key
    └── UnreadableError        a document that cannot be signed or checked, with a code; verifying turns it into a value
    """


class ContextsMissingError(CredentialsError):
    """The JSON-LD contexts were not built, or are not those that were published."""


class KeyMaterialError(CredentialsError):
    """Bytes, text or a document that is no Ed25519 key."""


class UnreadableError(CredentialsError):
    """A document that cannot be signed or checked; `code` says why."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code}: {where}" if where else code)
        self.code = code
