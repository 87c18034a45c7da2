"""Days and moments as facts of notices and entries: in both languages, so that each reader reads their own."""

import datetime as dt

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format


def when_of(moment: dt.datetime) -> dict[str, str]:
    return _each(timezone.localtime(moment), "DATETIME_FORMAT")


def day_of(day: dt.date) -> dict[str, str]:
    return _each(day, "DATE_FORMAT")


def _each(value: dt.date, form: str) -> dict[str, str]:
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found[language] = date_format(value, form)
    return found
