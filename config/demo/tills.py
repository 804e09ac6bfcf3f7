"""The demo's tills: opened in the morning, emptied to the bank, closed in the evening; days are reported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from billing.payments import services
from billing.payments.queries.tills import left_at, moved
from billing.payments.rules.cash_day import PIECES_FEN, closing_fen
from config.demo.characters import dice
from config.demo.company import Place
from reports.services import close_funds_day
from tenancy.kernel.permissions import StaffMember
from tenancy.kernel.scope import acting_for
from tenancy.people.queries.members import default_membership_id, staff_member

_FLOAT_FEN: Final = 50_000
_NOTE_FEN: Final = 10_000
_SHORT_FEN: Final = 50
_LEAD: Final = "lingban"
_FINANCE: Final = "caiwu"
_SELDOM: Final = 25  # one evening in so many something is missing


class Tills:
    """A till at every desk, worked by the cashier of the day."""

    def __init__(self, place: Place, *, seed: int) -> None:
        self._place, self._seed = place, seed
        self._open: dict[int, tuple[int, int]] = {}

    def open(self, user_id: int, *, day: date, at: datetime) -> None:
        """Inside the cashier's open company: a session at every desk."""
        for desk_id in self._place.cash_points.values():
            left = left_at(desk_id)
            opening = _FLOAT_FEN if left is None else left
            session_id = services.open_till(
                cash_point_id=desk_id, by=user_id, on=day, at=at, opening_fen=opening
            )
            self._open[desk_id] = (session_id, opening)

    def close(self, user_id: int, *, day: date, at: datetime) -> None:
        """Take what is beyond the float to the bank, count, close."""
        by = _member(user_id)
        for desk_id, (session_id, opening) in self._open.items():
            held: int = closing_fen(opening_fen=opening, **moved(session_id)._asdict())
            spare = (held - _FLOAT_FEN) // _NOTE_FEN * _NOTE_FEN
            if spare > 0:
                slip = f"{day:%y%m%d}{desk_id:04d}"
                services.deposit_cash(
                    session_id=session_id, bank="中国银行杭州文一路支行", slip_number=slip,
                    amount_fen=spare, by=by, on=day, at=at,
                )  # fmt: skip
                held -= spare
            short = dice(self._seed, desk_id, day.toordinal()).randrange(_SELDOM) == 0 and held > _SHORT_FEN
            counted = held - _SHORT_FEN if short else held
            services.count_till(session_id=session_id, pieces=_pieces(counted), by=by, at=at)
            reason = "找零差错，短款五角，已由收银员补足" if short else ""
            services.close_till(session_id=session_id, by=by, at=at, reason=reason)
        self._open.clear()

    def report(self, user_id: int, *, day: date, at: datetime) -> None:
        """The day's funds reports, by the cashier."""
        with acting_for(self._place.tenant_id, user_id=user_id):
            for community_id in self._place.cash_points:
                close_funds_day(community_id=community_id, day=day, by=user_id, on=day, at=at)

    def sign(self, *, day: date, at: datetime) -> None:
        """The next morning the team lead looks at them, then finance."""
        for username, act in ((_LEAD, services.review_day), (_FINANCE, services.sign_day)):
            user_id = self._place.user_ids[username]
            with acting_for(self._place.tenant_id, user_id=user_id):
                for community_id in self._place.cash_points:
                    act(community_id=community_id, day=day, by=_member(user_id), at=at)


def _member(user_id: int) -> StaffMember:
    found = staff_member(user_id=user_id, membership_id=default_membership_id(user_id=user_id))
    if found is None:
        raise LookupError(user_id)
    return found


def _pieces(fen: int) -> dict[int, int]:
    found = {}
    for worth in PIECES_FEN:
        found[worth], fen = divmod(fen, worth)
    return found
