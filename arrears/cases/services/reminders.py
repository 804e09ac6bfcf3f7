"""The first rung: one friendly message per account on the channel that reaches it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from arrears.cases.queries.quiet_days import quiet_calendar
from arrears.cases.queries.subjects import Subject, subjects
from arrears.cases.rules.quiet import next_day
from arrears.cases.services.climbs import Climb
from billing.charges.queries import NoContract, issuer_of
from notices.documents.parts import Issuer
from notices.queries.messages import sms_days
from notices.rules.plan import Address, Channel, Purpose, plan
from notices.rules.render import render
from notices.rules.texts import Text, due_fields
from notices.services import Draft, load_texts, queue
from notices.services.texts import TextRefused
from owners.queries import ContactRow, contacts_of
from tenancy.kernel.models import Tenant
from tenancy.kernel.scope import current_tenant_id
from values.because import Because, because

KIND: Final = "REMINDER"
_SENT_FROM: Final = time(9, 0)
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_USABLE: Final = ("GOOD", "UNCHECKED")
_CHANNEL_OF: Final = {"MOBILE": Channel.SMS, "EMAIL": Channel.EMAIL}
_CAP_DAYS: Final = 6


class Reminded(NamedTuple):
    """What came of a reminder: a queued notice, or the reason why there is nobody to send it to."""

    climb: Climb
    notice_id: int | None
    nobody: Because | None


class Round:
    """Words the reminders of one day; what is the same for a community is made once."""

    def __init__(self, *, as_of: date) -> None:
        self._as_of = as_of
        self._quiet = quiet_calendar()
        self._texts = load_texts()
        self._company = Tenant.objects.get(pk=current_tenant_id()).short_name
        self._issuers: dict[int, Issuer | None] = {}
        self._sound: dict[tuple[int, str], Text | None] = {}
        self.refused: dict[str, int] = {}

    def queue(self, climbs: Sequence[Climb]) -> list[Reminded]:
        """Queue one message per climb. Left out: who had enough messages, texts that may not go."""
        drafts, nobody = self.compose(climbs)
        made = queue(draft for _climb, draft in drafts)
        queued = [
            Reminded(climb, made[draft.unique_key], None)
            for climb, draft in drafts
            if draft.unique_key in made
        ]
        return queued + nobody

    def compose(self, climbs: Sequence[Climb]) -> tuple[list[tuple[Climb, Draft]], list[Reminded]]:
        """The messages, and whom none can reach; nothing is queued."""
        who = subjects([climb.account_id for climb in climbs])
        contacts = contacts_of({subject.party_id for subject in who.values()})
        sent = sms_days([climb.account_id for climb in climbs], since=self._as_of - timedelta(days=_CAP_DAYS))
        drafts: list[tuple[Climb, Draft]] = []
        nobody: list[Reminded] = []
        for climb in climbs:
            subject = who[climb.account_id]
            known = [one for one in contacts.get(subject.party_id, ()) if one.state in _USABLE]
            chosen = self._choose(known, sent.get(climb.account_id, ()))
            if isinstance(chosen, Because):
                if chosen.code == "no_channel":
                    nobody.append(Reminded(climb, None, because("no_channel", rung=KIND)))
                continue
            draft = self._draft(climb, subject, *chosen)
            if draft is not None:
                drafts.append((climb, draft))
        return drafts, nobody

    def _choose(
        self, known: Sequence[ContactRow], sent_on: Sequence[date]
    ) -> tuple[Channel, ContactRow] | Because:
        by_channel = {_CHANNEL_OF[one.kind]: one for one in reversed(known) if one.kind in _CHANNEL_OF}
        addresses = [Address(channel, one.masked) for channel, one in by_channel.items()]
        chosen = plan(Purpose.REMINDER, addresses, sms_sent_on=sent_on, as_of=self._as_of)
        if not chosen.addresses:
            return chosen.because or because("no_channel")
        channel = chosen.addresses[0].channel
        return channel, by_channel[channel]

    def _draft(self, climb: Climb, subject: Subject, channel: Channel, contact: ContactRow) -> Draft | None:
        issuer = self._issuer(climb.community_id)
        if issuer is None:
            return None
        first_due_on = min(charge.due_on for charge in climb.charges)
        fields = due_fields(
            company=self._company,
            community=issuer.community,
            unit=subject.unit_code,
            amount_fen=climb.owed_fen,
            late_fee_fen=sum(charge.late_fee_fen for charge in climb.charges),
            due_on=first_due_on,
            as_of=self._as_of,
            phone=issuer.phone,
            place=issuer.place,
            days_late=(self._as_of - first_due_on).days,
        )
        text = self._text(climb.community_id, issuer, channel.value, fields)
        if text is None:
            return None
        return Draft(
            community_id=climb.community_id,
            unit_id=subject.unit_id,
            party_id=subject.party_id,
            account_id=climb.account_id,
            contact_id=contact.contact_id,
            kind=KIND,
            channel=channel.value,
            unique_key=f"{KIND}:{climb.case_id}:{self._as_of}",
            issued_on=self._as_of,
            subject=render(text.subject, fields) if text.subject else "",
            body=render(text.body, fields),
            data={"amount_fen": climb.owed_fen, "as_of": self._as_of.isoformat()},
            charge_ids=climb.charge_ids,
            not_before=self._not_before(climb.community_id),
        )

    def _text(
        self, community_id: int, issuer: Issuer, channel: str, fields: dict[str, str | int]
    ) -> Text | None:
        """The text of a community and channel, looked at once with real values: after that only a room, days
        and amounts differ. None, and reported, when it must not go out or cannot be filled.
        """
        key = community_id, channel
        if key not in self._sound:
            self._sound[key] = None
            try:
                self._texts.compose(KIND, channel, fields, late_fee_clause=bool(issuer.late_fee_clause))
            except TextRefused as refusal:
                self._refuse(refusal.code)
            else:
                self._sound[key] = self._texts.active[KIND, channel]
        return self._sound[key]

    def _refuse(self, code: str) -> None:
        self.refused[code] = self.refused.get(code, 0) + 1

    def _not_before(self, community_id: int) -> datetime:
        """Nine o'clock of the day, or of the first after the quiet days it falls into."""
        day = next_day(self._as_of, self._quiet.of(community_id))
        return datetime.combine(day, _SENT_FROM, tzinfo=_SHANGHAI)

    def _issuer(self, community_id: int) -> Issuer | None:
        if community_id not in self._issuers:
            self._issuers[community_id] = self._find_issuer(community_id)
        return self._issuers[community_id]

    def _find_issuer(self, community_id: int) -> Issuer | None:
        try:
            return issuer_of(community_id, self._as_of)
        except NoContract as refusal:
            # Nothing may be asked for without a contract (G1); the walk reports it and goes on elsewhere.
            self._refuse(refusal.code)
            return None
