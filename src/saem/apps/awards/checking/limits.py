"""How often strangers may ask; a school behind one address still checks a class's certificates."""

from saem.apps.people.limits import Limit

HOUR = 3600

WRONG_CODES = Limit("awards.code", times=40, seconds=HOUR)  # by visitor's address; right codes are given back
FILES = Limit("awards.file", times=120, seconds=HOUR)  # by visitor's address
