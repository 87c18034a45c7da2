"""Korean ages (만 나이), counted as the Civil Act §158 does: from the day of birth, a year full on each birthday."""

import datetime as dt

GUARDIAN_BELOW = 14


def age_on(birth: dt.date, day: dt.date) -> int:
    """Full years lived on `day`. Who was born on 29 February completes a year on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def needs_guardian(birth: dt.date, day: dt.date) -> bool:
    """Whether the law asks for a guardian's consent: under 14 on that day (PIPA §22-2)."""
    return age_on(birth, day) < GUARDIAN_BELOW
