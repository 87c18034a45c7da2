"""How often a link may be tried, and how much one portfolio may hold."""

from saem.apps.people.limits import Limit

HOUR, DAY = 3600, 86400

LINK_FROM_ADDRESS = Limit("portfolio.link", times=60, seconds=HOUR)  # by visitor's address; only wrong links count
LINKS_OF_PERSON = Limit("portfolio.links", times=30, seconds=DAY)  # by learner
WRITTEN_BY_PERSON = Limit("portfolio.written", times=300, seconds=DAY)  # by learner: reflections and their versions
EXPORTS_OF_PERSON = Limit("portfolio.export", times=60, seconds=HOUR)  # by learner: documents are work

MOST_LINKS = 20
MOST_REFLECTIONS = 60  # what the PDF carries
MOST_VERSIONS = 200
LONGEST_TEXT = 4000  # characters, what the PDF carries
