"""Points in time as credentials write them: XML Schema dateTimeStamp, in UTC, to the second."""

import re
from datetime import UTC, datetime

from saem.lib.credentials.errors import UnreadableError

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


def moment_text(moment: datetime) -> str:
    """`2026-11-28T06:00:00Z`. Raises ValueError for a moment without a time zone: nobody could say when it is."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return f"{moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"


def read_moment(text: object) -> datetime:
    """Raises UnreadableError ("odd_moment") for what is no dateTimeStamp."""
    if not isinstance(text, str) or not MOMENT.fullmatch(text):
        raise UnreadableError("odd_moment")
    try:
        # Years beyond 9999 and hours beyond 23 pass the pattern.
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))
    except ValueError as error:
        raise UnreadableError("odd_moment") from error
