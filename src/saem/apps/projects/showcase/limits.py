"""How often the keys of guardians' letters may be tried."""

from saem.apps.people.limits import Limit

LINK_FROM_ADDRESS = Limit("showcase.link", times=60, seconds=3600)  # by visitor's address; only wrong links count
