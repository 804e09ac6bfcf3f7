"""A carrier for two made-up years: nothing leaves the house, most messages arrive, a few numbers are dead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from notices.gateways import Carriers
from notices.rules.sending import Answer, Outcome, Outgoing

_DEAD: Final = 97  # one number in so many is out of service, always the same ones


class MadeUpCarriers(Carriers):
    """Answers a batch at once, as the bulk lines of real providers do."""

    at_once = 500

    def send_all(self, messages: Sequence[Outgoing]) -> list[Answer]:
        """SENT, or FAILED for a dead number."""
        return [self.send(message) for message in messages]

    def send(self, message: Outgoing) -> Answer:
        """The same answer for the same number."""
        if message.channel == "SMS" and int(message.to[-4:]) % _DEAD == 0:
            return Answer(message.notice_id, Outcome.FAILED, code="sms_refused", detail="空号")
        return Answer(message.notice_id, Outcome.SENT, provider_id=f"demo-{message.reference}")
