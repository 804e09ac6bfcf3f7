"""SMS: the interface, the development outbox (JSON lines on disk), and a generic signed HTTP gateway."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import secrets
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from notices.rules.sending import Answer, Outcome, Outgoing

_TIMEOUT = 10


class SmsGateway(Protocol):
    """What every SMS provider must be able to do."""

    def send(self, message: Outgoing) -> Answer:
        """Hand over one message. UNKNOWN when it may have been taken: then only `status` can tell."""

    def status(self, notice_id: int, reference: str) -> Answer:
        """What became of a message that was handed over under our reference."""


class OutboxSms:
    """Development and demo: every message is a line of JSON in var/outbox/sms/<day>.jsonl."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.OUTBOX_DIR) / "sms"

    def send(self, message: Outgoing) -> Answer:
        """Append the line in one write, so that two workers cannot mix theirs."""
        provider_id = f"outbox-{message.reference}"
        line = {
            "at": timezone.localtime().isoformat(timespec="seconds"), "to": message.to, "text": message.body,
            "kind": message.kind, "reference": message.reference, "id": provider_id,
        }  # fmt: skip
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{timezone.localdate()}.jsonl"
        number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(number, (json.dumps(line, ensure_ascii=False) + "\n").encode())
        finally:
            os.close(number)
        return Answer(message.notice_id, Outcome.SENT, provider_id=provider_id)

    def status(self, notice_id: int, reference: str) -> Answer:
        """Looks through the lines, newest day first."""
        for path in sorted(self.folder.glob("*.jsonl"), reverse=True):
            with path.open(encoding="utf-8") as lines:
                if any(json.loads(line)["reference"] == reference for line in lines):
                    return Answer(notice_id, Outcome.SENT, provider_id=f"outbox-{reference}")
        return Answer(notice_id, Outcome.FAILED, code="never_sent")

    def sent_on(self, day: date) -> list[dict[str, Any]]:
        """The lines of a day."""
        path = self.folder / f"{day}.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


class HttpSms:
    """A provider that takes signed JSON: POST <url>/messages and GET <url>/messages/<reference>.

    Headers X-Key, X-Time (Unix seconds), X-Nonce and X-Signature = hex HMAC-SHA256 with the secret over
    method, path, time, nonce and body, each on a line of its own. 2xx with {"id"} means taken, 4xx refused.
    """

    def __init__(self, url: str, key: str, secret: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not secret:
            raise ImproperlyConfigured("SMS_HTTP_URL and SMS_HTTP_SECRET must be set for SMS_GATEWAY=http")
        self.parts, self.key, self.secret = parts, key, secret

    def send(self, message: Outgoing) -> Answer:
        """Not connected: RETRY. No answer to what was sent: UNKNOWN, never sent again blindly."""
        body = json.dumps(
            {"to": message.to, "text": message.body, "reference": message.reference}, ensure_ascii=False
        ).encode()
        connection = self._connection()
        try:
            connection.connect()
        except OSError as error:
            return Answer(message.notice_id, Outcome.RETRY, code="sms_unreachable", detail=str(error))
        try:
            status, answer = self._ask(connection, "POST", "/messages", body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(message.notice_id, Outcome.UNKNOWN, code="sms_no_answer", detail=repr(error))
        return self._judge(message.notice_id, status, answer)

    def status(self, notice_id: int, reference: str) -> Answer:
        """404: the provider never had it, so it failed and a person may send it again."""
        try:
            status, answer = self._ask(self._connection(), "GET", f"/messages/{reference}", b"")
        except (OSError, http.client.HTTPException, ValueError) as error:
            return Answer(notice_id, Outcome.UNKNOWN, code="sms_no_answer", detail=repr(error))
        if status == http.HTTPStatus.NOT_FOUND:
            return Answer(notice_id, Outcome.FAILED, code="never_sent")
        return self._judge(notice_id, status, answer)

    def _judge(self, notice_id: int, status: int, answer: Mapping[str, Any]) -> Answer:
        detail = str(answer.get("error", ""))
        if 200 <= status < 300:
            return Answer(notice_id, Outcome.SENT, provider_id=str(answer.get("id", ""))[:120])
        if status in (408, 425, 429, 503):
            return Answer(notice_id, Outcome.RETRY, code="sms_busy", detail=detail)
        if 400 <= status < 500:
            return Answer(notice_id, Outcome.FAILED, code="sms_refused", detail=detail or str(status))
        return Answer(notice_id, Outcome.UNKNOWN, code="sms_no_answer", detail=str(status))

    def _connection(self) -> http.client.HTTPConnection:
        secure = self.parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        return kind(str(self.parts.hostname), self.parts.port, timeout=_TIMEOUT)

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: bytes
    ) -> tuple[int, dict[str, Any]]:
        path = self.parts.path.rstrip("/") + path
        try:
            connection.request(method, path, body or None, self._headers(method, path, body))
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        answer = json.loads(content) if content else {}
        return response.status, answer if isinstance(answer, dict) else {}

    def _headers(self, method: str, path: str, body: bytes) -> dict[str, str]:
        moment, nonce = str(int(time.time())), secrets.token_hex(8)
        signed = "\n".join((method, path, moment, nonce)).encode() + b"\n" + body
        signature = hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/json; charset=utf-8", "X-Key": self.key, "X-Time": moment,
            "X-Nonce": nonce, "X-Signature": signature,
        }  # fmt: skip


def sms_gateway() -> SmsGateway:
    """The one that SMS_GATEWAY names: outbox or http. Anything else stops the worker with a sentence."""
    if settings.SMS_GATEWAY == "outbox":
        return OutboxSms()
    if settings.SMS_GATEWAY == "http":
        return HttpSms(settings.SMS_HTTP_URL, settings.SMS_HTTP_KEY, settings.SMS_HTTP_SECRET)
    raise ImproperlyConfigured(f"SMS_GATEWAY must be outbox or http, not {settings.SMS_GATEWAY!r}")
