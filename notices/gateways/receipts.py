"""The SMS provider's call back: is it really the provider, and which message does it speak of?"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final, NamedTuple

from django.conf import settings

FRESH_SECONDS: Final = 300
_REFERENCE: Final = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


class Signature(NamedTuple):
    """What the provider sends beside the body: the same headers that HttpSms sends to it."""

    key: str
    moment: str
    nonce: str
    signature: str


def is_the_provider(sent: Signature, *, method: str, path: str, body: bytes, now: float) -> bool:
    """Whether it was signed with SMS_RECEIPT_SECRET within five minutes. Without a secret nobody is.

    A receipt that is played back within that time changes nothing: taking one twice is the same as once.
    """
    secret = settings.SMS_RECEIPT_SECRET
    if not secret or not sent.moment.isascii() or not sent.moment.isdigit() or len(sent.moment) > 12:
        return False
    if abs(now - int(sent.moment)) > FRESH_SECONDS:
        return False
    right = sign(secret, sent, method=method, path=path, body=body)
    known = hmac.compare_digest(sent.key.encode(), settings.SMS_HTTP_KEY.encode())
    return hmac.compare_digest(right.encode(), sent.signature.encode()) and known


def sign(secret: str, sent: Signature, *, method: str, path: str, body: bytes) -> str:
    """Hex HMAC-SHA256 over method, path, time, nonce and body, each on a line of its own."""
    text = "\n".join((method, path, sent.moment, sent.nonce)).encode() + b"\n" + body
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def company_and_notice(reference: str) -> tuple[int, int] | None:
    """Whose message a reference names; None for a log-in code's, or one that is not ours.

    >>> company_and_notice("7-1234"), company_and_notice("code-9")
    ((7, 1234), None)
    """
    match = _REFERENCE.fullmatch(reference)
    return None if match is None else (int(match[1]), int(match[2]))
