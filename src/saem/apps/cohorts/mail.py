"""Writes to a teacher who was invited to a classroom."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from saem.apps.cohorts.models import Classroom
from saem.apps.people.models import User

log = logging.getLogger(__name__)


def send_invitation(user: User, *, classroom: Classroom, by: User, link: str, sets_password: bool) -> bool:
    """Send the link in the teacher's language; return whether the mail went out.

    `link` sets a password where the account has none, and leads to the class otherwise.
    """
    assert user.email is not None
    with translation.override(user.language or translation.get_language()):
        context = {"teacher": user, "classroom": classroom, "by": by, "link": link, "sets_password": sets_password}
        subject = " ".join(render_to_string("cohorts/mail/invitation_subject.txt", context).split())
        body = render_to_string("cohorts/mail/invitation.txt", context)
    try:
        send_mail(subject, body, None, [user.email])
    except (SMTPException, OSError):
        # The role is given and stays: the page says that the mail did not go out, and it can be sent again.
        log.exception("the invitation to account %s could not be mailed", user.pk)
        return False
    return True
