"""The demo's agreements: a plan kept, one broken, one running, a deferral, and an application that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from arrears.cases import services as cases
from arrears.cases.services.agreed import is_at_court
from arrears.relief import queries, services
from arrears.relief.rules.applications import Kind, Range
from arrears.relief.rules.instalments import Wanted
from billing.charges.queries import open_charges, overdue
from billing.payments.services import Asked, Wish, take_payments
from config import timetable
from config.demo.characters import Habit
from config.demo.company import Place
from config.demo.payers import Payers
from config.demo.picture import photo_of_a_door
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import acting_for
from tenancy.people.queries.members import default_membership_id, staff_member

_NOON: Final = time(11, 0)
_LEAST_FEN, _MOST_FEN, _OLD_DAYS = 20_000, 3_000_000, 30
_STUBBORN: Final = (Habit.REFUSES, Habit.BREAKS_PROMISE, Habit.GONE, Habit.AWAY)
_LOOKED_AT: Final = 400


class Story(NamedTuple):
    """What is asked for so many days before the demo's end; `pays`: how many parts are paid on their day."""

    days_ago: int
    kind: Kind
    statement: str
    parts: int = 0
    down: int = 0
    pays: int = 0
    days: int = 0
    waits: bool = False


STORIES: Final = (
    Story(55, Kind.INSTALMENT, "住院治疗，近期收入减少", parts=2, down=20, pays=9),
    Story(50, Kind.INSTALMENT, "生意周转困难", parts=6, pays=1),
    Story(24, Kind.INSTALMENT, "孩子上学开支较大", parts=6, down=10, pays=9),
    Story(20, Kind.DEFERRAL, "失业，正在找工作", days=60),
    Story(1, Kind.INSTALMENT, "家中老人手术，希望分期", parts=6, waits=True),
)


class Agreements:
    """Each story begins on its day with an account that would not pay by itself."""

    def __init__(self, place: Place, payers: Payers, *, to_on: date) -> None:
        self._place, self._payers, self._to_on = place, payers, to_on
        self._taken: set[int] = set()
        self._running: list[tuple[int, int, Story]] = []

    def day(self, day: date) -> None:
        """What is asked for, granted, signed and paid on a day."""
        for story in STORIES:
            if day == self._to_on - timedelta(days=story.days_ago):
                self._begin(story, day)
        for application_id, account_id, story in self._running:
            self._pay(application_id, account_id, story, day)

    def _begin(self, story: Story, day: date) -> None:
        account_id = next(self._accounts(day), None)
        if account_id is None:
            return
        self._taken.add(account_id)
        at = timetable.nominal(day, _NOON)
        application_id = self._ask(story, account_id, day, at)
        if story.waits:
            return
        for username, reason in (("lingban", "情况属实，建议同意"), ("jingli", "同意")):
            self._decide(application_id, username, reason, at)
        if story.kind is Kind.INSTALMENT:
            self._sign(application_id, day)
            self._running.append((application_id, account_id, story))
            self._pay(application_id, account_id, story, day)

    def _accounts(self, day: date) -> Iterator[int]:
        with acting_for(self._place.tenant_id):
            for row in overdue(as_of=day)[:_LOOKED_AT]:
                old = row.oldest_due_on <= day - timedelta(days=_OLD_DAYS)
                fits = _LEAST_FEN <= row.overdue_fen <= _MOST_FEN and row.account_id not in self._taken
                waits = old and fits and self._payers.habit(row.account_id, day) in _STUBBORN
                free = waits and not is_at_court(row.account_id, on=day)
                if free and not queries.applications_of([row.account_id]):
                    yield row.account_id

    def _ask(self, story: Story, account_id: int, day: date, at: datetime) -> int:
        first_on = day + timedelta(days=10)
        wish = services.Wish(
            kind=story.kind,
            reason_code="HARDSHIP",
            statement=story.statement,
            range=Range(day, day + timedelta(days=story.days)) if story.days else None,
            plan=Wanted(story.parts, first_on, story.down) if story.parts else None,
        )
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["qiantai"]):
            return services.ask_application(
                account_id=account_id,
                wish=wish,
                proofs=[services.Upload("证明材料.png", photo_of_a_door())],
                by=self._member("qiantai"),
                on=day,
                at=at,
            )

    def _decide(self, application_id: int, username: str, reason: str, at: datetime) -> None:
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids[username]):
            chain = queries.application_card(application_id, as_of=at.date()).chain
            by = self._member(username)
            cases.decide(approval_id=chain[-1].approval_id, by=by, approve=True, reason=reason, at=at)

    def _sign(self, application_id: int, day: date) -> None:
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["qiantai"]):
            services.draw_up(application_id=application_id, sign_on=day, on=day)
            services.sign_plan(
                application_id=application_id,
                signed_on=day,
                signer_name=queries.application_rows([application_id])[0].party_name,
                scan=services.Upload("分期还款协议.png", photo_of_a_door()),
                by=self._member("qiantai"),
                on=day,
            )

    def _pay(self, application_id: int, account_id: int, story: Story, day: date) -> None:
        """The parts that are due today, by transfer, as far as this owner keeps his word."""
        with acting_for(self._place.tenant_id, user_id=self._place.user_ids["shouyin"]):
            row = queries.plan_rows([application_id], as_of=day)[application_id]
            due = [one for one in row.parts[: story.pays] if one.part.due_on == day and not one.paid_fen]
            if not due or queries.application_rows([application_id])[0].state != "RUNNING":
                return
            community_id = queries.application_rows([application_id])[0].community_id
            key = f"plan-{application_id}-{due[0].part.number}"
            still = {one.charge_id for one in open_charges(account_ids=[account_id], as_of=day)}
            wish = Wish(
                account_id=account_id,
                amount_fen=sum(one.part.amount_fen for one in due),
                method="TRANSFER",
                reference=key.upper(),
                paid_on=day,
                cash_point_id=self._place.cash_points[community_id],
                designated=[one for one in row.charge_ids if one in still],
            )
            take_payments([Asked(key, wish)], posted_on=day, at=timetable.nominal(day, _NOON))

    def _member(self, username: str) -> StaffMember:
        user_id = self._place.user_ids[username]
        member = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
        if member is None:
            raise LookupError(username)
        return member
