"""The one error that rooms raise for a person to read: a code, a status and what the sentence needs."""


class SaemError(Exception):
    """Something a person should be told. `saem.web.messages` has the words for the code, a middleware shows them."""

    def __init__(self, code: str, *, status: int = 400, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.params = params
