"""What is kept of code that somebody types: an older tab never overwrites a newer text unseen. Rows come locked."""

from django.utils import timezone

from saem.apps.learning.models import RunnableCode

CONFLICT = "learning.conflict"
TYPED = ("code", "kept_code", "revision", "saved_at")


def put(row: RunnableCode, code: str) -> None:
    """Another text in place of the one that stands there."""
    row.code = code
    row.revision += 1
    row.saved_at = timezone.now()
    row.save(update_fields=TYPED)


def keep(row: RunnableCode, code: str, *, revision: int | None) -> str:
    """Autosave; CONFLICT where `revision` says that its tab had an older text before it, and then nothing changes."""
    if row.code == code:
        return ""
    if revision is not None and revision != row.revision:
        return CONFLICT
    put(row, code)
    return ""


def keep_to_run(row: RunnableCode, code: str, *, revision: int | None) -> None:
    """Run was pressed where `code` stands, so it wins; the text of another tab can be brought back."""
    if row.code == code:
        return
    if revision is not None and revision != row.revision:
        row.kept_code = row.code
    put(row, code)


def bring_back(row: RunnableCode, code: str) -> None:
    """What was kept, and `code`, which stood there, kept instead."""
    if row.kept_code:
        kept, row.kept_code = row.kept_code, code
        put(row, kept)
