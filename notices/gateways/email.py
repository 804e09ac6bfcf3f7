"""E-mail over Django's backend: SMTP in service, files under var/outbox/email in development."""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from notices.rules.sending import Answer, Outcome, Outgoing

# Our own side of the line: a wrong password must not burn every message that waits.
_LINE_FAULTS = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


class EmailGateway:
    """Keeps one connection for a batch and opens another after a fault."""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, message: Outgoing) -> Answer:
        """SENT when a server accepted it, which is not delivery. A reply of 5xx is final, others are retried.

        The same Message-ID on every try lets the receiving side drop a duplicate.
        """
        try:
            self._open().send_messages([_mail(message)])
        except _LINE_FAULTS as error:
            return self._later(message, error)
        except smtplib.SMTPRecipientsRefused as error:
            return self._refused(message, "mailbox_refused", _first_code(error), str(error))
        except smtplib.SMTPResponseException as error:
            return self._refused(message, "mail_refused", error.smtp_code, str(error))
        except (smtplib.SMTPException, OSError) as error:
            return self._later(message, error)
        except ValueError as error:
            return Answer(message.notice_id, Outcome.FAILED, code="address_invalid", detail=str(error))
        return Answer(message.notice_id, Outcome.SENT, provider_id=_message_id(message))

    def close(self) -> None:
        """Hang up; harmless when nothing is open or the line is dead."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (smtplib.SMTPException, OSError):
                return

    def _open(self) -> Any:
        if self._connection is None:
            connection = get_connection()
            connection.open()
            self._connection = connection
        return self._connection

    def _later(self, message: Outgoing, error: Exception) -> Answer:
        self.close()
        return Answer(message.notice_id, Outcome.RETRY, code="mail_server_unreachable", detail=str(error))

    def _refused(self, message: Outgoing, code: str, reply: int, detail: str) -> Answer:
        self.close()
        outcome = Outcome.FAILED if reply >= 500 else Outcome.RETRY
        return Answer(message.notice_id, outcome, code=code, detail=detail)


def _mail(message: Outgoing) -> EmailMessage:
    headers = {"Message-ID": _message_id(message), "Auto-Submitted": "auto-generated"}
    return EmailMessage(message.subject, message.body, to=[message.to], headers=headers)


def _message_id(message: Outgoing) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<notice-{message.reference}@{domain}>"


def _first_code(error: smtplib.SMTPRecipientsRefused) -> int:
    return next((int(code) for code, _text in error.recipients.values()), 550)
