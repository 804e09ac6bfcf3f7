"""The demo has one sale in mid-month whose seller had paid ahead."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

from billing.payments.models import Transfer
from billing.payments.queries import check_books, credit_of
from config.demo.sales import PaidAhead
from tests.meters import run


def test_the_demo_settles_a_sale_whose_seller_had_paid_ahead(cast):
    company = cast.jinxiu
    place = SimpleNamespace(
        tenant_id=company.tenant.pk,
        user_ids={"shouyin": company.people["cashier"].pk},
        cash_points={company.community.pk: company.cash_point.pk},
    )
    first, last = date(2026, 8, 1), date(2026, 11, 3)
    sale = PaidAhead(place, to_on=last)
    for n in range((last - first).days):
        day = first + timedelta(n)
        if day.day == 5:
            with company.open("finance"):
                run(company, day.year, day.month)
        sale.day(day)
    with company.open("finance"):
        sheet = Transfer.objects.get()
        assert (sheet.on, sheet.buyer.name) == (date(2026, 10, 12), "沈一帆")
        assert sheet.free_fen == credit_of([sheet.account_id])[sheet.account_id] > 0
        assert check_books().wrong == 0
