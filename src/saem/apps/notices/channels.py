"""The ways out of the house. Each either sends, or says with certainty that nothing left, or leaves it open."""

import smtplib
import time
from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from saem.apps.notices.models import Channel, Delivery
from saem.apps.notices.words import Words

PERMANENT = 500
# How long a mail server that did not answer is left alone, so that ten thousand letters do not knock one by one.
REST_S = 20.0


class NotSentError(Exception):
    """Certainly nothing left the house; trying again may help."""


class UndeliverableError(NotSentError):
    """Certainly nothing left the house, and trying again will not help: no such address, no such channel."""


class SmsSender(Protocol):
    """What SAEM_SMS_SENDER names: sends `text` to `number` in one call.

    It raises NotSentError or UndeliverableError when it is certain that nothing was sent, and anything else when not.
    """

    def __call__(self, number: str, text: str) -> None: ...


class _MailServer:
    """Remembers, for this process, until when the server is left alone."""

    def __init__(self) -> None:
        self._rests_until = 0.0

    def connect(self) -> BaseEmailBackend:
        """An open connection. Raises NotSentError where there is none to be had just now."""
        if time.monotonic() < self._rests_until:
            raise NotSentError("the mail server did not answer a moment ago")
        connection: BaseEmailBackend = get_connection()
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self._rests_until = time.monotonic() + REST_S
            raise NotSentError(f"{type(error).__name__}: {error}") from error
        return connection

    def forget(self) -> None:
        self._rests_until = 0.0


MAIL_SERVER = _MailServer()


def send_email(delivery: Delivery, words: Words) -> None:
    """Raises NotSentError or UndeliverableError; any other exception leaves open whether it went."""
    connection = MAIL_SERVER.connect()
    try:
        _letter(delivery, words, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(error, [code for code, _reply in error.recipients.values()]) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error, [error.smtp_code]) from error
    finally:
        _close_quietly(connection)


def _letter(delivery: Delivery, words: Words, connection: BaseEmailBackend) -> EmailMessage:
    # The same message has the same number for ever: should it come twice after all, mail programs know it again.
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    headers = {"Message-ID": f"<saem-{delivery.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(words.title, words.text, None, [delivery.address], headers=headers, connection=connection)


def _refusal(error: Exception, codes: list[int]) -> NotSentError:
    """A server that says 4xx wants to be asked again, one that says 5xx does not (RFC 5321, 4.2.1)."""
    kind = UndeliverableError if codes and all(code >= PERMANENT for code in codes) else NotSentError
    return kind(f"{type(error).__name__}: {error}")


def _close_quietly(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        # The message is with the server; that it hangs up rudely changes nothing.
        return


def send_sms(delivery: Delivery, words: Words) -> None:
    """Through the sender that the operator named. Raises UndeliverableError where there is none."""
    if not settings.SMS_SENDER:
        raise UndeliverableError("no SAEM_SMS_SENDER")
    sender: SmsSender = import_string(settings.SMS_SENDER)
    sender(delivery.address, f"{words.title}\n{words.text}")


SENDERS: dict[str, Callable[[Delivery, Words], None]] = {Channel.EMAIL: send_email, Channel.SMS: send_sms}
