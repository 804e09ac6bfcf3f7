"""A till for the tests of cash: opened, fed, counted."""

from __future__ import annotations

from datetime import timedelta

from billing.payments import services
from billing.payments.rules.cash_day import PIECES_FEN
from tests.money import AT, PAID_ON


def opened(company, role="cashier", *, fen=None, on=PAID_ON, **given):
    """A session of a member at the company's desk."""
    return services.open_till(
        cash_point_id=company.cash_point.pk,
        by=company.people[role].pk,
        on=on,
        at=AT + (on - PAID_ON),
        opening_fen=fen,
        **given,
    )


def pieces(fen):
    """The fewest notes and coins that are worth so much."""
    found = {}
    for worth in PIECES_FEN:
        found[worth], fen = divmod(fen, worth)
    assert fen == 0
    return found


def counted(company, session_id, fen, role="cashier"):
    return services.count_till(
        session_id=session_id, pieces=pieces(fen), by=company.staff(role), at=AT + timedelta(hours=7)
    )


def closed(company, session_id, role="cashier", reason=""):
    return services.close_till(
        session_id=session_id, by=company.staff(role), at=AT + timedelta(hours=8), reason=reason
    )


def deposited(company, session_id, fen, role="cashier", slip="1"):
    return services.deposit_cash(
        session_id=session_id,
        bank="中国银行文一路支行",
        slip_number=slip,
        amount_fen=fen,
        by=company.staff(role),
        on=PAID_ON,
        at=AT + timedelta(hours=6),
    )


def handed(company, session_id, fen, role="cashier", to="finance"):
    return services.offer_handover(
        session_id=session_id,
        to_user_id=company.people[to].pk,
        amount_fen=fen,
        by=company.staff(role),
        at=AT + timedelta(hours=6),
    )
