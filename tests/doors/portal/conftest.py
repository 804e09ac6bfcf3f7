"""An owner's telephone: it asks for codes, reads them from the outbox, and carries the key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, TestCase

from notices import tasks

ROOT = "/api/portal/v1"


class Phone:
    """One owner with one number."""

    def __init__(self, number: str, outbox: Path, address: str = "127.0.0.1") -> None:
        self.number = number
        self.outbox = outbox
        self.client = Client(REMOTE_ADDR=address)
        self.key = ""

    def ask(self) -> Any:
        return self.post("codes/", phone=self.number)

    def messages(self) -> list[dict[str, str]]:
        """What was sent to this number, oldest first."""
        lines = [
            line
            for file in sorted(self.outbox.glob("sms/*.jsonl"))
            for line in file.read_text("utf-8").splitlines()
        ]
        return [message for line in lines if (message := json.loads(line))["to"] == self.number]

    def code(self) -> str:
        """The last code that was sent."""
        found = re.search(r"\d{6}", self.messages()[-1]["text"])
        assert found
        return found.group()

    def enter(self, code: str) -> Any:
        return self.post("sessions/", phone=self.number, code=code)

    def log_in(self) -> Phone:
        assert self.ask().status_code == 202
        answer = self.enter(self.code())
        assert answer.status_code == 201, answer.content
        self.key = answer.json()["token"]
        return self

    def get(self, path: str, **extra: Any) -> Any:
        return self.client.get(f"{ROOT}/{path}", **self._key(), **extra)

    def post(self, path: str, /, **body: Any) -> Any:
        """Post, and let the worker do what it is told after the commit."""
        with TestCase.captureOnCommitCallbacks(execute=True):
            return self.client.post(f"{ROOT}/{path}", body, content_type="application/json", **self._key())

    def delete(self, path: str) -> Any:
        return self.client.delete(f"{ROOT}/{path}", **self._key())

    def _key(self) -> dict[str, Any]:
        return {"headers": {"Authorization": f"Bearer {self.key}"}} if self.key else {}


@pytest.fixture
def phone(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Phone]:
    """phone("13800138000"): a telephone whose messages land in a folder of this test."""
    settings.OUTBOX_DIR = tmp_path
    monkeypatch.setattr(
        tasks.send_portal_code, "apply_async", lambda *, kwargs, expires: tasks.send_portal_code(**kwargs)
    )

    def ring(number: str, address: str = "127.0.0.1") -> Phone:
        return Phone(number, tmp_path, address)

    return ring
