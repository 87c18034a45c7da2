"""How often a team's code may be tried: it opens a team only to classmates, so a little patience is enough."""

from saem.apps.people.limits import Limit

CODES_OF_PERSON = Limit("team.code", times=20, seconds=600)
