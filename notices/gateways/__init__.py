"""Outside systems that carry messages. Only doors may call them, and never inside a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from notices.gateways.email import EmailGateway
from notices.gateways.sms import SmsGateway, sms_gateway
from notices.rules.sending import Answer, Outgoing


class Carriers:
    """One open line per channel for a batch: `with Carriers() as carriers: carriers.send_all(messages)`.

    `at_once`: how many are handed over before their answers are kept, and so how many are in doubt when the
    worker dies. One, because these gateways take one at a time.
    """

    at_once = 1

    def __init__(self) -> None:
        self.sms: SmsGateway = sms_gateway()
        self.email = EmailGateway()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.email.close()

    def send(self, message: Outgoing) -> Answer:
        """Hand a message to the gateway of its channel. Never raises for what a network does."""
        return self.sms.send(message) if message.channel == "SMS" else self.email.send(message)

    def send_all(self, messages: Sequence[Outgoing]) -> list[Answer]:
        """Hand over at most `at_once` messages."""
        return [self.send(message) for message in messages]
