"""How often one may write to others through an application, and try links that were mailed."""

from saem.apps.people.limits import Limit

HOUR, DAY = 3600, 86400

MAILS_OF_APPLICANT = Limit("calls.mail", times=10, seconds=DAY)  # by applicant: letters to recommender and guardian
MAILS_TO_ADDRESS = Limit("calls.mail_to", times=10, seconds=DAY)  # by the address written to
LINK_FROM_ADDRESS = Limit("calls.link", times=60, seconds=HOUR)  # by visitor's address; only wrong links count
ANSWER_FROM_ADDRESS = Limit("calls.answer", times=200, seconds=HOUR)  # by visitor's address
START_OF_PERSON = Limit("calls.start", times=60, seconds=DAY)  # by applicant
UPLOADS_OF_PERSON = Limit("calls.upload", times=120, seconds=DAY)  # by applicant
