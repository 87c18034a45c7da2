"""Letters to those who are asked to add something to an application."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string

from saem.apps.cohorts.calls import limits
from saem.apps.cohorts.models import GuardianConsent, Recommendation
from saem.apps.people.limits import spend
from saem.apps.people.models import User

log = logging.getLogger(__name__)


def may_write(user: User, address: str) -> bool:
    """Whether one more letter may go out for this person, and to this address: nobody is flooded through us."""
    return spend(limits.MAILS_OF_APPLICANT, user.pk) and spend(limits.MAILS_TO_ADDRESS, address.lower())


def write_to_recommender(asked: Recommendation, *, link: str) -> bool:
    """Send the link; return whether the letter went out."""
    return write(
        "calls/mail/recommendation", asked.email, {"asked": asked, "call": asked.application.call, "link": link}
    )


def write_to_guardian(asked: GuardianConsent, *, link: str) -> bool:
    return write("calls/mail/guardian", asked.contact, {"asked": asked, "call": asked.application.call, "link": link})


def write(name: str, address: str, context: dict[str, object]) -> bool:
    """Send the letter of this name (its templates'); return whether it went out."""
    subject = " ".join(render_to_string(f"{name}_subject.txt", context).split())
    body = render_to_string(f"{name}.txt", context)
    try:
        send_mail(subject, body, None, [address])
    except (SMTPException, OSError):
        # The question is asked and stays: the page says that the letter did not go out, and it can be sent again.
        log.exception("a letter of kind %s could not be mailed", name)
        return False
    return True
