"""Changes to cohorts, classrooms and who is in them; each change appends its event in the same transaction."""

from saem.apps.cohorts.services.classes import (
    change_classroom,
    change_cohort,
    open_classroom,
    open_cohort,
    renew_code,
)
from saem.apps.cohorts.services.joining import Entry, EntryStatus, come_in, join_with_account
from saem.apps.cohorts.services.students import (
    move_student,
    note_visit,
    remove_student,
    rename_student,
    reset_pin,
    restore_student,
)
from saem.apps.cohorts.services.teachers import Invitation, invite_teacher, letters_of, remove_teacher

__all__ = [
    "Entry",
    "EntryStatus",
    "Invitation",
    "change_classroom",
    "change_cohort",
    "come_in",
    "invite_teacher",
    "join_with_account",
    "letters_of",
    "move_student",
    "note_visit",
    "open_classroom",
    "open_cohort",
    "remove_student",
    "remove_teacher",
    "rename_student",
    "renew_code",
    "reset_pin",
    "restore_student",
]
