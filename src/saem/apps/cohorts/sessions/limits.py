"""How often one may try codes and calendar addresses. A whole school shares one address."""

from saem.apps.people.limits import Limit

MINUTE, HOUR = 60, 3600

CODE_OF_PERSON = Limit("checkin.code", times=20, seconds=5 * MINUTE)  # by person; only wrong codes count
CODE_FROM_ADDRESS = Limit("checkin.address", times=300, seconds=10 * MINUTE)  # by address; only wrong codes count
FEED_FROM_ADDRESS = Limit("calendar.address", times=60, seconds=HOUR)  # by address; only unknown links count
FEED_OF_LINK = Limit("calendar.link", times=240, seconds=HOUR)  # by link: a calendar asks once an hour, on each device
PRESSES_OF_PERSON = Limit("attendance.presses", times=600, seconds=10 * MINUTE)  # by teacher: batches of presses
